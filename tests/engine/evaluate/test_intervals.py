from __future__ import annotations

import numpy as np
import pytest

from engine.evaluate.intervals import measured, share


def _rate(sums):
    return share(sums[..., 0], sums[..., 1])


def test_an_interval_lies_around_its_figure_and_narrows_with_more_items() -> None:
    few = measured([[1, 1], [0, 1], [1, 1], [1, 1]] * 5, _rate)
    many = measured([[1, 1], [0, 1], [1, 1], [1, 1]] * 100, _rate)
    assert few.value == many.value == 0.75
    assert few.low < many.low < 0.75 < many.high < few.high
    # The normal approximation: 1.96 * sqrt(0.75 * 0.25 / 400).
    assert many.high - many.low == pytest.approx(2 * 1.96 * 0.0217, rel=0.1)


def test_the_same_items_give_the_same_interval() -> None:
    counts = [[number % 3 == 0, 1] for number in range(30)]
    assert measured(counts, _rate) == measured(counts, _rate)


def test_a_share_of_nothing_is_nothing() -> None:
    assert share(np.array([0.0, 1.0]), np.array([0.0, 2.0])).tolist() == [0.0, 0.5]
    only = measured([[0, 0], [0, 0]], _rate)
    assert (only.value, only.low, only.high) == (0.0, 0.0, 0.0)
