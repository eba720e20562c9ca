"""The commands for the suggestion that is shown: possible only then, with the keys they have."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction

from app.core.commands import COMMANDS, SUGGESTION
from app.editor.ghost import GhostText


class SuggestionActions(QObject):
    """Keeps actions and ghost text in step: what is possible, and which key it has."""

    def __init__(self, ghost: GhostText, actions: Mapping[str, QAction], parent: QObject) -> None:
        super().__init__(parent)
        self._ghost = ghost
        self._actions = [
            actions[command.id] for command in COMMANDS if command.context == SUGGESTION
        ]
        for action in self._actions:
            action.changed.connect(self._key_changed)
        ghost.changed.connect(self._shown)
        self._shown(ghost.text())

    @Slot()
    def _key_changed(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self._ghost.keys.set_key(action.objectName(), action.shortcut())

    @Slot(str)
    def _shown(self, text: str) -> None:
        for action in self._actions:
            action.setEnabled(bool(text))
