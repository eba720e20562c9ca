"""The person's library: kept up to date in the background, and asked by the windows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QFileSystemWatcher, QObject, Qt, QTimer, Signal, Slot

from app.core.document import DocumentError, load_text
from app.core.library import LibraryView, library_view
from app.services.worker import Worker
from engine import (
    LIBRARY_SUFFIXES,
    LINED_SUFFIXES,
    Embedder,
    EngineError,
    IndexReport,
    IndexStage,
    IndexStatus,
    Library,
    LibraryIndexer,
    LibraryText,
    find_embedder,
    read_document,
)

_START_MS = 2500
"""After the start, so that opening the window comes first."""
_SETTLE_MS = 1500
"""After a change in a folder: programs write a file in several steps."""
_LOOK_MS = 120_000
"""A change inside a file tells no folder, and watching has its limits."""
_MOST_WATCHED = 500


class LibraryService(QObject):
    """Owns the index. No method waits; everything is told on the interface's thread."""

    status_changed = Signal(object)
    """Carries an ``IndexStatus``."""
    view_changed = Signal(object)
    """Carries a ``LibraryView``."""
    failed = Signal(object)
    """Carries an ``EngineError``."""

    _status = Signal(object)

    def __init__(self, home: Path, embedder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._home, self._embedder = home, embedder
        self._library = Library(home)
        self._indexer = LibraryIndexer(self._library)
        self._unsubscribe = self._indexer.subscribe(self._status.emit)
        self._status.connect(self._on_status, Qt.ConnectionType.QueuedConnection)
        self._worker = Worker("inkling-library-view", (EngineError, DocumentError, OSError), self)
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self._look_soon)
        self._held = False
        """Stopped by the person: nothing is indexed until they want it again."""
        self.status = IndexStatus(self._indexer.status().progress)
        self.view = LibraryView()
        self.known = False
        """Whether ``view`` was looked up since the start."""
        self.report: IndexReport | None = None
        """The last look that found anything new, changed or gone; else the last one."""
        self.looked_at: datetime | None = None
        """When that came to its end."""
        self._soon = _timer(self, _SETTLE_MS, self._look)
        self._start = _timer(self, _START_MS, self._begin)
        self._regularly = QTimer(self)
        self._regularly.setInterval(_LOOK_MS)
        self._regularly.timeout.connect(self._look)
        self._start.start()

    def library(self) -> Library:
        """The index, for questions on another thread."""
        return self._library

    def busy(self) -> bool:
        """Whether something is being indexed or removed, paused or not."""
        return self.status.progress.stage is not IndexStage.IDLE

    def add(self, folder: Path) -> None:
        """Add a folder and index it."""
        self._held = False
        self._indexer.resume()
        self._indexer.add(folder)
        self._regularly.start()

    def remove(self, folder: Path) -> None:
        """Remove a folder and all that was kept of its files."""
        self._indexer.remove(folder)

    @Slot()
    def refresh(self) -> None:
        """Index what is new or changed."""
        self._held = False
        self._indexer.resume()
        self._indexer.refresh()

    @Slot()
    def pause(self) -> None:
        """Hold after the file under way."""
        self._indexer.pause()

    @Slot()
    def resume(self) -> None:
        """Go on after a pause."""
        self._indexer.resume()

    @Slot()
    def stop(self) -> None:
        """End what is under way; what is indexed stays, and nothing starts by itself."""
        self._held = True
        self._indexer.resume()
        self._indexer.cancel()

    def read(self, path: Path, done: Callable[[LibraryText | Exception], None]) -> None:
        """Read a file's text, as it was indexed if that is still so; ``done`` gets it."""
        self._worker.submit(partial(self.read_now, path), done)

    def show_view(self) -> None:
        """Have ``view_changed`` tell what there is."""
        self._worker.submit(self._look_at, self._tell_view)

    def close(self) -> None:
        """End the threads; what was being indexed is gone on with next time."""
        for timer in (self._soon, self._start, self._regularly):
            timer.stop()
        self._unsubscribe()
        self._indexer.close()
        self._worker.close()

    def read_now(self, path: Path) -> LibraryText:
        """A file's text (blocking, up to a minute), the editor's own where it is a text file.

        Raises ``LibraryError`` or ``DocumentError``.
        """
        if path.suffix.lower() in LINED_SUFFIXES or path.suffix.lower() not in LIBRARY_SUFFIXES:
            return LibraryText(path, path.name, load_text(path).text, (), stale=False)
        known = self._library.text(path)
        return known if known is not None and not known.stale else read_document(path)

    def _look_at(self) -> tuple[LibraryView, list[str]]:
        folders = self._library.folders()
        documents = {each.path: self._library.documents(each.path) for each in folders}
        watched = [str(each.path) for each in folders if each.there]
        inside = {str(d.path.parent) for held in documents.values() for d in held}
        watched += sorted(inside - set(watched))
        return library_view(folders, documents), watched[:_MOST_WATCHED]

    def _tell_view(self, found: Any) -> None:
        if isinstance(found, Exception):
            self.failed.emit(found)
            return
        view, watched = found
        old = self._watcher.directories()
        if gone := [each for each in old if each not in watched]:
            self._watcher.removePaths(gone)
        if new := [each for each in watched if each not in old]:
            self._watcher.addPaths(new)
        self.view, self.known = view, True
        self.view_changed.emit(self.view)

    @Slot()
    def _begin(self) -> None:
        self._worker.submit(partial(find_embedder, self._embedder), self._take_embedder)

    def _take_embedder(self, found: object) -> None:
        """Find passages by their meaning too, where a model for that was brought in."""
        if isinstance(found, Exception):
            self.failed.emit(found)
        elif isinstance(found, Embedder) and not self.busy():
            self._unsubscribe()
            self._indexer.close()
            self._library = Library(self._home, found)
            self._indexer = LibraryIndexer(self._library)
            self._unsubscribe = self._indexer.subscribe(self._status.emit)
        self._worker.submit(self._library.folders, self._begin_with)

    def _begin_with(self, folders: object) -> None:
        if isinstance(folders, tuple) and folders:
            self._regularly.start()
            self._look()
        self.show_view()

    @Slot()
    def _look_soon(self) -> None:
        self._soon.start()

    @Slot()
    def _look(self) -> None:
        if not self._held:
            self._indexer.refresh()

    def _keep(self, report: IndexReport) -> None:
        if self.report is None or _found_anything(report) or not _found_anything(self.report):
            self.report = report
            self.looked_at = datetime.now(UTC).astimezone()

    @Slot(object)
    def _on_status(self, status: IndexStatus) -> None:
        before, self.status = self.status, status
        if status.report is not None and status.report is not before.report:
            self._keep(status.report)
        if status.error is not None and status.error is not before.error:
            self.failed.emit(status.error)
        self.status_changed.emit(status)
        if status.progress.stage is not before.progress.stage:
            self.show_view()


def _found_anything(report: IndexReport) -> bool:
    return bool(report.added or report.changed or report.removed)


def _timer(parent: QObject, milliseconds: int, act: Callable[[], None]) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(milliseconds)
    timer.timeout.connect(act)
    return timer
