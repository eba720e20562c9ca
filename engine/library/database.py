"""The SQLite file of an index. Everything in it can be made anew from the person's files."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from engine.library.types import LibraryError

_VERSION = 2
"""Of the tables and of how texts are cut and stemmed; another one is indexed anew."""
_BUSY_S = 10.0
_SCHEMA = f"""
BEGIN IMMEDIATE;
CREATE TABLE documents (
    id INTEGER PRIMARY KEY, folder TEXT NOT NULL, path TEXT NOT NULL UNIQUE,
    size INTEGER NOT NULL, modified INTEGER NOT NULL, digest TEXT NOT NULL,
    title TEXT NOT NULL, pages TEXT NOT NULL, problem TEXT);
CREATE INDEX by_folder ON documents (folder);
CREATE TABLE texts (document INTEGER PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE passages (
    id INTEGER PRIMARY KEY, document INTEGER NOT NULL,
    start INTEGER NOT NULL, stop INTEGER NOT NULL, line INTEGER NOT NULL);
CREATE INDEX by_document ON passages (document);
CREATE VIRTUAL TABLE words USING fts5 (
    title, body, tokenize = "unicode61 remove_diacritics 2");
CREATE TABLE vectors (passage INTEGER PRIMARY KEY, model TEXT NOT NULL, vector BLOB NOT NULL);
PRAGMA user_version = {_VERSION};
COMMIT;
"""
_DAMAGE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_SIDE_FILES = ("", "-wal", "-shm")


class Database:
    """Opens connections to the index at ``path``, which is made where there is none.

    An index that is damaged or of another version is thrown away; the next refresh fills it again.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._prepared = False
        self._preparing = threading.Lock()

    @contextmanager
    def connected(self) -> Iterator[sqlite3.Connection]:
        """A connection that leaves transactions to its user, for the time of one act.

        Raises ``LibraryError`` for whatever SQLite fails with.
        """
        with self._preparing:
            # Not when it is opened: a disk that cannot be written must not keep a window away.
            if not self._prepared:
                self._prepare()
                self._prepared = True
        try:
            with contextlib.closing(self._connect()) as database:
                yield database
        except sqlite3.DatabaseError as error:
            if _is_damage(error):
                self._prepared = False
                self._throw_away()
            raise _failed(error) from error

    def _prepare(self) -> None:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            if not self._usable():
                self._throw_away()
                self._make()
        except (OSError, sqlite3.Error) as error:
            raise _failed(error) from error

    def _usable(self) -> bool:
        try:
            with contextlib.closing(self._connect()) as database:
                return self._version(database) == _VERSION
        except sqlite3.DatabaseError as error:
            if _is_damage(error):
                return False
            raise

    def _make(self) -> None:
        with contextlib.closing(self._connect()) as database:
            database.execute("PRAGMA journal_mode = WAL")
            try:
                database.executescript(_SCHEMA)
            except sqlite3.OperationalError:
                # Another process was quicker.
                if self._version(database) != _VERSION:
                    raise

    def _connect(self) -> sqlite3.Connection:
        database = sqlite3.connect(self._path, timeout=_BUSY_S, isolation_level=None)
        try:
            # A power cut may cost what was indexed last, which the next refresh finds again.
            database.execute("PRAGMA synchronous = NORMAL")
            database.execute("PRAGMA secure_delete = ON")  # what is removed is not to be found
        except sqlite3.Error:
            database.close()
            raise
        return database

    @staticmethod
    def _version(database: sqlite3.Connection) -> int:
        return int(database.execute("PRAGMA user_version").fetchone()[0])

    def _throw_away(self) -> None:
        try:
            for ending in _SIDE_FILES:
                self._path.with_name(self._path.name + ending).unlink(missing_ok=True)
        except OSError as error:
            raise _failed(error) from error


@contextmanager
def transaction(database: sqlite3.Connection) -> Iterator[None]:
    """All of what is done inside, or nothing of it."""
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        database.execute("ROLLBACK")
        raise
    database.execute("COMMIT")


def forget_dropped(database: sqlite3.Connection) -> None:
    """Rewrite the file without anything that was deleted: neither text nor words are left in it."""
    # FTS5 only notes what was deleted, until its segments are merged.
    database.execute("INSERT INTO words (words) VALUES ('optimize')")
    database.execute("VACUUM")
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _is_damage(error: sqlite3.DatabaseError) -> bool:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in _DAMAGE


def _failed(error: Exception) -> LibraryError:
    return LibraryError(
        f"The index of the library cannot be used: {str(error).rstrip('.')}. Your files are not "
        "affected. See that there is room on the disk, and try again."
    )
