"""The pause follows the hands, and refusals hold suggestions back."""

from __future__ import annotations

import pytest

from app.core.patience import Patience


def _typed(gap: float, count: int = 30) -> Patience:
    patience = Patience()
    for number in range(count):
        patience.key_typed(number * gap)
    return patience


def test_until_the_rhythm_is_known_the_set_delay_holds() -> None:
    assert Patience().delay_ms() == 350
    assert _typed(0.1, 5).delay_ms() == 350


def test_quick_hands_wait_less_and_slow_ones_more() -> None:
    assert _typed(0.1).delay_ms() < 250
    assert 600 < _typed(0.5).delay_ms() <= 1_200
    assert _typed(0.01).delay_ms() >= 150


def test_pauses_for_thought_are_no_part_of_the_rhythm() -> None:
    patience = _typed(0.1)
    before = patience.delay_ms()
    for number in range(20):
        patience.key_typed(100 + 10 * number)
    assert patience.delay_ms() == before


def test_a_fixed_delay_stays_whatever_happens() -> None:
    patience = _typed(0.1)
    patience.set_adaptive(False)
    patience.set_delay_ms(500)
    for _ in range(30):
        patience.dismissed()
    assert patience.delay_ms() == 500
    assert not patience.paused()


def test_five_refusals_double_the_delay_and_ten_pause() -> None:
    patience = Patience()
    for _ in range(4):
        patience.dismissed()
    assert patience.delay_ms() == 350
    patience.dismissed()
    assert patience.delay_ms() == 700
    assert not patience.paused()
    for _ in range(5):
        patience.dismissed()
    assert patience.paused()
    patience.resume()
    assert not patience.paused()
    assert patience.delay_ms() == 350


def test_typing_past_counts_half_and_taking_one_forgives_all() -> None:
    patience = Patience()
    for _ in range(19):
        patience.typed_past()
    assert not patience.paused()
    patience.taken()
    for _ in range(19):
        patience.typed_past()
    assert not patience.paused()
    patience.typed_past()
    assert patience.paused()


@pytest.mark.parametrize("delay", [0, -5])
def test_no_delay_is_none_in_any_rhythm(delay: int) -> None:
    patience = _typed(0.3)
    patience.set_delay_ms(delay)
    assert patience.delay_ms() == 0
