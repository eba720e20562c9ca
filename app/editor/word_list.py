"""A small list of words with their probabilities, beside the word that they could replace."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

_Index = QModelIndex | QPersistentModelIndex

_MARGIN = 8
_WIDTH = 220
_ROW_PADDING = 4
_SHARE = Qt.ItemDataRole.UserRole + 1


class _Row(QStyledItemDelegate):
    """A word with its probability at the other end of the row."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return super().sizeHint(option, index) + QSize(0, 2 * _ROW_PADDING)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        super().paint(painter, option, index)
        state: Any = option  # Qt's stubs leave its members out.
        chosen = bool(state.state & QStyle.StateFlag.State_Selected)
        role = QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.Text
        painter.save()
        painter.setPen(state.palette.color(role))
        place = state.rect.adjusted(0, 0, -_MARGIN, 0)
        painter.drawText(
            place,
            Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
            index.data(_SHARE),
        )
        painter.restore()


class WordList(QFrame):
    """Opened by a key it has the keyboard; opened by the mouse it only listens to the mouse."""

    chosen = Signal(str)
    """The word, as it would stand in the text."""
    turned = Signal(int)
    """Another word of the suggestion is asked about: the next (1) or the one before (-1)."""
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setObjectName("wordList")
        self._title = QLabel(self)
        self._list = QListWidget(self)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setMouseTracking(True)
        self._list.setItemDelegate(_Row(self._list))
        self._list.itemEntered.connect(self._list.setCurrentItem)
        self._list.itemClicked.connect(self._choose)
        self._list.installEventFilter(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        layout.setSpacing(4)
        layout.addWidget(self._title)
        layout.addWidget(self._list)
        self.setFixedWidth(_WIDTH)

    def open_at(self, word: QRect, *, by_key: bool) -> None:
        """Open below ``word``, in global coordinates, or above it where there is no room."""
        kind = Qt.WindowType.Popup if by_key else Qt.WindowType.ToolTip
        if self.windowType() != kind or not self.isVisible():
            self.setWindowFlags(kind | Qt.WindowType.FramelessWindowHint)
            self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, not by_key)
        self._fit()
        room = self.screen().availableGeometry()
        below = QPoint(word.left(), word.bottom() + 4)
        if below.y() + self.height() > room.bottom():
            below.setY(word.top() - self.height() - 4)
        below.setX(min(below.x(), room.right() - self.width()))
        self.move(below)
        self.show()
        if by_key:
            self._list.setFocus(Qt.FocusReason.PopupFocusReason)

    def say(self, text: str) -> None:
        """Show a sentence and no words."""
        self._list.clear()
        self._list.hide()
        self._title.setText(text)
        self._title.setWordWrap(True)
        self._fit()

    def show_words(self, title: str, words: Sequence[tuple[str, float]]) -> None:
        """Show words with their probabilities, 0 to 1."""
        self._title.setWordWrap(False)
        room = _WIDTH - 2 * _MARGIN
        self._title.setText(self.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, room))
        self._list.setAccessibleName(title)
        self._list.clear()
        for word, probability in words:
            share = self._percent(probability)
            item = QListWidgetItem(word.strip())
            item.setData(Qt.ItemDataRole.UserRole, word)
            item.setData(_SHARE, share)
            item.setData(
                Qt.ItemDataRole.AccessibleTextRole,
                self.tr("{word}, {percent}").format(word=word.strip(), percent=share),
            )
            self._list.addItem(item)
        self._list.show()
        self._list.setCurrentRow(0)
        self._fit()

    def has_keyboard(self) -> bool:
        """Whether it was opened by a key."""
        return self.windowType() == Qt.WindowType.Popup

    def words(self) -> list[str]:
        """The words that are shown."""
        items = (self._list.item(row) for row in range(self._list.count()))
        return [item.data(Qt.ItemDataRole.UserRole) for item in items]

    def title(self) -> str:
        """What is said above the words, or instead of them."""
        return self._title.text()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """React to the list's keys that mean more than moving in it."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = event.key()
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab):
                self._choose(self._list.currentItem())
                return True
            if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
                self.turned.emit(1 if key == Qt.Key.Key_Right else -1)
                return True
            if key == Qt.Key.Key_Escape:
                self.close()
                return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes it while no words are shown either."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """What the mouse opened, the mouse closes."""
        super().leaveEvent(event)
        if self.windowType() == Qt.WindowType.ToolTip:
            self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell it."""
        super().closeEvent(event)
        self.closed.emit()

    @Slot(QListWidgetItem)
    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            word = item.data(Qt.ItemDataRole.UserRole)
            self.close()
            self.chosen.emit(word)

    def _percent(self, probability: float) -> str:
        percent = 100 * probability
        if percent < 0.1:
            return self.tr("<{number}%").format(number=self.locale().toString(0.1, "f", 1))
        return self.tr("{number}%").format(
            number=self.locale().toString(percent, "f", 0 if percent >= 10 else 1)
        )

    def _fit(self) -> None:
        rows = self._list.count()
        if rows:
            self._list.setFixedHeight(rows * self._list.sizeHintForRow(0) + 4)
        self.adjustSize()
