"""Times one suggestion on its way from the key to the screen."""

from __future__ import annotations

from collections.abc import Callable

from app.core.latency import LatencyRecorder, Phase


class Stopwatch:
    """Told what happens to one suggestion, it records how long each phase took, once."""

    def __init__(
        self, recorder: LatencyRecorder, clock: Callable[[], float], pressed_at: float | None
    ) -> None:
        self._recorder = recorder
        self._clock = clock
        self._pressed_at = pressed_at
        self._requested_at: float | None = None
        self._due_at: float | None = None
        self._asked = False
        self._done: set[Phase] = set()

    def requested(self) -> None:
        """The engine was asked."""
        self._record(Phase.KEY_TO_REQUEST, self._pressed_at)
        self._requested_at = self._clock()

    def due(self, *, asked: bool = False) -> None:
        """It may be seen from now on: the delay is over, or the person ``asked`` for it."""
        if self._due_at is None:
            self._due_at, self._asked = self._clock(), asked

    def not_due(self) -> None:
        """Another key came: the delay begins anew."""
        self._due_at = None

    def text_came(self) -> None:
        """The engine's first text is here, or more of it."""
        self._record(Phase.REQUEST_TO_FIRST_TEXT, self._requested_at)

    def whole(self, *, painted: bool) -> None:
        """All of the text is here, and perhaps ``painted`` already."""
        self._record(Phase.REQUEST_TO_WHOLE, self._requested_at)
        if painted:
            self.painted(whole=True)

    def painted(self, *, whole: bool) -> None:
        """It, or with ``whole`` all of it, is on the screen."""
        if self._asked:
            self._record(Phase.ASKED_TO_PAINTED, self._due_at)
            return
        self._record(Phase.DELAY_TO_PAINTED, self._due_at)
        if whole:
            self._record(Phase.DELAY_TO_WHOLE, self._due_at)

    def _record(self, phase: Phase, since: float | None) -> None:
        if since is not None and phase not in self._done:
            self._done.add(phase)
            self._recorder.record(phase, self._clock() - since)
