"""Where a command writes: results to standard output, notes to standard error, both in UTF-8."""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
from collections.abc import Mapping
from typing import TextIO


class Console:
    """Standard output and error of one run.

    Raises ``BrokenPipeError`` where the reader of standard output has gone; ``run`` handles it.
    """

    def __init__(self) -> None:
        self.abandon_threads = False
        """Set when the engine did not end in time, so that the process must not wait for it."""
        self._stage = ""
        for stream in (sys.stdout, sys.stderr):
            # C locales and Windows code pages cannot hold what a model may write.
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")

    def stream(self, text: str) -> None:
        """Write a piece of a result and make it visible at once."""
        _write(sys.stdout, text)

    def line(self, text: str = "") -> None:
        """Write a line of a result."""
        _write(sys.stdout, text + "\n")

    def json(self, value: Mapping[str, object]) -> None:
        """Write ``value`` as one line of JSON."""
        self.line(json.dumps(value, ensure_ascii=False, allow_nan=False))

    def note(self, text: str) -> None:
        """Write a line about the work to standard error."""
        try:
            _write(sys.stderr, text + "\n")
        except OSError:
            # Nobody can be told; the work itself is not harmed.
            return

    def progress(self, stage: str, share: float) -> None:
        """Say how far the work is: on a terminal in one line that changes, else at each stage."""
        if _is_terminal(sys.stderr):
            shown = f"\r{stage} ... {share:4.0%}\x1b[K" + ("\n" if share >= 1 else "")
        elif stage != self._stage:
            shown = f"{stage} ...\n"
        else:
            return
        self._stage = stage
        with contextlib.suppress(OSError):  # as for notes
            _write(sys.stderr, shown)

    def ask(self, prompt: str) -> str:
        """A line typed by a person. Raises ``EOFError`` at Ctrl+D."""
        if _is_terminal(sys.stdout):
            return input(prompt)  # line editing has to know the prompt
        _write(sys.stderr, prompt)
        return input()

    def is_interactive(self) -> bool:
        """Whether a person sits at both ends: standard input and standard error are terminals."""
        return _is_terminal(sys.stdin) and _is_terminal(sys.stderr)

    def flush(self) -> None:
        """Write out what is buffered."""
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()

    def drop_output(self) -> None:
        """Send what is still written to nowhere, after the reader of standard output has gone."""
        try:
            target = os.open(os.devnull, os.O_WRONLY)
            os.dup2(target, sys.stdout.fileno())
            os.close(target)
        except (OSError, ValueError, AttributeError):
            # No real file below: then there is nothing that could fail at exit.
            return


def _write(stream: TextIO | None, text: str) -> None:
    if stream is not None:
        stream.write(text)
        stream.flush()


def _is_terminal(stream: TextIO | None) -> bool:
    return stream is not None and not stream.closed and stream.isatty()
