"""The page of keyboard shortcuts: every command with its key, and how to give it another."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.core.commands import COMMANDS, SUGGESTION, CommandSpec
from app.core.keys import holder, keys_of, rebound, refusal
from app.core.settings import SettingsStore
from app.windows.actions import plain, translated
from app.windows.key_field import KeyField
from app.windows.shortcuts import KEYS, about_key, native, portable

_ESCAPE = "Esc"


class CommandTable(QTableWidget):
    """The commands; Enter or a key that begins to edit asks for another key."""

    change_requested = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.change_requested.emit()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        # Tab goes on to the buttons, not from cell to cell.
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
        ):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Tab)
            return True
        return super().event(event)


class ShortcutsPage(QWidget):
    """Lists, searches and changes the keys."""

    def __init__(self, settings: SettingsStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._wanted = ""
        self.table = CommandTable(len(COMMANDS), 4, self)
        self.table.setObjectName("keys")
        self.table.setAccessibleName(self.tr("Commands and their keys"))
        self.table.setHorizontalHeaderLabels(
            [self.tr("Command"), self.tr("Menu"), self.tr("Key"), self.tr("Usually")]
        )
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setFrameShape(QFrame.Shape.NoFrame)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)
        self._cells: list[list[QTableWidgetItem]] = []
        for row, command in enumerate(COMMANDS):
            texts = (plain(translated(command.title)), plain(translated(command.menu)), "", "")
            self._cells.append([QTableWidgetItem(text) for text in texts])
            for column, cell in enumerate(self._cells[row]):
                self.table.setItem(row, column, cell)
        self._show_keys()
        for column in (1, 2, 3):
            self.table.resizeColumnToContents(column)
            self.table.setColumnWidth(column, max(88, self.table.columnWidth(column)))
        self.field = KeyField(self)
        self.field.hide()
        self.field.setFixedWidth(160)
        self.say = QLabel(self)
        self.say.setWordWrap(True)
        self.say.setMinimumHeight(2 * self.say.fontMetrics().lineSpacing())
        self.change = self._button(self.tr("Change key"))
        self.none = self._button(self.tr("No key"))
        self.usual = self._button(self.tr("Reset"))
        self.take = self._button(self.tr("Take it over"))
        self.keep = self._button(self.tr("Keep as it was"))
        asking = QHBoxLayout()
        asking.setSpacing(8)
        for part in (self.field, self.change, self.none, self.usual, self.take, self.keep):
            asking.addWidget(part)
        asking.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 8)
        layout.setSpacing(8)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.say)
        layout.addLayout(asking)
        self.table.change_requested.connect(self._ask)
        self.table.doubleClicked.connect(self._ask)
        self.table.itemSelectionChanged.connect(self._selected)
        self.change.clicked.connect(self._ask)
        self.none.clicked.connect(self._clear)
        self.usual.clicked.connect(self._reset)
        self.take.clicked.connect(self._take_over)
        self.keep.clicked.connect(self._keep)
        self.field.pressed.connect(self._pressed)
        self.field.left.connect(self._field_left)
        self.table.selectRow(0)

    def _button(self, text: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setAutoDefault(False)
        return button

    def filter(self, text: str) -> bool:
        """Show only the commands that have the words of ``text``; whether there are any."""
        words = text.casefold().split()
        found = False
        for row, command in enumerate(COMMANDS):
            cells = " ".join(cell.text() for cell in self._cells[row][:3])
            texts = f"{cells} {plain(command.title)}".casefold()
            fits = all(word in texts for word in words)
            self.table.setRowHidden(row, not fits)
            found |= fits
        if self.table.isRowHidden(self.table.currentRow()) and found:
            rows = range(self.table.rowCount())
            self.table.selectRow(next(row for row in rows if not self.table.isRowHidden(row)))
        return found or all(word in self.tr("Keyboard shortcuts").casefold() for word in words)

    def reset_all(self) -> dict[str, object]:
        """Give every command its usual key; returns the setting as it was."""
        before = self._settings.get(KEYS)
        self._settings.reset(KEYS)
        return {KEYS: before}

    def setting_changed(self, name: str) -> None:
        """Show other keys."""
        if name == KEYS:
            self._show_keys()
            self._selected()

    def _command(self) -> CommandSpec:
        return COMMANDS[max(0, self.table.currentRow())]

    def _show_keys(self) -> None:
        keys = keys_of(self._settings.get(KEYS))
        for row, command in enumerate(COMMANDS):
            key = keys[command.id]
            changed = key != command.shortcut
            self._cells[row][2].setText(native(key))
            usual = native(command.shortcut) or self.tr("no key")
            self._cells[row][3].setText(usual if changed else "")
            for cell in self._cells[row]:
                font = cell.font()
                font.setBold(changed)
                cell.setFont(font)

    @Slot()
    def _selected(self) -> None:
        """Offer what can be done with the command that is selected."""
        self._wanted = ""
        command = self._command()
        keys = keys_of(self._settings.get(KEYS))
        self._offer(self.change, self.none, self.usual)
        self.none.setEnabled(bool(keys[command.id]))
        self.usual.setEnabled(keys[command.id] != command.shortcut)
        words = ""
        if command.context == SUGGESTION:
            words = self.tr("Its key counts only while a suggestion is shown.")
        self.say.setText(words)

    def _offer(self, *parts: QWidget) -> None:
        for part in (self.field, self.change, self.none, self.usual, self.take, self.keep):
            part.setVisible(part in parts)

    @Slot()
    @Slot(QModelIndex)
    def _ask(self, _index: QModelIndex | None = None) -> None:
        title = plain(translated(self._command().title))
        self.field.setText(self.tr("press the key"))
        self.field.setAccessibleName(self.tr("New key for {command}").format(command=title))
        self.field.setVisible(True)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._offer(self.field)
        cancel = (
            self.tr("Press the key for {command}; a click elsewhere leaves it as it is.")
            if self._command().context == SUGGESTION
            else self.tr("Press the key for {command}; Esc leaves it as it is.")
        )
        self.say.setText(cancel.format(command=title))

    @Slot(QKeySequence)
    def _pressed(self, pressed: QKeySequence) -> None:
        command, key = self._command(), portable(pressed)
        why = refusal(key, command)
        if key == _ESCAPE and why:
            self._done()
            return
        self.field.setText(native(key))
        if why:
            self.say.setText(about_key(why, key))
            return
        other = holder(key, command, keys_of(self._settings.get(KEYS)))
        if other is None:
            self._bind(key)
            return
        sentence = self.tr(
            "{key} is the key of {other} ({menu}). Take it over? {other} is then without one."
        )
        words = sentence.format(
            key=native(key),
            other=plain(translated(other.title)),
            menu=plain(translated(other.menu)),
        )
        self._wanted = key
        self.take.show()
        self.take.setFocus(Qt.FocusReason.OtherFocusReason)
        self._offer(self.take, self.keep)
        self.say.setText(words)

    @Slot()
    def _field_left(self) -> None:
        if not self._wanted:
            self._selected()

    @Slot()
    def _take_over(self) -> None:
        self._bind(self._wanted)

    @Slot()
    def _keep(self) -> None:
        self._done()

    @Slot()
    def _clear(self) -> None:
        self._bind("")

    @Slot()
    def _reset(self) -> None:
        command = self._command()
        other = holder(command.shortcut, command, keys_of(self._settings.get(KEYS)))
        if other is None:
            self._bind(command.shortcut)
        else:
            self._ask()
            self._pressed(QKeySequence(command.shortcut))

    def _bind(self, key: str) -> None:
        self._settings.set(KEYS, rebound(self._settings.get(KEYS), self._command(), key))
        self._done()

    def _done(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self._selected()
