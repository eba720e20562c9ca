"""What is written stays in the light, and in the middle."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from pytestqt.qtbot import QtBot

from app.editor.editor import Editor
from app.editor.focus import Extent, FocusMode
from app.services.theme import THEMES


@pytest.fixture
def focus(editor: Editor) -> FocusMode:
    result = FocusMode(editor)
    result.apply_theme(THEMES["paper"])
    return result


def _dimmed(editor: Editor) -> list[str]:
    return [mark.cursor.selectedText().replace("\u2029", "\n") for mark in editor.extraSelections()]


def test_other_paragraphs_are_dimmed(editor: Editor, focus: FocusMode, qtbot: QtBot) -> None:
    editor.load_text("one\n\ntwo 😀\n\nthree")
    focus.set_on(True)
    assert _dimmed(editor) == ["\n\ntwo 😀\n\nthree"]
    qtbot.keyClick(editor, Qt.Key.Key_Down)
    qtbot.keyClick(editor, Qt.Key.Key_Down)
    assert _dimmed(editor) == ["one\n\n", "\n\nthree"]
    mark = editor.extraSelections()[0]
    assert mark.format.foreground().color().name() == THEMES["paper"].ghost
    focus.set_on(False)
    assert _dimmed(editor) == []


def test_other_sentences_are_dimmed_too(editor: Editor, focus: FocusMode, qtbot: QtBot) -> None:
    focus.set_extent(Extent.SENTENCE)
    focus.set_on(True)
    editor.load_text("First 😀. Second one.")
    editor.moveCursor(QTextCursor.MoveOperation.End)
    assert _dimmed(editor) == ["First 😀. "]
    qtbot.keyClicks(editor, " Third")
    assert _dimmed(editor) == ["First 😀. Second one. "]


def test_what_is_selected_stays_in_the_light(editor: Editor, focus: FocusMode) -> None:
    focus.set_on(True)
    editor.load_text("one\ntwo\nthree\nfour")
    cursor = editor.textCursor()
    cursor.setPosition(5)
    cursor.setPosition(9, QTextCursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)
    assert _dimmed(editor) == ["one\n", "\nfour"]


def test_in_a_long_document_only_what_is_in_sight_is_dimmed(
    editor: Editor, focus: FocusMode
) -> None:
    focus.set_on(True)
    editor.load_text("line\n" * 20_000)
    assert len(_dimmed(editor)[0]) < 1_000
    editor.verticalScrollBar().setValue(10_000)
    (dimmed,) = _dimmed(editor)
    assert "line" in dimmed


def test_the_line_being_written_stays_in_the_middle(editor: Editor, qtbot: QtBot) -> None:
    editor.load_text("line\n" * 100)
    editor.set_typewriter(True)
    editor.moveCursor(QTextCursor.MoveOperation.End)
    middle = editor.viewport().height() // 2
    for _ in range(3):
        qtbot.keyClick(editor, Qt.Key.Key_Return)
        assert abs(editor.cursorRect().center().y() - middle) < 2 * editor.cursorRect().height()
    editor.set_typewriter(False)
    editor.verticalScrollBar().setValue(0)
    assert editor.cursorRect().center().y() > editor.viewport().height()


def test_lines_grow_with_the_spacing(editor: Editor) -> None:
    editor.load_text("words")
    heights = []
    for percent in (150, 200, 250):
        editor.set_line_spacing(percent)
        editor.grab()
        heights.append(editor.document().begin().layout().boundingRect().height())
    size = editor.font().pixelSize()
    assert heights == pytest.approx([1.5 * size, 2 * size, 2.5 * size], abs=2)
