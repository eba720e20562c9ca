from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.decode.healing import TokenPrefixes, split_for_healing


@given(st.text())
def test_the_two_parts_are_the_text(text) -> None:
    kept, tail = split_for_healing(text)
    assert kept + tail == text


@pytest.mark.parametrize(
    ("text", "tail"),
    [
        ("the philos", " philos"),
        ("I don'", " don'"),
        ("I don't", " don't"),
        ("the end. ", " "),
        ("the end.", "."),
        ("in 20", "0"),
        ("line\n", "\n"),
        ("", ""),
    ],
)
def test_the_tail_is_the_last_word_or_space(text, tail) -> None:
    assert split_for_healing(text)[1] == tail


@given(st.lists(st.binary(max_size=4), min_size=1, max_size=40), st.binary(min_size=1, max_size=5))
def test_matching_tokens_agree_with_the_wanted_bytes(vocabulary, wanted) -> None:
    found = set(TokenPrefixes(vocabulary).matching(wanted).tolist())
    expected = {
        i
        for i, token in enumerate(vocabulary)
        if token and (token.startswith(wanted) or wanted.startswith(token))
    }
    assert found == expected
