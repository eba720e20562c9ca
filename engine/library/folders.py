"""The list of a library's folders, in a small readable file, and the files in them."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.cancel import CancelToken
from engine.library.extract.formats import LIBRARY_SUFFIXES
from engine.library.types import LibraryError

_MOST_FILES = 200_000


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file of a kind that is indexed; ``modified`` in nanoseconds."""

    folder: Path
    path: Path
    size: int
    modified: int


def read_folders(path: Path) -> tuple[Path, ...]:
    """The folders listed in the file at ``path``; none where it is missing or damaged."""
    try:
        listed = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return ()
    return tuple(Path(each) for each in listed if isinstance(each, str)) if listed else ()


def write_folders(path: Path, folders: Sequence[Path]) -> None:
    """Replace the list. Raises ``LibraryError``."""
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with fresh.open("w", encoding="utf-8") as file:
            json.dump([str(each) for each in folders], file, ensure_ascii=False, indent=1)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except (OSError, UnicodeError) as error:
        fresh.unlink(missing_ok=True)
        raise LibraryError(
            f"The list of the library's folders could not be written: {error}. The library is as "
            "it was. See that there is room on the disk, and try again."
        ) from error


def find_files(folders: Sequence[Path], cancel: CancelToken | None = None) -> Iterator[FoundFile]:
    """The files to index, in the order of their paths; hidden ones and links are passed over.

    A file in two folders belongs to the first. What cannot be listed is passed over.
    """
    seen: set[Path] = set()
    for folder in folders:
        for place, inner, names in os.walk(folder):
            if cancel is not None and cancel.cancelled():
                return
            inner[:] = sorted(name for name in inner if not name.startswith((".", "~$")))
            for name in sorted(names):
                path = Path(place, name)
                if name.startswith((".", "~$")) or path in seen or len(seen) >= _MOST_FILES:
                    continue
                if path.suffix.lower() in LIBRARY_SUFFIXES and (found := _found(folder, path)):
                    seen.add(path)
                    yield found


def _found(folder: Path, path: Path) -> FoundFile | None:
    try:
        status = path.lstat()
        str(path).encode()  # a name that is no text can be neither kept nor shown
    except (OSError, UnicodeError):
        return None
    if not stat.S_ISREG(status.st_mode):
        return None
    return FoundFile(folder, path, status.st_size, status.st_mtime_ns)
