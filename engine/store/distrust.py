"""Reading the small JSON file that says what a folder holds, of which nothing is believed."""

from __future__ import annotations

import hashlib
import json
import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

_MAX_BYTES = 256 * 1024
_MAX_TEXT = 4096
_MAX_FILES = 16
_MAX_FILE_BYTES = 1 << 40
_READ_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class FileEntry:
    """Size in bytes and SHA-256 (hexadecimal) of one file of a model."""

    size: int
    sha256: str


class Refused(Exception):
    """A file or a value of it is not acceptable; the message is half a sentence."""


def read_object(path: Path) -> Mapping[str, Any]:
    """The JSON object in a plain file. Raises ``Refused``."""
    name = path.name
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            raise Refused(f"{name} is not a plain file")
        with path.open("rb") as stream:
            raw = stream.read(_MAX_BYTES + 1)
    except OSError as error:
        raise Refused(f"{name} cannot be read ({error.strerror or error})") from error
    if len(raw) > _MAX_BYTES:
        raise Refused(f"{name} is far too large")
    try:
        data = json.loads(raw.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise Refused(f"{name} is not valid JSON") from error
    if not isinstance(data, dict):
        raise Refused(f"in {name}, the outermost value is not an object")
    return data


def file_entries(value: object, required: frozenset[str], manifest: str) -> Mapping[str, FileEntry]:
    """The table of a folder's files, other than the ``manifest`` that it stands in."""
    if not isinstance(value, dict) or len(value) > _MAX_FILES:
        raise Refused("'files' is not a short table")
    if missing := sorted(required - value.keys()):
        raise Refused(f"the file {missing[0]} is not listed")
    entries: dict[str, FileEntry] = {}
    for name, entry in value.items():
        if not is_plain_name(name) or name == manifest:
            raise Refused(f"{name!r} is not a plain file name")
        if not isinstance(entry, dict):
            raise Refused(f"the entry of {name} is not an object")
        size = integer(entry, "size", 0, _MAX_FILE_BYTES)
        digest = entry.get("sha256")
        if (
            not isinstance(digest, str)
            or len(digest) != 64
            or set(digest) - set("0123456789abcdef")
        ):
            raise Refused(f"the SHA-256 of {name} is malformed")
        entries[name] = FileEntry(size, digest)
    return MappingProxyType(entries)


def is_plain_name(name: str) -> bool:
    """Letters, digits, ``_``, ``-`` and inner dots only: no folder, drive, stream or device."""
    plain = name.replace(".", "a").replace("-", "a").replace("_", "a")
    return (
        0 < len(name) <= 100
        and name.isascii()
        and plain.isalnum()
        and not name.startswith((".", "-"))
        and not name.endswith(".")
    )


def integer(data: Mapping[str, Any], key: str, low: int, high: int) -> int:
    """The whole number under ``key``, within its limits."""
    value = data.get(key)
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise Refused(f"'{key}' is not a whole number from {low} to {high}")
    return value


def real(data: Mapping[str, Any], key: str) -> float:
    """The number under ``key``, from 0 on."""
    value = data.get(key)
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value < 1e50:
        raise Refused(f"'{key}' is not a number from 0 on")
    return float(value)


def text(data: Mapping[str, Any], key: str) -> str:
    """The text under ``key``, of a few thousand characters at most."""
    value = data.get(key)
    if not isinstance(value, str) or len(value) > _MAX_TEXT:
        raise Refused(f"'{key}' is not a short text")
    return value


def check_size(path: Path, entry: FileEntry) -> None:
    """See that a plain file of the right size is there. Raises ``Refused``."""
    try:
        status = path.lstat()
    except OSError as error:
        raise Refused(f"the file {path.name} is missing") from error
    if not stat.S_ISREG(status.st_mode):
        raise Refused(f"{path.name} is not a plain file")
    if status.st_size != entry.size:
        raise Refused(f"{path.name} has {status.st_size:,} bytes instead of {entry.size:,}")


def hash_file(path: Path, on_read: Callable[[int], None] | None = None) -> FileEntry:
    """Size and SHA-256 of a file; ``on_read`` gets the bytes of each step. Raises ``OSError``."""
    digest = hashlib.sha256()
    size = 0
    with path.open("rb") as stream:
        while block := stream.read(_READ_BYTES):
            digest.update(block)
            size += len(block)
            if on_read is not None:
                on_read(len(block))
    return FileEntry(size, digest.hexdigest())
