"""How long training takes, told from its own steps.

A clock on the wall cannot say it: the machine may sleep between two steps, a person may pause, and
the time of day may be put back.
"""

from __future__ import annotations

import statistics
import time
from collections import deque
from collections.abc import Callable

_REMEMBERED = 15
_LONGEST = 10.0
"""A step that took so many times as long as usual was not all work."""


class Pace:
    """Seconds of work so far, and what a step takes; ``spent`` are those of earlier processes."""

    def __init__(self, spent: float = 0.0, clock: Callable[[], float] = time.monotonic) -> None:
        self.spent = spent
        self._clock = clock
        self._last = clock()
        self._recent: deque[float] = deque(maxlen=_REMEMBERED)

    def restart(self) -> None:
        """Do not count the time since the last call: it was a pause."""
        self._last = self._clock()

    def work(self) -> None:
        """Count the time since the last call as work that was no step."""
        self.spent += self._lap()

    def step(self) -> None:
        """Count the time since the last call as a step."""
        seconds = self._lap()
        if self._recent:
            seconds = min(seconds, _LONGEST * self.seconds_a_step())
        self._recent.append(seconds)
        self.spent += seconds

    def seconds_a_step(self) -> float:
        """What a step takes lately (the median), 0 before the first."""
        return statistics.median(self._recent) if self._recent else 0.0

    def _lap(self) -> float:
        now = self._clock()
        seconds, self._last = max(0.0, now - self._last), now
        return seconds
