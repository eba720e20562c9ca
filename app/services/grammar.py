"""Grammar for the whole window: the rules that are on, and the checking thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.core.grammar.client import GrammarClient, GrammarFailed, GrammarFinding
from app.core.grammar.findings import GrammarFindings
from app.services.worker import Worker
from engine import Dialect, RuleInfo


class GrammarService(QObject):
    """Answers the pages' questions on a thread of its own; what it tells arrives on this one."""

    failed = Signal(object)
    """Carries an error for the person, once; nothing is checked any more."""

    def __init__(self, client: GrammarClient | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client or GrammarClient()
        self._closed = False
        self._broken = False
        self._worker = Worker("inkling-grammar", (GrammarFailed,), self)

    def is_usable(self) -> bool:
        """Whether it has not failed."""
        return not self._broken

    def check(
        self,
        dialect: Dialect,
        texts: Sequence[str],
        off: frozenset[str],
        done: Callable[[list[tuple[GrammarFinding, ...]]], None],
    ) -> None:
        """Give ``done`` what the rules but those ``off`` find in each text; nothing on failure."""

        def checked(found: Any) -> None:
            if isinstance(found, Exception):
                self._fail(found)
                found = [()] * len(texts)
            done(found)

        if not self._closed:
            self._worker.submit(lambda: self._client.check(dialect, texts, off), checked)

    def findings(self, dialect: Dialect, off: frozenset[str]) -> GrammarFindings:
        """A source of findings for a proofreader on another thread."""
        return GrammarFindings(self._client, dialect, off)

    def rules(
        self, dialect: Dialect, done: Callable[[tuple[RuleInfo, ...] | GrammarFailed], None]
    ) -> None:
        """Give ``done`` the rules that there are, or the error."""
        if not self._closed:
            self._worker.submit(lambda: self._client.rules(dialect), done)

    def rest(self) -> None:
        """Give back the memory until there is another question."""
        self._worker.submit(self._client.end_process)

    def close(self) -> bool:
        """End the checking process and the thread; True if it ended in time."""
        self._closed = True
        self._client.close()  # first, so that nothing that waits for an answer holds the thread
        return self._worker.close()

    def _fail(self, error: Exception) -> None:
        if not self._broken and not self._closed:
            self._broken = True
            self.failed.emit(error)
