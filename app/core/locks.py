"""Locks on open files, which the system frees however their program ends."""

from __future__ import annotations

import sys
from typing import IO


def try_lock(stream: IO[bytes]) -> bool:
    """Lock an open file for this program alone; False at once if another one holds it.

    The lock lives until ``stream`` is closed. Raises ``OSError`` where files cannot be locked.
    """
    if sys.platform == "win32":
        import msvcrt

        stream.seek(0)
        try:
            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        return True
    import fcntl

    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
