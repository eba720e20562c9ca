"""An engine in a process of its own, asked for one figure at a time.

Two engines in one process would share its memory and its threads. In two processes one sleeps
while the other works, and each has a peak of memory of its own.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any


class BenchError(Exception):
    """A figure could not be measured; the message is a sentence."""


class Worker:
    """A started process that holds what ``make`` returns and calls its methods on request.

    ``make`` and its arguments are pickled by name, so ``make`` imports its engine itself.
    """

    def __init__(self, make: Callable[..., object], *arguments: object) -> None:
        # Spawned: a forked child would count this process's memory as its own.
        context = multiprocessing.get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, make, arguments), daemon=True)
        self._process.start()
        theirs.close()

    def __enter__(self) -> Worker:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._connection.close()
        self._process.join(5)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()

    def call(self, name: str, *arguments: object) -> Any:
        """The result of method ``name``. Raises ``BenchError`` where it failed."""
        try:
            self._connection.send((name, arguments))
            done, answer = self._connection.recv()
        except (EOFError, OSError) as error:
            raise BenchError(f"The process that measures ended in '{name}'.") from error
        if not done:
            raise BenchError(f"Measuring '{name}' failed: {answer}")
        return answer


def _serve(
    connection: Connection, make: Callable[..., object], arguments: tuple[object, ...]
) -> None:
    """Answer calls until the other end is closed."""
    engine: object = None
    while True:
        try:
            name, values = connection.recv()
        except (EOFError, KeyboardInterrupt):
            return
        try:
            if engine is None:
                engine = make(*arguments)
            answer = (True, getattr(engine, name)(*values))
        except KeyboardInterrupt:
            return
        # Whatever it is, the other process is the one that can say it.
        except Exception as error:  # noqa: BLE001
            answer = (False, f"{type(error).__name__}: {error}")
        connection.send(answer)
