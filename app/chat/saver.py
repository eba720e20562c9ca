"""Writes conversations to disk away from the interface's thread; the newest state wins."""

from __future__ import annotations

import threading

from PySide6.QtCore import QObject, Qt, Signal, Slot

from app.core.conversation import Conversation
from app.core.conversation_store import ConversationStore
from app.services.sentences import why


class ConversationSaver(QObject):
    """One write at a time; states of one conversation that come meanwhile replace each other."""

    failed = Signal(str)
    """A sentence; emitted on the interface's thread."""

    _failed = Signal(object)

    def __init__(self, store: ConversationStore, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._lock = threading.Lock()
        self._waiting: dict[str, Conversation | None] = {}
        """By id; None for one that is to be removed."""
        self._open = ""
        self._thread: threading.Thread | None = None
        self._failed.connect(self._report, Qt.ConnectionType.QueuedConnection)

    def save(self, conversation: Conversation) -> None:
        """Write ``conversation`` soon, which is the open one; returns at once."""
        self._put(conversation.id, conversation, conversation.id)

    def keep(self, conversation: Conversation) -> None:
        """Write ``conversation`` soon without opening it."""
        self._put(conversation.id, conversation, "")

    def delete(self, name: str) -> None:
        """Remove a conversation soon."""
        self._put(name, None, "")

    def _put(self, name: str, conversation: Conversation | None, opened: str) -> None:
        with self._lock:
            self._waiting[name] = conversation
            self._open = opened or self._open
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
        opened = ""
        while True:
            with self._lock:
                waiting, self._waiting = self._waiting, {}
                before, opened = opened, self._open
                if not waiting:
                    self._thread = None
                    return
            try:
                for name, conversation in waiting.items():
                    if conversation is None:
                        self._store.delete(name)
                    else:
                        self._store.save(conversation)
                if opened != before:
                    self._store.set_open(opened)
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
