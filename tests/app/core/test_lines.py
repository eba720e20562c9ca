"""Lines move, double, go and join, and the selection goes with them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.lines import (
    LineEdit,
    Lines,
    Place,
    Selection,
    caret_at,
    delete_lines,
    duplicate_lines,
    join_lines,
    move_lines,
)
from app.core.lists import renumbered

Shown = Callable[[str, Callable[[Lines, Selection], LineEdit | None]], str | None]


@pytest.mark.parametrize(
    ("before", "step", "after"),
    [
        ("a\nb|\nc", -1, "b|\na\nc"),
        ("a\nb|\nc", 1, "a\nc\nb|"),
        ("|a\nb", -1, None),
        ("a\nb|", 1, None),
    ],
)
def test_a_line_changes_places(shown: Shown, before: str, step: int, after: str | None) -> None:
    assert shown(before, lambda a, b: move_lines(a, b, step)) == after


@pytest.mark.parametrize(
    ("change", "before", "after"),
    [
        (duplicate_lines, "a\nb|\nc", "a\nb\nb|\nc"),
        (delete_lines, "a\nlong|\nc", "a\nc|"),
        (delete_lines, "a\nb|", "a|"),
        (delete_lines, "b|", "|"),
        (join_lines, "one |\n  two\nthree", "one| two\nthree"),
        (join_lines, "灯|塔\n老人", "灯塔|老人"),
        (join_lines, "one|\n", "one|"),
        (join_lines, "one|", None),
    ],
)
def test_lines_double_go_and_join(
    shown: Shown,
    change: Callable[[Lines, Selection], LineEdit | None],
    before: str,
    after: str | None,
) -> None:
    assert shown(before, change) == after


def test_a_selection_that_only_reaches_the_next_line_leaves_it() -> None:
    lines = ["a", "b", "c"]
    edit = move_lines(lines, Selection(Place(0, 0), Place(1, 0)), 1)
    assert edit is not None
    assert edit.apply(lines) == ["b", "a", "c"]
    assert edit.selection == Selection(Place(1, 0), Place(2, 0))


def test_numbers_of_a_list_follow_when_its_items_move_or_go() -> None:
    lines = ["1. a", "2. b", "3. c"]
    moved = move_lines(lines, caret_at(1, 4), -1)
    assert moved is not None
    assert renumbered(lines, moved).apply(lines) == ["1. b", "2. a", "3. c"]
    gone = renumbered(lines, delete_lines(lines, caret_at(0, 0)))
    assert gone.apply(lines) == ["1. b", "2. c"]
    double = renumbered(lines, duplicate_lines(lines, caret_at(2, 4)))
    assert double.apply(lines) == ["1. a", "2. b", "3. c", "4. c"]


LINES = st.lists(st.text("ab 1.-", max_size=4), min_size=1, max_size=6)


@given(lines=LINES, data=st.data())
def test_places_stay_in_the_text_and_moving_back_restores_it(
    lines: list[str], data: st.DataObject
) -> None:
    ends = []
    for _ in range(2):
        number = data.draw(st.integers(0, len(lines) - 1))
        ends.append(Place(number, data.draw(st.integers(0, len(lines[number])))))
    selection = Selection(*ends)
    for edit in (
        move_lines(lines, selection, -1),
        move_lines(lines, selection, 1),
        duplicate_lines(lines, selection),
        delete_lines(lines, selection),
        join_lines(lines, selection),
    ):
        if edit is None:
            continue
        after = edit.apply(lines)
        for place in (edit.selection.anchor, edit.selection.caret):
            assert 0 <= place.column <= len(after[place.line])
    up = move_lines(lines, selection, -1)
    if up is not None:
        down = move_lines(up.apply(lines), up.selection, 1)
        assert down is not None
        assert down.apply(up.apply(lines)) == lines
        assert down.selection == selection
