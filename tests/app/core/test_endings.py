"""Suggestions end at a natural place and do not go round in circles."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.endings import Ending, ended


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (" climbed the stairs and lit the lam", " climbed the stairs and lit"),
        (" climbed the stairs, lit the lamp,", " climbed the stairs, lit the lamp,"),
        (" and", " and"),
        ("ing of the", "ing"),
        (" came home.", " came home."),
        ("老人爬上了灯塔的楼", "老人爬上了灯塔的楼"),
    ],
)
def test_what_was_cut_short_ends_with_a_whole_word_that_can_end(text: str, wanted: str) -> None:
    assert ended(text, "The keeper", Ending.SENTENCE, cut_short=True) == wanted
    assert ended(text, "The keeper", Ending.SENTENCE, cut_short=False) == text
    assert ended(text, "The keeper", Ending.LENGTH, cut_short=True) == text


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (" climbed the stairs, lit the lamp, and sat", " climbed the stairs,"),
        (", then sat; and", ", then sat;"),
        (" at 3,000 feet", " at 3,000 feet"),
        ("老人说，他走了", "老人说，"),
        (" no comma at all.", " no comma at all."),
    ],
)
def test_a_phrase_ends_at_a_comma_or_the_like(text: str, wanted: str) -> None:
    assert ended(text, "The keeper", Ending.PHRASE, cut_short=False) == wanted


@pytest.mark.parametrize(
    ("before", "text", "wanted"),
    [
        ("He went", " on and on and on and on", " on and"),
        ("and then the old keeper", " the old keeper climbed", ""),
        ("It was", " very very good", " very"),
        ("他说", "他说他说好", ""),
        ("我想", "看看书", "看看书"),
        ("a - b", " - c - d", " - c - d"),
        ("The keeper", " climbed the stairs", " climbed the stairs"),
        ("The cat sat on it. The cat sat", " on it.", " on it."),
    ],
)
def test_nothing_is_said_twice_in_a_row(before: str, text: str, wanted: str) -> None:
    assert ended(text, before, Ending.SENTENCE, cut_short=False) == wanted


@given(st.text(), st.text(), st.sampled_from(Ending), st.booleans())
def test_it_is_always_the_beginning_of_what_was_generated(
    text: str, before: str, ending: Ending, cut_short: bool
) -> None:
    assert text.startswith(ended(text, before, ending, cut_short=cut_short))
