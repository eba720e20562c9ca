"""A journal of unsaved edits, so that a crash or a power cut loses nothing.

SQLite in WAL mode with full synchronisation: what ``record`` has returned from survives the death
of the process and of the machine. A document's text is stored once and its edits as small rows;
now and then they are folded into a newer copy, so that neither the file nor a recovery grows long.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from app.core.edits import Edit, EditedText
from app.core.journal_file import is_damage, open_journal, set_journal_aside
from app.core.marks import QT_TRANSLATE_NOOP
from app.core.messages import Marked, Telling, reason
from app.core.owners import OwnerLock, is_alive

__all__ = ["Edit", "Journal", "JournalError", "RecoveredDocument"]

_FOLD_ROWS = 1000
"""Edits after which they are folded into a newer copy of the text,"""
_FOLD_CHARACTERS = 1 << 20
"""or characters inserted by them, if the text itself is not longer than that."""
_BASE, _FOLDED = "base", "folded"

_UNPROTECTED = QT_TRANSLATE_NOOP(
    "Errors",
    "Unsaved changes cannot be protected against a crash: {reason}. Your text is here; save it "
    "often.",
)
_NOT_FOLLOWED = QT_TRANSLATE_NOOP(
    "Errors",
    "The journal does not follow this document: its changes are protected again once it is saved.",
)
_DIFFERENT = QT_TRANSLATE_NOOP(
    "Errors",
    "The journal and the document differ: its changes are protected again once it is saved.",
)
_UNKNOWN = QT_TRANSLATE_NOOP("Errors", "The journal does not know this document.")
_DATABASE_REASONS = MappingProxyType(
    {
        sqlite3.SQLITE_FULL: QT_TRANSLATE_NOOP("Errors", "the disk is full"),
        sqlite3.SQLITE_BUSY: QT_TRANSLATE_NOOP("Errors", "the journal is locked"),
        sqlite3.SQLITE_LOCKED: QT_TRANSLATE_NOOP("Errors", "the journal is locked"),
        sqlite3.SQLITE_READONLY: QT_TRANSLATE_NOOP("Errors", "the journal may not be changed"),
        sqlite3.SQLITE_CANTOPEN: QT_TRANSLATE_NOOP("Errors", "the journal cannot be opened"),
        sqlite3.SQLITE_IOERR: QT_TRANSLATE_NOOP("Errors", "the disk does not work"),
        sqlite3.SQLITE_CORRUPT: QT_TRANSLATE_NOOP("Errors", "the journal is damaged"),
        sqlite3.SQLITE_NOTADB: QT_TRANSLATE_NOOP("Errors", "the journal is damaged"),
    }
)


class JournalError(Telling, OSError):
    """The journal could not be used; the message is a sentence for the person."""


@dataclass(frozen=True, slots=True)
class RecoveredDocument:
    """A text that was never saved in this state; ``modified_at`` is in seconds since 1970.

    ``base`` is the text its edits began from: what its file held, if it has one, with that file's
    ``fingerprint`` where it is known. ``complete`` is False if its last edits could not be read.
    """

    doc_id: str
    path: Path | None
    text: str
    modified_at: float
    base: str = ""
    fingerprint: str | None = None
    complete: bool = True


@dataclass(frozen=True, slots=True)
class _Open:
    """What is known of a document of this program without reading the file."""

    length: int
    rows: int = 0
    inserted: int = 0


class Journal:
    """The journal in ``folder``. Use each instance from one thread only.

    A damaged journal is kept under a name with "damaged" in it, and a new one begun. Every method
    raises ``JournalError``, an ``OSError``, where the file cannot be read or written; if it turns
    out to be damaged only then, it is set aside too, and documents have to be opened anew.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / "journal.sqlite"
        self._documents: dict[str, _Open] = {}
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._lock = OwnerLock(folder)
        except OSError as error:
            raise _unusable(error) from error
        try:
            self._database = open_journal(self._path)
        except (OSError, sqlite3.Error) as error:
            self._lock.release()
            raise _unusable(error) from error

    @property
    def owner(self) -> str:
        """The name under which this program holds its documents."""
        return self._lock.name

    def open_document(
        self, doc_id: str, path: Path | None, text: str, fingerprint: str | None = None
    ) -> None:
        """Begin, or begin again, the journal of a document whose saved state is ``text``.

        ``path`` and ``fingerprint`` are those of its file, None while it was never saved.
        """
        self._begin(doc_id, path, text, fingerprint, dirty=False)

    def checkpoint(self, doc_id: str, path: Path | None, text: str, *, dirty: bool) -> None:
        """Replace a document's base and edits by its whole text."""
        self._begin(doc_id, path, text, None, dirty=dirty)

    def resume(self, doc_id: str) -> None:
        """Record on from the text that ``unsaved`` gave; what its edits began from stays known."""
        self._fold(doc_id)

    def record(self, doc_id: str, edits: Edit | Iterable[Edit]) -> None:
        """Add edits in order; on return they are on the disk.

        None is added if one of them does not fit the document, or if it was not opened here.
        """
        document = self._documents.get(doc_id)
        if document is None:
            raise JournalError(_NOT_FOLLOWED)
        length, rows = document.length, []
        for edit in (edits,) if isinstance(edits, Edit) else edits:
            if not edit.fits(length):
                raise JournalError(_DIFFERENT)
            length += len(edit.inserted) - edit.removed
            rows.append((doc_id, edit.position, edit.removed, _pack(edit.inserted), length))
        if not rows:
            return
        with self._transaction():
            self._database.executemany(
                "INSERT INTO edits (document, position, removed, inserted, length) "
                "VALUES (?, ?, ?, ?, ?)",
                rows,
            )
            self._database.execute(
                "UPDATE documents SET dirty = 1, modified_at = ? WHERE id = ?",
                (time.time(), doc_id),
            )
        inserted = document.inserted + sum(len(row[3]) for row in rows)
        document = _Open(length, document.rows + len(rows), inserted)
        self._documents[doc_id] = document
        if document.rows >= _FOLD_ROWS or inserted > max(_FOLD_CHARACTERS, length):
            self._fold(doc_id)

    def mark_saved(self, doc_id: str, path: Path, fingerprint: str) -> None:
        """Everything recorded so far is in the file at ``path`` now."""
        with self._transaction():
            text, _ = self._replay(doc_id)
            self._replace_texts(doc_id, _BASE, text)
            self._database.execute(
                "UPDATE documents SET path = ?, fingerprint = ?, dirty = 0 WHERE id = ?",
                (os.fsencode(path), fingerprint, doc_id),
            )
        self._documents[doc_id] = _Open(len(text))

    def close_document(self, doc_id: str) -> None:
        """Forget a document: it was saved, or its changes were given up."""
        with self._transaction():
            self._delete(doc_id)
        self._documents.pop(doc_id, None)

    def unsaved(self) -> list[RecoveredDocument]:
        """The unsaved documents of programs that no longer run, newest first.

        They belong to this program from then on, until ``close_document`` or its own end, so that
        two programs started at once do not both open the same one.
        """
        found: list[RecoveredDocument] = []
        with self._transaction():
            rows = self._database.execute(
                "SELECT id, owner, dirty FROM documents ORDER BY modified_at DESC"
            ).fetchall()
            owners = {owner for _, owner, _ in rows} - {self.owner}
            alive = {owner for owner in owners if is_alive(self._folder, owner)}
            for doc_id, owner, dirty in rows:
                if doc_id in self._documents or owner in alive:
                    continue
                if dirty:
                    found.append(self._recover(doc_id))
                else:
                    self._delete(doc_id)
        return found

    def close(self) -> None:
        """Close the database and let go of the lock."""
        with contextlib.suppress(sqlite3.Error):
            # The last program's end does this anyway; before, texts would stay in the log.
            self._database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._database.close()
        self._lock.release()

    def _begin(
        self, doc_id: str, path: Path | None, text: str, fingerprint: str | None, *, dirty: bool
    ) -> None:
        name = None if path is None else os.fsencode(path)
        with self._transaction():
            self._delete(doc_id)
            self._database.execute(
                "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?)",
                (doc_id, self.owner, name, fingerprint, dirty, time.time()),
            )
            self._replace_texts(doc_id, _BASE, text)
        self._documents[doc_id] = _Open(len(text))

    def _recover(self, doc_id: str) -> RecoveredDocument:
        path, fingerprint, modified_at = self._database.execute(
            "SELECT path, fingerprint, modified_at FROM documents WHERE id = ?", (doc_id,)
        ).fetchone()
        self._database.execute("UPDATE documents SET owner = ? WHERE id = ?", (self.owner, doc_id))
        text, complete = self._replay(doc_id)
        return RecoveredDocument(
            doc_id,
            None if path is None else Path(os.fsdecode(path)),
            text,
            modified_at,
            self._text(doc_id, _BASE) or "",
            fingerprint,
            complete,
        )

    def _fold(self, doc_id: str) -> None:
        with self._transaction():
            text, _ = self._replay(doc_id)
            self._replace_texts(doc_id, _FOLDED, text)
        self._documents[doc_id] = _Open(len(text))

    def _replay(self, doc_id: str) -> tuple[str, bool]:
        """The document's text as recorded; False if it ends before an edit that does not fit."""
        text = self._text(doc_id, _FOLDED)
        if text is None:
            text = self._text(doc_id, _BASE)
        if text is None:
            raise JournalError(_UNKNOWN)
        edited = EditedText(text)
        for position, removed, inserted, length in self._database.execute(
            "SELECT position, removed, inserted, length FROM edits WHERE document = ? "
            "ORDER BY number",
            (doc_id,),
        ):
            edit = Edit(position, removed, _unpack(inserted))
            grown = len(edited) + len(edit.inserted) - removed
            if grown != length or not edit.fits(len(edited)):
                return str(edited), False
            edited.apply(edit)
        return str(edited), True

    def _text(self, doc_id: str, role: str) -> str | None:
        row = self._database.execute(
            "SELECT body FROM texts WHERE document = ? AND role = ?", (doc_id, role)
        ).fetchone()
        return None if row is None else _unpack(row[0])

    def _replace_texts(self, doc_id: str, role: str, text: str) -> None:
        """Store a text that all edits so far are part of; a new base makes the copy needless."""
        self._database.execute("DELETE FROM edits WHERE document = ?", (doc_id,))
        self._database.execute(
            "DELETE FROM texts WHERE document = ? AND role IN (?, ?)", (doc_id, role, _FOLDED)
        )
        self._database.execute("INSERT INTO texts VALUES (?, ?, ?)", (doc_id, role, _pack(text)))

    def _delete(self, doc_id: str) -> None:
        self._database.execute("DELETE FROM edits WHERE document = ?", (doc_id,))
        self._database.execute("DELETE FROM texts WHERE document = ?", (doc_id,))
        self._database.execute("DELETE FROM documents WHERE id = ?", (doc_id,))

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        try:
            self._database.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._database.execute("COMMIT")
            except BaseException:
                with contextlib.suppress(sqlite3.Error):
                    self._database.execute("ROLLBACK")
                raise
        except (sqlite3.Error, UnicodeDecodeError) as error:
            if is_damage(error):
                self._renew()
            raise _unusable(error) from error

    def _renew(self) -> None:
        self._database.close()
        self._documents.clear()
        try:
            set_journal_aside(self._path)
            self._database = open_journal(self._path)
        except (OSError, sqlite3.Error) as error:
            raise _unusable(error) from error


def _unusable(error: Exception) -> JournalError:
    why = reason(error) if isinstance(error, OSError) else _database_reason(error)
    return JournalError(_UNPROTECTED, reason=why)


def _database_reason(error: Exception) -> str:
    usual = _DATABASE_REASONS.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
    return Marked(usual) if usual else str(error).lower()


def _pack(text: str) -> bytes:
    """Bytes of any text, half character pairs included."""
    return text.encode("utf-8", "surrogatepass")


def _unpack(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")
