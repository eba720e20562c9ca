"""Edits of whole lines, each of them one step to undo: moving, doubling, deleting, joining."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Protocol

from app.core.characters import HAN, KANA

_WIDE_END = re.compile(rf"[{HAN}{KANA}\u3001-\u303f\uff01-\uffee\u2018-\u201d\u2026\u2014]")


class Lines(Protocol):
    """The lines of a document without their ends, never none."""

    def __len__(self) -> int: ...

    def __getitem__(self, number: int, /) -> str: ...


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Before the code point ``column`` of a line; both count from 0."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Selection:
    """From where it was begun to where the caret is; both are the same if nothing is selected."""

    anchor: Place
    caret: Place

    @property
    def start(self) -> Place:
        """The end that comes first in the text."""
        return min(self.anchor, self.caret)

    @property
    def end(self) -> Place:
        """The end that comes last in the text."""
        return max(self.anchor, self.caret)

    @property
    def empty(self) -> bool:
        """Whether nothing is selected."""
        return self.anchor == self.caret

    def touched(self) -> range:
        """The lines with something selected, or the caret's."""
        first, last = self.start.line, self.end.line
        return range(first, last + (last == first or self.end.column > 0))


def caret_at(line: int, column: int) -> Selection:
    """Nothing selected, and the caret there."""
    return Selection(Place(line, column), Place(line, column))


@dataclass(frozen=True, slots=True)
class LineEdit:
    """The lines from ``first`` up to ``last`` give way to ``lines``; neither is ever none."""

    first: int
    last: int
    lines: tuple[str, ...]
    selection: Selection
    """What is selected afterwards."""

    def apply(self, lines: list[str]) -> list[str]:
        """``lines`` after the edit."""
        return [*lines[: self.first], *self.lines, *lines[self.last :]]


def move_lines(lines: Lines, selection: Selection, step: int) -> LineEdit | None:
    """Let the selected lines change places with the one above (-1) or below (+1)."""
    chosen = selection.touched()
    block = tuple(lines[number] for number in chosen)
    if step < 0:
        if not chosen.start:
            return None
        first, last = chosen.start - 1, chosen.stop
        moved = (*block, lines[first])
    else:
        if chosen.stop >= len(lines):
            return None
        first, last = chosen.start, chosen.stop + 1
        moved = (lines[last - 1], *block)

    def shifted(place: Place) -> Place:
        line = place.line + step
        # Below the last line there is none whose start could be the end of the selection.
        return Place(line, place.column) if line < len(lines) else Place(line - 1, len(block[-1]))

    return LineEdit(
        first, last, moved, Selection(shifted(selection.anchor), shifted(selection.caret))
    )


def duplicate_lines(lines: Lines, selection: Selection) -> LineEdit:
    """Put a copy of the selected lines below them and select in the copy what was selected."""
    chosen = selection.touched()
    block = tuple(lines[number] for number in chosen)
    size = len(chosen)

    def shifted(place: Place) -> Place:
        # The start of the line below the selection is that of the copy's last line's successor,
        # which a document that ends there does not have.
        line = place.line + size
        if line < len(lines) + size:
            return Place(line, place.column)
        return Place(line - 1, len(block[-1]))

    return LineEdit(
        chosen.start,
        chosen.stop,
        (*block, *block),
        Selection(shifted(selection.anchor), shifted(selection.caret)),
    )


def delete_lines(lines: Lines, selection: Selection) -> LineEdit:
    """Take the selected lines out; the caret keeps its column in the line that follows."""
    chosen = selection.touched()
    column = selection.caret.column
    if chosen.stop < len(lines):
        kept = lines[chosen.stop]
        caret = caret_at(chosen.start, min(column, len(kept)))
        return LineEdit(chosen.start, chosen.stop + 1, (kept,), caret)
    if chosen.start:
        kept = lines[chosen.start - 1]
        caret = caret_at(chosen.start - 1, min(column, len(kept)))
        return LineEdit(chosen.start - 1, chosen.stop, (kept,), caret)
    return LineEdit(0, chosen.stop, ("",), caret_at(0, 0))


def join_lines(lines: Lines, selection: Selection) -> LineEdit | None:
    """Make one line of the selected ones, or of the caret's and the next.

    One space stands where they met; none between Chinese characters or beside nothing.
    """
    chosen = selection.touched()
    if len(chosen) == 1:
        chosen = range(chosen.start, chosen.stop + 1)
    if chosen.stop > len(lines):
        return None
    joined = lines[chosen.start].rstrip(" \t")
    seam = len(joined)
    for number in chosen[1:]:
        part = lines[number].strip(" \t")
        seam = len(joined)
        if joined and part and not (_WIDE_END.match(joined[-1]) and _WIDE_END.match(part)):
            joined += " "
        joined += part
    if selection.empty:
        return LineEdit(chosen.start, chosen.stop, (joined,), caret_at(chosen.start, seam))
    whole = Selection(Place(chosen.start, 0), Place(chosen.start, len(joined)))
    return LineEdit(chosen.start, chosen.stop, (joined,), whole)
