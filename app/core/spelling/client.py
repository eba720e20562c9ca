"""Asks the process that checks; the face for all who want to know how a word is spelt."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.core.marks import QT_TRANSLATE_NOOP
from app.core.messages import Telling
from app.core.spelling.dictionaries import Dictionary

SERVER_COMMAND = "spelling-server"
"""The argument that makes a packaged Inkling be the process that checks."""
_START = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from app.core.spelling.server import serve; serve()"
)
_PATIENCE = 20.0
"""Seconds that an answer may take: loading the largest dictionaries takes about two."""
MOST_SUGGESTIONS = 7


class SpellingFailed(Telling):
    """The dictionary cannot be used."""


@dataclass(frozen=True, slots=True)
class Misspelling:
    """UTF-16 units ``start`` to ``end`` of a line hold ``word``, which the dictionary lacks.

    ``word`` is in the form that dictionaries hold.
    """

    start: int
    end: int
    word: str


class SpellingClient:
    """Checks words and lines. May be used from several threads; each waits for its answer.

    The process starts with the first question, and anew after it died. All questions raise
    ``SpellingFailed`` where the dictionary cannot be loaded or makes the checker fail.
    """

    def __init__(self, patience: float = _PATIENCE) -> None:
        self._patience = patience
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._closed = False

    def check(self, dictionary: Dictionary, words: Sequence[str]) -> list[bool]:
        """Whether each word is right."""
        answer: list[bool] = self._ask(dictionary, {"do": "check", "words": list(words)})
        return answer

    def misspellings(
        self, dictionary: Dictionary, lines: Sequence[str], *, capitals: bool = False
    ) -> list[tuple[Misspelling, ...]]:
        """What is misspelled in each line; ``capitals`` looks at words in capitals too."""
        request = {"do": "lines", "lines": list(lines), "capitals": capitals}
        return [
            tuple(Misspelling(*found) for found in line) for line in self._ask(dictionary, request)
        ]

    def suggest(
        self, dictionary: Dictionary, word: str, most: int = MOST_SUGGESTIONS
    ) -> tuple[str, ...]:
        """What ``word`` may have been meant to be, the likeliest first; takes about 0.1 s.

        Apostrophes are curly where those of ``word`` are.
        """
        found = self._ask(dictionary, {"do": "suggest", "word": word, "most": most})
        if "\u2019" in word:
            found = [each.replace("'", "\u2019") for each in found]
        return tuple(found)

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

    def _ask(self, dictionary: Dictionary, request: dict[str, Any]) -> Any:
        request |= {"folder": str(dictionary.folder), "name": dictionary.name}
        with self._lock:
            line = self._exchange(json.dumps(request).encode("ascii") + b"\n")
        try:
            answer = json.loads(line)
        except ValueError:
            answer = {}
        if "answer" not in answer:
            raise SpellingFailed(
                QT_TRANSLATE_NOOP(
                    "Errors",
                    "The spelling dictionary {name} cannot be used, so there is no spelling check "
                    "with it. Your text is not affected. Choose another dictionary, or import "
                    "this one again.",
                ),
                name=dictionary.name,
            )
        return answer["answer"]

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
                    _command(),
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


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, SERVER_COMMAND]
    root = Path(__file__).resolve().parents[3]
    return [sys.executable, "-P", "-c", _START, str(root)]
