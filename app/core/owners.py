"""Which programs are alive: each holds a lock on a file of its own for as long as it runs.

A process id alone would not do: it is used again, and another machine has the same ones.
"""

from __future__ import annotations

import contextlib
import secrets
from pathlib import Path
from typing import IO

from app.core.locks import try_lock


class OwnerLock:
    """The lock of this program in ``folder``; no program ever has the same ``name``.

    Raises ``OSError`` if the folder cannot be written or files cannot be locked in it.
    """

    def __init__(self, folder: Path) -> None:
        self.name = secrets.token_hex(8)
        self._path = _file(folder, self.name)
        self._stream: IO[bytes] = self._path.open("ab")
        try:
            try_lock(self._stream)
        except OSError:
            self.release()
            raise

    def release(self) -> None:
        """Let go; the program counts as dead from now on."""
        self._stream.close()
        with contextlib.suppress(OSError):
            self._path.unlink()


def is_alive(folder: Path, name: str) -> bool:
    """Whether the program of that name still holds its lock; its file is removed if not."""
    path = _file(folder, name)
    try:
        with path.open("rb+") as stream:
            if not try_lock(stream):
                return True
    except FileNotFoundError:
        return False
    except OSError:
        return True  # to take a living program's document would be worse than to wait
    with contextlib.suppress(OSError):
        path.unlink()
    return False


def _file(folder: Path, name: str) -> Path:
    return folder / f"running-{name}"
