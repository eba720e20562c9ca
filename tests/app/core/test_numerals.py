"""Numbers are the same in digits and in words."""

from __future__ import annotations

import pytest

from app.core.numerals import numbers_in


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("nineteen hours", {"19"}),
        ("Thirty-one of 1,200 and 3.5", {"31", "1200", "3.5"}),
        ("In 1968, twenty boats.", {"1968", "20"}),
        ("None of them often", set()),
        ("eight thousand", {"8"}),
    ],
)
def test_numbers_in_digits_and_words(text: str, numbers: set[str]):
    assert numbers_in(text) == numbers
