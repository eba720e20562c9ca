"""Replacing a file so that at every moment it is whole: the old content or the new."""

from __future__ import annotations

import contextlib
import errno
import itertools
import os
import secrets
import stat
import sys
from pathlib import Path
from typing import IO

from app.core.locks import try_lock
from app.core.marks import QT_TRANSLATE_NOOP
from app.core.messages import Marked

_PREFIX = ".inkling-"
_SUFFIX = ".saving"
_SPECIAL = Marked(QT_TRANSLATE_NOOP("Errors", "it is not an ordinary file"))
_PRIVATE = 0o600
_PUBLIC = 0o666


def replace_file(path: Path, data: bytes, *, private: bool = False) -> None:
    """Write ``data`` to ``path`` atomically and durably. Raises ``OSError``; the old file stays.

    A symbolic link is followed. The old file's mode is kept, and its owner where the system lets
    us; a new file gets the usual mode, or one for its owner alone if it is ``private``. A hard
    link keeps the old content: only the name ``path`` gets the new one. What is no regular file (a
    folder, a pipe, a device) is refused.
    """
    target = Path(os.path.realpath(path))
    old = _status(target)
    temporary, stream = _temporary(target.parent, _PRIVATE if old or private else _PUBLIC)
    try:
        with stream:
            _write(stream, data)
            if old is not None:
                _dress_like(temporary, old)
            if sys.platform != "win32":
                # Still locked, so that a sweep in another program cannot take it away before.
                os.replace(temporary, target)
        if sys.platform == "win32":
            os.replace(temporary, target)  # Windows renames no open file
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)


def sweep_temporaries(folder: Path) -> None:
    """Remove what interrupted saves left in ``folder``; a save that still runs is left alone."""
    for path in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
        # What cannot be removed harms nobody, so no reason is worth an error.
        with contextlib.suppress(OSError):
            if sys.platform == "win32":
                path.unlink()  # refused by the system while it is open
            else:
                with path.open("rb+") as stream:
                    if try_lock(stream):
                        path.unlink()


def set_aside(path: Path) -> Path | None:
    """Rename a damaged file so that it is kept; returns its new name, None if that failed."""
    for number in itertools.count(1):
        kept = path.with_name(f"{path.name}.damaged" + (f"-{number}" if number > 1 else ""))
        if not kept.exists():
            break
    try:
        os.replace(path, kept)
    except OSError:
        return None
    return kept


def _write(stream: IO[bytes], data: bytes) -> None:
    stream.write(data)
    stream.flush()
    os.fsync(stream.fileno())


def _status(target: Path) -> os.stat_result | None:
    try:
        status = target.stat()
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.EINVAL, _SPECIAL, str(target))
    return status


def _temporary(folder: Path, mode: int) -> tuple[Path, IO[bytes]]:
    """A new locked file in ``folder``.

    Not by ``mkstemp``: that makes every file private, and the usual mode of a new one cannot be
    asked for without changing it for the whole process for a moment.
    """
    while True:
        path = folder / f"{_PREFIX}{secrets.token_hex(6)}{_SUFFIX}"
        flags = os.O_CREAT | os.O_EXCL | os.O_RDWR | getattr(os, "O_BINARY", 0)
        stream = os.fdopen(os.open(path, flags, mode), "wb")
        if sys.platform == "win32":
            return path, stream
        with contextlib.suppress(OSError):  # file systems without locks are only swept less safely
            try_lock(stream)
        if os.fstat(stream.fileno()).st_nlink:
            return path, stream
        stream.close()  # swept away before it was locked


def _dress_like(path: Path, old: os.stat_result) -> None:
    mode = stat.S_IMODE(old.st_mode)
    if sys.platform != "win32":
        made = path.stat()
        if (made.st_uid, made.st_gid) != (old.st_uid, old.st_gid):
            try:
                os.chown(path, old.st_uid, old.st_gid)
            except PermissionError:
                if not _keep_group(path, old):
                    mode &= ~stat.S_IRWXG  # another group must not get what the old one had
    os.chmod(path, mode)


def _keep_group(path: Path, old: os.stat_result) -> bool:
    try:
        os.chown(path, -1, old.st_gid)
    except PermissionError:
        return False
    return True


def _sync_folder(folder: Path) -> None:
    if sys.platform == "win32":
        return  # Windows cannot open folders for syncing; its replace is journalled
    # The file is replaced already: to call the save failed now would be wrong.
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
