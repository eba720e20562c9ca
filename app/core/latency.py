"""How long suggestions take, phase by phase: figures without a word of the text."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import asdict, dataclass
from enum import StrEnum

_KEPT = 2_000
"""Measurements of one phase that are kept, the newest."""
EDGES_MS = (1, 2, 5, 10, 20, 30, 40, 60, 80, 120, 160, 240, 400, 800)
"""Upper ends of the histogram's bars; a last bar has what is beyond."""


class Phase(StrEnum):
    """A stretch of time on the way from a key to a suggestion on the screen."""

    KEY_TO_REQUEST = "key_to_request"
    REQUEST_TO_FIRST_TEXT = "request_to_first_text"
    REQUEST_TO_WHOLE = "request_to_whole"
    DELAY_TO_PAINTED = "delay_end_to_painted"
    DELAY_TO_WHOLE = "delay_end_to_whole"
    ASKED_TO_PAINTED = "asked_to_painted"


@dataclass(frozen=True, slots=True)
class Summary:
    """Milliseconds of one phase; percentiles by nearest rank, None without a measurement.

    ``histogram`` counts the measurements up to each of ``EDGES_MS``, and those beyond.
    """

    count: int
    p50: float | None
    p95: float | None
    longest: float | None
    histogram: tuple[int, ...]


class LatencyRecorder:
    """Keeps the newest measurements of each phase."""

    def __init__(self) -> None:
        self._measured = {phase: deque[float](maxlen=_KEPT) for phase in Phase}

    def record(self, phase: Phase, seconds: float) -> None:
        """Add a measurement."""
        self._measured[phase].append(seconds * 1000)

    def clear(self) -> None:
        """Forget all."""
        for measured in self._measured.values():
            measured.clear()

    def summary(self, phase: Phase) -> Summary:
        """What was measured of a phase."""
        values = sorted(self._measured[phase])
        bars = [0] * (len(EDGES_MS) + 1)
        for value in values:
            bars[next((i for i, edge in enumerate(EDGES_MS) if value <= edge), -1)] += 1
        return Summary(
            len(values),
            _percentile(values, 50),
            _percentile(values, 95),
            values[-1] if values else None,
            tuple(bars),
        )

    def exported(self) -> dict[str, object]:
        """All summaries, ready for JSON; milliseconds."""
        return {
            "unit": "ms",
            "histogram_edges": list(EDGES_MS),
            "phases": {phase.value: asdict(self.summary(phase)) for phase in Phase},
        }


def _percentile(ordered: list[float], percent: int) -> float | None:
    if not ordered:
        return None
    return ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)]
