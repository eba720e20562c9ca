"""The time that training takes, whatever clocks and people do meanwhile."""

from __future__ import annotations

from collections.abc import Iterator

from engine.train.pace import Pace


def _pace(times: list[float], spent: float = 0.0) -> Pace:
    readings: Iterator[float] = iter(times)
    return Pace(spent, lambda: next(readings))


def test_steps_and_other_work_are_counted() -> None:
    pace = _pace([0, 2, 4, 7, 17], spent=100.0)
    for _ in range(3):
        pace.step()
    pace.work()
    assert pace.seconds_a_step() == 2
    assert pace.spent == 117


def test_a_night_of_sleep_within_a_step_changes_neither_pace_nor_sum_much() -> None:
    pace = _pace([0, 2, 4, 30_000, 30_002])
    for _ in range(4):
        pace.step()
    assert pace.seconds_a_step() == 2
    assert pace.spent == 2 + 2 + 20 + 2


def test_a_clock_that_is_put_back_takes_nothing_away() -> None:
    pace = _pace([50, 52, 10, 12])
    for _ in range(3):
        pace.step()
    assert pace.spent == 4
    assert pace.seconds_a_step() == 2


def test_a_pause_is_not_work() -> None:
    pace = _pace([0, 2, 500, 502])
    pace.step()
    pace.restart()
    pace.step()
    assert pace.spent == 4
