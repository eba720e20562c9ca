"""Typed quotes become typographic ones, and what was typed comes back by one key."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from pytestqt.qtbot import QtBot

from app.editor.editor import Editor


@pytest.fixture(autouse=True)
def smart(editor: Editor) -> None:
    editor.set_smart_typing(True)


def test_quotes_and_dashes_are_replaced(editor: Editor, qtbot: QtBot) -> None:
    qtbot.keyClicks(editor, '"I don\'t" --- so...')
    assert editor.text() == "“I don’t” — so…"


def test_backspace_brings_back_what_was_typed_and_then_deletes(
    editor: Editor, qtbot: QtBot
) -> None:
    qtbot.keyClicks(editor, 'a "')
    assert editor.text() == "a “"
    qtbot.keyClick(editor, Qt.Key.Key_Backspace)
    assert editor.text() == 'a "'
    qtbot.keyClick(editor, Qt.Key.Key_Backspace)
    assert editor.text() == "a "


def test_undo_brings_back_what_was_typed_too(editor: Editor, qtbot: QtBot) -> None:
    qtbot.keyClicks(editor, "one--")
    editor.undo()
    assert editor.text() == "one--"
    qtbot.keyClicks(editor, " two")
    assert editor.text() == "one-- two"


def test_backspace_elsewhere_only_deletes(editor: Editor, qtbot: QtBot) -> None:
    qtbot.keyClicks(editor, 'a "b')
    editor.moveCursor(QTextCursor.MoveOperation.Left)
    qtbot.keyClick(editor, Qt.Key.Key_Backspace)
    assert editor.text() == "a b"


def test_never_in_code_and_not_when_it_is_off(editor: Editor, qtbot: QtBot) -> None:
    qtbot.keyClicks(editor, "```")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.keyClicks(editor, 'a "b"')
    assert editor.text().endswith('a "b"')
    editor.load_text("")
    editor.set_smart_typing(False)
    qtbot.keyClicks(editor, '"b"')
    assert editor.text() == '"b"'
