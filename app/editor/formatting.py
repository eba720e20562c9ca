"""Commands that work on lines and words of the page, and keys that do so while typing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QGuiApplication

from app.core import lines as line_edits
from app.core import lists, marking, tables
from app.core.lines import LineEdit, Lines, Selection
from app.core.lists import ListKind, renumbered
from app.editor.editor import Editor

Change = Callable[[Lines, Selection], LineEdit | None]


def format_handlers(page: Callable[[], Editor]) -> dict[str, Callable[..., None]]:
    """What the commands of the menu Format and its kin do to the page that ``page`` returns."""

    def on_lines(change: Change, *, keeps_numbers: bool = False) -> Callable[..., None]:
        def run(*_: object) -> None:
            editor = page()
            edit = change(editor.lines(), editor.selection())
            if edit is not None and not editor.isReadOnly():
                editor.apply_lines(edit if keeps_numbers else renumbered(editor.lines(), edit))

        return run

    def on_words(change: Change) -> Callable[..., None]:
        return on_lines(change, keeps_numbers=True)

    def link(lines: Lines, selection: Selection) -> LineEdit | None:
        return marking.make_link(lines, selection, clipboard_address())

    return {
        "format.strong": on_words(partial(marking.toggle_mark, mark=marking.STRONG)),
        "format.emphasis": on_words(partial(marking.toggle_mark, mark=marking.EMPHASIS)),
        "format.code": on_words(partial(marking.toggle_mark, mark=marking.CODE)),
        "format.strike": on_words(partial(marking.toggle_mark, mark=marking.STRIKE)),
        "format.link": on_words(link),
        "format.heading_deeper": on_words(partial(marking.change_heading, step=1)),
        "format.heading_higher": on_words(partial(marking.change_heading, step=-1)),
        "format.bullets": on_lines(partial(lists.toggle_list, kind=ListKind.BULLETS)),
        "format.numbers": on_lines(partial(lists.toggle_list, kind=ListKind.NUMBERS)),
        "format.tasks": on_lines(partial(lists.toggle_list, kind=ListKind.TASKS)),
        "format.quote": on_words(partial(lists.toggle_list, kind=ListKind.QUOTE)),
        "format.done": on_words(lists.toggle_done),
        "format.table": on_words(tables.align_table),
        "edit.move_up": on_lines(partial(line_edits.move_lines, step=-1)),
        "edit.move_down": on_lines(partial(line_edits.move_lines, step=1)),
        "edit.duplicate": on_lines(line_edits.duplicate_lines),
        "edit.delete_line": on_lines(line_edits.delete_lines),
        "edit.join": on_lines(line_edits.join_lines),
    }


def clipboard_address() -> str:
    """The web address that the clipboard holds, "" if it holds anything else."""
    text = QGuiApplication.clipboard().text().strip()
    return text if marking.is_address(text) else ""
