"""Text files: read with their encoding and line ends, written back with the same."""

from __future__ import annotations

import codecs
import hashlib
import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path

from app.core.charset import ENCODINGS, guesses
from app.core.files import replace_file, sweep_temporaries
from app.core.line_ends import end_lines, split_line_ends
from app.core.marks import QT_TRANSLATE_NOOP
from app.core.messages import Marked, Telling, reason
from app.core.provenance.comment import split_block

__all__ = [
    "ChangedOnDisk",
    "DocumentError",
    "EncodingLoss",
    "LoadedText",
    "TextFormat",
    "encode_text",
    "encoding_name",
    "fingerprint",
    "load_text",
    "save_text",
    "sweep_temporaries",
]

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UNICODE = frozenset(name for _, name in _BOMS)
_MAX_BYTES = 256 << 20
_HIGH = bytes(range(0x80, 0x100))
_SURROGATE = re.compile("[\ud800-\udfff]")

_CHANGED = QT_TRANSLATE_NOOP(
    "Errors",
    "{name} was changed by another program since it was opened. Nothing was saved yet.",
)
_NOT_SAVED = QT_TRANSLATE_NOOP(
    "Errors",
    "{name} could not be saved: {reason}. The file on disk is unchanged and your text is still "
    "here. Save it under another name or in another folder.",
)
_NOT_OPENED = QT_TRANSLATE_NOOP(
    "Errors", "{name} could not be opened: {reason}. Nothing was changed."
)
_FOLDER = QT_TRANSLATE_NOOP("Errors", "{name} is a folder. Choose a file in it.")
_SPECIAL = QT_TRANSLATE_NOOP("Errors", "{name} is not an ordinary file. It was not opened.")
_TOO_LARGE = QT_TRANSLATE_NOOP(
    "Errors", "{name} is larger than {size} MB, too large to edit here. It was not opened."
)
_NO_TEXT = QT_TRANSLATE_NOOP("Errors", "{name} is not a text file. It was not opened or changed.")
_NOT_IN_ENCODING = QT_TRANSLATE_NOOP(
    "Errors",
    "{name} is not written in {encoding}: it has bytes that mean nothing there. It stays open as "
    "it was.",
)
_HALF_CHARACTER = QT_TRANSLATE_NOOP(
    "Errors",
    "Line {line} contains half of a character, which no file can hold. Nothing was saved yet and "
    "your text is still here. Delete that character and save again.",
)
_LOSS = QT_TRANSLATE_NOOP(
    "Errors",
    "The character \u201c{character}\u201d cannot be written in this file's encoding ({encoding}). "
    "Nothing was saved yet; save as UTF-8 to keep it.",
)
_PROTECTED = Marked(QT_TRANSLATE_NOOP("Errors", "it is protected against changes"))


class DocumentError(Telling):
    """A file could not be read or written; the message is a sentence for the person."""


class EncodingLoss(DocumentError):
    """The text has characters that the file's encoding cannot hold, and UTF-8 can."""


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

    ``mixed`` says that the file had several kinds of line ends; ``format.line_ending`` is the
    commonest. ``guessed`` says that the encoding is a guess, because nothing in the file tells.
    """

    path: Path
    text: str
    format: TextFormat
    fingerprint: str
    mixed: bool = False
    guessed: bool = False
    origins: str = ""
    """The record of origins that the file ended with, which is no part of ``text``."""


def load_text(path: Path, encoding: str = "") -> LoadedText:
    """Read a text file: UTF-8, UTF-16 with a mark, else the likeliest encoding, or ``encoding``.

    Whatever is decoded gives exactly the file's bytes when it is encoded again. Raises
    ``DocumentError`` if it cannot be read, is too large, or is no text, in that encoding.
    """
    data = _read(path)
    text, encoding, bom = _decode_as(path, data, encoding) if encoding else _decode(path, data)
    text, line_ending, mixed = split_line_ends(text)
    text_format = TextFormat(encoding, bom, line_ending)
    text, origins = split_block(text)
    guessed = encoding not in _UNICODE
    return LoadedText(path, text, text_format, _digest(data), mixed, guessed, origins)


def encode_text(text: str, text_format: TextFormat) -> bytes:
    """The bytes of ``text`` in that format.

    Raises:
        EncodingLoss: the encoding cannot hold the text, but UTF-8 can.
        DocumentError: the text has half a character pair, which no encoding can hold.
    """
    return _encode(text.replace("\n", text_format.line_ending), text_format)


def save_text(
    path: Path, text: str, text_format: TextFormat, expected_fingerprint: str | None = None
) -> str:
    """Write a text file whole or not at all and return the new fingerprint.

    ``expected_fingerprint`` is that of the file the text came from, None to replace whatever is
    there. With it, a file of mixed line ends keeps them: each unchanged line its own, a changed
    line that of the line it replaces, a new line ``text_format.line_ending``. A file that has
    vanished is written anew.

    Raises:
        EncodingLoss: the encoding cannot hold the text.
        ChangedOnDisk: ``expected_fingerprint`` is given and the file has other content now.
        DocumentError: the file cannot be written; the old one is untouched.
    """
    body = None
    try:
        _refuse_read_only(path)
        if expected_fingerprint is not None:
            before = _bytes_on_disk(path)
            if before is not None:
                if _digest(before) != expected_fingerprint:
                    raise ChangedOnDisk(_CHANGED, name=path.name)
                body = _with_line_ends_of(before, text, text_format)
        if body is None:
            body = text.replace("\n", text_format.line_ending)
        data = _encode(body, text_format)
        replace_file(path, data)
    except OSError as error:
        raise DocumentError(_NOT_SAVED, name=path.name, reason=reason(error)) from error
    return _digest(data)


def encoding_name(encoding: str) -> str:
    """What people call a codec of Python."""
    return ENCODINGS.get(encoding, encoding.upper())


def fingerprint(path: Path) -> str | None:
    """SHA-256 of a file's bytes, None when it cannot be read."""
    try:
        return _digest(path.read_bytes())
    except OSError:
        return None


def _read(path: Path) -> bytes:
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise DocumentError(_FOLDER, name=path.name)
        if not stat.S_ISREG(status.st_mode):
            # A pipe or a device may never end, or never begin.
            raise DocumentError(_SPECIAL, name=path.name)
        if status.st_size > _MAX_BYTES:
            raise DocumentError(_TOO_LARGE, name=path.name, size=_MAX_BYTES >> 20)
        return path.read_bytes()
    except OSError as error:
        raise DocumentError(_NOT_OPENED, name=path.name, reason=reason(error)) from error


def _bytes_on_disk(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _refuse_read_only(path: Path) -> None:
    # A folder that may be written lets us replace even a file that was protected on purpose.
    if path.exists() and not os.access(path, os.W_OK):
        raise PermissionError(0, _PROTECTED)


def _with_line_ends_of(before: bytes, text: str, text_format: TextFormat) -> str | None:
    """``text`` with the line ends of the file's bytes; None where those are all of one kind."""
    mark = _mark(text_format)
    try:
        old = before.removeprefix(mark).decode(text_format.encoding)
    except UnicodeDecodeError:
        return None  # it was stored in another encoding
    _, line_ending, mixed = split_line_ends(old)
    if not mixed and line_ending == text_format.line_ending:
        return None
    return end_lines(text, old, text_format.line_ending)


def _encode(body: str, text_format: TextFormat) -> bytes:
    try:
        return _mark(text_format) + body.encode(text_format.encoding)
    except UnicodeEncodeError as error:
        half = _SURROGATE.search(body)
        if half is not None:
            line = len(re.findall(r"\r\n|\r|\n", body[: half.start()])) + 1
            raise DocumentError(_HALF_CHARACTER, line=line) from error
        name = encoding_name(text_format.encoding)
        raise EncodingLoss(_LOSS, character=body[error.start], encoding=name) from error


def _mark(text_format: TextFormat) -> bytes:
    if not text_format.bom:
        return b""
    return next((mark for mark, name in _BOMS if name == text_format.encoding), b"")


def _decode(path: Path, data: bytes) -> tuple[str, str, bool]:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            try:
                text = data[len(mark) :].decode(encoding)
            except UnicodeDecodeError as error:
                raise _no_text(path) from error
            if "\0" in text:  # UTF-32 begins like UTF-16
                raise _no_text(path)
            return text, encoding, True
    if b"\0" in data:
        raise _no_text(path)
    for guess in guesses(data):
        if guess.text.encode(guess.encoding) == data:
            return guess.text, guess.encoding, False
    for encoding in ("gb18030", "cp1252"):
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


def _decode_as(path: Path, data: bytes, encoding: str) -> tuple[str, str, bool]:
    """The text in the encoding that the person chose, if it is one that can be written back."""
    mark = next((mark for mark, name in _BOMS if name == encoding and data.startswith(mark)), b"")
    try:
        text = data[len(mark) :].decode(encoding)
        if text.encode(encoding) == data[len(mark) :] and "\0" not in text:
            return text, encoding, bool(mark)
    except UnicodeError:
        pass  # said below
    raise DocumentError(_NOT_IN_ENCODING, name=path.name, encoding=encoding_name(encoding))


def _looks_chinese(data: bytes) -> bool:
    """Whether most bytes above ASCII come in the pairs of GB 2312: characters and punctuation."""
    pairs = len(re.findall(rb"[\xa1-\xf7][\xa1-\xfe]", data))
    high = len(data) - len(data.translate(None, _HIGH))
    return pairs >= 2 and 2 * pairs >= 0.9 * high


def _no_text(path: Path) -> DocumentError:
    return DocumentError(_NO_TEXT, name=path.name)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
