"""Bringing an index up to date with the folders, one transaction a file."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from engine.library.control import IndexControl
from engine.library.database import Database, transaction
from engine.library.extract.process import Reader, ReadFile
from engine.library.folders import FoundFile, find_files
from engine.library.types import IndexProgress, IndexReport, IndexStage, LibraryDocument

Tell = Callable[[IndexProgress], None]
_Known = dict[Path, tuple[int, Path, int, int, str]]
"""Of each path: id, folder, size, time of change, digest."""


def refresh(
    database: Database,
    folders: Sequence[Path],
    read: Reader,
    control: IndexControl,
    tell: Tell,
) -> IndexReport:
    """Index what is new or changed, and drop what is gone (blocking).

    Each file is written whole or not at all, so that a crash in the middle costs at most one; the
    next refresh goes on. What lies in a folder that cannot be seen, a drive that was taken out,
    stays. Raises ``LibraryError``.
    """
    return _Refresh(database, read, control, tell).run(folders)


class _Refresh:
    def __init__(self, database: Database, read: Reader, control: IndexControl, tell: Tell) -> None:
        self._database, self._read = database, read
        self._control, self._tell = control, tell
        self._added = self._changed = self._unchanged = 0
        self._problems: list[LibraryDocument] = []

    def run(self, folders: Sequence[Path]) -> IndexReport:
        started = time.monotonic()
        self._tell(IndexProgress(IndexStage.LOOKING, 0, 0))
        there = [each for each in folders if each.is_dir()]
        with self._database.connected() as database:
            known = _known(database)
            files = list(find_files(there, self._control.token))
            finished = not self._control.token.cancelled()
            removed = 0
            if finished:
                removed = self._remove_missing(database, known, files, folders, there)
                finished = self._index(database, known, files)
        seconds = time.monotonic() - started
        return IndexReport(
            self._added,
            self._changed,
            removed,
            self._unchanged,
            tuple(self._problems),
            seconds,
            finished,
        )

    def _remove_missing(
        self,
        database: sqlite3.Connection,
        known: _Known,
        files: Sequence[FoundFile],
        folders: Sequence[Path],
        there: Sequence[Path],
    ) -> int:
        found = {each.path for each in files}
        unseen = set(folders) - set(there)
        gone = [row[0] for path, row in known.items() if path not in found and row[1] not in unseen]
        for document in gone:
            with transaction(database):
                drop_document(database, document)
        return len(gone)

    def _index(
        self, database: sqlite3.Connection, known: _Known, files: Sequence[FoundFile]
    ) -> bool:
        fresh = [each for each in files if not _same(known.get(each.path), each)]
        self._unchanged = len(files) - len(fresh)
        for done, file in enumerate(fresh):
            self._tell(IndexProgress(IndexStage.READING, done, len(fresh), file.path))
            if self._control.stopped():
                return False
            self._one(database, known.get(file.path), file)
        self._tell(IndexProgress(IndexStage.READING, len(fresh), len(fresh)))
        return True

    def _one(
        self,
        database: sqlite3.Connection,
        before: tuple[int, Path, int, int, str] | None,
        file: FoundFile,
    ) -> None:
        read = self._read(file.path, before[4] if before else "")
        with transaction(database):
            if before is not None and read.same:
                database.execute(
                    "UPDATE documents SET folder = ?, size = ?, modified = ? WHERE id = ?",
                    (str(file.folder), file.size, file.modified, before[0]),
                )
                self._unchanged += 1
                return
            # Another process may have been at the same file meanwhile.
            for (row,) in database.execute(
                "SELECT id FROM documents WHERE path = ?", (str(file.path),)
            ).fetchall():
                drop_document(database, row)
            add_document(database, file, read)
        if before is None:
            self._added += 1
        else:
            self._changed += 1
        if read.problem is not None:
            self._problems.append(
                LibraryDocument(file.path, file.path.stem, file.size, 0, read.problem)
            )


def add_document(database: sqlite3.Connection, file: FoundFile, read: ReadFile) -> None:
    """Write a file that was read; one with a problem is kept by its name and the reason."""
    document = database.execute(
        "INSERT INTO documents (folder, path, size, modified, digest, title, pages, problem) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            str(file.folder),
            str(file.path),
            file.size,
            file.modified,
            read.digest,
            read.title or file.path.stem,
            json.dumps(read.pages),
            read.problem,
        ),
    ).lastrowid
    if read.problem is not None:
        return
    database.execute("INSERT INTO texts (document, body) VALUES (?, ?)", (document, read.text))
    for each in read.passages:
        passage = database.execute(
            "INSERT INTO passages (document, start, stop, line) VALUES (?, ?, ?, ?)",
            (document, each.start, each.end, each.line),
        ).lastrowid
        database.execute(
            "INSERT INTO words (rowid, title, body) VALUES (?, ?, ?)",
            (passage, read.title_words, each.words),
        )


def drop_document(database: sqlite3.Connection, document: int) -> None:
    """Delete all rows of a file."""
    passages = "(SELECT id FROM passages WHERE document = ?)"
    database.execute(f"DELETE FROM words WHERE rowid IN {passages}", (document,))  # noqa: S608
    database.execute(f"DELETE FROM vectors WHERE passage IN {passages}", (document,))  # noqa: S608
    database.execute("DELETE FROM passages WHERE document = ?", (document,))
    database.execute("DELETE FROM texts WHERE document = ?", (document,))
    database.execute("DELETE FROM documents WHERE id = ?", (document,))


def _known(database: sqlite3.Connection) -> _Known:
    rows = database.execute("SELECT path, id, folder, size, modified, digest FROM documents")
    return {
        Path(path): (document, Path(folder), size, modified, digest)
        for path, document, folder, size, modified, digest in rows
    }


def _same(known: tuple[int, Path, int, int, str] | None, file: FoundFile) -> bool:
    return known is not None and known[1:4] == (file.folder, file.size, file.modified)
