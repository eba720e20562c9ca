"""What was open when the program ended, kept in a small file for the next start."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from app.core.files import replace_file, set_aside
from app.core.locks import try_lock


@dataclass(frozen=True, slots=True)
class View:
    """Where a person was in a text: the caret's and the uppermost place, in UTF-16 units."""

    caret: int = 0
    top: int = 0


@dataclass(frozen=True, slots=True)
class OpenDocument:
    """One document: its file, and its name in the journal where unsaved text is kept there."""

    path: Path | None
    doc_id: str | None = None
    view: View = View()


@dataclass(frozen=True, slots=True)
class Session:
    """The open documents in order; ``front`` is the place of the one in front.

    ``clean`` says that the program ended as it should: what is unsaved was kept on purpose.
    """

    documents: tuple[OpenDocument, ...] = ()
    front: int = 0
    clean: bool = False


class SessionFile:
    """The session of the one program that runs first; others neither read nor write it."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "session.json"
        self._lock: IO[bytes] | None = None
        try:
            folder.mkdir(parents=True, exist_ok=True)
            stream = (folder / "session.lock").open("ab")
        except OSError:
            return  # without a folder there is nothing to restore, nor a way to keep it
        try:
            if try_lock(stream):
                self._lock = stream
                return
        except OSError:
            pass  # nobody can tell whether another program runs: leave the session alone
        stream.close()

    def is_ours(self) -> bool:
        """Whether this program may restore and keep the session."""
        return self._lock is not None

    def load(self) -> Session:
        """The session of last time; an empty one if there is none, or another program's."""
        if not self.is_ours():
            return Session()
        try:
            values = json.loads(self._path.read_text(encoding="utf-8"))
        except OSError:
            return Session()
        except (ValueError, RecursionError):
            set_aside(self._path)
            return Session()
        return _session(values)

    def save(self, session: Session) -> None:
        """Keep ``session``. Raises ``OSError``."""
        values = asdict(session)
        for document in values["documents"]:
            path = document["path"]
            document["path"] = None if path is None else os.fspath(path)
        replace_file(self._path, json.dumps(values, indent=1).encode("utf-8", "surrogateescape"))

    def release(self) -> None:
        """Let another program have the session."""
        if self._lock is not None:
            self._lock.close()
            self._lock = None


def _session(values: Any) -> Session:
    """What is understood of ``values``; a file may have been written by another version."""
    if not isinstance(values, dict) or not isinstance(values.get("documents"), list):
        return Session()
    documents = tuple(_document(item) for item in values["documents"] if isinstance(item, dict))
    return Session(documents, _number(values.get("front")), values.get("clean") is True)


def _document(values: dict[str, Any]) -> OpenDocument:
    path, doc_id, view = values.get("path"), values.get("doc_id"), values.get("view")
    return OpenDocument(
        Path(path) if isinstance(path, str) and path else None,
        doc_id if isinstance(doc_id, str) else None,
        View(_number(view.get("caret")), _number(view.get("top")))
        if isinstance(view, dict)
        else View(),
    )


def _number(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0
