"""Looking at a document before any program unpacks it: what is too big or meant to harm."""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path

from app.core.formats.errors import DAMAGED, PROTECTED, SUSPICIOUS, TOO_BIG, FormatError

_LARGEST_FILE = 128 << 20
_LARGEST_UNPACKED = 512 << 20
_MOST_ENTRIES = 20_000
_HEAD = 4096
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How files of Word 2003 begin, and encrypted ones of any Word."""
_ENTITY = re.compile(rb"<!\s*ENTITY", re.IGNORECASE)
_UNREADABLE = (
    *(zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error),
    *(NotImplementedError, EOFError, ValueError, RuntimeError),
)
_XML = (".xml", ".rels", ".xhtml", ".opf", ".ncx")


def check_size(path: Path, size: int) -> None:
    """Refuse a file of more bytes than is sensible for a document."""
    if size > _LARGEST_FILE:
        raise FormatError(TOO_BIG, name=path.name, size=_LARGEST_FILE >> 20)


def check_archive(path: Path, largest: int = _LARGEST_UNPACKED) -> None:
    """Refuse a damaged archive, a bomb, and one that declares entities; ``largest`` is in bytes.

    The sizes that an archive declares are trusted no further than this: unpacking has its own
    limit of memory. Raises ``FormatError``, ``OSError``.
    """
    with path.open("rb") as stream:
        if stream.read(len(_OLE)) == _OLE:
            raise FormatError(PROTECTED, name=path.name)
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            total = sum(entry.file_size for entry in entries)
            if total > largest or len(entries) > _MOST_ENTRIES:
                raise FormatError(TOO_BIG, name=path.name, size=largest >> 20)
            if any(entry.flag_bits & 1 for entry in entries):
                raise FormatError(PROTECTED, name=path.name)
            for entry in entries:
                if entry.filename.lower().endswith(_XML):
                    with archive.open(entry) as member:
                        if _ENTITY.search(member.read(_HEAD)):
                            raise FormatError(SUSPICIOUS, name=path.name)
    except _UNREADABLE as error:
        raise FormatError(DAMAGED, name=path.name) from error
