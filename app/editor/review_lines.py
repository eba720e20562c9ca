"""What a review shows on one line of the page: deleted stretches, and gaps for inserted words."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from app.core.offsets import utf16_length
from app.core.review import Change

LINE_END = "\u00b6"
"""Stands for a line break that is inserted or deleted."""


@dataclass(frozen=True, slots=True)
class Deletion:
    """UTF-16 units ``start`` to ``end`` of a line go; with ``line_end`` the break after them."""

    number: int
    start: int
    end: int
    line_end: bool = False


@dataclass(frozen=True, slots=True)
class Insertion:
    """``text`` is to come behind the character at UTF-16 units ``start`` to ``end`` of a line.

    Both are 0 where the line has no character that it could stand behind.
    """

    number: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """The open changes on one line."""

    deletions: tuple[Deletion, ...] = ()
    insertions: tuple[Insertion, ...] = ()
    flagged: frozenset[int] = frozenset()

    def numbers(self) -> set[int]:
        """The changes that have something here."""
        return {each.number for each in self.deletions} | {each.number for each in self.insertions}


def review_lines(text: str, changes: Sequence[Change], before: str) -> dict[int, ReviewLine]:
    """By line of ``text``, counted from 0, what is to be shown of its changes.

    ``before`` is what stands before the text on its first line.
    """
    starts = [0]
    at = text.find("\n")
    while at >= 0:
        starts.append(at + 1)
        at = text.find("\n", at + 1)
    found: dict[int, _Line] = {}
    for change in changes:
        first = bisect_right(starts, change.start) - 1
        last = bisect_right(starts, change.end) - 1
        for number in range(first, last + 1):
            line = found.get(number)
            if line is None:
                stop = starts[number + 1] - 1 if number + 1 < len(starts) else len(text)
                words = text[starts[number] : stop]
                line = found[number] = _Line(words if number else before + words)
            lead = len(before) if not number else 0
            begin = max(change.start, starts[number]) - starts[number] + lead
            end = change.end - starts[number] + lead if number == last else len(line.text)
            if change.old:
                line.delete(change.number, begin, end, line_end=number < last)
            if number == last and change.new:
                line.insert(change, begin, end)
            if change.flags:
                line.flagged.add(change.number)
    return {number: line.done() for number, line in found.items()}


class _Line:
    """Collects what is on one line."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.flagged: set[int] = set()
        self._deletions: list[Deletion] = []
        self._insertions: list[Insertion] = []

    def delete(self, number: int, begin: int, end: int, *, line_end: bool) -> None:
        start = utf16_length(self.text[:begin])
        size = utf16_length(self.text[begin:end])
        if size or line_end:
            self._deletions.append(Deletion(number, start, start + size, line_end))

    def insert(self, change: Change, begin: int, end: int) -> None:
        last = end
        while last > begin and self.text[last - 1].isspace():
            last -= 1  # a space at a line's end takes no room, and so would make none
        last = last if last > begin else end
        if last:
            first = last - 1
            while first and _continues(self.text[first]):
                first -= 1
            start = utf16_length(self.text[:first])
            stop = start + utf16_length(self.text[first:last])
        else:
            start = stop = 0
        self._insertions.append(Insertion(change.number, start, stop, change.new))

    def done(self) -> ReviewLine:
        return ReviewLine(tuple(self._deletions), tuple(self._insertions), frozenset(self.flagged))


def _continues(character: str) -> bool:
    """Whether it belongs to the character before it."""
    return bool(unicodedata.combining(character)) or character in "\u200d\ufe0e\ufe0f"
