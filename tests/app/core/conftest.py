"""Edits of lines in texts with "|" for the caret."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.core.lines import LineEdit, Lines, Selection, caret_at

Shown = Callable[[str, Callable[[Lines, Selection], LineEdit | None]], str | None]


def _shown(text: str, change: Callable[[Lines, Selection], LineEdit | None]) -> str | None:
    before, _, after = text.partition("|")
    lines = (before + after).split("\n")
    edit = change(lines, caret_at(before.count("\n"), len(before.rpartition("\n")[2])))
    if edit is None:
        return None
    lines = edit.apply(lines)
    caret = edit.selection.caret
    line = lines[caret.line]
    lines[caret.line] = f"{line[: caret.column]}|{line[caret.column :]}"
    return "\n".join(lines)


@pytest.fixture
def shown() -> Shown:
    """A text after an edit of lines, with the caret in it; None if there is nothing to edit."""
    return _shown
