"""The rows of the command palette: what they hold and how they are drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPalette, QPen, QTextLayout
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.core.offsets import to_utf16
from app.core.palette import Found

ROW_HEIGHT = 32
_MARGIN = 12
_CHECK_WIDTH = 20
_GAP = 12
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Row:
    """One command to list."""

    found: Found
    key: str
    """As the system writes it, "" for none."""
    enabled: bool
    checked: bool | None
    """None where there is nothing to check."""
    spoken: str
    """What a screen reader says of the row."""
    last_recent: bool = False
    """Whether a line divides it from the commands that were not used lately."""


class RowModel(QAbstractListModel):
    """The rows shown now."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._rows: tuple[Row, ...] = ()

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def row(self, number: int) -> Row | None:
        """A row by its number; None beyond the last."""
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008, N802
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row(index.row())
        if row is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return row.found.entry.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.spoken
        if role == Qt.ItemDataRole.UserRole:
            return row
        return None


class RowDelegate(QStyledItemDelegate):
    """Draws the check mark, the title with its matched letters bold, the menu and the key."""

    def __init__(self, view: QWidget) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: ARG002
        """As high as a finger, as wide as the view."""
        return QSize(self._view.width(), ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row = index.data(Qt.ItemDataRole.UserRole)
        if not isinstance(row, Row):
            return
        area: QRect = option.rect
        palette: QPalette = option.palette
        state: QStyle.StateFlag = option.state
        font: QFont = option.font
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink, quiet = palette.text().color(), palette.placeholderText().color()
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.highlight())
            painter.drawRoundedRect(QRectF(area).adjusted(4, 1, -4, -1), 6, 6)
            ink = quiet = palette.highlightedText().color()
        if not row.enabled:
            ink = quiet
        inner = area.adjusted(_MARGIN, 0, -_MARGIN, 0)
        painter.setFont(font)
        painter.setPen(QPen(ink))
        if row.checked:
            middle = Qt.AlignmentFlag.AlignVCenter
            painter.drawText(inner, middle, "\u2713")
        inner.setLeft(inner.left() + _CHECK_WIDTH)
        painter.setPen(QPen(quiet))
        inner.setRight(self._draw_right(painter, row, inner, QFontMetrics(font)))
        painter.setPen(QPen(ink))
        entry = row.found.entry
        end = _draw_words(painter, entry.title, row.found.in_title, font, inner)
        if row.found.in_english:
            painter.setPen(QPen(quiet))
            inner.setLeft(round(end) + _GAP)
            _draw_words(painter, entry.english, row.found.in_english, font, inner)
        if row.last_recent:
            painter.setPen(QPen(palette.mid().color()))
            painter.drawLine(area.bottomLeft(), area.bottomRight())
        painter.restore()

    def _draw_right(self, painter: QPainter, row: Row, inner: QRect, metrics: QFontMetrics) -> int:
        """Draw the menu and the key at the right end; returns where they begin."""
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        edge = inner.right()
        for words in (row.key, row.found.entry.menu):
            if words:
                place = QRect(inner)
                place.setRight(edge)
                painter.drawText(place, right, words)
                edge -= metrics.horizontalAdvance(words) + _GAP
        return edge


def _draw_words(
    painter: QPainter, text: str, bold: tuple[int, ...], font: QFont, area: QRect
) -> float:
    """Draw ``text`` with the code points ``bold`` in bold, cut at the right; returns its end."""
    layout = QTextLayout(text, font)
    formats = []
    for place in bold:
        item = QTextLayout.FormatRange()
        item.start = to_utf16(text, place)
        item.length = to_utf16(text, place + 1) - item.start
        item.format.setFontWeight(QFont.Weight.Bold)
        formats.append(item)
    layout.setFormats(formats)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(100_000)
    layout.endLayout()
    top = area.top() + (area.height() - line.height()) / 2
    painter.save()
    painter.setClipRect(area)
    layout.draw(painter, QPointF(area.left(), top))
    painter.restore()
    return area.left() + line.naturalTextWidth()
