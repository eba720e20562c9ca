"""Why a rewrite changes something: told from the words themselves, never by the model."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from app.core.marks import QT_TRANSLATE_NOOP
from engine import error_kind, word_edits


class Reason(StrEnum):
    """What a change is; those of errors are named as the engine names its ``ErrorKind``."""

    SPELLING = "spelling"
    CAPITALISATION = "capitalisation"
    APOSTROPHE = "apostrophe"
    PUNCTUATION = "punctuation"
    RUN_ON = "run_on"
    COMMA_SPLICE = "comma_splice"
    ARTICLE = "article"
    PREPOSITION = "preposition"
    AGREEMENT = "agreement"
    TENSE = "tense"
    VERB_FORM = "verb_form"
    PLURAL = "plural"
    HOMOPHONE = "homophone"
    WORD_ORDER = "word_order"
    MISSING_WORD = "missing_word"
    DOUBLED_WORD = "doubled_word"
    EXTRA_WORD = "extra_word"
    WORDING = "wording"
    SPACING = "spacing"
    LAYOUT = "layout"
    TONE = "tone"
    SHORTENED = "shortened"
    LEFT_OUT = "left_out"
    ADDED = "added"
    REWRITTEN = "rewritten"


TITLES: Mapping[Reason, str] = MappingProxyType(
    {
        Reason.SPELLING: QT_TRANSLATE_NOOP("Reasons", "Spelling"),
        Reason.CAPITALISATION: QT_TRANSLATE_NOOP("Reasons", "Capital letter"),
        Reason.APOSTROPHE: QT_TRANSLATE_NOOP("Reasons", "Apostrophe"),
        Reason.PUNCTUATION: QT_TRANSLATE_NOOP("Reasons", "Punctuation"),
        Reason.RUN_ON: QT_TRANSLATE_NOOP("Reasons", "Two sentences in one"),
        Reason.COMMA_SPLICE: QT_TRANSLATE_NOOP("Reasons", "Comma between sentences"),
        Reason.ARTICLE: QT_TRANSLATE_NOOP("Reasons", "Article"),
        Reason.PREPOSITION: QT_TRANSLATE_NOOP("Reasons", "Preposition"),
        Reason.AGREEMENT: QT_TRANSLATE_NOOP("Reasons", "Agreement"),
        Reason.TENSE: QT_TRANSLATE_NOOP("Reasons", "Tense"),
        Reason.VERB_FORM: QT_TRANSLATE_NOOP("Reasons", "Form of the verb"),
        Reason.PLURAL: QT_TRANSLATE_NOOP("Reasons", "Singular or plural"),
        Reason.HOMOPHONE: QT_TRANSLATE_NOOP("Reasons", "Words that sound alike"),
        Reason.WORD_ORDER: QT_TRANSLATE_NOOP("Reasons", "Word order"),
        Reason.MISSING_WORD: QT_TRANSLATE_NOOP("Reasons", "Word added"),
        Reason.DOUBLED_WORD: QT_TRANSLATE_NOOP("Reasons", "Word written twice"),
        Reason.EXTRA_WORD: QT_TRANSLATE_NOOP("Reasons", "Word left out"),
        Reason.WORDING: QT_TRANSLATE_NOOP("Reasons", "Wording"),
        Reason.SPACING: QT_TRANSLATE_NOOP("Reasons", "Spacing"),
        Reason.LAYOUT: QT_TRANSLATE_NOOP("Reasons", "Lines and marks"),
        Reason.TONE: QT_TRANSLATE_NOOP("Reasons", "Tone"),
        Reason.SHORTENED: QT_TRANSLATE_NOOP("Reasons", "Shortened"),
        Reason.LEFT_OUT: QT_TRANSLATE_NOOP("Reasons", "Left out"),
        Reason.ADDED: QT_TRANSLATE_NOOP("Reasons", "Added"),
        Reason.REWRITTEN: QT_TRANSLATE_NOOP("Reasons", "Written anew"),
    }
)
"""What a person is told; marked in the context "Reasons"."""

_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
_HAN = re.compile("[\u3400-\u9fff]")
_MARKS = re.compile(r"(?m)^[ \t]*(?:#{1,6}|[-*+>]|\d+[.)])[ \t]+|[*_`|]")
_SHORT_FORM = re.compile(r"[a-z]+?(n['\u2019]t|['\u2019](?:re|ve|ll|d|m|s))", re.IGNORECASE)
_FULL = {
    "n't": {"not", "cannot"},
    "'re": {"are"},
    "'ve": {"have"},
    "'ll": {"will"},
    "'d": {"would", "had"},
    "'m": {"am"},
    "'s": {"is", "has"},
}
_CASUAL = frozenset(
    "hi hey hello yeah yep nope ok okay gonna wanna gotta kinda sorta lots stuff guys kids awesome "
    "cool thanks pls please bye cheers folks dude super totally really just dear sincerely kindly "
    "regards respectfully hereby".split()
)
_FEW = 3
"""Up to so many words a change may be the mending of an error."""
_SHORTER = 0.75


def reason_for(text: str, start: int, old: str, new: str) -> Reason:
    """Why ``old`` at code point ``start`` of ``text`` may have become ``new``.

    By classes of words and by lengths; where they tell nothing it is ``WORDING``.
    """
    if "".join(old.split()) == "".join(new.split()):
        return Reason.LAYOUT if "\n" in old + new else Reason.SPACING
    gone, come = _WORD.findall(old), _WORD.findall(new)
    if not gone and not come:
        return Reason.LAYOUT if "\n" in old.strip() + new.strip() else Reason.PUNCTUATION
    if gone == come and (_MARKS.search(old) or _MARKS.search(new)):
        return Reason.LAYOUT
    if _tone(gone, come):
        return Reason.TONE
    if _sorted(gone) == _sorted(come) and len(gone) > 1 and _lower(gone) != _lower(come):
        return Reason.WORD_ORDER
    if _HAN.search(old + new):
        return _by_length(len(_HAN.findall(old)), len(_HAN.findall(new)))
    if max(len(gone), len(come)) > (_FEW if gone and come else _FEW - 1):
        return _by_length(len(gone), len(come))
    return _of_error(text, start, old, new)


def _lower(words: list[str]) -> list[str]:
    return [word.casefold() for word in words]


def _sorted(words: list[str]) -> list[str]:
    return sorted(_lower(words))


def _tone(gone: list[str], come: list[str]) -> bool:
    """Whether short forms were written out, or pleasantries came or went."""
    if len(gone) != len(come) and (_written_out(gone, come) or _written_out(come, gone)):
        return True
    before, after = ({word.casefold() for word in side} & _CASUAL for side in (gone, come))
    return before != after


def _written_out(short: list[str], full: list[str]) -> bool:
    """Whether a short form of one side is two words in the other, which has no short forms."""
    if any(_SHORT_FORM.fullmatch(word) for word in full):
        return False
    forms = [match for word in short if (match := _SHORT_FORM.fullmatch(word))]
    words = {word.casefold() for word in full}
    return any(words & _FULL[match[1].casefold().replace("\u2019", "'")] for match in forms)


def _by_length(old: int, new: int) -> Reason:
    if not new:
        return Reason.LEFT_OUT
    if not old:
        return Reason.ADDED
    if new <= _SHORTER * old:
        return Reason.SHORTENED
    if min(old, new) > 2 * _FEW:
        return Reason.REWRITTEN
    return Reason.ADDED if old <= new / 2 else Reason.WORDING


def _of_error(text: str, start: int, old: str, new: str) -> Reason:
    """As the engine classes what its proofreader mends, from the line around the change."""
    begin = text.rfind("\n", 0, start) + 1
    end = text.find("\n", start + len(old))
    line = text[begin : end if end >= 0 else len(text)]
    at = start - begin
    after = line[:at] + new + line[at + len(old) :]
    edits = word_edits(line, after)
    if not edits:
        return Reason.PUNCTUATION
    kinds = {Reason(error_kind(line, edit).value) for edit in edits}
    if len(kinds) == 1:
        return kinds.pop()
    serious = kinds - {Reason.PUNCTUATION, Reason.CAPITALISATION, Reason.WORDING}
    return serious.pop() if len(serious) == 1 else Reason.WORDING
