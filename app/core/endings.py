"""Where a suggestion ends: at a natural place, before it repeats itself."""

from __future__ import annotations

import re
from enum import StrEnum

_HAN = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_PHRASE = re.compile(r"[,;:\u2014](?=\s)|\s[-\u2013](?=\s)|[\uff0c\uff1b\uff1a\u3001\u2014]")
_CLOSED = re.compile(
    r"[.!?\u2026,;:\u3002\uff01\uff1f\uff0c\uff1b\uff1a\u3001)\"\u201d\u2019\u300d]$"
)
_HANGING = frozenset(
    "a an and as at because but by for from his her if in into its my nor of on or our so than "
    "that the their this to was were which while with your".split()
)
_PIECE = re.compile(rf"[{_HAN}]|[^\s{_HAN}]+")
_LONGEST_LOOP = 8
_HISTORY = 200


class Ending(StrEnum):
    """How far a suggestion goes."""

    PHRASE = "phrase"
    """To the next comma or the like."""
    SENTENCE = "sentence"
    """To the end of the sentence, or as near to it as the longest suggestion allows."""
    LENGTH = "length"
    """As far as the longest suggestion goes, within the sentence."""


def ended(text: str, before: str, ending: Ending, *, cut_short: bool) -> str:
    """What of ``text``, a continuation of ``before`` within one sentence, to suggest.

    ``cut_short`` says that it ends because it was long enough, perhaps within a word.
    """
    text = _without_loop(text, before)
    if ending is Ending.PHRASE and (match := _PHRASE.search(text, 1)):
        return text[: match.end()].rstrip()
    if cut_short and ending is not Ending.LENGTH:
        return _at_rest(text)
    return text


def _at_rest(text: str) -> str:
    """``text`` without a last word that may be a part of one, and without words left hanging."""
    if _CLOSED.search(text):
        return text
    words = [match.span() for match in re.finditer(r"\S+", text)]
    if len(words) > 1 and not re.search(f"[{_HAN}]$", text):
        words.pop()
    while len(words) > 1 and text[slice(*words[-1])].casefold() in _HANGING:
        words.pop()
    return text[: words[-1][1]] if words else text


def _without_loop(text: str, before: str) -> str:
    """``text`` up to where it says again what it, or ``before``, has just said.

    What the person has begun to say again is theirs to repeat.
    """
    told = [match.group() for match in _PIECE.finditer(before[-_HISTORY:])]
    for count, match in enumerate(_PIECE.finditer(text), 1):
        told.append(match.group())
        for size in range(1, min(_LONGEST_LOOP, len(told) // 2, count) + 1):
            again = told[-size:]
            if again == told[-2 * size : -size] and _is_loop(again):
                return _before_last(text, match.end(), size)
    return text


def _is_loop(pieces: list[str]) -> bool:
    """Whether saying these twice is a loop: a doubled character of Chinese is often a word."""
    return any(piece[0].isalnum() for piece in pieces) and (
        len(pieces) > 1 or len(pieces[0]) > 1 or pieces[0].isascii()
    )


def _before_last(text: str, end: int, count: int) -> str:
    """``text`` without its last ``count`` pieces before ``end``."""
    starts = [match.start() for match in _PIECE.finditer(text, 0, end)]
    return text[: starts[-count]].rstrip() if count <= len(starts) else ""
