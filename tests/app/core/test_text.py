"""Positions and counts of wild text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.counts import count_words, reading_minutes
from app.core.offsets import from_utf16, to_utf16, utf16_length

TEXTS = st.text(st.sampled_from("a\u00e9\u4e2d\U0001f600\U0010ffff\ud83d\ude00"))


@settings(deadline=None)
@given(text=TEXTS, index=st.integers(0, 40))
def test_positions_come_back(text: str, index: int):
    index = min(index, len(text))
    assert utf16_length(text) == len(text) + sum(c > "\uffff" for c in text)
    assert to_utf16(text, index) == utf16_length(text[:index])
    assert from_utf16(text, to_utf16(text, index)) == index


@settings(deadline=None)
@given(text=TEXTS)
def test_a_position_inside_a_pair_or_past_the_end_is_moved_back(text: str):
    units = [index for index, c in enumerate(text) for _ in range(1 + (c > "\uffff"))]
    assert [from_utf16(text, position) for position in range(len(units))] == units
    assert from_utf16(text, len(units) + 5) == len(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        (" \n\u2028--\u2026", 0),
        ("Don't count well-known e.g. twice", 5),
        ("3.14 and 1,000", 4),
        ("na\u00efve nai\u0308ve", 2),
        ("它有四个字。", 5),
        ("我用Inkling写作", 5),
        ("\U00020000\u3005", 2),
        ("カタカナー", 5),
        ("한국어 문장", 2),
        ("नमस्ते दुनिया", 2),
        ("a\u00a0b\u2028c_d", 4),
    ],
)
def test_words_are_counted_as_writers_do(text: str, words: int):
    assert count_words(text) == words


@settings(deadline=None)
@given(lines=st.lists(st.text().map(lambda line: line.replace("\n", ""))))
def test_lines_can_be_counted_one_by_one(lines: list[str]):
    assert count_words("\n".join(lines)) == sum(map(count_words, lines))


def test_reading_time_is_rounded_up():
    assert [reading_minutes(words) for words in (0, 1, 230, 231)] == [0, 1, 1, 2]
