"""Pandoc as a limited program of its own: it reads what it is given and nothing else.

Pandoc is under the GPL, so it is never linked, only started. Each run has a new folder, no
environment, a limit of memory and of time, and ``--sandbox``: it neither opens a file that was not
named nor a network (Pandoc User's Guide, "A note on security").
"""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from app.core.formats.errors import (
    DAMAGED,
    NO_PANDOC,
    TOO_BIG,
    TOO_SLOW,
    FormatError,
    PandocMissing,
    Stopped,
)
from app.core.marks import QT_TRANSLATE_NOOP
from app.core.messages import Marked

_OLDEST = (3, 5)
_MEMORY_MB = 512
_LARGEST_RESULT = 512 << 20
_SECONDS = 120.0
_HEAP_EXHAUSTED = 251
"""What GHC's runtime exits with at its limit of memory."""
_POLL = 0.1
_VERSION = re.compile(r"pandoc\S*\s+(\d+)\.(\d+)")
_OFFICE = Marked(QT_TRANSLATE_NOOP("Errors", "This kind of document"))


@cache
def find_pandoc() -> Path | None:
    """The pandoc that came along, else one of the system's that is new enough; None without."""
    name = "pandoc.exe" if sys.platform == "win32" else "pandoc"
    found = importlib.util.find_spec("pypandoc")
    for folder in (found.submodule_search_locations or ()) if found else ():
        program = Path(folder) / "files" / name
        if program.is_file():
            return program
    installed = shutil.which("pandoc")
    if installed and _version(Path(installed)) >= _OLDEST:
        return Path(installed)
    return None


def _version(program: Path) -> tuple[int, int]:
    with suppress(OSError, subprocess.TimeoutExpired):
        said = subprocess.run(  # noqa: S603 - a program of the system's, with a fixed argument
            [program, "--version"], capture_output=True, text=True, timeout=10, check=False
        )
        found = _VERSION.match(said.stdout)
        if found:
            return int(found[1]), int(found[2])
    return 0, 0


@dataclass(frozen=True, slots=True)
class Limits:
    """What one run may take."""

    memory_mb: int = _MEMORY_MB
    seconds: float = _SECONDS


class Pandoc:
    """Runs pandoc; ``stop`` ends the run that goes on, from any thread.

    ``program`` None is a pandoc that is missing: each run raises ``PandocMissing``.
    """

    def __init__(
        self,
        program: Path | None,
        stop: threading.Event | None = None,
        limits: Limits = Limits(),
    ) -> None:
        self._program = program
        self._stop = stop or threading.Event()
        self._limits = limits

    @property
    def is_there(self) -> bool:
        """Whether there is a pandoc to run."""
        return self._program is not None

    def convert(
        self,
        arguments: Sequence[str],
        given: bytes,
        folder: Path,
        name: str,
        format_title: str = "",
    ) -> bytes:
        """What pandoc makes of ``given``, with these options besides the limits.

        ``folder`` is the run's own and may hold what the options name; ``name`` is what errors call
        the document. Raises ``FormatError``.
        """
        if self._program is None:
            raise PandocMissing(NO_PANDOC, format=Marked(format_title) if format_title else _OFFICE)
        source, result = folder / "in", folder / "out"
        source.write_bytes(given)
        result.unlink(missing_ok=True)
        command = [
            str(self._program),
            *("+RTS", f"-M{self._limits.memory_mb}M", "-RTS"),
            *("--sandbox", "--data-dir=none", "--quiet"),
            *arguments,
            *("-o", result.name, source.name),
        ]
        process = subprocess.Popen(  # noqa: S603 - no shell, a fixed program, names of our own
            command,
            cwd=folder,
            env={"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"} if sys.platform != "win32" else None,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        try:
            _limit(process.pid, self._limits.seconds)
            code = self._wait(process, name)
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
        if code == _HEAP_EXHAUSTED:
            raise FormatError(TOO_BIG, name=name, size=self._limits.memory_mb)
        if code != 0 or not result.is_file():
            raise FormatError(DAMAGED, name=name)
        return result.read_bytes()

    def _wait(self, process: subprocess.Popen[bytes], name: str) -> int:
        end = time.monotonic() + self._limits.seconds
        while True:
            with suppress(subprocess.TimeoutExpired):
                return process.wait(_POLL)
            if self._stop.is_set():
                raise Stopped
            if time.monotonic() > end:
                raise FormatError(TOO_SLOW, name=name, seconds=round(self._limits.seconds))


@contextmanager
def own_folder() -> Iterator[Path]:
    """A new private folder, removed at the end with all that is in it."""
    with tempfile.TemporaryDirectory(prefix="inkling-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def _limit(pid: int, seconds: float) -> None:
    """Limit processor time and written bytes where the system lets us, on top of our own watch."""
    if sys.platform == "linux":
        import resource

        with suppress(OSError):
            time_limit = int(seconds) + 5
            resource.prlimit(pid, resource.RLIMIT_CPU, (time_limit, time_limit))
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (_LARGEST_RESULT, _LARGEST_RESULT))
