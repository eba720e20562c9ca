"""The person's own actions of rewriting in menus, with their keys, as they come and go."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from app.core.commands import REWRITE, CommandSpec
from app.core.keys import holder, keys_of, refusal
from app.core.settings import SettingsStore
from app.windows.shortcuts import KEYS
from engine import RewriteAction

OWN_PREFIX = "own-action."


def usable_key(key: str, keys: Mapping[str, str]) -> bool:
    """Whether an own action may have ``key`` while the commands have ``keys``."""
    spec = CommandSpec(OWN_PREFIX, "", REWRITE)
    return bool(key) and not refusal(key, spec) and holder(key, spec, keys) is None


class OwnActions(QObject):
    """One ``QAction`` for each own action, above the given entry of each menu."""

    chosen = Signal(str)
    """Carries the name of the action."""

    def __init__(self, settings: SettingsStore, window: QWidget) -> None:
        super().__init__(window)
        self._settings = settings
        self._window = window
        self._menus: list[tuple[QMenu, QAction]] = []
        self._actions: tuple[RewriteAction, ...] = ()
        self._made: dict[str, QAction] = {}
        self._unsubscribe = settings.subscribe(self._setting_changed)

    def put_above(self, entry: QAction, menu: QMenu) -> None:
        """List the own actions in ``menu`` above ``entry``."""
        self._menus.append((menu, entry))
        for action in self._made.values():
            menu.insertAction(entry, action)

    def show_actions(self, actions: Sequence[RewriteAction]) -> None:
        """List these from now on."""
        self._actions = tuple(actions)
        for made in self._made.values():
            for menu, _ in self._menus:
                menu.removeAction(made)
            self._window.removeAction(made)
            made.deleteLater()
        self._made = {}
        for action in self._actions:
            made = QAction(action.title.replace("&", "&&"), self._window)
            made.setObjectName(f"{OWN_PREFIX}{action.name}")
            made.triggered.connect(self._triggered)
            for menu, entry in self._menus:
                menu.insertAction(entry, made)
            self._window.addAction(made)
            self._made[action.name] = made
        self._give_keys()

    def by_id(self) -> dict[str, tuple[QAction, str]]:
        """The entries by their ids, with their titles."""
        return {
            self._made[action.name].objectName(): (self._made[action.name], action.title)
            for action in self._actions
        }

    def close(self) -> None:
        """Follow the settings no longer."""
        self._unsubscribe()

    def _setting_changed(self, name: str, _value: Any) -> None:
        if name == KEYS:
            self._give_keys()

    def _give_keys(self) -> None:
        """A key that a command has, or an earlier own action, is not given twice."""
        keys = keys_of(self._settings.get(KEYS))
        taken: set[str] = set()
        for made in self._made.values():
            made.setShortcut(QKeySequence())
        for action in self._actions:
            key = action.shortcut
            if key.casefold() not in taken and usable_key(key, keys):
                self._made[action.name].setShortcut(QKeySequence(key))
                taken.add(key.casefold())

    @Slot()
    def _triggered(self) -> None:
        made = self.sender()
        if made is not None:
            self.chosen.emit(made.objectName().removeprefix(OWN_PREFIX))


MoreEntries = Callable[[], Mapping[str, tuple[QAction, str]]]
"""Gives further entries for the palette by their ids, with their titles."""
