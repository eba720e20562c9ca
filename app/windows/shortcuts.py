"""The keys of the commands as the person set them, on the window's actions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAction, QKeySequence

from app.core.keys import keys_of, more_keys
from app.core.settings import SettingsStore

KEYS = "keys"
"""The setting that holds the person's own keys by the commands' ids."""


def native(key: str) -> str:
    """A key in Qt's portable text as this system writes it."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def portable(key: QKeySequence) -> str:
    """A key as it is kept."""
    return key.toString(QKeySequence.SequenceFormat.PortableText)


def about_key(sentence: str, key: str) -> str:
    """A sentence of ``app.core.keys`` on a key, in the interface's language."""
    return QCoreApplication.translate("Keys", sentence).format(key=native(key))


class Shortcuts(QObject):
    """Gives each action its key, again whenever the setting changes."""

    def __init__(
        self, settings: SettingsStore, actions: Mapping[str, QAction], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._actions = actions
        self._unsubscribe = settings.subscribe(self._setting_changed)
        self._apply()

    def close(self) -> None:
        """Follow the settings no longer."""
        self._unsubscribe()

    def _setting_changed(self, name: str, _value: Any) -> None:
        if name == KEYS:
            self._apply()

    def _apply(self) -> None:
        own = keys_of(self._settings.get(KEYS))
        more = more_keys(own)
        keys = {
            name: [QKeySequence(each) for each in (key, *more.get(name, ())) if each]
            for name, key in own.items()
        }
        changed = [name for name, all_ in keys.items() if self._actions[name].shortcuts() != all_]
        # First away, then anew: a key is never two commands' for a moment.
        for name in changed:
            self._actions[name].setShortcuts([])
        for name in changed:
            self._actions[name].setShortcuts(keys[name])
