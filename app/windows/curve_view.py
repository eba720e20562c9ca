"""A drawn curve of precision over coverage, in the window's colours."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from app.core.curve import Series

_TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)


class CurveView(QWidget):
    """At most two curves, the second dashed, and a ring at one point."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._series: tuple[Series, ...] = ()
        self._mark: tuple[float, float] | None = None
        self._axes = ("", "")
        self.setMinimumHeight(190)

    def sizeHint(self) -> QSize:
        return QSize(560, 220)

    def show_curves(
        self,
        axes: tuple[str, str],
        series: Sequence[Series],
        mark: tuple[float, float] | None,
    ) -> None:
        """Draw these; ``axes`` says what runs to the right and what upwards."""
        self._axes, self._series, self._mark = axes, tuple(series), mark
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        line = self.fontMetrics().height()
        area = QRectF(self.rect()).adjusted(44, line + 8, -16, -2 * line - 8)

        def at(x: float, y: float) -> QPointF:
            return QPointF(area.left() + x * area.width(), area.bottom() - y * area.height())

        for tick in _TICKS:
            painter.setPen(QPen(palette.mid().color(), 1))
            painter.drawLine(at(0, tick), at(1, tick))
            painter.setPen(palette.text().color())
            label = f"{tick:.0%}"
            left = QRectF(0, at(0, tick).y() - line / 2, area.left() - 6, line)
            painter.drawText(left, Qt.AlignmentFlag.AlignRight, label)
            below = QRectF(at(tick, 0).x() - 24, area.bottom() + 4, 48, line)
            painter.drawText(below, Qt.AlignmentFlag.AlignHCenter, label)
        right, up = self._axes
        painter.drawText(QRectF(0, 0, self.width(), line), Qt.AlignmentFlag.AlignLeft, up)
        bottom = QRectF(0, area.bottom() + line + 4, area.right(), line)
        painter.drawText(bottom, Qt.AlignmentFlag.AlignRight, right)
        pens = (
            QPen(palette.accent().color(), 2),
            QPen(palette.text().color(), 2, Qt.PenStyle.DashLine),
        )
        legend = area.right()
        for series, pen in zip(self._series, pens, strict=False):
            painter.setPen(pen)
            points = [at(x, y) for x, y in series.points if x > 0]
            painter.drawPolyline(QPolygonF(points))
            width = self.fontMetrics().horizontalAdvance(series.name)
            legend -= width + 48
            painter.drawLine(QPointF(legend, line / 2), QPointF(legend + 28, line / 2))
            painter.setPen(palette.text().color())
            painter.drawText(QRectF(legend + 34, 0, width + 4, line), 0, series.name)
        if self._mark is not None:
            painter.setPen(QPen(palette.text().color(), 2))
            painter.drawEllipse(at(*self._mark), 6, 6)
