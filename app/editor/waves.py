"""Draws the waves under misspelled words, over the laid out text."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPolygonF, QTextBlock, QTextLine

_STEP = 2.5
"""Pixels from a crest to the next trough."""
_HEIGHT = 2.0
_BELOW = 2.5
"""Pixels from the baseline to the crests."""


def draw_waves(
    painter: QPainter, block: QTextBlock, origin: QPointF, ranges: Sequence[tuple[int, int]]
) -> None:
    """Draw a wave under each range of UTF-16 units of a block whose layout begins at ``origin``.

    Positions count the document's text; what is drawn in the layout's preedit area is skipped.
    """
    layout = block.layout()
    at, size = layout.preeditAreaPosition(), len(layout.preeditAreaText().encode("utf-16-le")) // 2
    for start, end in ranges:
        # Text drawn right behind a word is not part of it.
        first = start + size if size and start >= at else start
        last = end + size if size and end > at else end
        number = layout.lineForTextPosition(first).lineNumber()
        while 0 <= number < layout.lineCount():
            line = layout.lineAt(number)
            if line.textStart() >= last:
                break
            _draw_wave(painter, line, origin, first, last)
            number += 1


def _draw_wave(painter: QPainter, line: QTextLine, origin: QPointF, start: int, end: int) -> None:
    start = max(start, line.textStart())
    end = min(end, line.textStart() + line.textLength())
    left, right = sorted((_x(line, start), _x(line, end)))
    y = origin.y() + line.y() + line.ascent() + _BELOW
    points = QPolygonF()
    steps = max(2, round((right - left) / _STEP))
    for step in range(steps + 1):
        x = origin.x() + left + step * (right - left) / steps
        points.append(QPointF(x, y + _HEIGHT * (step % 2)))
    painter.drawPolyline(points)


def _x(line: QTextLine, position: int) -> float:
    x: float | tuple[float, int] = line.cursorToX(position)  # type: ignore[assignment]
    return x[0] if isinstance(x, tuple) else x
