"""The SQLite file of the journal: made, checked, and set aside when it is damaged."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from pathlib import Path

from app.core.files import set_aside

_BUSY_S = 10.0
_VERSION = 2
_SCHEMA = f"""
BEGIN IMMEDIATE;
CREATE TABLE documents (
    id TEXT PRIMARY KEY, owner TEXT NOT NULL, path BLOB, fingerprint TEXT,
    dirty INTEGER NOT NULL, modified_at REAL NOT NULL);
CREATE TABLE texts (
    document TEXT NOT NULL, role TEXT NOT NULL, body BLOB NOT NULL, PRIMARY KEY (document, role));
CREATE TABLE edits (
    number INTEGER PRIMARY KEY AUTOINCREMENT, document TEXT NOT NULL,
    position INTEGER NOT NULL, removed INTEGER NOT NULL, inserted BLOB NOT NULL,
    length INTEGER NOT NULL);
CREATE INDEX edits_of ON edits (document, number);
PRAGMA user_version = {_VERSION};
COMMIT;
"""
"""Texts have rows of their own, so that noting an edit does not touch a long one."""
_DAMAGE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})


class ForeignJournal(sqlite3.DatabaseError):
    """A file that SQLite can open and that is no journal of ours, or not whole."""


def open_journal(path: Path) -> sqlite3.Connection:
    """Open the journal, or make it; a damaged one is set aside and a new one made.

    The connection leaves transactions to its user. Raises ``OSError`` and ``sqlite3.Error``.
    """
    try:
        return _open(path)
    except sqlite3.Error as error:
        # Anything else, such as a full disk or another program's lock, is no reason to part
        # with what the file holds.
        if not is_damage(error):
            raise
    set_journal_aside(path)
    return _open(path)


def is_damage(error: Exception) -> bool:
    """Whether ``error`` means that the file's content is wrong."""
    code = getattr(error, "sqlite_errorcode", 0)
    return isinstance(error, ForeignJournal | UnicodeDecodeError) or code & 0xFF in _DAMAGE


def set_journal_aside(path: Path) -> None:
    """Keep a damaged journal under another name. Raises ``OSError``."""
    kept = set_aside(path)
    if kept is None:
        raise OSError(f"the damaged file {path.name} cannot be renamed")
    # Edits that are only in the log so far could be saved from it by hand: it goes along.
    with contextlib.suppress(FileNotFoundError):
        os.replace(path.with_name(path.name + "-wal"), kept.with_name(kept.name + "-wal"))
    path.with_name(path.name + "-shm").unlink(missing_ok=True)


def _open(path: Path) -> sqlite3.Connection:
    # Made here and not by SQLite, which would let everybody read the texts.
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    database = sqlite3.connect(path, timeout=_BUSY_S, isolation_level=None)
    try:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = FULL")
        database.execute("PRAGMA secure_delete = ON")  # what was given up is not to be found
        _check(database)
    except sqlite3.Error:
        database.close()
        raise
    return database


def _check(database: sqlite3.Connection) -> None:
    """Make the tables of a new file, or find out whether an old one is whole."""
    version = _version(database)
    if version == 0 and not database.execute("SELECT 1 FROM sqlite_master").fetchone():
        try:
            database.executescript(_SCHEMA)
        except sqlite3.OperationalError:
            # Another program that started at the same moment may just have made them.
            with contextlib.suppress(sqlite3.Error):
                database.execute("ROLLBACK")
            if _version(database) != _VERSION:
                raise
    elif version != _VERSION:
        raise ForeignJournal("it is a journal of another version")
    elif database.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        raise ForeignJournal("it is damaged")


def _version(database: sqlite3.Connection) -> int:
    return int(database.execute("PRAGMA user_version").fetchone()[0])
