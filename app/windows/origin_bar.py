"""The shares of a text as one bar, with their names and percents below."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QWidget

from app.core.provenance.shares import Shares

_HEIGHT = 18
_GAP = 2


class OriginBar(QWidget):
    """Each share has a colour and a pattern of its own; a screen reader gets the words."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._shares = Shares()
        self._name_all()

    def show_shares(self, shares: Shares) -> None:
        """Draw these."""
        self._shares = shares
        self._name_all()
        self.update()

    def sizeHint(self) -> QSize:
        """The bar, and a line of words below it."""
        return QSize(520, _HEIGHT + 8 + self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """As high as wanted, and narrower."""
        return QSize(240, self.sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        """Speak another language at once."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._name_all()
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the parts from left to right, and what each is."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x, line = 0.0, QRectF(0, _HEIGHT + 8, self.width(), self.fontMetrics().height())
        ink = self.palette().color(QPalette.ColorRole.WindowText)
        legend = 0.0
        for percent, words, brush in zip(
            self._shares.percents(), self._words(), self._brushes(), strict=True
        ):
            width = self.width() * percent / 100
            if width:
                box = QRectF(x, 0, max(1.0, width - _GAP), _HEIGHT)
                painter.fillRect(box, brush)
                painter.setPen(ink)
                painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
                x += width
                sample = QRectF(legend, line.top() + 3, 12, line.height() - 6)
                painter.fillRect(sample, brush)
                painter.drawRect(sample)
                painter.drawText(line.adjusted(legend + 18, 0, 0, 0), words)
                legend += 18 + self.fontMetrics().horizontalAdvance(words) + 20
        if not self._shares.total:
            painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
            painter.drawText(line, self.tr("There is no text yet."))

    def _brushes(self) -> tuple[QBrush, ...]:
        accent = self.palette().color(QPalette.ColorRole.Accent)
        mid = self.palette().color(QPalette.ColorRole.PlaceholderText)
        quiet = QColor(mid)
        quiet.setAlpha(60)
        styles = Qt.BrushStyle
        return (
            QBrush(accent),
            QBrush(accent, styles.Dense5Pattern),
            QBrush(mid, styles.BDiagPattern),
            QBrush(quiet),
        )

    def _words(self) -> tuple[str, ...]:
        typed, accepted, pasted, unknown = self._shares.percents()
        return (
            self.tr("typed {percent}%").format(percent=typed),
            self.tr("from the model {percent}%").format(percent=accepted),
            self.tr("pasted {percent}%").format(percent=pasted),
            self.tr("not known {percent}%").format(percent=unknown),
        )

    def _name_all(self) -> None:
        self.setAccessibleName(self.tr("Shares"))
        self.setAccessibleDescription(", ".join(self._words()))
