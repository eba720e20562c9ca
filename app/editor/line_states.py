"""What is open after each line of a document: a fence, front matter, a comment, a table."""

from __future__ import annotations

from app.core.lines import Lines
from app.editor.markdown import NORMAL, Role, role_of, state_after

_AT_ONCE = 200
"""Lines below an edit that are read again at once; the rest is read when it is asked for."""


class LineStates:
    """States of lines, read from the top as far as they are asked for, and kept over edits."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._after: list[int] = []
        """Of the lines from the top that were read."""

    def reset(self) -> None:
        """All lines are other ones."""
        self._after.clear()

    def splice(self, first: int, last: int, count: int) -> None:
        """``count`` lines now stand where ``first`` to ``last`` (inclusive) were."""
        after = self._after
        if first >= len(after):
            return
        after[first : last + 1] = [NORMAL] * count
        end = first + count
        for number in range(first, min(len(after), end + _AT_ONCE)):
            state = self._read(number)
            if number >= end and state == after[number]:
                return
            after[number] = state
        del after[end + _AT_ONCE :]

    def before(self, number: int) -> int:
        """The state that a line begins with."""
        after = self._after
        for unread in range(len(after), number):
            after.append(self._read(unread))
        return after[number - 1] if number else NORMAL

    def role(self, number: int) -> Role:
        """What the line that follows makes of a line."""
        if number + 1 >= len(self._lines):
            return Role.PLAIN
        return role_of(self._lines[number], self.before(number), self._lines[number + 1])

    def _read(self, number: int) -> int:
        before = self._lines[number - 1] if number else None
        state = self._after[number - 1] if number else NORMAL
        return state_after(self._lines[number], state, before)
