"""Which formats there are, and the way to the text of each."""

from __future__ import annotations

import re
import stat
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from engine.library.extract.book import extract_book
from engine.library.extract.decoding import decode_text
from engine.library.extract.extracted import (
    MOST_BYTES,
    MOST_CHARACTERS,
    CannotExtract,
    Extracted,
    Problem,
)
from engine.library.extract.opendocument import extract_opendocument
from engine.library.extract.pages import extract_pages
from engine.library.extract.web import extract_web
from engine.library.extract.word import extract_word

_HEADING = re.compile(r"^\#{1,6}[ \t]+(.+?)[ \t]*\#*$", re.M)


def extract(path: Path) -> Extracted:
    """The text of the file at ``path``, read as its name's ending says.

    Blocking, and for a hostile file without end: outside of tests it runs in a process of its own
    (``ExtractingProcess``). Raises ``CannotExtract``.
    """
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise CannotExtract(Problem.UNREADABLE)
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):  # a pipe or a device may never end
            raise CannotExtract(Problem.UNREADABLE)
        if status.st_size > MOST_BYTES:
            raise CannotExtract(Problem.TOO_LARGE)
        found = reader(path)
    except OSError as error:
        raise CannotExtract(Problem.UNREADABLE) from error
    except (MemoryError, RecursionError) as error:
        raise CannotExtract(Problem.TOO_LARGE) from error
    if not found.text.strip():
        raise CannotExtract(Problem.NO_TEXT)
    return found


def _plain(path: Path) -> Extracted:
    text = decode_text(path.read_bytes())
    if len(text) > MOST_CHARACTERS:
        raise CannotExtract(Problem.TOO_LARGE)
    return Extracted(text)


def _markdown(path: Path) -> Extracted:
    found = _plain(path)
    heading = _HEADING.search(found.text[:4000])
    return Extracted(found.text, heading[1] if heading else "")


def _page(path: Path) -> Extracted:
    return extract_web(path.read_bytes())


_READERS: Mapping[str, Callable[[Path], Extracted]] = MappingProxyType(
    {
        ".md": _markdown,
        ".markdown": _markdown,
        ".txt": _plain,
        ".docx": extract_word,
        ".odt": extract_opendocument,
        ".html": _page,
        ".htm": _page,
        ".xhtml": _page,
        ".pdf": extract_pages,
        ".epub": extract_book,
    }
)
LIBRARY_SUFFIXES = frozenset(_READERS)
"""The endings, in small letters, of the files that a library takes in."""
LINED_SUFFIXES = frozenset({".md", ".markdown", ".txt"})
"""Those whose text is the file's own, so that lines and places in it are the editor's too."""
