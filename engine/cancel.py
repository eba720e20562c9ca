"""Cancellation that reaches into a running forward pass."""

from __future__ import annotations

import threading
from collections.abc import Callable


class CancelToken:
    """Set once from any thread; whoever works looks at it between steps.

    ``on_cancel`` names one function that is called when the token is set, at once if it already
    is: the way to stop native code that cannot look.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._cancelled = False
        self._callback: Callable[[], None] | None = None

    def cancel(self) -> None:
        """Set the token; again has no effect."""
        with self._lock:
            if self._cancelled:
                return
            self._cancelled = True
            callback = self._callback
        if callback is not None:
            callback()

    def cancelled(self) -> bool:
        """Whether the token is set."""
        return self._cancelled

    def on_cancel(self, callback: Callable[[], None]) -> None:
        """Call ``callback`` when the token is set."""
        with self._lock:
            self._callback = callback
            cancelled = self._cancelled
        if cancelled:
            callback()
