"""Tables of Markdown: aligning their columns, and going from cell to cell."""

from __future__ import annotations

import itertools
import re
import unicodedata
from dataclasses import dataclass

from app.core.lines import LineEdit, Lines, Place, Selection, caret_at

_REACH = 500
"""Rows above and below the caret that are looked at; a longer table is left alone."""
_DELIMITER = re.compile(r"[ \t]*(:?)-+(:?)[ \t]*$")
_LEAST = 3


@dataclass(frozen=True, slots=True)
class Table:
    """The lines from ``first`` up to ``last``; the second one has the delimiters."""

    first: int
    last: int
    rows: tuple[tuple[str, ...], ...]
    """The cells of each line without the space around them."""
    starts: tuple[tuple[int, ...], ...]
    """The column that the text of each cell begins in."""


def table_at(lines: Lines, number: int) -> Table | None:
    """The table that a line is in; None if it is in none."""
    first = number
    while first > 0 and number - first < _REACH and "|" in lines[first - 1]:
        first -= 1
    last = number
    while last < len(lines) and last - number < _REACH and "|" in lines[last]:
        last += 1
    # Other lines with a bar may stand above: the head is the one before the delimiters.
    for head in range(first, last - 1):
        cells, starts = zip(*(_split(lines[row]) for row in range(head, last)), strict=True)
        if all(_DELIMITER.match(cell) for cell in cells[1]) and len(cells[0]) == len(cells[1]):
            return Table(head, last, cells, starts) if head <= number else None
        if head == number:
            return None
    return None


def align_table(lines: Lines, selection: Selection) -> LineEdit | None:
    """Make the columns of the table at the caret as wide as their widest cell.

    The caret stays in its cell. None where there is no table.
    """
    caret = selection.caret
    table = table_at(lines, caret.line)
    if table is None:
        return None
    row = caret.line - table.first
    cell = _cell_at(table, row, caret.column)
    within = caret.column - table.starts[row][cell]
    return _aligned(table, table.rows, row, cell, min(max(0, within), len(table.rows[row][cell])))


def next_cell(lines: Lines, selection: Selection, step: int) -> LineEdit | None:
    """Align the table and select the cell after (+1) or before (-1) the caret's.

    After the last cell comes a new row. None outside of tables and before the first cell.
    """
    caret = selection.caret
    table = table_at(lines, caret.line)
    if table is None:
        return None
    row, width = caret.line - table.first, len(table.rows[0])
    cell = min(_cell_at(table, row, caret.column), width - 1) + step
    if cell < 0 or cell >= width:
        row, cell = row + step, 0 if step > 0 else width - 1
    if row == 1:  # the delimiters hold no words
        row, cell = row + step, 0 if step > 0 else width - 1
    if row < 0:
        return None
    rows = table.rows if row < len(table.rows) else (*table.rows, ("",) * width)
    return _aligned(table, rows, row, cell, None)


def display_width(text: str) -> int:
    """Columns that a text takes in a font of one width, where wide characters take two."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(c) else 1 + (unicodedata.east_asian_width(c) in "WF")
        for c in text
    )


def _aligned(
    table: Table, rows: tuple[tuple[str, ...], ...], row: int, cell: int, within: int | None
) -> LineEdit:
    """The table written anew; selects ``cell`` of ``row``, or puts the caret ``within`` it."""
    count = max(len(cells) for cells in rows)
    sides = [_side(text) for text in rows[1]]
    sides += [""] * (count - len(sides))
    full = [[*cells, *[""] * (count - len(cells))] for cells in rows]
    widths = [
        max(_LEAST, *(display_width(cells[i]) for n, cells in enumerate(full) if n != 1))
        for i in range(count)
    ]
    written = []
    place = Place(0, 0)
    for number, cells in enumerate(full):
        line = "|"
        for index, text in enumerate(cells):
            if number == 1:
                left, right = sides[index].startswith(":"), sides[index].endswith(":")
                dashes = "-" * (widths[index] - left - right)
                text = ":" * left + dashes + ":" * right
            before, after = _space(text, widths[index], sides[index])
            start = len(line) + 1 + before
            if (number, index) == (row, cell):
                place = Place(table.first + number, start)
            line += " " + " " * before + text + " " * after + " |"
        written.append(line)
    if within is None:
        text = full[row][cell]
        selection = Selection(place, Place(place.line, place.column + len(text)))
    else:
        selection = caret_at(place.line, place.column + within)
    return LineEdit(table.first, table.last, tuple(written), selection)


def _space(text: str, width: int, side: str) -> tuple[int, int]:
    free = width - display_width(text)
    if side == "::":
        return free // 2, free - free // 2
    return (free, 0) if side == "-:" else (0, free)


def _side(delimiter: str) -> str:
    """Where a column's text stands: ":-" and "" left, "-:" right, "::" in the middle."""
    left, right = delimiter.startswith(":"), delimiter.endswith(":")
    return "::" if left and right else "-:" if right else ":-" if left else ""


def _cell_at(table: Table, row: int, column: int) -> int:
    """The cell that a place is in: the last whose text or the space before it has begun."""
    ends = [
        start + len(text) for start, text in zip(table.starts[row], table.rows[row], strict=True)
    ]
    return next((index for index, end in enumerate(ends) if column <= end), len(ends) - 1)


def _split(row: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The cells of a row and where they begin; bars in code or behind a backslash part none."""
    bars, position, code = [], 0, ""
    while position < len(row):
        character = row[position]
        if character == "\\" and not code:  # in code a backslash is one
            position += 2
            continue
        if character == "`":
            ticks = re.match("`+", row[position:])
            run = ticks.group() if ticks else "`"
            if code == run:
                code = ""
            elif not code and re.search(f"(?<!`){run}(?!`)", row[position + len(run) :]):
                code = run
            position += len(run)
            continue
        if character == "|" and not code:
            bars.append(position)
        position += 1
    edges = [-1, *bars, len(row)]
    cells, starts = [], []
    for left, right in itertools.pairwise(edges):
        text = row[left + 1 : right]
        outside = left == -1 or right == len(row)
        if outside and not text.strip() and bars:
            continue
        cells.append(text.strip())
        lead = len(text) - len(text.lstrip())
        starts.append(left + 1 + (lead if text.strip() else min(1, len(text))))
    return tuple(cells) or ("",), tuple(starts) or (0,)
