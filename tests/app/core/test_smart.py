"""Quotes curl the way they should, dashes grow, and code is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.smart import smart_replacement


def _typed(text: str) -> str:
    line = ""
    for character in text:
        line += character
        replacement = smart_replacement(line)
        if replacement is not None:
            line = line[: -replacement.removed] + replacement.inserted
    return line


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        ('"Who?" he said', "“Who?” he said"),
        ("don't 'stop'", "don’t ‘stop’"),
        ('("so") "\'tis"', "(“so”) “‘tis”"),
        ("1914--1918 --- so", "1914–1918 — so"),
        ("wait...", "wait…"),
        ('他说:"好。"她走了', "他说:“好。”她走了"),
        ('他说"好"了', "他说“好”了"),
        ("等等...灯塔--这里", "等等……灯塔——这里"),
        ('`a "b" -- c`', '`a "b" -- c`'),
        ('`a` "b"', "`a` “b”"),
        ("---", "---"),
        ("<!-- a -->", "<!-- a -->"),
        ("|---|", "|---|"),
        ('https://a.b/c--d"e', 'https://a.b/c--d"e'),
        ("3.14 ..", "3.14 .."),
    ],
)
def test_what_keys_become(keys: str, line: str) -> None:
    assert _typed(keys) == line


@given(st.text("ab\"'-.` 灯|<", max_size=20))
def test_only_what_was_typed_last_is_replaced(before: str) -> None:
    replacement = smart_replacement(before)
    if replacement is not None:
        assert 0 < replacement.removed <= len(before)
        assert not set(before[-replacement.removed :]) - set("\"'-.\u2013")
