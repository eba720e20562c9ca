"""Marks around words, links and headings."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.lines import LineEdit, Lines, Place, Selection, caret_at
from app.core.marking import (
    CODE,
    EMPHASIS,
    STRIKE,
    STRONG,
    change_heading,
    make_link,
    toggle_mark,
)

Shown = Callable[[str, Callable[[Lines, Selection], LineEdit | None]], str | None]


@pytest.mark.parametrize(
    ("before", "mark", "after"),
    [
        ("a wo|rd b", STRONG, "a **wo|rd** b"),
        ("a **wo|rd** b", STRONG, "a wo|rd b"),
        ("a **wo|rd** b", EMPHASIS, "a ***wo|rd*** b"),
        ("a ***wo|rd*** b", STRONG, "a *wo|rd* b"),
        ("a ***wo|rd*** b", EMPHASIS, "a **wo|rd** b"),
        ("a |", STRONG, "a **|**"),
        ("a **|**", STRONG, "a |"),
        ("灯|塔", EMPHASIS, "灯*|*塔"),
        ("`co|de`", CODE, "co|de"),
        ("don't| ~~a~~", STRIKE, "don't~~|~~ ~~a~~"),
    ],
)
def test_the_word_at_the_caret(shown: Shown, before: str, mark: str, after: str) -> None:
    assert shown(before, lambda a, b: toggle_mark(a, b, mark)) == after


def test_selected_lines_get_a_pair_each_and_lose_it_again() -> None:
    lines = ["- one ", "", "two three"]
    edit = toggle_mark(lines, Selection(Place(2, 3), Place(0, 0)), STRONG)
    assert edit is not None
    marked = edit.apply(lines)
    assert marked == ["- **one** ", "", "**two** three"]
    assert edit.selection == Selection(Place(2, 7), Place(0, 2))
    again = toggle_mark(marked, edit.selection, STRONG)
    assert again is not None
    assert again.apply(marked) == lines


@given(text=st.text("a b", min_size=1, max_size=8), data=st.data())
def test_a_mark_twice_is_none(text: str, data: st.DataObject) -> None:
    ends = [data.draw(st.integers(0, len(text))) for _ in range(2)]
    selection = Selection(Place(0, min(ends)), Place(0, max(ends)))
    for mark in (STRONG, EMPHASIS, CODE, STRIKE):
        edit = toggle_mark([text], selection, mark)
        if edit is None:
            assert not text[min(ends) : max(ends)].strip()
            continue
        again = toggle_mark(edit.apply([text]), edit.selection, mark)
        assert again is not None
        assert again.apply(edit.apply([text])) == [text]


@pytest.mark.parametrize(
    ("before", "address", "after"),
    [
        ("a wo|rd", "", "a [word](|)"),
        ("a wo|rd", "https://a.b", "a [word](https://a.b)|"),
        ("|", "", "[|]()"),
        ("", "", "[|]()"),
    ],
)
def test_a_link_at_the_caret(shown: Shown, before: str, address: str, after: str) -> None:
    assert shown(before or "|", lambda a, b: make_link(a, b, address)) == after


def test_an_address_that_is_selected_becomes_where_the_link_leads() -> None:
    edit = make_link(["https://a.b/c"], Selection(Place(0, 0), Place(0, 13)), "https://other")
    assert edit is not None
    assert edit.apply([""]) == ["[](https://a.b/c)"]
    assert edit.selection == caret_at(0, 1)


@pytest.mark.parametrize(
    ("before", "step", "after"),
    [
        ("wor|ds", 1, "# wor|ds"),
        ("# wor|ds", 1, "## wor|ds"),
        ("## wor|ds", -1, "# wor|ds"),
        ("# wor|ds", -1, "wor|ds"),
        ("wor|ds", -1, None),
        ("###### wor|ds", 1, None),
        ("> wor|ds", 1, "> # wor|ds"),
        ("|", 1, "# |"),
    ],
)
def test_heading_levels(shown: Shown, before: str, step: int, after: str | None) -> None:
    assert shown(before, lambda a, b: change_heading(a, b, step)) == after


def test_selected_headings_change_and_what_stands_between_stays() -> None:
    lines = ["# one", "words", "## two"]
    edit = change_heading(lines, Selection(Place(0, 0), Place(2, 2)), 1)
    assert edit is not None
    assert edit.apply(lines) == ["## one", "words", "### two"]
