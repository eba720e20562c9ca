"""All conversations in a list, with a field that searches what was said in them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import (
    QDate,
    QEvent,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.core.conversation_store import Listed

_PAUSE_MS = 150
_ROW = Qt.ItemDataRole.UserRole
_MARGIN, _PADDING = 11, 7
_Index = QModelIndex | QPersistentModelIndex


class _Rows(QStyledItemDelegate):
    """Two lines each: the title, and below it the day and the place that was found."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: ARG002
        line = QFontMetrics(option.font).lineSpacing()
        return QSize(0, 2 * line + 2 * _PADDING)

    def updateEditorGeometry(  # noqa: N802
        self,
        editor: QWidget,
        option: QStyleOptionViewItem,
        index: _Index,  # noqa: ARG002
    ) -> None:
        editor.setGeometry(option.rect.adjusted(2, 4, -2, -4))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        listed = index.data(_ROW)
        if not isinstance(listed, Listed):
            return
        area = option.rect
        palette = option.palette
        font = option.font
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink, quiet = palette.text().color(), palette.placeholderText().color()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.highlight())
            painter.drawRoundedRect(QRectF(area).adjusted(2, 1, -2, -1), 6, 6)
            ink = quiet = palette.highlightedText().color()
        inner = area.adjusted(_MARGIN, _PADDING, -_MARGIN, -_PADDING)
        metrics = QFontMetrics(font)
        painter.setFont(font)
        painter.setPen(QPen(ink))
        title = metrics.elidedText(index.data(), Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, Qt.AlignmentFlag.AlignTop, title)
        inner.setTop(inner.top() + metrics.lineSpacing())
        painter.setPen(QPen(quiet))
        _draw_below(painter, listed, inner)
        painter.restore()


def _draw_below(painter: QPainter, listed: Listed, area: QRect) -> None:
    """The day, and what was found with the words looked for in bold, cut at the right."""
    begin, end = listed.marked
    excerpt = listed.excerpt
    bold = QFont(painter.font())
    bold.setWeight(QFont.Weight.Bold)
    plain = QFont(painter.font())
    for words, font in (
        (f"{_day(listed)}  {excerpt[:begin]}", plain),
        (excerpt[begin:end], bold),
        (excerpt[end:], plain),
    ):
        painter.setFont(font)
        cut = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignTop, cut)
        area.setLeft(area.left() + painter.fontMetrics().horizontalAdvance(words))
        if area.width() <= 0:
            return


class ConversationList(QWidget):
    """Enter opens, F2 renames, Delete deletes, Esc goes back."""

    search_requested = Signal(str)
    open_requested = Signal(str, int)
    """The conversation's id, and the message where the words were found, -1 for none."""
    rename_requested = Signal(str, str)
    delete_requested = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filling = False
        self._open_id = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.search)
        self.field = QLineEdit(self)
        self.field.setClearButtonEnabled(True)
        self.field.textChanged.connect(self._pause.start)
        self.field.installEventFilter(self)
        self.list = QListWidget(self)
        self.list.setObjectName("conversations")
        self.list.setItemDelegate(_Rows(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setEditTriggers(QListWidget.EditTrigger.EditKeyPressed)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._show_menu)
        self.list.itemClicked.connect(self._open)
        self.list.itemChanged.connect(self._renamed)
        self.list.installEventFilter(self)
        self.nothing = QLabel(self)
        self.nothing.setProperty("role", "teach")
        self.nothing.setWordWrap(True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.nothing.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 4, 12, 4)
        column.setSpacing(8)
        column.addWidget(self.field)
        column.addWidget(self.list, 1)
        column.addWidget(self.nothing, 1)
        self._name_all()

    def ask(self, open_id: str) -> None:
        """Begin with all of them, and the keyboard in the field."""
        self._open_id = open_id
        self.field.clear()
        self._pause.stop()
        self.search()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def search(self) -> None:
        """Ask for what fits the field."""
        self.search_requested.emit(self.field.text())

    def titles(self) -> list[str]:
        """The titles listed, in order."""
        return [self.list.item(row).text() for row in range(self.list.count())]

    @Slot(object)
    def show_found(self, found: Sequence[Listed]) -> None:
        """List what was found; the conversation chosen before stays chosen."""
        item = self.list.currentItem()
        chosen = item.data(_ROW).id if item is not None else self._open_id
        self._filling = True
        self.list.clear()
        for listed in found:
            item = QListWidgetItem(listed.title or self.tr("Conversation"))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            item.setData(_ROW, listed)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{item.text()}, {_below(listed)}")
            self.list.addItem(item)
            if listed.id == chosen:
                self.list.setCurrentItem(item)
        if self.list.currentRow() < 0:
            self.list.setCurrentRow(0)
        self._filling = False
        self._say_nothing()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys that mean the list, also from the field."""
        # What a title's editor in the list does not use comes by here too.
        pressed = event.type() == QEvent.Type.KeyPress and cast(QWidget, watched).hasFocus()
        if pressed and isinstance(event, QKeyEvent):
            key = event.key()
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._open(self.list.currentItem())
            elif key == Qt.Key.Key_Escape:
                self.left.emit()
            elif watched is self.field and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                by = 1 if key == Qt.Key.Key_Down else -1
                row = min(max(0, self.list.currentRow() + by), self.list.count() - 1)
                self.list.setCurrentRow(row)
            elif key == Qt.Key.Key_F2:
                self._edit()
            elif watched is self.list and key == Qt.Key.Key_Delete:
                self._delete()
            else:
                return super().eventFilter(watched, event)
            return True
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        """Speak another language at once."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._name_all()

    def _name_all(self) -> None:
        self.setAccessibleName(self.tr("Conversations"))
        self.list.setAccessibleName(self.tr("Conversations"))
        self.list.setAccessibleDescription(
            self.tr("Enter opens, F2 renames, Delete deletes, Esc goes back.")
        )
        self.field.setPlaceholderText(self.tr("Search conversations"))
        self.field.setAccessibleName(self.tr("Search conversations"))
        self._say_nothing()

    def _say_nothing(self) -> None:
        empty = self.list.count() == 0
        self.nothing.setText(
            self.tr("Nothing was said with these words.")
            if self.field.text().strip()
            else self.tr("Conversations are kept here once something is said in them.")
        )
        self.nothing.setVisible(empty)
        self.list.setVisible(not empty)

    @Slot(QPoint)
    def _show_menu(self, place: QPoint) -> None:
        if self.list.currentItem() is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Open"), self._open_current)
        menu.addAction(self.tr("Rename"), self._edit)
        menu.addAction(self.tr("Delete"), self._delete)
        menu.popup(self.list.viewport().mapToGlobal(place))

    @Slot()
    def _open_current(self) -> None:
        self._open(self.list.currentItem())

    @Slot(QListWidgetItem)
    def _open(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            listed = item.data(_ROW)
            self.open_requested.emit(listed.id, listed.index)

    @Slot()
    def _edit(self) -> None:
        if self.list.currentItem() is not None:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
            self.list.editItem(self.list.currentItem())

    @Slot()
    def _delete(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.delete_requested.emit(item.data(_ROW).id)

    @Slot(QListWidgetItem)
    def _renamed(self, item: QListWidgetItem) -> None:
        if not self._filling:
            self.rename_requested.emit(item.data(_ROW).id, item.text())


def _below(listed: Listed) -> str:
    return f"{_day(listed)}  {listed.excerpt}".rstrip()


def _day(listed: Listed) -> str:
    date = listed.changed_at.astimezone().date()
    moment = QDate(date.year, date.month, date.day)
    return QLocale().toString(moment, QLocale.FormatType.ShortFormat)
