"""The text of one file in any of the library's formats, whether it is in a library or not."""

from __future__ import annotations

from pathlib import Path

from engine.library.extract.process import ExtractingProcess
from engine.library.types import LibraryError, LibraryText


def read_document(path: Path) -> LibraryText:
    """The text of the file at ``path``, read in a process of its own (blocking, up to a minute).

    Raises ``LibraryError`` with the reason.
    """
    process = ExtractingProcess()
    try:
        read = process.read(path)
    finally:
        process.close()
    if read.problem is not None:
        raise LibraryError(f"{path.name} cannot be used. {read.problem.sentence}")
    return LibraryText(path, read.title, read.text, read.pages, stale=False)
