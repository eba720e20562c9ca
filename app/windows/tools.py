"""The windows of the Tools menu: one of each, kept while the main window lives."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from app.core.latency import LatencyRecorder
from app.services.bridge import EngineBridge
from app.windows.desk import Desk
from app.windows.latency import LatencyWindow
from app.windows.tab import DocumentTab


class ToolWindows(QObject):
    """Opens them beside the main window, which stays usable."""

    failed = Signal(str)
    """A sentence for the person."""

    def __init__(self, bridge: EngineBridge, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._bridge = bridge
        self._window = window
        self._recorder = LatencyRecorder()
        self._latency_window: LatencyWindow | None = None
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

    def _attach(self, tab: DocumentTab) -> None:
        tab.completion.set_latency(self._recorder)


def _bring_up(window: QWidget) -> None:
    window.show()
    window.raise_()
    window.activateWindow()
