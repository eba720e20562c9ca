"""Keeps the edit journal up to date off the interface's thread."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.core.journal import Edit, Journal
from app.services.worker import Worker

_WRITE_EVERY_MS = 200


class RecoveryService(QObject):
    """Journals the edits of documents, in small batches, so that a crash loses at most a moment.

    Where the journal cannot be used the program goes on without it.
    """

    failed = Signal(object)
    """Edits are no longer protected; carries the error, once until they are again."""

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = Worker("inkling-journal", (OSError, sqlite3.Error), self)
        self._journal: Journal | None = None
        self._followed: dict[str, list[Edit]] = {}
        """The edits that wait to be written, by document."""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WRITE_EVERY_MS)
        self._timer.timeout.connect(self.flush)
        self._folder = folder
        self._told = False
        self._worker.submit(self._open)

    def find_unsaved(self, done: Callable[[Any], None]) -> None:
        """Give the unsaved documents of programs that died, or an exception, to ``done``."""
        self._worker.submit(lambda: self._open().unsaved(), done)

    def begin(self, doc_id: str, path: Path | None, text: str) -> None:
        """Follow a document whose saved state is ``text``, from the beginning."""
        self._followed[doc_id] = []
        self._do(lambda journal: journal.open_document(doc_id, path, text))

    def resume(self, doc_id: str) -> None:
        """Follow a recovered document on from its recovered text."""
        self._followed[doc_id] = []
        self._do(lambda journal: journal.resume(doc_id))

    def record(self, doc_id: str, edit: Edit) -> None:
        """Note an edit of a document; it is written within a fifth of a second."""
        self._followed[doc_id].append(edit)
        if not self._timer.isActive():
            self._timer.start()

    def forget(self, doc_id: str) -> None:
        """Follow a document no longer: it was saved, or is not wanted."""
        self._followed.pop(doc_id, None)
        self._do(lambda journal: journal.close_document(doc_id))

    @Slot()
    def flush(self) -> None:
        """Write the edits that wait."""
        for doc_id, edits in self._followed.items():
            if edits:
                self._followed[doc_id] = []
                self._write(doc_id, edits)

    def confirm(self, done: Callable[[bool], None]) -> None:
        """Write what waits, and tell ``done`` whether every edit so far is safe."""
        self.flush()
        self._worker.submit(self._open, lambda outcome: done(self._is_safe(outcome)))

    def _is_safe(self, outcome: Any) -> bool:
        return not self._told and not isinstance(outcome, Exception)

    def close(self, *, keep: Collection[str]) -> None:
        """Write what waits and end; the documents that are not in ``keep`` are forgotten."""
        self.flush()
        for doc_id in tuple(self._followed):
            if doc_id not in keep:
                self.forget(doc_id)
        self._do(Journal.close)
        self._worker.close()

    def _write(self, doc_id: str, edits: list[Edit]) -> None:
        self._worker.submit(
            lambda: self._journal.record(doc_id, edits) if self._journal else None, self._recorded
        )

    def _do(self, job: Callable[[Journal], None]) -> None:
        self._worker.submit(lambda: job(self._journal) if self._journal else None)

    def _open(self) -> Journal:
        if self._journal is None:
            self._journal = Journal(self._folder)
        return self._journal

    def _recorded(self, outcome: Any) -> None:
        failed = isinstance(outcome, Exception)
        if failed and not self._told:
            self.failed.emit(outcome)
        self._told = failed
