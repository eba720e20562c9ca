"""How much of the model's context the next message will take, measured while nobody waits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.services.bridge import EngineBridge
from engine import ContextOverflow, GenerationRequest, PromptSize

_PAUSE_MS = 300


@dataclass(frozen=True, slots=True)
class Fill:
    """``percent`` of what the model can read; ``dropped`` messages are left out, the oldest."""

    percent: int
    tokens: int
    limit: int
    dropped: int = 0

    @property
    def too_much(self) -> bool:
        """Whether the message cannot be sent as it is."""
        return self.tokens > self.limit


class FillMeter(QObject):
    """Measures the request that ``request`` gives, once it has rested for a moment."""

    measured = Signal(object)
    """Carries a ``Fill``, or None where it cannot be known."""

    def __init__(
        self,
        bridge: EngineBridge,
        request: Callable[[], GenerationRequest | None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._request = request
        self._number = 0
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._measure)

    @Slot()
    def measure_soon(self) -> None:
        """What would be sent has changed."""
        self._number += 1
        self._pause.start()

    @Slot()
    def _measure(self) -> None:
        request = self._request()
        if request is None:
            self.measured.emit(None)
            return
        number = self._number
        self._bridge.apart(
            lambda engine: engine.measure(request), lambda found: self._tell(number, found)
        )

    def _tell(self, number: int, found: object) -> None:
        if number != self._number:
            return
        match found:
            case PromptSize(tokens, limit, dropped):
                self.measured.emit(Fill(round(100 * tokens / limit), tokens, limit, dropped))
            case ContextOverflow():
                percent = round(100 * found.got / found.limit)
                self.measured.emit(Fill(percent, found.got, found.limit))
            case _:
                self.measured.emit(None)
