"""Where the origins of texts are kept: one SQLite file among the program's data.

A text that has a file is found by the file's path, or, once that was renamed or copied elsewhere,
by the SHA-256 of the text; one that was never saved, or has changes that were not, by its name in
the journal. Records of files that are gone and of texts that were given up are swept away.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import time
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.core.files import set_aside
from app.core.marks import QT_TRANSLATE_NOOP
from app.core.messages import Telling
from app.core.provenance.kept import Kept, from_json, to_json
from app.core.provenance.sources import to_plain

_BUSY_S = 10.0
_VERSION = 1
_UNUSED_S = 180 * 24 * 3600.0
"""A record whose file is gone is kept for so long: it may have been moved, or its disk be away."""
_SCHEMA = f"""
BEGIN IMMEDIATE;
CREATE TABLE documents (
    key TEXT PRIMARY KEY, path BLOB, text_sha256 TEXT NOT NULL, changed_at REAL NOT NULL,
    body BLOB NOT NULL);
CREATE INDEX by_text ON documents (text_sha256);
CREATE TABLE sources (
    document TEXT NOT NULL, id TEXT NOT NULL, body BLOB NOT NULL, PRIMARY KEY (document, id));
PRAGMA user_version = {_VERSION};
COMMIT;
"""
"""Sources have rows of their own: they never change, and are written once."""

_UNKEPT = QT_TRANSLATE_NOOP(
    "Errors",
    "Where the words of this text came from cannot be kept: {reason}. The text itself is not "
    "affected.",
)


class OriginsError(Telling, OSError):
    """The origins cannot be read or written; the message is a sentence for the person."""


class OriginStore:
    """The origins of all texts. Use each instance from one thread only.

    A damaged file is set aside and a new one begun. Every method raises ``OriginsError`` where the
    file cannot be read or written.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        with _told():
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                self._database = _open(path)
            except sqlite3.DatabaseError as error:
                if isinstance(error, sqlite3.OperationalError):
                    raise
                set_aside(path)
                for ending in ("-wal", "-shm"):
                    path.with_name(path.name + ending).unlink(missing_ok=True)
                self._database = _open(path)

    def save(self, key: str, path: Path | None, kept: Kept) -> None:
        """Keep the origins of a text under ``key``; ``path`` is its file, if it is saved as such.

        Where nothing is known of it, nothing is kept.
        """
        if kept.is_bare():
            self.erase(key)
            return
        plain = to_json(kept)
        del plain["sources"]
        with self._transaction() as database:
            have = {
                name
                for (name,) in database.execute("SELECT id FROM sources WHERE document = ?", (key,))
            }
            database.executemany(
                "DELETE FROM sources WHERE document = ? AND id = ?",
                [(key, name) for name in have - set(kept.sources)],
            )
            database.executemany(
                "INSERT INTO sources VALUES (?, ?, ?)",
                [
                    (key, name, _pack(to_plain(source)))
                    for name, source in kept.sources.items()
                    if name not in have
                ],
            )
            database.execute(
                "INSERT OR REPLACE INTO documents VALUES (?, ?, ?, ?, ?)",
                (
                    key,
                    None if path is None else os.fsencode(path),
                    kept.text_sha256,
                    time.time(),
                    _pack(plain),
                ),
            )

    def find(self, key: str) -> Kept | None:
        """What is kept under ``key``; None for nothing, or nothing that can be read."""
        with _told():
            row = self._database.execute(
                "SELECT key, body FROM documents WHERE key = ?", (key,)
            ).fetchone()
            return self._read(row)

    def find_text(self, text_sha256: str) -> Kept | None:
        """What is kept of a text with that hash in whatever file, the newest."""
        with _told():
            row = self._database.execute(
                "SELECT key, body FROM documents WHERE text_sha256 = ? AND path IS NOT NULL "
                "ORDER BY changed_at DESC",
                (text_sha256,),
            ).fetchone()
            return self._read(row)

    def erase(self, key: str) -> None:
        """Keep nothing under ``key``."""
        with self._transaction() as database:
            database.execute("DELETE FROM sources WHERE document = ?", (key,))
            database.execute("DELETE FROM documents WHERE key = ?", (key,))

    def erase_text(self, text_sha256: str) -> None:
        """Keep nothing of a text with that hash, under whatever key."""
        with self._transaction() as database:
            database.execute(
                "DELETE FROM sources WHERE document IN "
                "(SELECT key FROM documents WHERE text_sha256 = ?)",
                (text_sha256,),
            )
            database.execute("DELETE FROM documents WHERE text_sha256 = ?", (text_sha256,))

    def forget_prompts(self) -> None:
        """Take out of every record the words that the model was given and gave."""
        with self._transaction() as database:
            for key, body in database.execute("SELECT key, body FROM documents").fetchall():
                kept = self._read((key, body))
                if kept is None:
                    continue
                for name, source in kept.sources.items():
                    database.execute(
                        "UPDATE sources SET body = ? WHERE document = ? AND id = ?",
                        (_pack(to_plain(source.without_prompt())), key, name),
                    )

    def sweep(self) -> None:
        """Let go of records of files that have been gone for half a year."""
        before = time.time() - _UNUSED_S
        with _told():
            rows = self._database.execute(
                "SELECT key, path FROM documents WHERE changed_at < ?", (before,)
            ).fetchall()
        for key, path in rows:
            if path is None or not Path(os.fsdecode(path)).exists():
                self.erase(key)

    def close(self) -> None:
        """Close the file."""
        with contextlib.suppress(sqlite3.Error):
            self._database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._database.close()

    def _read(self, row: tuple[str, bytes] | None) -> Kept | None:
        if row is None:
            return None
        key, body = row
        sources = self._database.execute(
            "SELECT body FROM sources WHERE document = ? ORDER BY rowid", (key,)
        ).fetchall()
        try:
            plain = _unpack(body)
            plain["sources"] = [_unpack(each) for (each,) in sources]
            return from_json(plain)
        except (ValueError, TypeError, zlib.error):
            return None

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with _told():
            self._database.execute("BEGIN IMMEDIATE")
            try:
                yield self._database
                self._database.execute("COMMIT")
            except BaseException:
                with contextlib.suppress(sqlite3.Error):
                    self._database.execute("ROLLBACK")
                raise


def file_key(path: Path) -> str:
    """The key of the text in a file."""
    return f"file:{os.path.realpath(path)}"


def journal_key(doc_id: str) -> str:
    """The key of a text as the journal knows it, with changes that are not saved."""
    return f"open:{doc_id}"


@contextlib.contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except OriginsError:
        raise
    except (sqlite3.Error, OSError) as error:
        raise OriginsError(_UNKEPT, reason=str(error).lower()) from error


def _open(path: Path) -> sqlite3.Connection:
    # Made here and not by SQLite, which would let everybody read what the model was given.
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    database = sqlite3.connect(path, timeout=_BUSY_S, isolation_level=None)
    try:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA secure_delete = ON")  # what was erased is not to be found
        version = int(database.execute("PRAGMA user_version").fetchone()[0])
        if version == 0:
            with contextlib.suppress(sqlite3.OperationalError):  # another program makes them
                database.executescript(_SCHEMA)
        elif version != _VERSION:
            raise sqlite3.DatabaseError("it is of another version")
    except sqlite3.Error:
        database.close()
        raise
    return database


def _pack(plain: Any) -> bytes:
    return zlib.compress(json.dumps(plain, separators=(",", ":")).encode("ascii"))


def _unpack(body: bytes) -> dict[str, Any]:
    plain = json.loads(zlib.decompress(body))
    if not isinstance(plain, dict):
        raise ValueError("not a record")
    return plain
