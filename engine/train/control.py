"""Pause, go on, finish and stop a training process, in words on its standard input.

Lines work alike on every system; a signal to end (Ctrl+C, SIGTERM) is a wish to stop as well, so
that what was learnt is kept. The end of the input means that whoever started it is gone.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from types import FrameType

from engine.cancel import CancelToken


class Stopped(Exception):
    """Somebody asked to stop; what was learnt is kept."""


class Control:
    """What was asked for, by any thread; the training asks between its steps."""

    def __init__(self) -> None:
        self.cancel = CancelToken()
        """Cancelled when it is to stop, for work that is no step."""
        self._changed = threading.Condition()
        self._paused = self._finish = False

    @property
    def paused(self) -> bool:
        """Whether it is to wait."""
        return self._paused

    @property
    def finishing(self) -> bool:
        """Whether no further step is wanted, but the result of those that were made."""
        return self._finish

    def tell(self, word: str) -> None:
        """``pause``, ``resume``, ``finish`` or ``stop``; anything else is ignored."""
        with self._changed:
            self._paused = word == "pause" or (self._paused and word not in _GOING_ON)
            self._finish |= word == "finish"
            if word == "stop":
                self.cancel.cancel()
            self._changed.notify_all()

    def check(self) -> None:
        """Raises ``Stopped`` if it is to stop."""
        if self.cancel.cancelled():
            raise Stopped

    def wait(self) -> None:
        """Wait while it is paused. Raises ``Stopped``."""
        with self._changed:
            # In pieces, since Windows lets no signal into an endless wait.
            while self._paused and not self.cancel.cancelled():
                self._changed.wait(0.5)
        self.check()

    def listen(self, source: int) -> None:
        """Hear lines from the file descriptor ``source``, as long as the process lives."""
        threading.Thread(target=self._hear, args=(source,), daemon=True).start()

    def _hear(self, source: int) -> None:
        # Not by a file object: at the end of the process Python waits for its lock.
        rest = b""
        with suppress(OSError):
            while data := os.read(source, 1024):
                *lines, rest = (rest + data).split(b"\n")
                for line in lines:
                    self.tell(line.decode("ascii", "replace").strip())
        self.tell("stop")


_GOING_ON = ("resume", "finish", "stop")


def stop_on_signals(control: Control) -> Callable[[], None]:
    """Let signals to end ask for a stop, and a second one end at once; returns what undoes it."""
    numbers = [signal.SIGINT, signal.SIGTERM]
    if sys.platform == "win32":
        numbers.append(signal.SIGBREAK)

    def ask(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
        if control.cancel.cancelled():
            raise KeyboardInterrupt
        # On another thread, since this one may hold any lock.
        threading.Thread(target=control.tell, args=("stop",)).start()

    before = [(number, signal.signal(number, ask)) for number in numbers]

    def undo() -> None:
        for number, handler in before:
            signal.signal(number, handler)

    return undo
