"""Keeps the edit journal up to date off the interface's thread."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.core.journal import Edit, Journal
from app.services.worker import Worker

_WRITE_EVERY_MS = 200


class RecoveryService(QObject):
    """Journals one document's edits, in small batches, so that a crash loses at most a moment.

    Where the journal cannot be used the program goes on without it.
    """

    failed = Signal(object)
    """Edits are no longer protected; carries the error, once until they are again."""

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = Worker("inkling-journal", (OSError, sqlite3.Error), self)
        self._journal: Journal | None = None
        self._doc_id = ""
        self._waiting: list[Edit] = []
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

    def begin(self, path: Path | None, text: str, *, dirty: bool = False) -> None:
        """Follow another document; the journal of the one before is forgotten."""
        old, self._doc_id = self._doc_id, secrets.token_hex(8)
        self._waiting.clear()
        doc_id = self._doc_id

        def job() -> None:
            if self._journal is not None:
                self._journal.checkpoint(doc_id, path, text, dirty=dirty)
                if old:
                    self._journal.close_document(old)

        self._worker.submit(job)

    def record(self, edit: Edit) -> None:
        """Note an edit of the document; it is written within a fifth of a second."""
        self._waiting.append(edit)
        if not self._timer.isActive():
            self._timer.start()

    def forget(self, doc_id: str) -> None:
        """Drop a recovered document: it is open again, or not wanted."""
        self._worker.submit(lambda: self._journal.close_document(doc_id) if self._journal else None)

    @Slot()
    def flush(self) -> None:
        """Write the edits that wait."""
        if self._waiting:
            edits, self._waiting = self._waiting, []
            doc_id = self._doc_id
            self._worker.submit(
                lambda: self._journal.record(doc_id, edits) if self._journal else None,
                self._recorded,
            )

    def close(self, *, forget: bool) -> None:
        """Write what waits and end; ``forget`` when the document was saved or given up."""
        self.flush()
        if forget and self._doc_id:
            self.forget(self._doc_id)
        self._worker.submit(lambda: self._journal.close() if self._journal else None)
        self._worker.close()

    def _open(self) -> Journal:
        if self._journal is None:
            self._journal = Journal(self._folder)
        return self._journal

    def _recorded(self, outcome: Any) -> None:
        failed = isinstance(outcome, Exception)
        if failed and not self._told:
            self.failed.emit(outcome)
        self._told = failed
