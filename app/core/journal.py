"""A journal of unsaved edits, so that a crash or a power cut loses nothing.

SQLite in WAL mode with full synchronisation: what ``record`` has returned from survives the death
of the process and of the machine. Every running program holds a lock on a file of its own for as
long as it lives, which tells its documents from those a dead one left behind; the system frees the
lock however the program ends.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import sqlite3
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from app.core.files import set_aside

_SCHEMA = """
CREATE TABLE IF NOT EXISTS documents (
    id TEXT PRIMARY KEY, owner TEXT NOT NULL, path TEXT, base BLOB NOT NULL,
    dirty INTEGER NOT NULL DEFAULT 0, modified_at REAL NOT NULL);
CREATE TABLE IF NOT EXISTS edits (
    number INTEGER PRIMARY KEY AUTOINCREMENT, document TEXT NOT NULL,
    position INTEGER NOT NULL, removed INTEGER NOT NULL, inserted BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS edits_of ON edits (document, number);
"""


@dataclass(frozen=True, slots=True)
class Edit:
    """At code point ``position``, ``removed`` code points gave way to ``inserted``."""

    position: int
    removed: int
    inserted: str


@dataclass(frozen=True, slots=True)
class RecoveredDocument:
    """A text that was never saved in this state; ``modified_at`` is in seconds since 1970.

    ``base`` is the text its edits began from: what its file held, if it has one.
    """

    doc_id: str
    path: Path | None
    text: str
    modified_at: float
    base: str = ""


class Journal:
    """The journal in ``folder``. Use each instance from one thread only.

    A damaged journal is set aside and a new one begun. Raises ``OSError`` and ``sqlite3.Error``
    where the folder cannot be used.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self.owner = secrets.token_hex(8)
        self._lock: IO[bytes] = _owner_file(folder, self.owner).open("ab")
        _lock_now(self._lock)
        path = folder / "journal.sqlite"
        try:
            self._database = _open(path)
        except sqlite3.DatabaseError:
            set_aside(path)
            for suffix in ("-wal", "-shm"):
                path.with_name(path.name + suffix).unlink(missing_ok=True)
            self._database = _open(path)

    def open_document(self, doc_id: str, path: Path | None, text: str) -> None:
        """Begin, or begin again, the journal of a document whose saved state is ``text``."""
        with self._database:
            self._database.execute("DELETE FROM edits WHERE document = ?", (doc_id,))
            self._database.execute(
                "INSERT OR REPLACE INTO documents VALUES (?, ?, ?, ?, 0, ?)",
                (doc_id, self.owner, str(path) if path else None, _pack(text), time.time()),
            )

    def record(self, doc_id: str, edits: Iterable[Edit]) -> None:
        """Add edits in order; on return they are on the disk."""
        rows = [(doc_id, e.position, e.removed, _pack(e.inserted)) for e in edits]
        with self._database:
            self._database.executemany(
                "INSERT INTO edits (document, position, removed, inserted) VALUES (?, ?, ?, ?)",
                rows,
            )
            self._database.execute(
                "UPDATE documents SET dirty = 1, modified_at = ? WHERE id = ?",
                (time.time(), doc_id),
            )

    def checkpoint(self, doc_id: str, path: Path | None, text: str, *, dirty: bool) -> None:
        """Replace a document's base and edits by its whole text."""
        self.open_document(doc_id, path, text)
        if dirty:
            with self._database:
                self._database.execute("UPDATE documents SET dirty = 1 WHERE id = ?", (doc_id,))

    def close_document(self, doc_id: str) -> None:
        """Forget a document: it was saved, or its changes were given up."""
        with self._database:
            self._database.execute("DELETE FROM edits WHERE document = ?", (doc_id,))
            self._database.execute("DELETE FROM documents WHERE id = ?", (doc_id,))

    def unsaved(self) -> list[RecoveredDocument]:
        """The unsaved documents of programs that no longer run, newest first."""
        rows = self._database.execute(
            "SELECT id, owner, path, base, dirty, modified_at FROM documents "
            "ORDER BY modified_at DESC"
        ).fetchall()
        found: list[RecoveredDocument] = []
        alive: dict[str, bool] = {self.owner: True}
        for doc_id, owner, path, base, dirty, modified_at in rows:
            if owner not in alive:
                alive[owner] = _is_alive(self._folder, owner)
            if alive[owner]:
                continue
            if not dirty:
                self.close_document(doc_id)
                continue
            begun = _unpack(base)
            text = self._replay(doc_id, begun)
            file = Path(path) if path else None
            found.append(RecoveredDocument(doc_id, file, text, modified_at, begun))
        return found

    def close(self) -> None:
        """Close the database and let go of the lock."""
        self._database.close()
        self._lock.close()
        _owner_file(self._folder, self.owner).unlink(missing_ok=True)

    def _replay(self, doc_id: str, text: str) -> str:
        edits = self._database.execute(
            "SELECT position, removed, inserted FROM edits WHERE document = ? ORDER BY number",
            (doc_id,),
        )
        for position, removed, inserted in edits:
            text = text[:position] + _unpack(inserted) + text[position + removed :]
        return text


def _open(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, timeout=10)
    try:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = FULL")
        database.executescript(_SCHEMA)
        database.execute("SELECT count(*) FROM documents, edits").fetchone()
    except sqlite3.DatabaseError:
        database.close()
        raise
    return database


def _pack(text: str) -> bytes:
    """Bytes of any text, half character pairs included."""
    return text.encode("utf-8", "surrogatepass")


def _unpack(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")


def _owner_file(folder: Path, owner: str) -> Path:
    return folder / f"running-{owner}"


def _is_alive(folder: Path, owner: str) -> bool:
    """Whether the program of that name still holds its lock; its file is removed if not."""
    path = _owner_file(folder, owner)
    try:
        with path.open("rb+") as stream:
            _lock_now(stream)
    except FileNotFoundError:
        return False
    except OSError:
        return True
    with contextlib.suppress(OSError):
        path.unlink()
    return False


def _lock_now(stream: IO[bytes]) -> None:
    """Lock an open file or raise ``OSError`` at once."""
    if os.name == "nt":
        import msvcrt

        msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    else:
        import fcntl

        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
