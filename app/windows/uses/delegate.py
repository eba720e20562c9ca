"""Draws the rows: the text wrapped, and before it a bar where there is a probability."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPalette
from PySide6.QtWidgets import QListWidget, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.services.theme import THEMES, Theme
from app.windows.uses.rows import Row

_PADDING = 8
_BAR_WIDTH, _BAR_HEIGHT = 120, 12
_FLAGS = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_ROLE = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


class RowDelegate(QStyledItemDelegate):
    """A row is as high as its text; a bar is filled as far as what it shows is probable."""

    def __init__(self, view: QListWidget) -> None:
        super().__init__(view)
        self._view = view
        self._theme = THEMES["paper"]

    def apply_theme(self, theme: Theme) -> None:
        """Take the colours of ``theme``."""
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        width = self._view.viewport().width()
        inner = self._text_rect(QRect(0, 0, width, 10_000), index)
        bounds = option.fontMetrics.boundingRect(inner, _FLAGS, index.data())
        return QSize(width, bounds.height() + 2 * _PADDING)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        rect: QRect = option.rect
        if selected:
            painter.fillRect(rect, QColor(self._theme.selection))
        row = index.data(_ROLE)
        if isinstance(row, Row) and row.positive is not None:
            self._paint_bar(painter, rect, row.positive)
        colour = self._theme.selection_ink if selected else self._theme.ink
        painter.setPen(QColor(colour))
        painter.setFont(option.font)
        painter.drawText(self._text_rect(rect, index), _FLAGS, index.data())
        painter.setPen(QColor(self._theme.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(option.palette.color(QPalette.ColorRole.Highlight))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        painter.restore()

    def _text_rect(self, rect: QRect, index: Index) -> QRect:
        row = index.data(_ROLE)
        bar = isinstance(row, Row) and row.positive is not None
        left = _PADDING + (_BAR_WIDTH + 2 * _PADDING if bar else 0)
        return rect.adjusted(left, _PADDING, -_PADDING, -_PADDING)

    def _paint_bar(self, painter: QPainter, rect: QRect, share: float) -> None:
        bar = QRect(rect.left() + _PADDING, rect.center().y() - _BAR_HEIGHT // 2, _BAR_WIDTH, 0)
        bar.setHeight(_BAR_HEIGHT)
        filled = QRect(bar)
        filled.setWidth(round(_BAR_WIDTH * share))
        painter.fillRect(bar, QColor(self._theme.deleted))
        painter.fillRect(filled, QColor(self._theme.inserted))
        # The even middle, so that the colours need not be told apart.
        painter.setPen(QColor(self._theme.page))
        painter.drawLine(bar.center().x(), bar.top(), bar.center().x(), bar.bottom())
