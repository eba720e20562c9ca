"""The reading process as a method call: started when needed, ended when a file takes too long."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.library.extract.extracted import Problem

_FROZEN_COMMAND = "extract-server"
"""The argument with which a packaged program is the reading process (``app/__main__.py``)."""
_START = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from engine.library.extract.server import serve; serve()"
)
_PATIENCE = 60.0
"""Seconds for one file."""


@dataclass(frozen=True, slots=True)
class IndexedPassage:
    """A passage by its place in the text; ``words`` are its stems, ``line`` is 0 without lines."""

    start: int
    end: int
    line: int
    words: str


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file that was read, or the ``problem`` with it; ``same`` if it has the known digest."""

    digest: str = ""
    same: bool = False
    title: str = ""
    title_words: str = ""
    text: str = ""
    pages: tuple[int, ...] = ()
    passages: tuple[IndexedPassage, ...] = ()
    problem: Problem | None = None


class ExtractingProcess:
    """Reads files in a process of its own, one at a time. To be used from one thread.

    ``close`` and ``interrupt`` may be called from any.
    """

    def __init__(self, patience: float = _PATIENCE, command: list[str] | None = None) -> None:
        self._patience = patience
        self._command = command or _command()
        self._process: subprocess.Popen[bytes] | None = None

    def read(self, path: Path, known: str = "") -> ReadFile:
        """The text and passages of a file; never raises for what is wrong with the file.

        ``known`` is the digest of what was read before, which is not read again.
        """
        late = threading.Event()
        line = self._exchange(json.dumps({"path": str(path), "known": known}), late)
        if not line.endswith(b"\n"):
            self.close()
            return ReadFile(problem=Problem.TOO_SLOW if late.is_set() else Problem.DAMAGED)
        return _read_file(json.loads(line))

    def close(self) -> None:
        """End the process; ``read`` starts another."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()

    def _exchange(self, request: str, late: threading.Event) -> bytes:
        process = self._running()
        if process is None or process.stdin is None or process.stdout is None:
            return b""

        def stop() -> None:
            late.set()
            process.kill()

        watchdog = threading.Timer(self._patience, stop)
        watchdog.daemon = True
        watchdog.start()
        try:
            process.stdin.write(request.encode("ascii") + b"\n")
            process.stdin.flush()
            return process.stdout.readline()
        except OSError:
            return b""
        finally:
            watchdog.cancel()

    def _running(self) -> subprocess.Popen[bytes] | None:
        if self._process is None:
            try:
                self._process = subprocess.Popen(  # noqa: S603 - our own program
                    self._command,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
                    start_new_session=sys.platform != "win32",
                )
            except OSError:
                return None
        return self._process


Reader = Callable[[Path, str], ReadFile]
"""What reads a file, given its path and the digest known of it."""


def _read_file(answer: dict[str, Any]) -> ReadFile:
    if "problem" in answer:
        return ReadFile(problem=Problem(answer["problem"]))
    if answer.get("same"):
        return ReadFile(digest=answer["digest"], same=True)
    return ReadFile(
        digest=answer["digest"],
        title=answer["title"],
        title_words=answer["title_words"],
        text=answer["text"],
        pages=tuple(answer["pages"]),
        passages=tuple(IndexedPassage(*each) for each in answer["passages"]),
    )


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, _FROZEN_COMMAND]
    root = Path(__file__).resolve().parents[3]
    return [sys.executable, "-P", "-c", _START, str(root)]
