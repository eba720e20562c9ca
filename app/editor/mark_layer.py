"""One kind of what is found on a page: spelling, or grammar."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QPoint, QPointF, Signal
from PySide6.QtGui import QPainter, QPen, QTextBlock

from app.core.found import Mark

Draw = Callable[[QPainter, QTextBlock, QPointF, Sequence[tuple[int, int]]], None]
"""Draws under ranges of UTF-16 units of a block whose layout begins at a point."""


class MarkLayer(QObject):
    """What ``PageMarks`` shows and leads to. Kinds of it say what is found and offered."""

    changed = Signal()
    """Something else is to be seen."""
    advanced = Signal()
    """More paragraphs are checked than before."""

    def __init__(self, draw: Draw, parent: QObject) -> None:
        super().__init__(parent)
        self.draw = draw
        self.pen = QPen()

    def is_on(self) -> bool:
        """Whether anything is looked for."""
        raise NotImplementedError

    def standing(self, block: QTextBlock) -> Sequence[Mark]:
        """What was found in a paragraph and not dismissed, in order."""
        raise NotImplementedError

    def may_hold(self, number: int) -> bool | None:
        """Whether something is in a paragraph; None while that is not known."""
        raise NotImplementedError

    def check_first(self, number: int) -> None:
        """Look at this paragraph and those behind it before all others."""
        raise NotImplementedError

    def offer(self, start: int, mark: Mark, place: QPoint, *, standard: bool) -> None:
        """Open the menu for a mark in the paragraph that begins at u16 ``start``.

        ``place`` is on the screen; ``standard`` has the page's usual menu follow.
        """
        raise NotImplementedError
