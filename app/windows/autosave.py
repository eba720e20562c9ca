"""Saves documents by themselves, for who wants that."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication

from app.core.settings import SettingsStore
from app.windows.desk import Desk
from app.windows.tab import DocumentTab

_PAUSE_MS = 2000


class Autosave(QObject):
    """Saves what has a file: after a pause in writing, and when the person turns elsewhere."""

    def __init__(self, desk: Desk, settings: SettingsStore, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._settings = settings
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.save)
        desk.for_each(self._follow)
        desk.current_changed.connect(self.save)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.applicationStateChanged.connect(self._on_state)
        self._unsubscribe = settings.subscribe(self._setting_changed)

    @Slot()
    def save(self) -> None:
        """Save every changed document that has a file, if the setting is on."""
        if self._settings.get("files.autosave"):
            for tab in self._desk.tabs():
                tab.document.save_quietly()

    def close(self) -> None:
        """Save no more."""
        self._unsubscribe()
        self._pause.stop()
        self._pause.timeout.disconnect(self.save)

    def _follow(self, tab: DocumentTab) -> None:
        tab.editor.edited.connect(self._on_edited)

    @Slot()
    def _on_edited(self) -> None:
        self._pause.start()

    @Slot(Qt.ApplicationState)
    def _on_state(self, state: Qt.ApplicationState) -> None:
        if state == Qt.ApplicationState.ApplicationInactive and self._pause.isActive():
            self.save()

    def _setting_changed(self, name: str, _value: Any) -> None:
        if name == "files.autosave":
            self._pause.start()
