"""Pictures of documents: kept in a folder on the way in, put into the file on the way out.

Nothing is ever fetched: a picture on the web stays an address.
"""

from __future__ import annotations

import base64
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

_LARGEST = 32 << 20
_LARGEST_TOGETHER = 256 << 20
_SCHEME = re.compile(r"[a-zA-Z][\w+.-]+:")
_KINDS = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"<svg", "image/svg+xml"),
    (b"<?xml", "image/svg+xml"),
)
_SUFFIX_OF = {
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/gif": ".gif",
    "image/svg+xml": ".svg",
    "image/webp": ".webp",
}
_SUFFIXES = (
    ".png",
    ".jpg",
    ".jpeg",
    ".gif",
    ".svg",
    ".webp",
    ".bmp",
    ".tif",
    ".tiff",
    ".emf",
    ".wmf",
)


class MediaFolder:
    """Copies the pictures that pandoc took out of a document to a folder that stays.

    ``kept`` are those copied, ``lost`` the number of those that could not be.
    """

    def __init__(self, source: Path, target: Path | None) -> None:
        self._source = source.resolve()
        self._target = target
        self._left = _LARGEST_TOGETHER
        self._names: dict[str, str] = {}
        self.kept: list[Path] = []
        self.lost = 0

    def keep(self, address: str) -> str:
        """The address of a picture's copy, "" where it is not kept."""
        if address not in self._names:
            self._names[address] = self._copied(address)
        return self._names[address]

    def _copied(self, address: str) -> str:
        if address.startswith("data:"):
            address = self._unpacked(address)
        picture = (self._source / unquote(address)).resolve()
        inside = picture.is_relative_to(self._source) and picture.is_file()
        size = picture.stat().st_size if inside else 0
        usual = picture.suffix.lower() in _SUFFIXES
        if not inside or not usual or self._target is None or size > min(_LARGEST, self._left):
            self.lost += 1
            return ""
        self._left -= size
        self._target.mkdir(parents=True, exist_ok=True)
        copy = self._target / f"{len(self.kept) + 1}{picture.suffix.lower()}"
        shutil.copyfile(picture, copy)
        self.kept.append(copy)
        return str(copy)

    def _unpacked(self, address: str) -> str:
        """The name of a new file with the picture that an address holds in itself."""
        head, _, body = address.partition(",")
        if not head.endswith(";base64") or len(body) > 2 * _LARGEST:
            return "nothing"
        try:
            data = base64.b64decode(unquote(body))
        except ValueError:
            return "nothing"
        suffix = _SUFFIX_OF.get(kind_of(data), "")
        name = f"data-{len(self._names)}{suffix}"
        (self._source / name).write_bytes(data)
        return name


def is_remote(address: str) -> bool:
    """Whether the picture is somewhere else than on this computer."""
    return bool(_SCHEME.match(address)) and not address.startswith(("data:", "file:"))


def local_file(address: str, base: Path | None) -> Path | None:
    """The file that the address of a picture names; None for one elsewhere or without a place."""
    if address.startswith("file:"):
        return Path(unquote(re.sub(r"^file:(//(localhost)?(?=/))?", "", address)))
    if _SCHEME.match(address) and not re.match(r"[a-zA-Z]:[\\/]", address):
        return None
    path = Path(unquote(address))
    if path.is_absolute():
        return path
    return base / path if base is not None else None


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture's bytes and what they are."""

    data: bytes
    kind: str
    """Its media type."""

    def as_address(self) -> str:
        """The picture itself as an address."""
        return f"data:{self.kind};base64,{base64.b64encode(self.data).decode('ascii')}"


def read_picture(path: Path) -> Picture | None:
    """A picture's file; None for one that is missing, too large, or no picture."""
    try:
        if not path.is_file() or path.stat().st_size > _LARGEST:
            return None
        data = path.read_bytes()
    except OSError:
        return None
    kind = kind_of(data)
    return Picture(data, kind) if kind else None


def kind_of(data: bytes) -> str:
    """The media type that the bytes begin like; "" for none of those that documents hold."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    head = data.lstrip()[:5] if data[:1] in b" \r\n\t<\xef" else data
    if head.startswith(b"<?xml") and b"<svg" not in data[:2000]:
        return ""
    return next(
        (kind for start, kind in _KINDS if data.startswith(start) or head.startswith(start)), ""
    )
