"""Text files: read with their encoding and line ends, written back with the same."""

from __future__ import annotations

import codecs
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from app.core.files import replace_file

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAX_BYTES = 256 << 20
_LINE_END = re.compile(r"\r\n|\r|\n")


class DocumentError(Exception):
    """A file could not be read or written; the message is a sentence for the person."""


class EncodingLoss(DocumentError):
    """The text has characters that the file's encoding cannot hold."""


class ChangedOnDisk(DocumentError):
    """The file was changed by another program since it was read."""


@dataclass(frozen=True, slots=True)
class TextFormat:
    r"""How a text is stored; ``line_ending`` is "\n", "\r\n" or "\r"."""

    encoding: str = "utf-8"
    bom: bool = False
    line_ending: str = "\n"


@dataclass(frozen=True, slots=True)
class LoadedText:
    r"""A text with "\n" line ends, how it was stored, and the hash of the file's bytes.

    ``mixed`` says that the file had several kinds of line ends; it is saved with the commonest.
    """

    path: Path
    text: str
    format: TextFormat
    fingerprint: str
    mixed: bool = False


def load_text(path: Path) -> LoadedText:
    """Read a text file: UTF-8, UTF-16 with a mark, else GB 18030 or Windows-1252.

    Raises ``DocumentError`` if it cannot be read, is too large, or is no text.
    """
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise DocumentError(f"{path.name} is larger than 256 MB, too large to edit here.")
        data = path.read_bytes()
    except OSError as error:
        raise DocumentError(
            f"{path.name} could not be opened: {_reason(error)}. Nothing was changed."
        ) from error
    text, encoding, bom = _decode(path, data)
    text, line_ending, mixed = _split_line_ends(text)
    return LoadedText(path, text, TextFormat(encoding, bom, line_ending), _digest(data), mixed)


def encode_text(text: str, text_format: TextFormat) -> bytes:
    """The bytes of ``text`` in that format. Raises ``EncodingLoss``."""
    body = text.replace("\n", text_format.line_ending)
    try:
        data = body.encode(text_format.encoding)
    except UnicodeEncodeError as error:
        character = body[error.start]
        raise EncodingLoss(
            f"The character \u201c{character}\u201d cannot be written in this file's encoding "
            f"({text_format.encoding}). Nothing was saved yet; save as UTF-8 to keep it."
        ) from error
    mark = next((mark for mark, name in _BOMS if name == text_format.encoding), b"")
    return mark + data if text_format.bom else data


def save_text(
    path: Path, text: str, text_format: TextFormat, expected_fingerprint: str | None = None
) -> str:
    """Write a text file whole or not at all and return the new fingerprint.

    Raises:
        EncodingLoss: the encoding cannot hold the text.
        ChangedOnDisk: ``expected_fingerprint`` is given and the file has other content now.
        DocumentError: the file cannot be written; the old one is untouched.
    """
    data = encode_text(text, text_format)
    if expected_fingerprint is not None and fingerprint(path) not in (None, expected_fingerprint):
        raise ChangedOnDisk(
            f"{path.name} was changed by another program since it was opened. "
            "Nothing was saved yet."
        )
    try:
        replace_file(path, data)
    except OSError as error:
        raise DocumentError(
            f"{path.name} could not be saved: {_reason(error)}. The file on disk is unchanged and "
            "your text is still here. Save it under another name or in another folder."
        ) from error
    return _digest(data)


def fingerprint(path: Path) -> str | None:
    """SHA-256 of a file's bytes, None when it cannot be read."""
    try:
        return _digest(path.read_bytes())
    except OSError:
        return None


def _decode(path: Path, data: bytes) -> tuple[str, str, bool]:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding), encoding, True
            except UnicodeDecodeError as error:
                raise _no_text(path) from error
    if b"\0" in data:
        raise _no_text(path)
    for encoding in ("utf-8", "gb18030", "cp1252"):
        if encoding == "gb18030" and not _looks_chinese(data):
            continue
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if text.encode(encoding) == data:
            return text, encoding, False
    # Every byte means something in Latin-1, and every byte is written back as it was.
    return data.decode("latin-1"), "latin-1", False


def _looks_chinese(data: bytes) -> bool:
    """Whether most bytes above ASCII come in the pairs of common GB 2312 characters."""
    pairs = len(re.findall(rb"[\xb0-\xf7][\xa1-\xfe]", data))
    high = sum(byte >= 0x80 for byte in data)
    return high > 0 and 2 * pairs >= 0.7 * high and pairs >= 2


def _split_line_ends(text: str) -> tuple[str, str, bool]:
    found = _LINE_END.findall(text)
    kinds = {kind: found.count(kind) for kind in set(found)}
    line_ending = max(kinds, key=lambda kind: kinds[kind]) if kinds else "\n"
    return _LINE_END.sub("\n", text), line_ending, len(kinds) > 1


def _no_text(path: Path) -> DocumentError:
    return DocumentError(f"{path.name} is not a text file. It was not opened or changed.")


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
