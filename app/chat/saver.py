"""Writes the conversation to disk away from the interface's thread; the newest state wins."""

from __future__ import annotations

import threading

from PySide6.QtCore import QObject, Qt, Signal, Slot

from app.core.conversation import Conversation, ConversationStore
from app.services.sentences import why


class ConversationSaver(QObject):
    """One write at a time; states that come meanwhile replace each other."""

    failed = Signal(str)
    """A sentence; emitted on the interface's thread."""

    _failed = Signal(object)

    def __init__(self, store: ConversationStore, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._lock = threading.Lock()
        self._waiting: Conversation | None = None
        self._thread: threading.Thread | None = None
        self._failed.connect(self._report, Qt.ConnectionType.QueuedConnection)

    def save(self, conversation: Conversation) -> None:
        """Write ``conversation`` soon; returns at once."""
        with self._lock:
            self._waiting = conversation
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="conversation-saver")
                self._thread.start()

    def flush(self) -> None:
        """Wait until everything given to ``save`` is on disk; for the program's end."""
        with self._lock:
            thread = self._thread
        if thread is not None:
            thread.join()

    def _work(self) -> None:
        while True:
            with self._lock:
                conversation, self._waiting = self._waiting, None
                if conversation is None:
                    self._thread = None
                    return
            try:
                self._store.save(conversation)
            except OSError as error:
                self._failed.emit(error)

    @Slot(object)
    def _report(self, error: OSError) -> None:
        self.failed.emit(
            self.tr(
                "The conversation could not be saved ({reason}). It stays here until you close "
                "Inkling; copy what you need."
            ).format(reason=why(error))
        )
