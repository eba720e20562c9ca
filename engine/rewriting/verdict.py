"""Whether a rewrite can be used at all: it does not loop, answer, or miss what was asked for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from engine.library.words import content_words
from engine.rewriting.action import ActionForm, ActionOutput, ActionPiece, RewriteAction
from engine.rewriting.languages import is_in

_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W_]+(?:['\u2019][^\W_]+)*")
_ITEM = re.compile(r"^[ \t]*(?:[-*+\u2022]|\d{1,3}[.)])[ \t]+\S", re.MULTILINE)
_TALK = re.compile(
    r"\s*(?:(?:i'?m|i am) (?:sorry|happy to|here to|glad to|unable|an ai)|as an ai|i (?:can|can't|"
    r"cannot|could) (?:help|assist)|(?:sure|certainly|of course)[,!.]|i'd be happy|i understand"
    r"|here(?: is| are|'s) [^.\n]{0,40}\b(?:text|version|rewrit|revis|correct|summar|translat|list)"
    r"|thank you for (?:sharing|providing|your (?:message|question))|the (?:"
    r"text|author|passage|rewritten|revised) |this (?:text|passage|sentence) |please provide"
    r"|the answer is|how can i|yes[,.!]|no[,.!])",
    re.IGNORECASE,
)
_LOOP = re.compile(r"(.{2,60}?)\1{3,}", re.DOTALL)
_COPIED_WORDS = 6
_LEAST_SHARED = 0.12
_USUAL_LENGTH = (0.3, 2.2)
_SLACK_WORDS = 4
"""A sentence of three words may well become one of seven."""
_LONGEST_LINE = 16


class Reason(StrEnum):
    """Why a rewrite is not usable."""

    UNABLE = "unable"
    """The model is known not to be able to do it, and was not asked."""

    EMPTY = "empty"
    UNCHANGED = "unchanged"
    LOOPS = "loops"
    INSTRUCTION = "instruction"
    """It repeats what the model was told."""
    ANSWERS = "answers"
    """It talks about the text, or answers it."""
    SHORT = "short"
    LONG = "long"
    FORM = "form"
    """It is no list, table or line, where one was asked for."""
    LANGUAGE = "language"
    """It is not in the language asked for."""
    DETAILS = "details"
    """Most of the names, numbers, dates or negations are other ones."""
    MARKUP = "markup"
    """A link, code or formula of the text is gone."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a rewrite is usable, and what speaks against it; ``detail`` is what is gone."""

    reason: Reason | None = None
    detail: str = ""

    @property
    def usable(self) -> bool:
        """Whether it is worth a person's look."""
        return self.reason is None


def judge(
    source: str,
    result: str,
    action: RewriteAction,
    *,
    told: Iterable[str] = (),
    language: str = "",
) -> Verdict:
    """What speaks against ``result`` as a rewrite of ``source`` by ``action``.

    ``told`` are the texts that the model was given besides the source. An unchanged text is
    usable where nothing had to change: see ``must_change``.
    """
    if not result.strip():
        return Verdict(Reason.EMPTY)
    if _same(source, result):
        return Verdict(Reason.UNCHANGED) if must_change(action) else Verdict()
    checks = (
        (Reason.LOOPS, _loops(source, result)),
        (Reason.INSTRUCTION, _copies(source, result, told)),
        (Reason.ANSWERS, _answers(source, result, action)),
        (Reason.LANGUAGE, bool(language) and not is_in(result, language, source)),
        (Reason.FORM, not _formed(result, action)),
    )
    reason = next((reason for reason, holds in checks if holds), None)
    return Verdict(reason or _length(source, result, action))


def must_change(action: RewriteAction) -> bool:
    """Whether giving the text back unchanged is no result: a length, form or language was asked.

    Piece by piece it is one, since a sentence may be good as it is.
    """
    length = action.length != (0.0, 0.0) and not action.length[0] <= 1 <= action.length[1]
    whole = action.piece is ActionPiece.WHOLE and action.output is ActionOutput.REVIEW
    formed = action.form is not ActionForm.TEXT and whole
    return length or formed or action.needs_language


def count_words(text: str) -> int:
    """Words of ``text``; Han, kana and hangul count one by one."""
    return len(_WORD.findall(text))


def _same(source: str, result: str) -> bool:
    return source.split() == result.split()


def _loops(source: str, result: str) -> bool:
    match = _LOOP.search(result)
    if match and _WORD.search(match[1]) and match.group() not in source:
        return True
    parts = [each.strip().casefold() for each in re.split(r"[.!?\n\u3002\uff01\uff1f]+", result)]
    counted = Counter(each for each in parts if count_words(each) > 2)
    before = source.casefold()
    return any(times > max(1, before.count(each)) + 1 for each, times in counted.items()) or any(
        times > 1 and before.count(each) < times and count_words(each) > 5
        for each, times in counted.items()
    )


def _copies(source: str, result: str, told: Iterable[str]) -> bool:
    """Whether words of the prompt stand in the result that the source does not have in a row."""
    own = _runs(source)
    made = _runs(result) - own
    return any(made & _runs(each) for each in told)


def _runs(text: str) -> set[tuple[str, ...]]:
    words = _WORD.findall(text.casefold())
    places = range(len(words) - _COPIED_WORDS + 1)
    return {tuple(words[at : at + _COPIED_WORDS]) for at in places}


def _answers(source: str, result: str, action: RewriteAction) -> bool:
    if action.output is not ActionOutput.REVIEW:
        return False
    if _TALK.match(result) and not _TALK.match(source):
        return True
    if action.needs_language:
        return False
    if source.rstrip().endswith("?") and count_words(source) < 30 and "?" not in result:
        return action.form is ActionForm.TEXT
    ours, theirs = content_words(source), content_words(result)
    return len(theirs) > 3 and len(ours & theirs) < _LEAST_SHARED * len(theirs)


def _formed(result: str, action: RewriteAction) -> bool:
    lines = [line for line in result.splitlines() if line.strip()]
    if action.form is ActionForm.LIST:
        return all(_ITEM.match(line) or line[:1].isspace() for line in lines)
    if action.form is ActionForm.TABLE:
        rows = [line for line in lines if line.count("|") >= 2]
        return len(rows) == len(lines) >= 3 and set(rows[1]) <= set("|-: \t")
    if action.form is ActionForm.LINE:
        return len(lines) == 1 and count_words(result) <= _LONGEST_LINE
    return True


def _length(source: str, result: str, action: RewriteAction) -> Reason | None:
    if action.output is not ActionOutput.REVIEW or action.form is ActionForm.LINE:
        return None
    had, has = count_words(source), count_words(result)
    least, most = action.length if action.length != (0.0, 0.0) else _USUAL_LENGTH
    if has < least * had - (_SLACK_WORDS if least >= 1 else 1):
        return Reason.SHORT
    if has > most * had + (_SLACK_WORDS if most >= 1 else 1):
        return Reason.LONG
    return None
