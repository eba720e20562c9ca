"""Columns of tables are aligned, and the keys go from cell to cell."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.core.lines import LineEdit, Lines, Place, Selection, caret_at
from app.core.tables import align_table, display_width, next_cell, table_at

Shown = Callable[[str, Callable[[Lines, Selection], LineEdit | None]], str | None]


def test_columns_become_as_wide_as_their_widest_cell() -> None:
    lines = ["words", "", "|a|bb|", "|:-|-:|", "| long *one* | 1|", "|灯塔|`x|y`|"]
    edit = align_table(lines, caret_at(4, 4))
    assert edit is not None
    assert edit.apply(lines)[2:] == [
        "| a          |    bb |",
        "| :--------- | ----: |",
        "| long *one* |     1 |",
        "| 灯塔       | `x|y` |",
    ]
    assert edit.selection == caret_at(4, 4)
    again = align_table(edit.apply(lines), edit.selection)
    assert again is not None
    assert again.apply(edit.apply(lines)) == edit.apply(lines)


def test_a_table_without_bars_at_its_edges_and_missing_cells() -> None:
    lines = ["a | b", "--|:-:", "1", "1 | 2 \\| 3"]
    assert table_at(lines, 0) is not None
    edit = align_table([lines[0], lines[1], lines[3]], caret_at(0, 0))
    assert edit is not None
    assert edit.lines == ("| a   |   b    |", "| --- | :----: |", "| 1   | 2 \\| 3 |")


def test_tab_goes_through_the_cells_and_makes_a_new_row() -> None:
    lines = ["|a|b|", "|-|-|", "|1|2|"]
    selection = caret_at(0, 1)
    reached = []
    for _ in range(4):
        edit = next_cell(lines, selection, 1)
        assert edit is not None
        lines, selection = edit.apply(lines), edit.selection
        start, end = selection.anchor, selection.caret
        reached.append(lines[start.line][start.column : end.column])
    assert reached == ["b", "1", "2", ""]
    assert lines[3] == "|     |     |"
    assert selection == caret_at(3, 2)
    back = next_cell(lines, selection, -1)
    assert back is not None
    assert back.selection == Selection(Place(2, 8), Place(2, 9))
    first = next_cell(lines, caret_at(0, 2), -1)
    assert first is None


@pytest.mark.parametrize("text", ["a | b|", "a | b\nno|delimiters", "|---|---|"])
def test_what_is_no_table_is_left_alone(text: str) -> None:
    assert align_table(text.split("\n"), caret_at(0, 0)) is None


def test_wide_characters_count_twice_and_accents_not_at_all() -> None:
    assert display_width("灯塔") == 4
    assert display_width("e\u0301") == 1


CELLS = st.text("ab灯`\\*: -", max_size=5).filter(lambda cell: not cell.endswith("\\"))


@given(
    rows=st.lists(st.lists(CELLS, min_size=2, max_size=2), min_size=1, max_size=4),
    column=st.integers(0, 12),
)
@example(rows=[["", ""], ["`", "\\`"]], column=0)
def test_aligning_keeps_every_cell_and_aligning_again_changes_nothing(
    rows: list[list[str]], column: int
) -> None:
    lines = [f"|{row[0]}|{row[1]}|" for row in rows]
    lines.insert(1, "|---|---|")
    table = table_at(lines, 0)
    if table is None:
        return
    edit = align_table(lines, caret_at(0, min(column, len(lines[0]))))
    assert edit is not None
    after = edit.apply(lines)
    aligned = table_at(after, 0)
    assert aligned is not None
    for old, new in zip(table.rows[::2], aligned.rows[::2], strict=False):
        assert list(new[: len(old)]) == list(old)
    caret = edit.selection.caret
    assert 0 <= caret.column <= len(after[caret.line])
    again = align_table(after, edit.selection)
    assert again is not None
    assert again.apply(after) == after
