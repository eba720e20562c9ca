"""Converting documents off the interface's thread: one at a time, and each can be stopped."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.core.document import DocumentError
from app.core.formats.errors import UNFORESEEN, FormatError, Stopped
from app.core.formats.pandoc import Pandoc, find_pandoc
from app.services.worker import Worker

Job = Callable[[Pandoc, threading.Event], Any]
"""Gets pandoc, which may be missing, and what is set when the person stops the job."""
_UNFORESEEN = (ValueError, LookupError, TypeError, ArithmeticError, RecursionError, MemoryError)


class Conversions(QObject):
    """A thread for conversions.

    A job that fails with a sentence gives that error to ``done``; a stopped one calls nothing.
    """

    began = Signal(str)
    """Carries what is being done, as a sentence."""
    ended = Signal(str)
    """The same sentence, when it is done, has failed or was stopped."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = Worker("inkling-conversions", (DocumentError, OSError), self, with_qt=True)
        self._running: list[tuple[str, threading.Event]] = []

    def run(
        self, what: str, job: Job, done: Callable[[Any], None], *, quiet: bool = False
    ) -> threading.Event:
        """Queue ``job``; ``what`` is said meanwhile, unless ``quiet``.

        Setting the result stops it.
        """
        stop = threading.Event()
        entry = what, stop

        def work() -> Any:
            if stop.is_set():
                raise Stopped
            try:
                return job(Pandoc(find_pandoc(), stop), stop)
            except _UNFORESEEN as error:
                # A document made to harm, or one nobody thought of, must not end the thread.
                logging.getLogger(__name__).exception("a conversion failed")
                raise FormatError(UNFORESEEN) from error

        def finished(outcome: Any) -> None:
            self._running.remove(entry)
            if not quiet:
                self.ended.emit(what)
            if not stop.is_set():
                done(outcome)

        self._running.append(entry)
        if not quiet:
            self.began.emit(what)
        self._worker.submit(work, finished)
        return stop

    def stop(self) -> None:
        """Stop what runs and what waits."""
        for _, stop in self._running:
            stop.set()

    def busy(self) -> bool:
        """Whether anything runs or waits."""
        return bool(self._running)

    def close(self) -> None:
        """Stop everything and end the thread."""
        self.stop()
        self._worker.close()
