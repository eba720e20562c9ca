"""The curve of training as it runs: perplexity over steps, in the window's colours."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from app.core.ticks import rounded_ticks

Points = Sequence[tuple[int, float]]
"""Pairs of a step and nats a token."""
_MARGIN = 10


class LossPlot(QWidget):
    """Single steps thin and pale, measurements on other texts thick and with dots."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._losses: Points = ()
        self._checks: Points = ()
        self._steps = 0
        self._words = ("", "", "", "", "")
        self.setMinimumHeight(170)

    def sizeHint(self) -> QSize:
        return QSize(560, 220)

    def set_words(self, upwards: str, right: str, losses: str, checks: str, empty: str) -> None:
        """What runs upwards and to the right, what the curves are; and all while there are none."""
        self._words = (upwards, right, losses, checks, empty)
        self.update()

    def show_losses(self, losses: Points, checks: Points, steps: int) -> None:
        """Draw these; there will be ``steps`` in all."""
        self._losses, self._checks, self._steps = losses, checks, steps
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette, metrics = self.palette(), self.fontMetrics()
        line = metrics.height()
        upwards, right, *_, empty = self._words
        if not (self._losses or self._checks):
            painter.setPen(palette.placeholderText().color())
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect(), flags, empty)
            return
        painter.translate(0, _MARGIN)
        area = QRectF(self.rect()).adjusted(48, line + 12, -12, -2 * line - 8 - _MARGIN)
        shown = [loss for _, loss in (*self._losses, *self._checks)]
        middle, spread = (min(shown) + max(shown)) / 2, max(max(shown) - min(shown), 0.2) * 0.55
        low, high = middle - spread, middle + spread
        last = max(1, self._steps, *(step for step, _ in (*self._losses, *self._checks)))

        def at(step: float, loss: float) -> QPointF:
            return QPointF(
                area.left() + area.width() * step / last,
                area.bottom() - area.height() * (loss - low) / (high - low),
            )

        for value in rounded_ticks(math.exp(low), math.exp(high), 4):
            y = at(0, math.log(value)).y()
            painter.setPen(QPen(palette.mid().color(), 1))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(palette.text().color())
            box = QRectF(0, y - line / 2, area.left() - 6, line)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight, f"{value:g}")
        for value in rounded_ticks(0, last, 5):
            box = QRectF(at(value, low).x() - 32, area.bottom() + 4, 64, line)
            painter.drawText(box, Qt.AlignmentFlag.AlignHCenter, f"{value:g}")
        painter.drawText(QRectF(0, 0, self.width(), line), Qt.AlignmentFlag.AlignLeft, upwards)
        bottom = QRectF(0, area.bottom() + line + 4, area.right(), line)
        painter.drawText(bottom, Qt.AlignmentFlag.AlignRight, right)
        self._draw_curves(painter, area, at)

    def _draw_curves(
        self, painter: QPainter, area: QRectF, at: Callable[[float, float], QPointF]
    ) -> None:
        palette, metrics = self.palette(), self.fontMetrics()
        line = metrics.height()
        pale = palette.text().color()
        pale.setAlphaF(0.45)
        curves = (
            (self._checks, self._words[3], QPen(palette.accent().color(), 2.5), True),
            (self._losses, self._words[2], QPen(pale, 1), False),
        )
        legend = area.right()
        painter.save()
        for points, name, pen, dotted in curves:
            painter.setPen(pen)
            places = [at(step, loss) for step, loss in points]
            painter.drawPolyline(QPolygonF(places))
            legend -= metrics.horizontalAdvance(name) + 44
            ends = (QPointF(legend, line / 2), QPointF(legend + 24, line / 2))
            painter.drawLine(*ends)
            if dotted:
                painter.setBrush(pen.color())
                for place in (*places, ends[0] + (ends[1] - ends[0]) / 2):
                    painter.drawEllipse(place, 3, 3)
            painter.setPen(palette.text().color())
            painter.drawText(QPointF(legend + 30, metrics.ascent()), name)
        painter.restore()
