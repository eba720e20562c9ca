"""Which paragraphs a change of the text touched, for those who keep something about each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.core.offsets import utf16_length


@dataclass(frozen=True, slots=True)
class ParagraphChange:
    """Paragraphs ``first`` to ``last`` became ``count`` others. Positions are UTF-16 units.

    The first ``head`` units of the first one are as before, and so is the last one from ``was`` on,
    which now begins at ``now``.
    """

    first: int
    last: int
    count: int
    head: int
    was: int
    now: int


def paragraph_change(
    first: int, old: Sequence[str], new: Sequence[str], head: int, tail: int
) -> ParagraphChange:
    """The change of the paragraphs ``old``, from number ``first`` on, to ``new``.

    ``head`` code points at the start of all and ``tail`` at their end are the same in both.
    """
    head = min(head, len(old[0]), len(new[0]))
    tail = min(tail, len(old[-1]), len(new[-1]))
    return ParagraphChange(
        first,
        first + len(old) - 1,
        len(new),
        utf16_length(new[0][:head]),
        utf16_length(old[-1][: len(old[-1]) - tail]),
        utf16_length(new[-1][: len(new[-1]) - tail]),
    )
