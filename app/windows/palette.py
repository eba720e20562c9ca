"""The command palette: every command by a few letters of its name."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAction,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
)
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QLineEdit,
    QListView,
    QMainWindow,
    QVBoxLayout,
    QWidget,
)

from app.core.commands import COMMANDS
from app.core.palette import Entry, Found, find, remembered
from app.core.settings import SettingsStore
from app.windows.actions import plain, translated
from app.windows.own_actions import MoreEntries
from app.windows.palette_list import ROW_HEIGHT, Row, RowDelegate, RowModel

_WIDTH = 620
_MOST_ROWS = 11
_TOP = 56
_STEPS = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Backtab: -1,
    Qt.Key.Key_Tab: 1,
    Qt.Key.Key_PageUp: -_MOST_ROWS,
    Qt.Key.Key_PageDown: _MOST_ROWS,
}


class PaletteField(QLineEdit):
    """The field; keys that move in the list are not its own."""

    stepped = Signal(int)
    chosen = Signal()
    dismissed = Signal()
    left = Signal()
    """The focus went elsewhere."""

    def event(self, event: QEvent) -> bool:
        # Before Qt moves the focus by Tab.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in _STEPS:
                self.stepped.emit(_STEPS[Qt.Key(event.key())])
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.chosen.emit()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.dismissed.emit()
                return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (
            Qt.FocusReason.PopupFocusReason,
            Qt.FocusReason.ActiveWindowFocusReason,
        ):
            self.left.emit()


class CommandPalette(QFrame):
    """Lies over the top of the window; takes the focus and gives it back before a command runs."""

    def __init__(self, settings: SettingsStore, window: QMainWindow) -> None:
        super().__init__(window)
        self._settings = settings
        self._actions: Mapping[str, QAction] = {}
        self._all: Mapping[str, QAction] = {}
        self._entries: tuple[Entry, ...] = ()
        self._more: MoreEntries = dict
        self._more_menu = ""
        self._before: QWidget | None = None
        self.setObjectName("palette")
        self.field = PaletteField(self)
        self.list = QListView(self)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setItemDelegate(RowDelegate(self.list))
        self.rows = RowModel(self)
        self.list.setModel(self.rows)
        self.nothing = QLabel(self)
        self.nothing.setProperty("role", "quiet")
        self.nothing.setContentsMargins(12, 8, 12, 8)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        for part in (self.field, self.list, self.nothing):
            column.addWidget(part)
        self.field.textChanged.connect(self._search)
        self.field.stepped.connect(self._step)
        self.field.chosen.connect(self._choose)
        self.field.dismissed.connect(self._close)
        self.field.left.connect(self.hide)
        self.list.clicked.connect(self._choose)
        self.list.entered.connect(self.list.setCurrentIndex)
        self.hide()

    def set_actions(self, actions: Mapping[str, QAction]) -> None:
        """The commands by their ids."""
        self._actions = actions

    def set_more(self, menu: str, more: MoreEntries) -> None:
        """Entries that come and go, as they are when the palette opens; ``menu`` names theirs."""
        self._more, self._more_menu = more, menu

    @Slot()
    def toggle(self) -> None:
        """Open, or close when open."""
        if self.isVisible():
            self._close()
        else:
            self._open()

    def _open(self) -> None:
        self._before = self.window().focusWidget()
        self.field.setPlaceholderText(self.tr("Type a few letters of a command"))
        self.field.setAccessibleName(self.tr("Command palette"))
        self.list.setAccessibleName(self.tr("Commands"))
        self.nothing.setText(self.tr("No command has these letters. Esc closes the list."))
        self._entries = tuple(
            Entry(
                command.id,
                plain(translated(command.title)),
                plain(command.title),
                plain(translated(command.menu)),
            )
            for command in COMMANDS
        )
        more = self._more()
        self._all = {**self._actions, **{name: action for name, (action, _) in more.items()}}
        menu = plain(translated(self._more_menu)) if more else ""
        self._entries += tuple(Entry(name, title, title, menu) for name, (_, title) in more.items())
        self.field.clear()
        self._search()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    @Slot()
    def _close(self) -> None:
        before, self._before = self._before, None
        if before is not None:
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()

    @Slot()
    def _search(self) -> None:
        recent = self._settings.get("palette.recent")
        found = find(self.field.text(), self._entries, recent)
        several = not self.field.text().strip() and any(each.recent for each in found)
        last = max((at for at, each in enumerate(found) if each.recent), default=-1)
        self.rows.set_rows(
            [self._row(each, last_recent=several and at == last) for at, each in enumerate(found)]
        )
        self.list.setVisible(bool(found))
        self.nothing.setVisible(not found)
        self._place(len(found))
        if found:
            self._go_to(0)

    def _row(self, found: Found, *, last_recent: bool) -> Row:
        action = self._all[found.entry.id]
        key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        checked = action.isChecked() if action.isCheckable() else None
        words = [found.entry.title, found.entry.menu, key]
        if checked is not None:
            words.append(self.tr("on") if checked else self.tr("off"))
        if not action.isEnabled():
            words.append(self.tr("not available now"))
        spoken = ", ".join(word for word in words if word)
        return Row(found, key, action.isEnabled(), checked, spoken, last_recent)

    def _place(self, count: int) -> None:
        window = self.window()
        self.list.setFixedHeight(max(1, min(count, _MOST_ROWS)) * ROW_HEIGHT)
        width = min(_WIDTH, window.width() - 32)
        self.setFixedWidth(width)
        self.adjustSize()
        self.move((window.width() - width) // 2, _TOP)

    @Slot(int)
    def _step(self, by: int) -> None:
        last = self.rows.rowCount() - 1
        if last < 0:
            return
        now = self.list.currentIndex().row()
        if abs(by) == 1:
            self._go_to((now + by) % (last + 1))
        else:
            self._go_to(min(last, max(0, now + by)))

    def _go_to(self, number: int) -> None:
        index = self.rows.index(number)
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.list.selectionModel().setCurrentIndex(index, flag)
        self.list.scrollTo(index)
        row = self.rows.row(number)
        if row is not None and QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.field, row.spoken))

    @Slot()
    @Slot(QModelIndex)
    def _choose(self, _index: QModelIndex | None = None) -> None:
        row = self.rows.row(self.list.currentIndex().row())
        if row is None or not row.enabled:
            return
        name = row.found.entry.id
        recent = remembered(self._settings.get("palette.recent"), name)
        self._settings.set("palette.recent", recent)
        self._close()
        # After this key or click is over: a command may open a dialog with a loop of its own.
        action = self._all[name]
        QTimer.singleShot(0, action, action.trigger)
