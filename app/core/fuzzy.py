"""How well a few typed letters fit a text: they have to be in it in order, not side by side."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from app.core.characters import HAN

_HAN = re.compile(f"[{HAN}]")

_LETTER = 1
_WORD_START = 8
_BESIDE = 6
"""For a letter directly behind the one before it: a piece of a word beats scattered letters."""
_GAP = 1
"""Taken off for each letter skipped between two, as far as ``_WIDEST``."""
_WIDEST = 4
_LATE = 3
"""Most that is taken off because the first letter stands late in the text."""


@dataclass(frozen=True, slots=True)
class Match:
    """A query found in a text: ``positions`` are the matched code points, ascending."""

    score: int
    positions: tuple[int, ...]


def match_word(word: str, text: str) -> Match | None:
    """The best way to find the letters of ``word`` in ``text`` in their order, or None.

    Upper and lower case and the widths of East Asian letters are the same. The best of all ways
    is found by dynamic programming over the places of each letter; texts are thought to be short.
    """
    wanted = [_folded(letter) for letter in word]
    letters = [_folded(letter) for letter in text]
    if not wanted:
        return Match(0, ())
    # best[place]: the best score with the current letter matched there, and where the one before
    # it was matched; one such row for each letter of the word.
    rows: list[dict[int, tuple[int, int]]] = []
    for letter in wanted:
        before = rows[-1] if rows else None
        row: dict[int, tuple[int, int]] = {}
        for place, found in enumerate(letters):
            if found != letter:
                continue
            own = _LETTER + (_WORD_START if _starts_word(text, place) else 0)
            if before is None:
                row[place] = own - min(place, _LATE), -1
                continue
            ways = [
                (score + _step(place - earlier), earlier)
                for earlier, (score, _) in before.items()
                if earlier < place
            ]
            if ways:
                score, earlier = max(ways)
                row[place] = own + score, earlier
        if not row:
            return None
        rows.append(row)
    place = max(rows[-1], key=lambda at: (rows[-1][at][0], -at))
    score = rows[-1][place][0]
    positions = []
    for row in reversed(rows):
        positions.append(place)
        place = row[place][1]
    return Match(score, tuple(reversed(positions)))


def _step(distance: int) -> int:
    return _BESIDE if distance == 1 else -_GAP * min(distance - 1, _WIDEST)


def _folded(letter: str) -> str:
    return unicodedata.normalize("NFKC", letter).casefold()


def _starts_word(text: str, place: int) -> bool:
    """Whether a word begins there; each Chinese character can begin one."""
    letter, before = text[place], text[place - 1 : place]
    return not before.isalnum() or bool(_HAN.match(letter) or _HAN.match(before))
