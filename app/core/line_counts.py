"""Counts of a text kept line by line, so that an edit counts its own lines again and no others."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from app.core.counts import Counts, count_line
from app.core.lines import Lines

_FIELDS = 5
_UNCOUNTED = -1


class LineCounts:
    """Counts of each line that was counted; the others wait for ``count``."""

    def __init__(self) -> None:
        self._rows = np.zeros((1, _FIELDS), np.int64)
        self._left = 0

    def load(self, count: int) -> None:
        """Start over with a text of so many lines."""
        self._rows = _uncounted(count)
        self._left = count

    def splice(self, first: int, last: int, count: int) -> None:
        """Lines ``first`` to ``last`` (inclusive) gave way to ``count`` others."""
        end = last + 1
        self._left += count - int(np.count_nonzero(self._rows[first:end, 0] == _UNCOUNTED))
        if count == end - first:
            self._rows[first:end] = _UNCOUNTED
        else:
            self._rows = np.concatenate(
                (self._rows[:first], _uncounted(count), self._rows[end:]), axis=0
            )

    def count(self, lines: Lines, budget: int) -> bool:
        """Count lines until ``budget`` code points were read; True when all are counted."""
        if self._left:
            for number in np.flatnonzero(self._rows[:, 0] == _UNCOUNTED).tolist():
                if budget <= 0:
                    break
                line = lines[number]
                self._rows[number] = count_line(line)
                self._left -= 1
                budget -= len(line) + 1
        return not self._left

    @property
    def complete(self) -> bool:
        """Whether every line is counted."""
        return not self._left

    def total(self) -> Counts:
        """Counts of the lines counted so far."""
        return _total(np.maximum(self._rows, 0))

    def between(self, first: int, head: str, last: int, tail: str) -> Counts:
        """Counts of a part that begins with ``head`` in one line and ends with ``tail`` in another.

        ``head`` is all of the part that is in line ``first``, ``tail`` all that is in ``last``; in
        one line only, it is ``head``.
        """
        ends = [count_line(head)] if first == last else [count_line(head), count_line(tail)]
        rows = np.array(ends, np.int64)
        inner = np.maximum(self._rows[first + 1 : last], 0)
        return _total(np.concatenate((rows[:1], inner, rows[1:]), axis=0))


def _uncounted(count: int) -> NDArray[np.int64]:
    return np.full((count, _FIELDS), _UNCOUNTED, np.int64)


def _total(rows: NDArray[np.int64]) -> Counts:
    filled = rows[:, 1] > rows[:, 2]
    paragraphs = np.count_nonzero(filled[1:] & ~filled[:-1]) + int(filled[:1].any())
    words, characters, spaces, han, sentences = rows.sum(axis=0).tolist()
    return Counts(words, characters, spaces, han, sentences, int(paragraphs))
