"""Draws under the words of a laid out text: waves for spelling, two lines for grammar."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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
    for start, end in _stretches(block, origin, ranges):
        points = QPolygonF()
        steps = max(2, round((end.x() - start.x()) / _STEP))
        for step in range(steps + 1):
            x = start.x() + step * (end.x() - start.x()) / steps
            points.append(QPointF(x, start.y() + _HEIGHT * (step % 2)))
        painter.drawPolyline(points)


def draw_double(
    painter: QPainter, block: QTextBlock, origin: QPointF, ranges: Sequence[tuple[int, int]]
) -> None:
    """Draw two straight lines, one above the other, under each range, as ``draw_waves`` does."""
    for start, end in _stretches(block, origin, ranges):
        for below in (0.0, _HEIGHT + 0.5):
            down = QPointF(0, round(below + start.y()) + 0.5 - start.y())
            painter.drawLine(start + down, end + down)


def _stretches(
    block: QTextBlock, origin: QPointF, ranges: Sequence[tuple[int, int]]
) -> Iterator[tuple[QPointF, QPointF]]:
    """From where to where something is to be drawn, for each line that a range is on."""
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
            yield _stretch(line, origin, first, last)
            number += 1


def _stretch(line: QTextLine, origin: QPointF, start: int, end: int) -> tuple[QPointF, QPointF]:
    start = max(start, line.textStart())
    end = min(end, line.textStart() + line.textLength())
    left, right = sorted((_x(line, start), _x(line, end)))
    y = origin.y() + line.y() + line.ascent() + _BELOW
    return QPointF(origin.x() + left, y), QPointF(origin.x() + right, y)


def _x(line: QTextLine, position: int) -> float:
    x: float | tuple[float, int] = line.cursorToX(position)  # type: ignore[assignment]
    return x[0] if isinstance(x, tuple) else x
