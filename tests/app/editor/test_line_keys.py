"""Lists go on as a person types, and each key is one step to undo."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.editor.editor import Editor
from app.editor.formatting import format_handlers
from app.editor.mirror import TextChange

WILD = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
TEXT = st.lists(
    st.sampled_from(["- a\n", "  - b\n", "1. 灯😀\n", "2. d\n", "> q\n", "\n", "words ", "**b** "]),
    max_size=8,
).map("".join)


def _end(editor: Editor) -> None:
    editor.moveCursor(QTextCursor.MoveOperation.End)


def test_a_list_is_written_with_enter_and_tab(editor: Editor, qtbot: QtBot) -> None:
    qtbot.keyClicks(editor, "1. one")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.keyClicks(editor, "two")
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    assert editor.text() == "1. one\n   1. two"
    qtbot.keyClick(editor, Qt.Key.Key_Backtab)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.keyClicks(editor, "after")
    assert editor.text() == "1. one\n2. two\nafter"


def test_each_such_key_is_one_step_to_undo(editor: Editor, qtbot: QtBot) -> None:
    editor.load_text("1. a\n2. b")
    editor.moveCursor(QTextCursor.MoveOperation.EndOfBlock)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.keyClicks(editor, "new")
    assert editor.text() == "1. a\n2. new\n3. b"
    editor.undo()
    assert editor.text() == "1. a\n2. \n3. b"
    editor.undo()
    assert editor.text() == "1. a\n2. b"


@pytest.mark.parametrize("start", ["```\n- a", "---\n- a"])
def test_in_code_and_front_matter_enter_is_only_enter(
    editor: Editor, qtbot: QtBot, start: str
) -> None:
    editor.load_text(start)
    _end(editor)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert editor.text() == start + "\n"


def test_shift_enter_breaks_the_line_without_an_item(editor: Editor, qtbot: QtBot) -> None:
    editor.load_text("- a")
    _end(editor)
    qtbot.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert editor.text() == "- a\n  "
    editor.load_text("words")
    _end(editor)
    qtbot.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert editor.text() == "words\n"


def test_tab_goes_through_the_cells_of_a_table(editor: Editor, qtbot: QtBot) -> None:
    editor.load_text("|a|b|\n|-|-|")
    _end(editor)
    editor.moveCursor(QTextCursor.MoveOperation.Start)
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    qtbot.keyClicks(editor, "new")
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    qtbot.keyClicks(editor, "1")
    assert editor.text() == "| a   | new |\n| --- | --- |\n| 1    |     |"
    qtbot.keyClick(editor, Qt.Key.Key_Backtab)
    assert editor.text().endswith("| 1   |     |")
    editor.undo()
    editor.undo()
    editor.undo()
    assert editor.text() == "| a   | new   |\n| --- | --- |"


def test_tab_is_a_tab_in_plain_text_and_shift_tab_stays_on_the_page(
    editor: Editor, qtbot: QtBot
) -> None:
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    qtbot.keyClick(editor, Qt.Key.Key_Backtab)
    qtbot.keyClick(editor, Qt.Key.Key_Backtab)
    assert editor.text() == ""
    assert editor.hasFocus()


@WILD
@given(text=TEXT, data=st.data())
def test_any_command_is_reported_exactly_and_undone_by_one_step(
    editor: Editor, text: str, data: st.DataObject
) -> None:
    editor.load_text(text)
    size = editor.document().characterCount() - 1
    cursor = editor.textCursor()
    cursor.setPosition(data.draw(st.integers(0, size)))
    cursor.setPosition(data.draw(st.integers(0, size)), QTextCursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)
    changes: list[TextChange] = []
    editor.edited.connect(changes.append)
    handlers = format_handlers(lambda: editor)
    name = data.draw(st.sampled_from([*sorted(handlers), "enter", "tab", "backtab"]))
    if name in handlers:
        handlers[name]()
    else:
        keys = {"enter": Qt.Key.Key_Return, "tab": Qt.Key.Key_Tab, "backtab": Qt.Key.Key_Backtab}
        QTest.keyClick(editor, keys[name])
    editor.edited.disconnect(changes.append)
    replayed = text
    for change in changes:
        replayed = change.apply(replayed)
    assert editor.text() == replayed
    if changes:
        editor.undo()
    assert editor.text() == text
    if changes:
        editor.redo()
        assert editor.text() == replayed


def test_a_link_takes_its_address_from_the_clipboard(editor: Editor) -> None:
    QGuiApplication.clipboard().setText("https://a.b/c")
    editor.load_text("words")
    format_handlers(lambda: editor)["format.link"]()
    assert editor.text() == "[words](https://a.b/c)"
    QGuiApplication.clipboard().setText("no address")
    editor.load_text("words")
    format_handlers(lambda: editor)["format.link"]()
    assert editor.text() == "[words]()"


def test_pasting_as_plain_text_leaves_unseen_characters_behind(editor: Editor) -> None:
    QGuiApplication.clipboard().setText("soft\u00adhyphen\u00a0and\u200b more")
    editor.paste_plain()
    assert editor.text() == "softhyphen and more"
    editor.undo()
    assert editor.text() == ""


def test_a_page_that_is_only_read_is_not_changed(editor: Editor, qtbot: QtBot) -> None:
    editor.load_text("- a\n- b")
    editor.setReadOnly(True)
    for run in format_handlers(lambda: editor).values():
        run()
    editor.paste_plain()
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    assert editor.text() == "- a\n- b"
