"""The headings of a text, kept up line by line as it changes; knows nothing of Qt."""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass

from app.core.lines import Lines
from app.editor.markdown import FRONT_MATTER, NORMAL, TABLE, state_after

_UNREAD = 0xFFFF
"""A state that no line has."""
_BLANK, _TEXT, _UNDERLINED_1, _UNDERLINED_2, _OTHER = 0, 7, 8, 9, 10
"""What a line is; 1 to 6 are headings that begin with so many ``#``."""
_LONGEST_TITLE = 200
_LONGEST_LINE = 1000
"""A longer line is read no further: it is no heading."""

_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$")
_UNDERLINE = re.compile(r" {0,3}(?:(=+)|-+)[ \t]*$")
_NOT_PROSE = re.compile(r"(?: {4}|\t| {0,3}(?:>|[-+*][ \t]|\d{1,9}[.)][ \t]|\||([*_])[ \t]*\1))")
_INTERESTING = re.compile(rb"[\x01-\x06\x08\x09]")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()]*\)")
_MARKS = re.compile(r"\\([!-/:-@\[-`{-~])|(\*{1,3}|`+|~~)|(?<!\w)(_{1,3})|(_{1,3})(?!\w)")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of ``level`` 1 to 6 that begins at a line, which counts from 0."""

    line: int
    level: int
    title: str


class Outline:
    """Reads each line once, and after an edit only what the edit can have changed.

    Headings are those of CommonMark 0.31, both kinds, outside of code, front matter and quotes.
    """

    def __init__(self) -> None:
        self._kinds = bytearray()
        self._states = array("H")
        """The state after each line (see ``markdown``)."""
        self._next = 0
        """Where reading goes on,"""
        self._until = 0
        """and up to where it must, whatever it finds."""

    def load(self, count: int) -> None:
        """Start over with a text of so many lines."""
        self._kinds = bytearray(count)
        self._states = array("H", [_UNREAD]) * count
        self._next, self._until = 0, count

    def splice(self, first: int, last: int, count: int) -> None:
        """Lines ``first`` to ``last`` (inclusive) gave way to ``count`` others."""
        pending = self._next < len(self._kinds)
        self._kinds[first : last + 1] = bytes(count)
        self._states[first : last + 1] = array("H", [_UNREAD]) * count
        grown = count - (last + 1 - first)
        if pending:
            self._next = min(self._next, first)
            self._until = max(self._until + grown, first + count)
        else:
            self._next, self._until = first, first + count

    def read(self, lines: Lines, budget: int) -> bool:
        """Read at most so many code points of ``lines``; True when all is known."""
        while self._next < len(self._kinds):
            if budget <= 0:
                return False
            number = self._next
            line = lines[number]
            budget -= len(line) + 1
            state = self._states[number - 1] if number else NORMAL
            kind, state = _read(line, state, lines[number - 1] if number else None)
            self._kinds[number] = kind
            changed = self._states[number] != state
            self._states[number] = state
            self._next += 1
            if self._next >= self._until and not changed:
                self._next = self._until = len(self._kinds)
        return True

    def headings(self, lines: Lines) -> list[Heading]:
        """The headings read so far, in order."""
        found = []
        for match in _INTERESTING.finditer(self._kinds):
            number, kind = match.start(), self._kinds[match.start()]
            if kind < _TEXT:
                words = _HEADING.match(lines[number])
                found.append(Heading(number, kind, _plain((words and words.group(2)) or "")))
            elif number and self._kinds[number - 1] == _TEXT:
                first = number - 1
                while first and self._kinds[first - 1] == _TEXT:
                    first -= 1
                title = " ".join(lines[at].strip() for at in range(first, min(number, first + 8)))
                found.append(Heading(first, kind - _TEXT, _plain(title)))
        return found


def _read(line: str, state: int, before: str | None) -> tuple[int, int]:
    """What a line is and the state after it, given that before it and the line before."""
    after = state_after(line, state, before)
    ends_front = state == FRONT_MATTER and line.rstrip() in ("---", "...")
    if after != NORMAL or state not in (NORMAL, TABLE, FRONT_MATTER) or ends_front:
        return _OTHER, after
    if not line or line.isspace():
        return _BLANK, NORMAL
    if len(line) > _LONGEST_LINE:
        return _OTHER, NORMAL
    if match := _HEADING.match(line):
        return len(match.group(1)), NORMAL
    if match := _UNDERLINE.match(line):
        return _UNDERLINED_1 if match.group(1) else _UNDERLINED_2, NORMAL
    return _OTHER if _NOT_PROSE.match(line) else _TEXT, NORMAL


def _plain(title: str) -> str:
    """A title without the signs that are there for Markdown's sake."""
    words = _LINK.sub(r"\1", title[:_LONGEST_TITLE])
    return _MARKS.sub(r"\1", words).strip()
