"""The windows of the Tools menu: one of each, kept while the main window lives."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from app.core.latency import LatencyRecorder
from app.core.settings import SettingsStore
from app.services.bridge import EngineBridge
from app.windows.desk import Desk
from app.windows.latency import LatencyWindow
from app.windows.simulator import SimulatorWindow
from app.windows.tab import DocumentTab
from engine import GATES


class ToolWindows(QObject):
    """Opens them beside the main window, which stays usable."""

    failed = Signal(str)
    """A sentence for the person."""

    def __init__(
        self, bridge: EngineBridge, desk: Desk, settings: SettingsStore, window: QWidget
    ) -> None:
        super().__init__(window)
        self._bridge = bridge
        self._desk = desk
        self._settings = settings
        self._window = window
        self._recorder = LatencyRecorder()
        self._latency_window: LatencyWindow | None = None
        self._simulator: SimulatorWindow | None = None
        desk.for_each(self._attach)

    def latency(self) -> LatencyRecorder:
        """What the suggestions of all documents took."""
        return self._recorder

    @Slot()
    def show_latency(self) -> None:
        """Show how quick suggestions are."""
        if self._latency_window is None:
            self._latency_window = LatencyWindow(self._recorder, self._bridge, self._window)
            self._latency_window.failed.connect(self.failed)
        _bring_up(self._latency_window)

    @Slot()
    def show_simulator(self) -> None:
        """Show what suggestions would save in the document in front."""
        if self._simulator is None:
            self._simulator = SimulatorWindow(
                self._bridge, self._document, self._gate, self._window
            )
        _bring_up(self._simulator)

    def close(self) -> None:
        """Stop what runs."""
        if self._simulator is not None:
            self._simulator.stop()

    def _document(self) -> tuple[str, str]:
        tab = self._desk.current()
        return tab.document.title(), tab.editor.text()

    def _gate(self) -> float:
        return GATES[self._settings.get("ghost.eagerness")]

    def _attach(self, tab: DocumentTab) -> None:
        tab.completion.set_latency(self._recorder)


def _bring_up(window: QWidget) -> None:
    window.show()
    window.raise_()
    window.activateWindow()
