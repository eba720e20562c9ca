"""An index kept up to date in the background: one thread, which alone writes to it."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from engine.errors import EngineError
from engine.library.control import IndexControl
from engine.library.library import Library
from engine.library.types import IndexProgress, IndexStage, IndexStatus

_IDLE = IndexProgress(IndexStage.IDLE, 0, 0)
StatusListener = Callable[[IndexStatus], None]


class LibraryIndexer:
    """Does ``library``'s slow work on a thread of its own.

    No method blocks. Listeners are called on that thread (for ``pause`` and ``resume`` on the
    caller's) and must return quickly. Errors do not raise: ``status().error`` has the last one.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._lock = threading.Lock()
        self._work: deque[tuple[str, Path | None]] = deque()
        self._wake = threading.Condition(self._lock)
        self._control = IndexControl()
        self._paused = self._closed = False
        self._status = IndexStatus(_IDLE)
        self._listeners: list[StatusListener] = []
        self._thread: threading.Thread | None = None

    def status(self) -> IndexStatus:
        """What it is doing."""
        return self._status

    def subscribe(self, listener: StatusListener) -> Callable[[], None]:
        """Call ``listener`` with every change of the status; the result unsubscribes it."""
        with self._lock:
            self._listeners.append(listener)

        def unsubscribe() -> None:
            with self._lock:
                if listener in self._listeners:
                    self._listeners.remove(listener)

        return unsubscribe

    def add(self, folder: Path) -> None:
        """Add a folder and index it."""
        self._put("add", folder)

    def remove(self, folder: Path) -> None:
        """Remove a folder and all that is kept of it, before anything else goes on."""
        with self._lock:
            self._work.appendleft(("remove", folder))
            self._work.append(("refresh", None))
            self._control.cancel()
            self._start()

    def refresh(self) -> None:
        """Look what is new, changed or gone; a second one waits for the first to end."""
        self._put("refresh")

    def pause(self) -> None:
        """Hold after the file under way, until ``resume``."""
        with self._lock:
            self._paused = True
            self._control.pause()
        self._show(paused=True)

    def resume(self) -> None:
        """Go on."""
        with self._lock:
            self._paused = False
            self._control.resume()
        self._show(paused=False)

    def cancel(self) -> None:
        """End what is under way and what waits; what is indexed already stays."""
        with self._lock:
            self._work = deque(each for each in self._work if each[0] == "remove")
            self._control.cancel()

    def close(self, timeout: float = 2.0) -> bool:
        """End the thread after the file under way; True if it ended in ``timeout`` seconds."""
        with self._lock:
            self._closed = True
            self._work.clear()
            self._control.cancel()
            self._wake.notify()
            thread = self._thread
        if thread is not None:
            thread.join(timeout)
        return thread is None or not thread.is_alive()

    def _put(self, act: str, folder: Path | None = None) -> None:
        with self._lock:
            if (act, folder) not in self._work:
                self._work.append((act, folder))
            self._start()

    def _start(self) -> None:
        if self._closed:
            return
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="inkling-library", daemon=True)
            self._thread.start()
        self._wake.notify()

    def _run(self) -> None:
        while True:
            with self._lock:
                while not self._work and not self._closed:
                    self._wake.wait()
                if self._closed:
                    return
                act, folder = self._work.popleft()
                control = self._control = IndexControl()
                if self._paused:
                    control.pause()
            try:
                self._do(act, folder, control)
            except EngineError as error:
                self._show(progress=_IDLE, error=error)

    def _do(self, act: str, folder: Path | None, control: IndexControl) -> None:
        if act == "add" and folder is not None:
            self._library.add(folder)
        if act == "remove" and folder is not None:
            self._show(progress=IndexProgress(IndexStage.REMOVING, 0, 1, folder))
            self._library.remove(folder)
            self._show(progress=_IDLE, error=None)
            return
        report = self._library.refresh(self._tell, control)
        self._show(progress=_IDLE, report=report, error=None)

    def _tell(self, progress: IndexProgress) -> None:
        if progress.stage is not IndexStage.IDLE:  # that comes with the report
            self._show(progress=progress)

    def _show(self, **changes: object) -> None:
        with self._lock:
            self._status = replace(self._status, **changes)  # type: ignore[arg-type]
            status, listeners = self._status, tuple(self._listeners)
        for listener in listeners:
            listener(status)
