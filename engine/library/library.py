"""A library: folders that the person added, indexed so that questions find their passages."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from engine.library.control import IndexControl
from engine.library.database import Database, forget_dropped, transaction
from engine.library.embedding import Embedder
from engine.library.extract.extracted import Problem
from engine.library.extract.process import ExtractingProcess, Reader
from engine.library.folders import read_folders, write_folders
from engine.library.refresh import drop_document, refresh
from engine.library.retrieve import best_by_words, fused, load_hits, rarities
from engine.library.types import (
    IndexProgress,
    IndexReport,
    IndexStage,
    LibraryDocument,
    LibraryError,
    LibraryFolder,
    LibrarySearch,
    LibraryText,
)
from engine.library.vectors import Embedding, embed_missing

_FOLDERS, _INDEX = "folders.json", "index.sqlite3"
_DEPTH = 60
"""Passages of each way of searching that are fused."""


class Library:
    """The index of the folders listed in ``home``, where it keeps its two files.

    Every method may be called from any thread and several processes, but is blocking: a search
    takes milliseconds, ``refresh`` and ``remove`` as long as the files are large. A
    ``LibraryIndexer`` does those in the background. With an ``embedder``, or the folder of
    one (``import_embedder``; opened when first needed, so one brought in later counts), passages
    are found by their meaning too. One that is damaged takes no part in searches, and ``refresh``
    says so at its end (``ModelDamaged``).

    All methods raise ``LibraryError`` where the index or the disk fails.
    """

    def __init__(
        self, home: Path, embedder: Embedder | Path | None = None, *, reader: Reader | None = None
    ) -> None:
        self._folders = home / _FOLDERS
        self._database = Database(home / _INDEX)
        self._embedding = Embedding(embedder)
        self._reader = reader

    def folders(self) -> tuple[LibraryFolder, ...]:
        """The folders in the order they were added, with what is indexed of each."""
        with self._database.connected() as database:
            counts = {
                Path(folder): (documents, passages, problems)
                for folder, documents, passages, problems in database.execute(
                    "SELECT folder, count(*), coalesce(sum((SELECT count(*) FROM passages p "
                    "WHERE p.document = d.id)), 0), count(problem) FROM documents d GROUP BY folder"
                )
            }
        return tuple(
            LibraryFolder(each, *counts.get(each, (0, 0, 0)), there=each.is_dir())
            for each in read_folders(self._folders)
        )

    def documents(self, folder: Path | None = None) -> tuple[LibraryDocument, ...]:
        """The files, those that could not be read among them, in the order of their paths."""
        with self._database.connected() as database:
            rows = database.execute(
                "SELECT path, title, size, (SELECT count(*) FROM passages p WHERE p.document = "
                "d.id), problem FROM documents d WHERE ?1 IS NULL OR folder = ?1 ORDER BY path",
                (None if folder is None else str(folder),),
            ).fetchall()
        return tuple(
            LibraryDocument(
                Path(path), title, size, passages, Problem(problem) if problem else None
            )
            for path, title, size, passages, problem in rows
        )

    def add(self, folder: Path) -> Path:
        """List a folder; its files are indexed by the next ``refresh``. Its full path is returned.

        One that is listed already stays as it is. Raises ``LibraryError`` if it is not there.
        """
        full = Path(os.path.abspath(folder))
        if not full.is_dir():
            raise LibraryError(
                f"There is no folder {full}. Nothing was added. Choose a folder that is there."
            )
        listed = read_folders(self._folders)
        if full not in listed:
            write_folders(self._folders, (*listed, full))
        return full

    def remove(self, folder: Path) -> bool:
        """Take a folder out with all that was kept of its files; they themselves stay.

        False if it is not listed. What was indexed is erased from the disk, not only hidden.
        """
        full = Path(os.path.abspath(folder))
        listed = read_folders(self._folders)
        if full not in listed:
            return False
        write_folders(self._folders, [each for each in listed if each != full])
        with self._database.connected() as database:
            with transaction(database):
                for (document,) in database.execute(
                    "SELECT id FROM documents WHERE folder = ?", (str(full),)
                ).fetchall():
                    drop_document(database, document)
            forget_dropped(database)
        return True

    def refresh(
        self,
        tell: Callable[[IndexProgress], None] | None = None,
        control: IndexControl | None = None,
    ) -> IndexReport:
        """Index what is new or changed in the folders, and drop what is gone.

        ``tell`` gets the progress on this thread; ``control`` pauses and cancels.
        """
        tell, control = tell or _nobody, control or IndexControl()
        process = ExtractingProcess()
        try:
            read = self._reader or process.read
            report = refresh(self._database, read_folders(self._folders), read, control, tell)
        finally:
            process.close()
        if report.finished and (embedder := self._embedding.embedder()) is not None:
            started = time.monotonic()
            finished = embed_missing(self._database, embedder, control, tell)
            seconds = report.seconds + time.monotonic() - started
            report = replace(report, seconds=seconds, finished=finished)
        tell(IndexProgress(IndexStage.IDLE, 0, 0))
        return report

    def search(self, query: str, count: int = 20) -> LibrarySearch:
        """The passages that answer ``query`` best, at most ``count``."""
        started = time.perf_counter()
        with self._database.connected() as database:
            by_words = best_by_words(database, query, max(count, _DEPTH))
            rarity = rarities(database, query)
            (total,) = database.execute("SELECT count(*) FROM passages").fetchone()
            words_ms = (time.perf_counter() - started) * 1000
            meaning_ms = 0.0
            ranked = by_words[:count]
            begun = time.perf_counter()
            near = self._embedding.nearest(database, query, _DEPTH) if query.strip() else []
            if near:
                ranked = fused([[key for key, _ in by_words], near], count)
                meaning_ms = (time.perf_counter() - begun) * 1000
            hits = load_hits(database, ranked)
        return LibrarySearch(hits, total, words_ms, meaning_ms, rarity)

    def text(self, path: Path) -> LibraryText | None:
        """The text of a file as it was indexed, None for one that is not; see ``LibraryText``."""
        with self._database.connected() as database:
            row = database.execute(
                "SELECT d.title, d.pages, d.size, d.modified, t.body FROM documents d "
                "JOIN texts t ON t.document = d.id WHERE d.path = ?",
                (str(path),),
            ).fetchone()
        if row is None:
            return None
        title, pages, size, modified, body = row
        try:
            status = path.stat()
            stale = (status.st_size, status.st_mtime_ns) != (size, modified)
        except OSError:
            stale = True
        return LibraryText(path, title, body, tuple(json.loads(pages)), stale)


def _nobody(_: IndexProgress) -> None:
    pass
