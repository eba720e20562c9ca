"""The actions of rewriting in the main window: their keys and menus, the built-in and own ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QMenu

from app.core.action_store import ActionStore
from app.core.commands import COMMANDS
from app.core.settings import SettingsStore
from app.editor.target import find_target
from app.services.action_titles import action_title
from app.services.sentences import said
from app.services.theme import THEMES, Theme
from app.windows.actions_editor import ActionsEditor
from app.windows.desk import Desk
from app.windows.language_dialog import ask_language
from app.windows.own_actions import OwnActions
from app.windows.tab import DocumentTab
from engine import (
    ActionLibrary,
    ActionOutput,
    RewriteAction,
    RewriteContext,
    StoredAction,
    action_message,
)

PREFIX = "rewrite."
_CUSTOM = f"{PREFIX}custom"
_EDITOR = f"{PREFIX}actions"


class Rewriting(QObject):
    """Starts actions on the document in front, and keeps all documents' actions up to date."""

    asked = Signal(str)
    """Carries what an action asks in the panel."""
    remarked = Signal(str)
    """A sentence for the person."""

    def __init__(
        self, desk: Desk, settings: SettingsStore, store: ActionStore, window: QMainWindow
    ) -> None:
        super().__init__(window)
        self._desk = desk
        self._settings = settings
        self._window = window
        self._actions: Mapping[str, QAction] = {}
        self._theme = THEMES["paper"]
        self._editor: ActionsEditor | None = None
        self.store = store
        self.library = ActionLibrary()
        self.own = OwnActions(settings, window)
        self.own.chosen.connect(self.start)
        self.reload()
        desk.for_each(self._equip)

    def handlers(self) -> dict[str, Callable[..., None]]:
        """What the commands do."""
        built_in = {
            command.id: self._chosen
            for command in COMMANDS
            if command.id.startswith(PREFIX) and command.id not in (_CUSTOM, _EDITOR)
        }
        return {**built_in, _CUSTOM: self._ask_instruction, _EDITOR: self.show_editor}

    def set_actions(self, actions: Mapping[str, QAction], tool_menu: QMenu) -> None:
        """The commands' actions; own ones stand beside them in their menus."""
        self._actions = actions
        entry = actions[_CUSTOM]
        menus = [each.menu() for each in self._window.menuBar().actions()]
        for menu in (tool_menu, *menus):
            if isinstance(menu, QMenu) and entry in menu.actions():
                self.own.put_above(entry, menu)
        self.show_titles()

    @Slot()
    def reload(self) -> None:
        """Read the files of actions again, and show what there is now."""
        self.library = self.store.load()
        for tab in self._desk.tabs():
            self._equip(tab)
        own = [each.action for each in self.library.stored if not each.built_in]
        self.own.show_actions(own)
        self.show_titles()
        if self._editor is not None:
            self._editor.show_library(self.library)

    @Slot()
    def show_titles(self) -> None:
        """Show built-in actions by the titles that the person gave them, or else by theirs."""
        for each in self.library.stored:
            action = self._actions.get(f"{PREFIX}{each.action.name}")
            if action is not None and each.built_in and each.own:
                title = action_title(each.action)
                if title == each.action.title:
                    action.setText(title.replace("&", "&&"))

    def tell_problems(self) -> None:
        """Say what is wrong with files of actions."""
        if self.library.problems:
            self.remarked.emit("\n".join(said(each) for each in self.library.problems))

    @Slot(str)
    def start(self, name: str) -> None:
        """Start an action on the document in front; asks for a language where it needs one."""
        action = self.library.find(name)
        if action is not None:
            self._start(action, self._desk.current())

    @Slot(object)
    def try_out(self, action: RewriteAction) -> None:
        """Run an action that may not be kept yet on the document in front."""
        others = [each for each in self.library.stored if each.action.name != action.name]
        draft = StoredAction(action, Path(), own=True, built_in=False)
        tab = self._desk.current()
        tab.rewrite.set_actions(ActionLibrary((*others, draft)))
        try:
            self._start(action, tab)
        finally:
            tab.rewrite.set_actions(self.library)

    @Slot()
    def show_editor(self) -> None:
        """Open the editor of actions, or bring it to the front."""
        if self._editor is None:
            self._editor = ActionsEditor(self.store, self._settings, self._window)
            self._editor.changed.connect(self.reload)
            self._editor.tried.connect(self.try_out)
            self._editor.apply_theme(self._theme)
        if not self._editor.isVisible():
            self.reload()
        self._editor.show()
        self._editor.raise_()
        self._editor.activateWindow()

    def apply_theme(self, theme: Theme) -> None:
        """Show the editor in ``theme``."""
        self._theme = theme
        if self._editor is not None:
            self._editor.apply_theme(theme)

    def close(self) -> None:
        """Follow the settings no longer."""
        self.own.close()

    def _start(self, action: RewriteAction, tab: DocumentTab) -> None:
        language = ""
        if action.needs_language:
            language = ask_language(self._settings, self._window)
            if not language:
                return
        if action.output is ActionOutput.PANEL:
            self._ask(action, tab, language)
            return
        tab.rewrite.start(action.name, language=language, title=tab.document.title())

    def _ask(self, action: RewriteAction, tab: DocumentTab, language: str) -> None:
        target = find_target(tab.editor)
        if target is None:
            words = self.tr("There is no text here yet. Write some, or select what it is about.")
            self.remarked.emit(words)
            return
        context = RewriteContext(target.source, language, tab.document.title())
        self.asked.emit(action_message(target.source, action, context))

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
