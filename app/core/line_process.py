"""A process of our own that answers questions, each a line of JSON, and so is each answer."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

_START = (
    "import importlib, sys; sys.path.insert(0, sys.argv[1]); "
    "importlib.import_module(sys.argv[2]).serve()"
)


class LineProcess:
    """Asks a process, which starts with the first question, and anew after it died.

    ``module`` is the one whose ``serve`` answers; ``command`` is the argument that makes a packaged
    Inkling be that process. An answer may take ``patience`` seconds. May be used from several
    threads; each waits for its answer.
    """

    def __init__(self, module: str, command: str, patience: float) -> None:
        self._module, self._command = module, command
        self._patience = patience
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._closed = False

    def ask(self, request: dict[str, Any]) -> Any:
        """What the process answers; raises ``LookupError`` where it fails, dies or is too slow."""
        with self._lock:
            line = self._exchange(json.dumps(request).encode("ascii") + b"\n")
        try:
            answer = json.loads(line)
        except ValueError:
            answer = {}
        if "answer" not in answer:
            raise LookupError(answer.get("error", "no answer"))
        return answer["answer"]

    def restart(self) -> None:
        """Forget what is loaded; the next question starts the process anew."""
        with self._lock:
            self._end()

    def close(self) -> None:
        """End the process; a question that is under way fails."""
        self._closed = True
        process = self._process
        if process is not None:
            process.kill()
        with self._lock:
            self._end()

    def _exchange(self, request: bytes) -> bytes:
        """The answer to ``request``, nothing if the process died or was too slow."""
        process = self._running()
        if process is None or process.stdin is None or process.stdout is None:
            return b""
        watchdog = threading.Timer(self._patience, process.kill)
        watchdog.daemon = True
        watchdog.start()
        try:
            process.stdin.write(request)
            process.stdin.flush()
            line = process.stdout.readline()
        except OSError:
            line = b""
        finally:
            watchdog.cancel()
        if not line.endswith(b"\n"):
            self._end()
            return b""
        return line

    def _running(self) -> subprocess.Popen[bytes] | None:
        if self._process is None and not self._closed:
            try:
                self._process = subprocess.Popen(  # noqa: S603 - our own program
                    _command(self._module, self._command),
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
                    start_new_session=sys.platform != "win32",
                )
            except OSError:
                return None
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()


def _command(module: str, command: str) -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, command]
    root = Path(__file__).resolve().parents[2]
    return [sys.executable, "-P", "-c", _START, str(root), module]


def answer_lines(answer: Callable[[dict[str, Any]], object], most_memory: int) -> None:
    """Be such a process: answer until standard input ends, in ``most_memory`` bytes."""
    _limit_memory(most_memory)
    # What native code says about faults is not for the terminal that Inkling was started from.
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), 2)
    for line in _lines():
        try:
            reply = {"answer": answer(json.loads(line))}
        except (OSError, MemoryError, ValueError) as error:
            reply = {"error": str(error) or type(error).__name__}
        sys.stdout.buffer.write(json.dumps(reply).encode("ascii") + b"\n")
        sys.stdout.buffer.flush()


def _lines() -> Iterator[bytes]:
    with contextlib.suppress(KeyboardInterrupt):  # the window's own business
        yield from sys.stdin.buffer


def _limit_memory(most: int) -> None:
    if sys.platform == "win32":
        return
    import resource

    with contextlib.suppress(OSError, ValueError):  # not every system lets itself be limited
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
