"""Lists and quotes go on as they were begun, and numbers follow."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.lines import LineEdit, Lines, Place, Selection, caret_at
from app.core.lists import (
    ListKind,
    indent_lines,
    indents,
    line_in_item,
    new_line,
    read_item,
    renumbered,
    toggle_done,
    toggle_list,
)

Shown = Callable[[str, Callable[[Lines, Selection], LineEdit | None]], str | None]
PIECES = ["- ", "* ", "1. ", "2) ", "10. ", "> ", "   ", "\t", "[ ] ", "[x] ", "a", "灯", "", "---"]
LINES = st.lists(st.lists(st.sampled_from(PIECES), max_size=5).map("".join), min_size=1, max_size=9)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- one|", "- one\n- |"),
        ("* o|ne", "* o\n* |ne"),
        ("1. one|\n2. two", "1. one\n2. |\n3. two"),
        ("9) nine|", "9) nine\n10) |"),
        ("- [x] done|", "- [x] done\n- [ ] |"),
        ("> said|", "> said\n> |"),
        ("> 1. said|", "> 1. said\n> 2. |"),
        ("1、甲|\n2、乙", "1、甲\n2、|\n3、乙"),
        ("1. all|\n1. the same", "1. all\n1. |\n1. the same"),
        ("1. a|\n\n   more\n\n2. b", "1. a\n2. |\n\n   more\n\n3. b"),
        ("1. a|\n   1. deep\n2. b", "1. a\n2. |\n   1. deep\n3. b"),
        ("1. a|\ntext\n2. b", "1. a\n2. |\ntext\n2. b"),
        ("- |", "|"),
        ("- a\n  - |", "- a\n- |"),
        ("1. a\n   1. |\n2. b", "1. a\n2. |\n3. b"),
        ("> |", "|"),
        ("> - |", "> |"),
    ],
)
def test_enter_goes_on_with_a_list_or_ends_it(shown: Shown, before: str, after: str) -> None:
    assert shown(before, new_line) == after


@pytest.mark.parametrize(
    "text", ["words|", "|- a", "-| a", "* * *|", "---|", "-5 degrees|", "3.5|"]
)
def test_elsewhere_enter_is_left_to_the_page(shown: Shown, text: str) -> None:
    assert shown(text, new_line) is None


def test_enter_with_a_selection_is_left_to_the_page() -> None:
    assert new_line(["- one"], Selection(Place(0, 2), Place(0, 4))) is None


@pytest.mark.parametrize(
    ("before", "after"),
    [("- on|e", "- on\n  |e"), ("> 10. a|", "> 10. a\n>     |"), ("> a|", "> a\n> |")],
)
def test_a_line_of_the_same_item(shown: Shown, before: str, after: str) -> None:
    assert shown(before, line_in_item) == after


@pytest.mark.parametrize(
    ("before", "deeper"),
    [
        ("- a\n- b|", "- a\n  - b|"),
        ("1. a\n2. b|\n3. c", "1. a\n   1. b|\n2. c"),
        ("- a\n- b|\n  - below\n\n    text\n- c", "- a\n  - b|\n    - below\n\n      text\n- c"),
        ("10. a\n11. |b", "10. a\n    1. |b"),
        ("> - a\n> - b|", "> - a\n>   - b|"),
    ],
)
def test_an_item_goes_below_the_one_before_and_back(shown: Shown, before: str, deeper: str) -> None:
    assert shown(before, lambda a, b: indent_lines(a, b, 1)) == deeper
    assert shown(deeper, lambda a, b: indent_lines(a, b, -1)) == before


def test_selected_lines_are_indented_together() -> None:
    lines, selection = ["one", "", "two"], Selection(Place(0, 1), Place(2, 3))
    edit = indent_lines(lines, selection, 1)
    assert edit is not None
    assert edit.apply(lines) == ["    one", "", "    two"]
    assert edit.selection == Selection(Place(0, 5), Place(2, 7))
    back = indent_lines(edit.apply(lines), edit.selection, -1)
    assert back is not None
    assert back.apply(edit.apply(lines)) == lines
    assert indent_lines(lines, selection, -1) is None


def test_tab_indents_an_item_and_stays_a_tab_in_plain_text() -> None:
    assert indents(["- item"], caret_at(0, 5))
    assert not indents(["words"], caret_at(0, 5))


@pytest.mark.parametrize(
    ("lines", "kind", "made"),
    [
        (["a", "", "b"], ListKind.NUMBERS, ["1. a", "", "2. b"]),
        (["1. a", "2. b"], ListKind.BULLETS, ["- a", "- b"]),
        (["* a", "b"], ListKind.TASKS, ["* [ ] a", "- [ ] b"]),
        (["- [x] a"], ListKind.BULLETS, ["- a"]),
        (["a", "- b"], ListKind.QUOTE, ["> a", "> - b"]),
    ],
)
def test_lines_become_a_list(lines: list[str], kind: ListKind, made: list[str]) -> None:
    selection = Selection(Place(0, 0), Place(len(lines) - 1, len(lines[-1])))
    edit = toggle_list(lines, selection, kind)
    assert edit is not None
    assert edit.apply(lines) == made


def test_the_same_command_makes_them_plain_again() -> None:
    for kind in ListKind:
        lines = ["> a", "> b"]
        edit = toggle_list(lines, Selection(Place(0, 0), Place(1, 3)), kind)
        assert edit is not None
        again = toggle_list(edit.apply(lines), edit.selection, kind)
        assert again is not None
        assert [line.removeprefix("> ") for line in again.apply(lines)] == ["a", "b"]


def test_tasks_are_ticked_together() -> None:
    lines = ["- [x] a", "- [ ] b", "c"]
    selection = Selection(Place(0, 0), Place(2, 1))
    edit = toggle_done(lines, selection)
    assert edit is not None
    assert edit.apply(lines) == ["- [x] a", "- [x] b", "c"]
    edit = toggle_done(edit.apply(lines), selection)
    assert edit is not None
    assert edit.apply(lines) == ["- [ ] a", "- [ ] b", "c"]
    assert toggle_done(["a"], caret_at(0, 0)) is None


def test_numbers_inside_of_code_do_not_follow() -> None:
    lines = ["1. a", "   ```", "   1. code", "   ```"]
    edit = new_line(lines, caret_at(0, 4))
    assert edit is not None
    assert edit.apply(lines) == ["1. a", "2. ", *lines[1:]]


@given(LINES)
def test_an_item_taken_apart_is_still_the_line(lines: list[str]) -> None:
    for line in lines:
        assert str(read_item(line)) == line


@given(lines=LINES, data=st.data())
def test_every_edit_keeps_the_words_and_a_place_in_the_text(
    lines: list[str], data: st.DataObject
) -> None:
    number = data.draw(st.integers(0, len(lines) - 1))
    column = data.draw(st.integers(0, len(lines[number])))
    caret = caret_at(number, column)
    edits: list[LineEdit | None] = [
        new_line(lines, caret),
        line_in_item(lines, caret),
        indent_lines(lines, caret, 1),
        indent_lines(lines, caret, -1),
        renumbered(lines, LineEdit(number, number + 1, (lines[number],), caret)),
        *(toggle_list(lines, caret, kind) for kind in ListKind),
    ]
    words = "".join(lines).count("a")
    for edit in edits:
        if edit is None:
            continue
        after = edit.apply(lines)
        assert "".join(after).count("a") == words
        assert after[: edit.first] == lines[: edit.first]
        for place in (edit.selection.anchor, edit.selection.caret):
            assert 0 <= place.column <= len(after[place.line])


@given(lines=LINES, data=st.data())
def test_numbering_again_changes_nothing(lines: list[str], data: st.DataObject) -> None:
    number = data.draw(st.integers(0, len(lines) - 1))
    once = renumbered(lines, LineEdit(number, number + 1, (lines[number],), caret_at(number, 0)))
    after = once.apply(lines)
    again = renumbered(after, LineEdit(number, number + 1, (after[number],), caret_at(number, 0)))
    assert again.apply(after) == after
