"""The commands for the suggestion that is shown: possible only then, with the keys they have."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction

from app.core.commands import COMMANDS, SUGGESTION
from app.windows.desk import Desk
from app.windows.tab import DocumentTab


class SuggestionActions(QObject):
    """Keeps actions and ghost text in step: what is possible, and which key it has."""

    def __init__(self, desk: Desk, actions: Mapping[str, QAction], parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._actions = [
            actions[command.id] for command in COMMANDS if command.context == SUGGESTION
        ]
        for action in self._actions:
            action.changed.connect(self._key_changed)
        desk.for_each(self._attach)
        desk.current_changed.connect(self._update)
        self._update()

    def _attach(self, tab: DocumentTab) -> None:
        tab.editor.ghost.changed.connect(self._update)
        for action in self._actions:
            tab.editor.ghost.keys.set_key(action.objectName(), action.shortcut())

    @Slot()
    def _key_changed(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            for tab in self._desk.tabs():
                tab.editor.ghost.keys.set_key(action.objectName(), action.shortcut())

    @Slot()
    def _update(self) -> None:
        shown = bool(self._desk.current().editor.ghost.text())
        for action in self._actions:
            action.setEnabled(shown)
