"""The actions of rewriting in the main window: their keys and menus, the built-in and own ones."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QMainWindow

from app.core.action_store import ActionStore
from app.core.commands import COMMANDS
from app.core.settings import SettingsStore
from app.services.sentences import said
from app.windows.desk import Desk
from app.windows.language_dialog import ask_language
from app.windows.tab import DocumentTab
from engine import ActionLibrary

PREFIX = "rewrite."
_CUSTOM = f"{PREFIX}custom"


class Rewriting(QObject):
    """Starts actions on the document in front, and keeps all documents' actions up to date."""

    changed = Signal()
    """There are other actions than before."""
    remarked = Signal(str)
    """A sentence for the person."""

    def __init__(
        self, desk: Desk, settings: SettingsStore, store: ActionStore, window: QMainWindow
    ) -> None:
        super().__init__(window)
        self._desk = desk
        self._settings = settings
        self._window = window
        self.store = store
        self.library = ActionLibrary()
        self.reload()
        desk.for_each(self._equip)

    def handlers(self) -> dict[str, Callable[..., None]]:
        """What the commands do."""
        built_in = {
            command.id: self._chosen
            for command in COMMANDS
            if command.id.startswith(PREFIX) and command.id != _CUSTOM
        }
        return {**built_in, _CUSTOM: self._ask_instruction}

    @Slot()
    def reload(self) -> None:
        """Read the files of actions again."""
        self.library = self.store.load()
        for tab in self._desk.tabs():
            self._equip(tab)
        self.changed.emit()

    def tell_problems(self) -> None:
        """Say what is wrong with files of actions."""
        if self.library.problems:
            self.remarked.emit("\n".join(said(each) for each in self.library.problems))

    def start(self, name: str) -> None:
        """Start an action on the document in front; asks for a language where it needs one."""
        action = self.library.find(name)
        if action is None:
            return
        language = ""
        if action.needs_language:
            language = ask_language(self._settings, self._window)
            if not language:
                return
        tab = self._desk.current()
        tab.rewrite.start(name, language=language, title=tab.document.title())

    @Slot()
    def _chosen(self) -> None:
        action = self.sender()
        if action is not None:
            self.start(action.objectName().removeprefix(PREFIX))

    @Slot()
    def _ask_instruction(self) -> None:
        self._desk.current().rewrite.ask_instruction()

    def _equip(self, tab: DocumentTab) -> None:
        tab.rewrite.set_actions(self.library)
