"""How sure a figure is: bootstrap intervals over the items that it was measured on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Sums = NDArray[np.float64]
"""Counts summed over items, float64 ``[..., counts]``."""

Figures = NDArray[np.float64]
"""A figure of each of some sums, float64 ``[...]``."""

_RESAMPLES = 2000


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure and its 95% bootstrap interval."""

    value: float
    low: float
    high: float


def share(part: Figures, whole: Figures) -> Figures:
    """``part / whole``, 0 where there is nothing to have a share of."""
    return np.divide(part, whole, out=np.zeros_like(whole), where=whole > 0)


def measured(
    counts: Sequence[Sequence[float]],
    figure: Callable[[Sums], Figures],
    *,
    resamples: int = _RESAMPLES,
    seed: int = 0,
) -> Interval:
    """``figure`` of all items together, with its percentile interval (Efron 1979).

    ``counts`` has a row for each item. For the interval items are drawn anew with replacement, and
    ``figure`` gets the summed rows of each draw, ``[resamples, counts]``.
    """
    items = np.array(counts, dtype=np.float64)
    rng = np.random.default_rng(seed)
    drawn = rng.multinomial(len(items), np.full(len(items), 1 / len(items)), size=resamples)
    low, high = np.percentile(figure(drawn @ items), (2.5, 97.5))
    return Interval(float(figure(items.sum(axis=0))), float(low), float(high))
