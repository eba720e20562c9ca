"""Counts the program's own network connections, so that the window can show that there are none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.services.worker import Worker

_EVERY_MS = 5000


class ConnectionCounter(QObject):
    """Counts at once and then every five seconds, on a thread of its own."""

    counted = Signal(object)
    """Carries the number of sockets; None where the system does not tell."""

    def __init__(self, count: Callable[[], int | None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._count = count
        self._worker = Worker("inkling-connections", (OSError,), self)
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self._ask)
        self._timer.start()
        self._ask()

    def close(self) -> None:
        """Count no more and end the thread."""
        self._timer.stop()
        self._worker.close()

    @Slot()
    def _ask(self) -> None:
        self._worker.submit(self._count, self._tell)

    def _tell(self, outcome: Any) -> None:
        self.counted.emit(outcome if isinstance(outcome, int) else None)
