"""Replacing a file so that at every moment it is whole: the old content or the new."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

_PREFIX = ".inkling-"
_SUFFIX = ".saving"


def replace_file(path: Path, data: bytes) -> None:
    """Write ``data`` to ``path`` atomically and durably. Raises ``OSError``; the old file stays.

    A symbolic link is followed, the old file's mode is kept, and a new file gets the usual one
    (``mkstemp`` alone would leave it readable by its owner only).
    """
    target = Path(os.path.realpath(path))
    descriptor, name = tempfile.mkstemp(prefix=_PREFIX, suffix=_SUFFIX, dir=target.parent)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(name, _mode(target))
        os.replace(name, target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)


def sweep_temporaries(folder: Path) -> None:
    """Remove what interrupted saves left in ``folder``."""
    for path in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
        path.unlink(missing_ok=True)


def set_aside(path: Path) -> Path:
    """Rename a damaged file so that it is kept, and return its new name."""
    kept = path.with_name(f"{path.name}.damaged")
    os.replace(path, kept)
    return kept


def _mode(target: Path) -> int:
    try:
        return target.stat().st_mode & 0o7777
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return  # Windows cannot open folders for syncing; its replace is journalled
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
