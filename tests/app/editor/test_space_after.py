"""The space that came with a word is where it should be, whatever is typed next."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.editor.editor import Editor
from app.editor.space_after import SpaceAfterWord


@pytest.fixture
def page(editor: Editor) -> Editor:
    SpaceAfterWord(editor, editor)
    editor.load_text('He said "we walk')
    cursor = editor.textCursor()
    cursor.setPosition(len(editor.text()))
    editor.setTextCursor(cursor)
    return editor


def take(page: Editor, text: str) -> None:
    assert page.ghost.show(text)
    assert page.ghost.accept_word()


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        (",", "walking,"),
        (".", "walking."),
        ('"', 'walking"'),
        ("h", "walking h"),
        ("-", "walking -"),
        ("(", "walking ("),
    ],
)
def test_punctuation_stands_right_after_the_word(
    page: Editor, qtbot: QtBot, typed: str, text: str
) -> None:
    take(page, "ing ")
    qtbot.keyClicks(page, typed)
    assert page.text().endswith(text)


def test_a_new_paragraph_leaves_no_space_behind(page: Editor, qtbot: QtBot) -> None:
    take(page, "ing ")
    qtbot.keyClick(page, Qt.Key.Key_Return)
    assert page.text() == 'He said "we walking\n'


def test_a_space_that_was_typed_stays(page: Editor, qtbot: QtBot) -> None:
    take(page, "ing ")
    qtbot.keyClicks(page, "a ,")
    assert page.text().endswith("walking a ,")


def test_a_space_one_comes_back_to_stays(page: Editor, qtbot: QtBot) -> None:
    take(page, "ing ")
    qtbot.keyClick(page, Qt.Key.Key_Left)
    qtbot.keyClick(page, Qt.Key.Key_Right)
    qtbot.keyClicks(page, ",")
    assert page.text().endswith("walking ,")


def test_undo_gives_back_what_was_there(page: Editor, qtbot: QtBot) -> None:
    take(page, "ing ")
    qtbot.keyClicks(page, ",")
    for _ in range(3):
        page.undo()
    assert page.text() == 'He said "we walk'
