"""Files inside zip archives and XML inside those, read without trusting either."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from xml.parsers import expat

from engine.library.extract.extracted import MOST_BYTES, CannotExtract, Problem

_PIECE = 1 << 16
_MOST_MEMBERS = 20_000
_DEEPEST = 500
Attributes = dict[str, str]
Pieces = Generator[bytes, None, None]


class Archive:
    """A zip archive. What is unpacked is counted here: the sizes that it states may be lies."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._left = MOST_BYTES
        if len(archive.namelist()) > _MOST_MEMBERS:
            raise CannotExtract(Problem.TOO_LARGE)

    def has(self, name: str) -> bool:
        """Whether there is a member of that name."""
        return name in self._archive.NameToInfo

    def pieces(self, name: str) -> Pieces:
        """The bytes of a member, piece by piece. Raises ``CannotExtract``."""
        try:
            info = self._archive.getinfo(name)
            if info.flag_bits & 1:
                raise CannotExtract(Problem.LOCKED)
            with self._archive.open(info) as member:
                while piece := member.read(_PIECE):
                    self._left -= len(piece)
                    if self._left < 0:
                        raise CannotExtract(Problem.TOO_LARGE)
                    yield piece
        except (KeyError, EOFError, ValueError, NotImplementedError, RuntimeError) as error:
            raise CannotExtract(Problem.DAMAGED) from error
        except (zipfile.BadZipFile, zlib.error) as error:
            raise CannotExtract(Problem.DAMAGED) from error

    def read(self, name: str) -> bytes:
        """All bytes of a member. Raises ``CannotExtract``."""
        return b"".join(self.pieces(name))


@contextmanager
def open_archive(path: Path) -> Iterator[Archive]:
    """The archive at ``path``. Raises ``CannotExtract`` and ``OSError``."""
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        with path.open("rb") as file:
            # Office programs put a locked document into a container of another kind.
            locked = file.read(8) == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        raise CannotExtract(Problem.LOCKED if locked else Problem.DAMAGED) from error
    with archive:
        yield Archive(archive)


def read_xml(
    pieces: Pieces,
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None],
    text: Callable[[str], None],
) -> None:
    """Give the elements and texts of an XML document to ``start``, ``end`` and ``text``.

    Names are "namespace local". Nothing outside the document is read, and one that declares
    entities is refused: they can make a few bytes into gigabytes, and no office program writes
    them. Raises ``CannotExtract``.
    """
    depth = 0

    def deeper(name: str, attributes: Attributes) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise CannotExtract(Problem.DAMAGED)
        start(name, attributes)

    def higher(name: str) -> None:
        nonlocal depth
        depth -= 1
        end(name)

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.EntityDeclHandler = _refuse
    parser.StartElementHandler = deeper
    parser.EndElementHandler = higher
    parser.CharacterDataHandler = text
    try:
        with closing(pieces):
            for piece in pieces:
                parser.Parse(piece, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise CannotExtract(Problem.DAMAGED) from error


def _refuse(*_: object) -> None:
    raise CannotExtract(Problem.DAMAGED)


def only_texts(pieces: Pieces, wanted: str) -> str:
    """The text of the first element called ``wanted`` ("namespace local"), "" without one."""
    found: list[str] = []
    inside = done = False

    def start(name: str, _: Attributes) -> None:
        nonlocal inside
        inside = inside or (name == wanted and not done)

    def end(name: str) -> None:
        nonlocal inside, done
        if name == wanted and inside:
            inside, done = False, True

    read_xml(pieces, start, end, lambda text: found.append(text) if inside else None)
    return " ".join("".join(found).split())
