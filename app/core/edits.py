"""Edits of a text, and applying many of them to a long one quickly."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

_PIECE = 1 << 14


@dataclass(frozen=True, slots=True)
class Edit:
    """At code point ``position``, ``removed`` code points gave way to ``inserted``."""

    position: int
    removed: int
    inserted: str

    def fits(self, length: int) -> bool:
        """Whether a text of ``length`` code points has what the edit speaks of."""
        return 0 <= self.position <= length - self.removed and self.removed >= 0


def difference(old: str, new: str) -> Edit:
    """The one edit that makes ``old`` into ``new``: all between what both begin and end with."""
    start = _common(old, new)
    most = min(len(old), len(new)) - start
    end = _common(old[len(old) - most :][::-1], new[len(new) - most :][::-1])
    return Edit(start, len(old) - end - start, new[start : len(new) - end])


def _common(first: str, second: str) -> int:
    """How many code points both begin with; by halves, so that long texts take a moment."""
    low, high = 0, min(len(first), len(second))
    while low < high:
        middle = (low + high + 1) // 2
        if first[low:middle] == second[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


class EditedText:
    """A text that edits are applied to: kept in pieces, so that an edit copies only a piece."""

    def __init__(self, text: str) -> None:
        self._pieces = _cut(text)
        self._index = 0
        """The piece the last edit was in,"""
        self._start = 0
        """and where it begins: the next edit is seldom far."""
        self._length = len(text)

    def __len__(self) -> int:
        return self._length

    def __str__(self) -> str:
        return "".join(self._pieces)

    def apply(self, edit: Edit) -> None:
        """Apply one edit. Raises ``ValueError`` if it does not fit."""
        if not edit.fits(self._length):
            raise ValueError(f"{edit.position}+{edit.removed} is not within {self._length}")
        self._seek(edit.position)
        offset = edit.position - self._start
        first = last = self._index
        covered = len(self._pieces[last])
        while covered < offset + edit.removed:
            last += 1
            covered += len(self._pieces[last])
        kept = covered - offset - edit.removed
        tail = self._pieces[last][len(self._pieces[last]) - kept :]
        piece = self._pieces[first][:offset] + edit.inserted + tail
        pieces = [piece] if 0 < len(piece) <= 2 * _PIECE else _cut(piece)
        if not piece and last - first + 1 < len(self._pieces):
            pieces = []
        self._pieces[first : last + 1] = pieces
        self._length += len(edit.inserted) - edit.removed
        if self._index >= len(self._pieces):
            self._index -= 1
            self._start -= len(self._pieces[self._index])

    def _seek(self, position: int) -> None:
        while position < self._start:
            self._index -= 1
            self._start -= len(self._pieces[self._index])
        while position > self._start + len(self._pieces[self._index]):
            self._start += len(self._pieces[self._index])
            self._index += 1


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """``text`` after ``edits``, one after the other. Raises ``ValueError`` if one does not fit."""
    edited = EditedText(text)
    for edit in edits:
        edited.apply(edit)
    return str(edited)


def _cut(text: str) -> list[str]:
    return [text[start : start + _PIECE] for start in range(0, len(text), _PIECE)] or [""]
