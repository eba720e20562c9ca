"""Bytes of a text file to text, as the editor reads it."""

from __future__ import annotations

import codecs
import re

from engine.library.extract.extracted import CannotExtract, Problem

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ASCII = bytes(range(128))


def decode_text(data: bytes, declared: str = "") -> str:
    """``data`` as text with a line feed at the ends of lines.

    The encoding is that of the mark at its beginning, else the ``declared`` one, UTF-8, GB 18030
    where it looks like Chinese, or Windows-1252. Raises ``CannotExtract`` for what is no text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _checked(data[len(mark) :].decode(encoding, "replace"))
    if b"\0" in data:
        raise CannotExtract(Problem.DAMAGED)
    tried = [declared, "utf-8", *(["gb18030"] if _looks_chinese(data) else []), "cp1252"]
    for encoding in filter(None, tried):
        try:
            return _checked(data.decode(encoding))
        except (UnicodeError, LookupError):
            continue
    return _checked(data.decode("latin-1"))


def _checked(text: str) -> str:
    if "\0" in text:
        raise CannotExtract(Problem.DAMAGED)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _looks_chinese(data: bytes) -> bool:
    """Whether most bytes above ASCII come in the pairs of GB 2312: characters and punctuation."""
    pairs = len(re.findall(rb"[\xa1-\xf7][\xa1-\xfe]", data))
    return pairs >= 2 and 2 * pairs >= 0.9 * len(data.translate(None, _ASCII))
