"""The editor of rewriting's actions: a list of all, and the fields of the one chosen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMessageBox,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.core.action_store import ActionStore, ActionStoreError
from app.core.settings import SettingsStore
from app.services.action_titles import action_title
from app.services.icons import icon
from app.services.sentences import said
from app.services.theme import THEMES, Theme
from app.windows.action_fields import ActionFields
from app.windows.screen_fit import fitting
from engine import (
    ActionDamaged,
    ActionLibrary,
    ActionPrompt,
    RewriteAction,
    StoredAction,
    action_text,
    parse_action,
)

_NAME = Qt.ItemDataRole.UserRole
_NEW_NAME = "new-action"


class ActionsEditor(QDialog):
    """What is written is kept by Save; own actions are in menus at once."""

    changed = Signal()
    """Files of actions were written or deleted."""
    tried = Signal(object)
    """Carries a ``RewriteAction`` to run on the document in front."""

    def __init__(
        self, store: ActionStore, settings: SettingsStore, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._library = ActionLibrary()
        self._shown: StoredAction | None = None
        self._edited = False
        self._theme = THEMES["paper"]
        self.list = QListWidget(self)
        self.list.setFixedWidth(216)
        self.fields = ActionFields(settings, self)
        self.words = QLabel(self)
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.new_button = self._button(self._new)
        self.copy_button = self._button(self._duplicate)
        self.delete_button = self._button(self._delete)
        self.import_button = self._button(self._import)
        self.export_button = self._button(self._export)
        self.try_button = self._button(self._try)
        self.revert_button = self._button(self._revert)
        self.save_button = self._button(self._save)
        self.close_button = self._button(self.close)
        self._arrange()
        self._name_all()
        self.list.currentItemChanged.connect(self._chosen)
        self.fields.edited.connect(self._on_edited)
        self._show_buttons()

    def _button(self, act: object) -> QPushButton:
        button = QPushButton(self)
        button.setAutoDefault(False)
        button.clicked.connect(act)
        return button

    def _arrange(self) -> None:
        area = QScrollArea(self)
        area.setWidget(self.fields)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.list, 1)
        for pair in (
            (self.new_button, self.copy_button),
            (self.import_button, self.export_button),
        ):
            row = QHBoxLayout()
            row.setSpacing(8)
            for button in pair:
                row.addWidget(button, 1)
            left.addLayout(row)
        left.addWidget(self.delete_button)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.try_button)
        foot.addStretch(1)
        for button in (self.revert_button, self.save_button, self.close_button):
            foot.addWidget(button)
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addWidget(area, 1)
        right.addWidget(self.words)
        right.addLayout(foot)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 24, 24, 16)
        row.setSpacing(24)
        row.addLayout(left)
        row.addLayout(right, 1)
        self.resize(fitting(self, 880, 656))

    def _name_all(self) -> None:
        self.setWindowTitle(self.tr("Actions"))
        self.list.setAccessibleName(self.tr("Actions"))
        for button, text in (
            (self.new_button, self.tr("Ne&w")),
            (self.copy_button, self.tr("&Duplicate")),
            (self.import_button, self.tr("Im&port\u2026")),
            (self.export_button, self.tr("&Export\u2026")),
            (self.try_button, self.tr("Tr&y on This Document")),
            (self.revert_button, self.tr("Re&vert")),
            (self.save_button, self.tr("&Save")),
            (self.close_button, self.tr("Close")),
        ):
            button.setText(text)
        self._show_buttons()

    # --- showing

    def show_library(self, library: ActionLibrary) -> None:
        """Show the actions there are now; what is being written stays."""
        self._library = library
        if not self._edited:
            self._fill(self._shown.action.name if self._shown else "")
        if library.problems:
            self.words.setText("\n".join(said(each) for each in library.problems))

    def apply_theme(self, theme: Theme) -> None:
        """Draw the icons in the colours of ``theme``."""
        self._theme = theme
        self.fields.apply_theme(theme)
        for row in range(self.list.count()):
            self._picture(self.list.item(row))

    def _fill(self, name: str) -> None:
        blocked = self.list.blockSignals(True)
        self.list.clear()
        for stored in self._library.stored:
            item = QListWidgetItem(self._label(stored), self.list)
            item.setData(_NAME, stored.action.name)
            self._picture(item)
            if stored.action.name == name:
                self.list.setCurrentItem(item)
        if self.list.currentRow() < 0:
            self.list.setCurrentRow(0)
        self.list.blockSignals(blocked)
        self._show(self._stored())

    def _label(self, stored: StoredAction) -> str:
        title = action_title(stored.action)
        if stored.built_in and stored.own:
            return self.tr("{title} (changed)").format(title=title)
        return title if stored.built_in else self.tr("{title} (own)").format(title=title)

    def _picture(self, item: QListWidgetItem) -> None:
        stored = self._named(str(item.data(_NAME)))
        if stored is not None and stored.action.icon:
            try:
                item.setIcon(icon(stored.action.icon, self._theme))
            except OSError:
                return  # an action from elsewhere may name one that is not there

    def _show(self, stored: StoredAction | None) -> None:
        self._shown = stored
        self._edited = False
        self.fields.show_action(stored)
        self.words.setText("")
        self._show_buttons()

    def _stored(self) -> StoredAction | None:
        item = self.list.currentItem()
        return self._named(str(item.data(_NAME))) if item is not None else None

    def _named(self, name: str) -> StoredAction | None:
        return next((each for each in self._library.stored if each.action.name == name), None)

    def _show_buttons(self) -> None:
        stored = self._shown
        there = stored is not None
        changed = stored is not None and stored.built_in
        self.delete_button.setText(self.tr("Reset") if changed else self.tr("De&lete"))
        self.delete_button.setEnabled(stored is not None and stored.own)
        for button in (self.copy_button, self.export_button, self.try_button):
            button.setEnabled(there)
        for button in (self.save_button, self.revert_button):
            button.setEnabled(there and self._edited)

    # --- acts

    @Slot()
    def _on_edited(self) -> None:
        self._edited = True
        self._show_buttons()

    @Slot()
    def _chosen(self) -> None:
        wanted = self._stored()
        if self._may_leave():
            self._show(wanted)
            return
        blocked = self.list.blockSignals(True)
        for row in range(self.list.count()):
            if self._shown and self.list.item(row).data(_NAME) == self._shown.action.name:
                self.list.setCurrentRow(row)
        self.list.blockSignals(blocked)

    def _may_leave(self) -> bool:
        """Settle what is not saved; False where the person wants to stay."""
        if not self._edited or self._shown is None:
            return True
        box = QMessageBox(self)
        box.setWindowTitle(self.tr("Actions"))
        title = action_title(self._shown.action)
        box.setText(self.tr("Save the changes to {title}?").format(title=title))
        save = box.addButton(self.tr("Save"), QMessageBox.ButtonRole.AcceptRole)
        drop = box.addButton(self.tr("Discard"), QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(save)
        box.exec()
        chosen = box.clickedButton()
        box.deleteLater()
        if chosen is save:
            return self._keep()
        return chosen is drop

    @Slot()
    def _save(self) -> None:
        if self._keep() and self._shown is not None:
            self._fill(self._shown.action.name)
            self.words.setText(self.tr("Saved. It is in the Rewrite menu."))

    def _keep(self) -> bool:
        """Write what is written here; whether that went well."""
        action = self._checked()
        if action is None:
            return False
        if action.name.startswith(_NEW_NAME) and self._store.free_name(action.title) != "action":
            # It got its name before it had a title; the command line and the file use it.
            action = replace(action, name=self._store.free_name(action.title))
        try:
            self._store.save(action, self._shown)
        except ActionStoreError as error:
            self.words.setText(said(error))
            return False
        self._edited = False
        self._shown = replace(self._shown, action=action) if self._shown else None
        self.changed.emit()
        return True

    def _checked(self) -> RewriteAction | None:
        """The action as it is written, or None and a sentence on what is wrong with it."""
        action = self.fields.action()
        if action is None:
            return None
        if not action.title or not action.prompt.instruction.strip():
            self.words.setText(self.tr("An action needs a title and an instruction."))
            return None
        try:
            return parse_action(action_text(action), Path(f"{action.name}.toml"))
        except ActionDamaged as error:
            self.words.setText(
                self.tr("This cannot be kept: {reason}.").format(reason=error.reason)
            )
            return None

    @Slot()
    def _revert(self) -> None:
        self._show(self._shown)

    @Slot()
    def _new(self) -> None:
        title = self.tr("New Action")
        instruction = self.tr("Rewrite this text as a letter to a friend.") + "\n\n{text}"
        self._add(RewriteAction(_NEW_NAME, title, ActionPrompt(instruction), icon="pen-line"))

    @Slot()
    def _duplicate(self) -> None:
        if self._shown is None or not self._may_leave():
            return
        action = self._named(self._shown.action.name) or self._shown
        title = self.tr("{title} 2").format(title=action_title(action.action))
        self._add(replace(action.action, title=title[:60], shortcut=""))

    def _add(self, action: RewriteAction) -> None:
        if not self._may_leave():
            return
        action = replace(action, name=self._store.free_name(action.name))
        try:
            self._store.save(action)
        except ActionStoreError as error:
            self.words.setText(said(error))
            return
        self._go_to(action.name)
        self.fields.title.setFocus(Qt.FocusReason.OtherFocusReason)
        self.fields.title.selectAll()

    def _go_to(self, name: str) -> None:
        self._edited = False
        self.changed.emit()
        self._fill(name)

    @Slot()
    def _delete(self) -> None:
        stored = self._shown
        if stored is None or not self._sure(stored):
            return
        try:
            self._store.delete(stored)
        except ActionStoreError as error:
            self.words.setText(said(error))
            return
        self._go_to(stored.action.name)

    def _sure(self, stored: StoredAction) -> bool:
        box = QMessageBox(self)
        box.setWindowTitle(self.tr("Actions"))
        title = action_title(stored.action)
        if stored.built_in:
            words, verb = self.tr("Make {title} again as it came with Inkling?"), self.tr("Reset")
        else:
            words, verb = self.tr("Delete {title}?"), self.tr("Delete")
        box.setText(words.format(title=title))
        act = box.addButton(verb, QMessageBox.ButtonRole.DestructiveRole)
        cancel = box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(cancel)
        box.exec()
        sure = box.clickedButton() is act
        box.deleteLater()
        return sure

    @Slot()
    def _import(self) -> None:
        if not self._may_leave():
            return
        title = self.tr("Import an Action")
        name, _ = QFileDialog.getOpenFileName(self, title, "", self.tr("Actions (*.toml)"))
        if name:
            self.import_file(Path(name))

    def import_file(self, path: Path) -> None:
        """Take an action from a file, and show it or what is wrong with it."""
        try:
            action = self._store.import_file(path)
        except (ActionDamaged, ActionStoreError) as error:
            self.words.setText(said(error))
            return
        self._go_to(action.name)

    @Slot()
    def _export(self) -> None:
        stored = self._shown
        if stored is None or not self._may_leave():
            return
        action = (self._named(stored.action.name) or stored).action
        title = self.tr("Export the Action")
        name, _ = QFileDialog.getSaveFileName(
            self, title, f"{action.name}.toml", self.tr("Actions (*.toml)")
        )
        if not name:
            return
        try:
            self._store.export_file(action, Path(name))
        except ActionStoreError as error:
            self.words.setText(said(error))
        else:
            self.words.setText(self.tr("Written to {path}.").format(path=name))

    @Slot()
    def _try(self) -> None:
        action = self._checked()
        if action is not None:
            self.words.setText("")
            self.tried.emit(action)

    # --- the window

    def reject(self) -> None:
        """Esc closes the window, once what is not saved is settled."""
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Settle what is not saved first."""
        event.setAccepted(self._may_leave())
        if event.isAccepted():
            self._edited = False

    def changeEvent(self, event: QEvent) -> None:
        """Speak another language at once."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._name_all()
            if not self._edited:
                self._fill(self._shown.action.name if self._shown else "")
