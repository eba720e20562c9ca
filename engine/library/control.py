"""Pause and cancel of what an index does in the background."""

from __future__ import annotations

import threading

from engine.cancel import CancelToken


class IndexControl:
    """Set from any thread; the one that works asks between two files."""

    def __init__(self) -> None:
        self.token = CancelToken()
        self._may_go = threading.Event()
        self._may_go.set()

    def pause(self) -> None:
        """Hold after the file under way."""
        self._may_go.clear()

    def resume(self) -> None:
        """Go on."""
        self._may_go.set()

    def cancel(self) -> None:
        """End after the file under way, paused or not."""
        self.token.cancel()
        self._may_go.set()

    @property
    def paused(self) -> bool:
        """Whether it is to hold."""
        return not self._may_go.is_set()

    def stopped(self) -> bool:
        """Wait while paused (blocking); whether it was cancelled."""
        self._may_go.wait()
        return self.token.cancelled()
