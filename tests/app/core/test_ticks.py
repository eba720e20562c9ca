"""Round numbers along an axis."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.ticks import rounded_ticks


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        (0, 146, [0, 50, 100]),
        (19.5, 41, [20, 30, 40]),
        (0, 1, [0, 0.25, 0.5, 0.75, 1]),
        (5, 5, []),
    ],
)
def test_they_are_round(low: float, high: float, ticks: list[float]) -> None:
    assert rounded_ticks(low, high, 4) == ticks


@given(st.floats(0, 1e6), st.floats(1e-3, 1e6))
def test_they_lie_within_and_are_not_many(low: float, size: float) -> None:
    ticks = rounded_ticks(low, low + size, 5)
    assert len(ticks) <= 6
    assert all(low - 1e-3 * size <= each <= low + 1.001 * size for each in ticks)
