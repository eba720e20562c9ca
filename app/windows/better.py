"""Continuations by the adapter for them, where there is one for the model and it is wanted."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from app.core.settings import SettingsStore
from app.services.bridge import EngineBridge
from app.windows.desk import Desk
from app.windows.tab import DocumentTab
from engine import AdapterInfo, EngineError, EngineStatus, adapter_for

SETTING = "ghost.better"


class BetterContinuations(QObject):
    """Looks for the adapter once the model is known, and gives it to every document."""

    def __init__(
        self,
        bridge: EngineBridge,
        desk: Desk,
        settings: SettingsStore,
        folders: Sequence[Path],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._desk = desk
        self._settings = settings
        self._folders = tuple(folders)
        self._model = self._adapter = ""
        self._unsubscribe = settings.subscribe(self._on_setting)
        bridge.status_changed.connect(self._on_status)
        desk.for_each(self._give)
        self._on_status(bridge.status())

    def close(self) -> None:
        """Follow the settings no longer."""
        self._unsubscribe()

    @Slot(object)
    def _on_status(self, status: EngineStatus) -> None:
        if status.model is None or status.model.name == self._model:
            return
        self._model = name = status.model.name
        self._bridge.apart(lambda _: adapter_for("continue", name, self._folders), self._know)

    def _know(self, found: AdapterInfo | EngineError | None) -> None:
        self._adapter = found.name if isinstance(found, AdapterInfo) else ""
        self._give_all()

    def _on_setting(self, name: str, _value: object) -> None:
        if name == SETTING:
            self._give_all()

    def _give_all(self) -> None:
        for tab in self._desk.tabs():
            self._give(tab)

    def _give(self, tab: DocumentTab) -> None:
        tab.completion.set_usual_adapter(self._adapter if self._settings.get(SETTING) else "")
