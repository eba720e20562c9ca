"""Keeps where texts came from, off the interface's thread."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from app.core.provenance.block import read_block
from app.core.provenance.kept import Kept, keep, runs_for, text_hash
from app.core.provenance.runs import Run, Runs
from app.core.provenance.sources import Source
from app.core.provenance.store import OriginsError, OriginStore, file_key, journal_key
from app.services.worker import Worker

Found = Callable[[Runs, Mapping[str, Source]], None]


@dataclass(frozen=True, slots=True)
class OriginState:
    """A text with its origins at one moment."""

    text: str
    runs: tuple[Run, ...]
    sources: Mapping[str, Source]


class OriginService(QObject):
    """Reads and writes the store in a thread of its own.

    Where it cannot be used the program goes on without it.
    """

    failed = Signal(object)
    """Origins are not kept; carries the error, once until they are again."""

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = path
        self._store: OriginStore | None = None
        self._told = False
        self._worker = Worker("inkling-origins", (OSError,), self)
        self._do(OriginStore.sweep)

    def find(
        self, path: Path | None, doc_id: str, text: str, found: Found, *, record: str = ""
    ) -> None:
        """Give the origins of ``text`` to ``found``, if anything is known of them.

        They are those under the name in the journal, for a text that was recovered; else those of
        the file, those in it (``record``), or those of the same text in another file: the first
        that are of exactly this text, or else the first.
        """

        def job() -> tuple[Runs, Mapping[str, Source]] | None:
            store, digest = self._open(), text_hash(text)
            known: list[Kept | None] = [store.find(journal_key(doc_id))]
            if path is not None and known == [None]:
                known = [store.find(file_key(path)), read_block(record), store.find_text(digest)]
            there = [kept for kept in known if kept is not None]
            exact = [kept for kept in there if kept.text_sha256 == digest]
            if not there:
                return None
            kept = (exact or there)[0]
            return runs_for(kept, text), kept.sources

        def done(outcome: Any) -> None:
            if isinstance(outcome, tuple):
                found(*outcome)
            else:
                self._ended(outcome)

        self._worker.submit(job, done)

    def keep_open(self, doc_id: str, state: OriginState, *, prompts: bool) -> None:
        """Keep the origins of a text that is not saved as it is."""
        self._keep(journal_key(doc_id), None, state, prompts=prompts)

    def keep_file(self, path: Path, state: OriginState, *, prompts: bool) -> None:
        """Keep the origins of the text in a file."""
        self._keep(file_key(path), path, state, prompts=prompts)

    def forget_open(self, doc_id: str) -> None:
        """Keep nothing more of a text that was saved or given up."""
        self._do(lambda store: store.erase(journal_key(doc_id)))

    def erase(self, path: Path | None, doc_id: str, text: str) -> None:
        """Keep nothing of this text: under its name, its file's, and in copies of it."""

        def job(store: OriginStore) -> None:
            store.erase(journal_key(doc_id))
            if path is not None:
                store.erase(file_key(path))
            store.erase_text(text_hash(text))

        self._do(job)

    def forget_prompts(self) -> None:
        """Take the words that the model was given and gave out of everything that is kept."""
        self._do(OriginStore.forget_prompts)

    def close(self) -> None:
        """Write what waits, and end."""
        self._do(OriginStore.close)
        self._worker.close()

    def _keep(self, key: str, path: Path | None, state: OriginState, *, prompts: bool) -> None:
        def job(store: OriginStore) -> None:
            runs = Runs(state.runs)
            store.save(key, path, keep(state.text, runs, state.sources, prompts=prompts))

        self._do(job)

    def _do(self, job: Callable[[OriginStore], None]) -> None:
        self._worker.submit(lambda: job(self._open()), self._ended)

    def _open(self) -> OriginStore:
        if self._store is None:
            self._store = OriginStore(self._path)
        return self._store

    @Slot(object)
    def _ended(self, outcome: Any) -> None:
        failed = isinstance(outcome, OriginsError)
        if failed and not self._told:
            self.failed.emit(outcome)
        self._told = failed
