"""Work off the interface's thread, one job after the other, with the result brought back."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot


@dataclass(frozen=True, slots=True)
class _Outcome:
    done: Callable[[Any], None] | None
    value: Any


class _QtThread(QThread):
    """A thread that Qt knows, as objects with timers in it need."""

    def __init__(self, work: Callable[[], None]) -> None:
        super().__init__()
        self._work = work

    def run(self) -> None:
        """Work until there is no more."""
        self._work()

    def join(self, timeout: float) -> None:
        """Wait for the end, at most so many seconds."""
        self.wait(round(timeout * 1000))

    def is_alive(self) -> bool:
        """Whether it has not ended."""
        return not self.isFinished()


class Worker(QObject):
    """A thread that runs jobs in order; ``done`` is called on the interface's thread.

    ``with_qt`` is for jobs that use Qt's documents, which keep timers.

    A job that fails with one of ``expected`` gives that exception to ``done`` as its value.
    """

    _finished = Signal(object)

    def __init__(
        self,
        name: str,
        expected: tuple[type[Exception], ...],
        parent: QObject | None = None,
        *,
        with_qt: bool = False,
    ) -> None:
        super().__init__(parent)
        self._expected = expected
        self._jobs: queue.SimpleQueue[tuple[Callable[[], Any], Any] | None] = queue.SimpleQueue()
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._thread: threading.Thread | _QtThread
        if with_qt:
            self._thread = _QtThread(self._run)
        else:
            self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def submit(self, job: Callable[[], Any], done: Callable[[Any], None] | None = None) -> None:
        """Queue ``job``."""
        self._jobs.put((job, done))

    def close(self, timeout: float = 5.0) -> bool:
        """Finish what is queued and end the thread; True if it ended in time."""
        self._jobs.put(None)
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while (item := self._jobs.get()) is not None:
            job, done = item
            try:
                value = job()
            except self._expected as error:
                value = error
            if done is not None:
                self._finished.emit(_Outcome(done, value))

    @Slot(object)
    def _deliver(self, outcome: _Outcome) -> None:
        if outcome.done is not None:
            outcome.done(outcome.value)
