"""Words can be changed, dropped, added and moved, and marks and capitals stay where they belong."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from engine.train.mistakes.words import add, drop, join, put, split, starts, swap


@given(st.text())
def test_a_text_comes_back_but_for_its_spaces(text: str) -> None:
    assert join(split(text)) == " ".join(text.split())


def test_marks_stay_with_the_sentence() -> None:
    words = split('She said, "The cat is here." Then it left.')
    assert join(put(words, 0, "he")) == 'He said, "The cat is here." Then it left.'
    assert join(drop(words, 2)) == 'She said, "Cat is here." Then it left.'
    assert join(drop(words, 5)) == 'She said, "The cat is." Then it left.'
    assert join(add(words, 3, "old")) == 'She said, "The old cat is here." Then it left.'
    assert join(add(words, 6, "and")) == 'She said, "The cat is here." And then it left.'
    assert join(swap(words, 6, 7)) == 'She said, "The cat is here." It then left.'
    assert list(starts(words)) == [0, 6]


def test_a_name_keeps_its_capital_when_it_moves() -> None:
    assert join(swap(split("Yesterday Anna came."), 0, 1)) == "Anna yesterday came."
    assert join(drop(split("The Thames rose."), 0)) == "Thames rose."
