"""What a correction must not touch, whoever proposes it: numbers, names, negations, no prose."""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher

_NEGATIONS = frozenset(
    "no not never none nobody nothing neither nor nowhere cannot without".split()
)
_SHORTENED = frozenset(
    f"{verb}nt"
    for verb in "do does did is are was were has have had would could should ca wo".split()
)
"""Negations without their apostrophe."""
_ALIKE = 0.6
"""A name may become one of which this share of the letters agrees: a slip of the keys."""
_NO_PROSE = re.compile(r"`[^`\n]+`|\b(?:[a-z]+://|www\.)\S+|\S+@\S+\.\w+|\]\([^)\s]*\)|<[^<>\n]+>")


def guard(before: str, old: str, new: str) -> str | None:
    """Why ``old`` after the text ``before`` must not become ``new``: "number", "name", "negation".

    None where it may.
    """
    gone, come = _words(old), _words(new)
    if Counter(filter(_has_digit, gone)) != Counter(filter(_has_digit, come)):
        return "number"
    if sum(map(_denies, gone)) != sum(map(_denies, come)):
        return "negation"
    starts = not before.strip() or before.rstrip()[-1:] in ".!?:\"'\u201c\u2018("
    for place, word in enumerate(gone):
        named = word[0].isupper() and word != "I" and not (starts and place == 0)
        if named and not any(_alike(word, other) for other in come):
            return "name"
    return None


def prose_only(text: str, start: int, end: int) -> bool:
    """Whether code points ``start`` to ``end`` are outside code, addresses and tags."""
    return not any(start < each.end() and end > each.start() for each in _NO_PROSE.finditer(text))


def _words(text: str) -> list[str]:
    return re.findall(r"[\w'\u2019.,:%-]*\w", text)


def _has_digit(word: str) -> bool:
    return any(letter.isdigit() for letter in word)


def _denies(word: str) -> bool:
    plain = word.casefold().replace("\u2019", "'")
    return plain in _NEGATIONS or plain.endswith("n't") or plain in _SHORTENED


def _alike(word: str, other: str) -> bool:
    old, new = word.casefold(), other.casefold()
    return SequenceMatcher(None, old, new, autojunk=False).ratio() >= _ALIKE
