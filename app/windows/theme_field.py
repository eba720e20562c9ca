"""Choosing a theme by what it looks like."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QWidget

from app.core.setting import Setting
from app.services.fonts import reading_font
from app.services.theme import THEMES, Theme
from app.windows.preference_fields import Field, worded

_WIDTH, _HEIGHT, _LABEL, _GAP = 98, 66, 24, 6
_SYSTEM = ("paper", "night")


class ThemeCard(QAbstractButton):
    """A small page in the colours of a theme, with its name below."""

    def __init__(self, words: str, themes: tuple[Theme, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self._themes = themes
        self.setText(words)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """The page and the name."""
        width = max(_WIDTH, self.fontMetrics().horizontalAdvance(f"\u2713 {self.text()}") + 4)
        return QSize(width, _HEIGHT + _LABEL)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        page = QRectF((self.width() - _WIDTH) / 2 + 5, 5, _WIDTH - 10, _HEIGHT - 10)
        part = page.width() / len(self._themes)
        for at, theme in enumerate(self._themes):
            clip = QRectF(page.left() + at * part, page.top(), part, page.height())
            painter.save()
            painter.setClipRect(clip)
            _paint_page(painter, page, clip, theme)
            painter.restore()
        palette = self.palette()
        edge = palette.accent() if self.isChecked() else palette.placeholderText()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(edge.color(), 2 if self.isChecked() else 1))
        painter.drawRoundedRect(page, 6, 6)
        if self.hasFocus():
            painter.setPen(QPen(palette.accent().color(), 2))
            painter.drawRoundedRect(page.adjusted(-4, -4, 4, 4), 9, 9)
        painter.setPen(palette.windowText().color())
        words = f"\u2713 {self.text()}" if self.isChecked() else self.text()
        label = QRect(0, _HEIGHT, self.width(), _LABEL)
        painter.drawText(label, Qt.AlignmentFlag.AlignCenter, words)


class _Shelf(QWidget):
    """Holds cards side by side, in as many rows as the width asks for."""

    def __init__(self) -> None:
        super().__init__()
        self.cards: list[ThemeCard] = []
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Room for one card."""
        return self._card_size()

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        """Of all rows."""
        rows = -(-len(self.cards) // self._columns(width))
        return rows * self._card_size().height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the cards where there is room."""
        super().resizeEvent(event)
        size, columns = self._card_size(), self._columns(self.width())
        for at, card in enumerate(self.cards):
            row, column = divmod(at, columns)
            card.setGeometry(QRect(QPoint(column * size.width(), row * size.height()), size))

    def _columns(self, width: int) -> int:
        return max(1, width // self._card_size().width())

    def _card_size(self) -> QSize:
        width = max((card.sizeHint().width() for card in self.cards), default=_WIDTH)
        return QSize(width + _GAP, _HEIGHT + _LABEL)


class ThemeField(Field):
    """The themes side by side; the arrow keys go from one to the next."""

    def __init__(self, setting: Setting, parent: QWidget | None = None) -> None:
        self._cards: dict[str, ThemeCard] = {}
        holder = _Shelf()
        super().__init__(setting, holder, parent)
        group = QButtonGroup(self)
        for choice, title in zip(setting.choices, setting.choice_titles, strict=True):
            names = (choice,) if choice in THEMES else _SYSTEM
            card = ThemeCard(worded(title), tuple(THEMES[name] for name in names), holder)
            card.setAccessibleDescription(worded(setting.title))
            card.clicked.connect(self._clicked)
            group.addButton(card)
            holder.cards.append(card)
            self._cards[choice] = card

    @Slot()
    def _clicked(self) -> None:
        self.changed.emit(next(name for name, card in self._cards.items() if card.isChecked()))

    def _show(self, value: Any) -> None:
        self._cards[value].setChecked(True)
        self.editor.setFocusProxy(self._cards[value])


def _paint_page(painter: QPainter, page: QRectF, part: QRectF, theme: Theme) -> None:
    """Paint a page, and in ``part`` of it written and suggested text and the accent."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.page))
    painter.drawRoundedRect(page, 6, 6)
    inner = part.adjusted(10, 8, -8, -8)
    top = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
    painter.setFont(reading_font("", 18))
    painter.setPen(QColor(theme.ink))
    painter.drawText(inner, top, "Aa")
    ghost = reading_font("", 13)
    ghost.setItalic(True)
    painter.setFont(ghost)
    painter.setPen(QColor(theme.ghost))
    painter.drawText(inner.translated(0, 24), top, "Aa")
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.accent))
    painter.drawRoundedRect(QRectF(inner.right() - 5, inner.bottom() - 9, 6, 6), 3, 3)
