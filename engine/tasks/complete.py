"""Inline completion: the request for the next few words, and the shape they are shown in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from engine.api import GenerationRequest, Lane, SamplingParams

MAX_CONTEXT_CHARACTERS = 6_000
"""How much text before the caret is sent: about 1,500 tokens of English."""
MAX_MS = 4_000.0
"""A slow machine suggests fewer words: whoever writes has gone on by then."""
GATES: Mapping[str, float] = MappingProxyType({"quiet": 0.7, "balanced": 0.55, "eager": 0.4})
"""How eager suggestions are: the least probability of a word (measured in docs/completion.md)."""

_SENTENCE_END = re.compile(
    r"[.!?\u2026][\"'\u201d\u2019)\]]*(?=\s)|[\u3002\uff01\uff1f][\u201d\u300d\u300f\uff09]*"
)
_OVERLAP_MIN = 3
_AFTER_WORDS = frozenset(".,;:!?)]}%'\u2019\u201d\u2026\n")


def completion_request(
    before: str,
    *,
    max_tokens: int = 16,
    revision: int = 0,
    offset: int = 0,
    gate: float = 0.0,
    taken: bool = False,
) -> GenerationRequest | None:
    """The request that continues ``before``, or None where there is nothing to go on.

    The start of a long text is cut at multiples of half the limit rather than at every keystroke,
    so that the engine's cached prefix stays valid while a person types. ``offset`` is how many
    characters of the document were left out before ``before``; given it, any ``before`` of at
    least ``MAX_CONTEXT_CHARACTERS`` makes the same prompt as the whole text. ``gate`` is the least
    probability of a word that is suggested, 0 for whatever comes (see ``GATES``). ``taken`` says
    that ``before`` ends with a word that was taken with a key, perhaps with a space after it.
    """
    if taken:
        before = before.removesuffix(" ")
    if not before.strip():
        return None
    return GenerationRequest(
        prompt=_stable_tail(before, MAX_CONTEXT_CHARACTERS, offset),
        lane=Lane.COMPLETE,
        max_tokens=max_tokens,
        max_ms=MAX_MS,
        sampling=SamplingParams(repetition_penalty=1.1, repetition_window=64, seed=0),
        stop=("\n",),
        heal=True,
        gate=gate,
        word_done=taken,
        revision=revision,
    )


def reading_request(before: str, *, offset: int = 0) -> GenerationRequest | None:
    """The request that reads what a completion after ``before`` would read, and nothing more.

    It runs when nothing else does, and ends when a completion is asked for, which goes on from
    what was read. ``offset`` is as for ``completion_request``.
    """
    request = completion_request(before, max_tokens=0, offset=offset)
    return request and replace(request, lane=Lane.READ)


def trim_completion(text: str, before: str, after: str) -> str:
    """What of a generated continuation is worth showing between ``before`` and ``after``.

    One line, at most one sentence, never a repetition of the text after the caret, no space where
    there is one already. A space at its end is kept at the end of a line.
    """
    following = after.split("\n", 1)[0]
    space = " " if text.endswith(" ") and not following else ""
    text = text.split("\n", 1)[0]
    if match := _SENTENCE_END.search(text + " "):
        text = text[: match.end()]
    if before[-1:].isspace():
        text = text.lstrip()
    text = _without_overlap(text.rstrip(), following)
    return text + space if text.strip() else ""


def takes_place_of_space(typed: str, line: str) -> bool:
    """Whether ``typed`` stands right after a word, in place of the space that came with it.

    ``line`` is the paragraph up to there. A hyphen or dash may stand either way, and does not.
    """
    if typed == '"':
        return line.count('"') % 2 == 1
    return typed != "" and typed in _AFTER_WORDS


def _stable_tail(text: str, limit: int, offset: int = 0) -> str:
    if offset + len(text) <= limit:
        return text
    step = limit // 2
    start = max(0, -(-(offset + len(text) - limit) // step) * step - offset)
    newline = text.find("\n", start)
    if 0 <= newline < start + step // 2:
        return text[newline + 1 :]
    space = text.find(" ", start)
    return text[space:] if 0 <= space < start + step // 2 else text[start:]


def _without_overlap(text: str, after: str) -> str:
    following = after.strip()
    if not following:
        return text
    if text.strip().startswith(following[: max(_OVERLAP_MIN, len(text.strip()))]):
        return ""
    for size in range(min(len(text), len(following)), _OVERLAP_MIN - 1, -1):
        if text.endswith(following[:size]):
            return text[:-size].rstrip()
    return text
