"""What an evaluation found, in a form that tables, JSON and charts are made from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from engine.evaluate.intervals import Interval

Progress = Callable[[float], None]
"""Gets the share of the work that is done, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The figures of one model at one task.

    ``figures`` are by way ("rules", "model", "both"; "" where a task is done in one way only) and
    by name. ``details`` are further counts that can be written as JSON.
    """

    task: str
    items: int
    figures: Mapping[str, Mapping[str, Interval]]
    details: Mapping[str, object] = field(default_factory=dict)
