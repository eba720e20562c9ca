"""Phrases replaced by rule, with the grammar around them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.rewriting.replacements import replaced

TABLE = {
    "due to the fact that": "because",
    "the fact that": "that",
    "utilise": "use",
    "please be advised that": "",
    "very": "",
    "it is": "it's",
    "don't": "do not",
    "employer": "owner",
    "Hi": "Dear",
}


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("Due to the fact that we utilise it.", "Because we use it."),
        ("Please be advised that the lift is out.", "The lift is out."),
        ("It was very, very good.", "It was, good."),
        ("It is not very good.", "It's not very good."),
        ("I know what it is.", "I know what it is."),
        ("Don\u2019t go.", "Do not go."),
        ("Ask an employer.", "Ask an owner."),
        ("Ask a very old man.", "Ask an old man."),
        ("Hi Tom, a hi-fi and utilised hi.", "Dear Tom, a hi-fi and utilised hi."),
        ("due  to the\nfact that it rains", "because it rains"),
        ("Nothing of it here.", "Nothing of it here."),
        ("", ""),
    ],
)
def test_phrases_are_whole_words_and_keep_capitals(text, result):
    assert replaced(text, TABLE) == result


@settings(deadline=None)
@given(st.text(max_size=80))
def test_what_has_none_of_them_stays(text):
    assert replaced(text, {}) == text
    replaced(text, TABLE)
