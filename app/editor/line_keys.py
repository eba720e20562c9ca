"""Keys that shape lists, quotes and tables while a person types."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from app.core.lines import LineEdit, Lines, Selection
from app.core.lists import indent_lines, indents, line_in_item, new_line
from app.core.tables import next_cell, table_at

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_NOTHING = Qt.KeyboardModifier.NoModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier


def is_shift_enter(event: QKeyEvent) -> bool:
    """Whether it is the key that Qt would put a U+2028 in for, which no Markdown program reads."""
    return event.key() in _ENTER and _modifiers(event) == _SHIFT


def line_edit_of(event: QKeyEvent, lines: Lines, selection: Selection) -> LineEdit | None:
    """What a key does to the lines beyond what it always does; None for nothing."""
    key, modifiers = event.key(), _modifiers(event)
    if key in _ENTER and modifiers == _NOTHING:
        return new_line(lines, selection)
    if key in _ENTER and modifiers == _SHIFT:
        return line_in_item(lines, selection)
    if key == Qt.Key.Key_Tab and modifiers == _NOTHING and "|" in lines[selection.caret.line]:
        edit = next_cell(lines, selection, 1)
        if edit is not None:
            return edit
    if key == Qt.Key.Key_Tab and modifiers == _NOTHING and indents(lines, selection):
        return indent_lines(lines, selection, 1)
    if key == Qt.Key.Key_Backtab:
        if table_at(lines, selection.caret.line):
            return next_cell(lines, selection, -1)
        return indent_lines(lines, selection, -1)
    return None


def _modifiers(event: QKeyEvent) -> Qt.KeyboardModifier:
    return event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
