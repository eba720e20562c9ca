"""What a sample has by heart from the training text."""

from __future__ import annotations

from engine.train.verbatim import memorised

_TEXT = "The keeper of the old light climbed the stairs every evening, one hand on the rope."


def test_a_long_run_is_found_whole_and_counted_once_a_sample() -> None:
    stolen = "He said:" + _TEXT[3:69] + ", and left."
    found = memorised([stolen, "Something else entirely, which nobody wrote.", stolen], [_TEXT])
    assert (found.samples, found.copied) == (3, 2)
    assert found.longest == _TEXT[3:69]


def test_fifty_characters_are_allowed_and_white_space_is_all_one() -> None:
    assert memorised([_TEXT[:50] + "!"], [_TEXT]).copied == 0
    assert memorised([_TEXT[:51] + "!"], [_TEXT.replace(" ", "\n  ")]).copied == 1


def test_nothing_is_found_in_nothing() -> None:
    assert memorised([], [_TEXT]).longest == ""
    assert memorised([_TEXT], []).copied == 0
