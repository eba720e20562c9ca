"""Work for the model that waits until the model is there, or learns that it never will be."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from app.services.bridge import EngineBridge
from engine import EngineState, EngineStatus


class WaitingRun(QObject):
    """One piece of work at a time; a subclass does it in ``_hand_over``."""

    loading = Signal(float)
    """The model is not there yet; carries how far it is, 0 to 1."""
    thinking = Signal()
    """The work is with the model."""
    unavailable = Signal(object)
    """The model cannot be used; carries the ``EngineStatus`` that says why."""

    def __init__(self, bridge: EngineBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._waits = False
        bridge.status_changed.connect(self._proceed)

    def _wait(self) -> None:
        """Have the work handed over as soon as the model is ready."""
        self._waits = True
        self._proceed(self._bridge.status())

    def _hand_over(self) -> None:
        """Give the work to the model; for a subclass."""

    def _give_up(self) -> None:
        """Forget the work; for a subclass."""

    @Slot(object)
    def _proceed(self, status: EngineStatus) -> None:
        """Hand the waiting work over if the model can take it, or say why it cannot."""
        if not self._waits:
            return
        if status.state is EngineState.LOADING:
            self.loading.emit(status.progress)
            return
        self._waits = False
        if status.state in (EngineState.FAILED, EngineState.CLOSED):
            self._give_up()
            self.unavailable.emit(status)
        else:
            self.thinking.emit()
            self._hand_over()
