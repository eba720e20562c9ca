"""The bars below the page, by keyboard as a person uses them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.windows.find_bar import FindBar
from app.windows.main import MainWindow

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen plugin says so


@pytest.fixture
def bar(window: MainWindow, qtbot: QtBot) -> FindBar:
    window.activateWindow()
    window.editor.load_text("One tree, two trees.\nThree treetops.\n")
    return window.finding.find_bar


def trigger(window: MainWindow, command: str) -> None:
    window.actions_by_id[command].trigger()


def select(window: MainWindow, start: int, end: int) -> None:
    cursor = window.editor.textCursor()
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    window.editor.setTextCursor(cursor)


def focus(window: MainWindow) -> QWidget | None:
    return window.focusWidget()


def test_find_as_one_types_enter_goes_on_and_escape_returns(
    window: MainWindow, bar: FindBar, qtbot: QtBot
):
    trigger(window, "edit.find")
    assert focus(window) is bar.wanted
    qtbot.keyClicks(bar.wanted, "tree")
    qtbot.waitUntil(lambda: bar.count_text() == "1 of 3")
    qtbot.keyClick(bar.wanted, Qt.Key.Key_Return)
    assert bar.count_text() == "2 of 3"
    qtbot.keyClick(bar.wanted, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(bar.wanted, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert bar.count_text() == "3 of 3, from the end again"
    qtbot.keyClick(bar.wanted, Qt.Key.Key_Escape)
    assert bar.isHidden()
    assert focus(window) is window.editor
    assert window.editor.textCursor().selectedText() == "tree"
    trigger(window, "edit.find_next")
    qtbot.waitUntil(lambda: window.editor.textCursor().selectionStart() == 4)


def test_the_selection_is_looked_for(window: MainWindow, bar: FindBar, qtbot: QtBot):
    select(window, 4, 8)
    trigger(window, "edit.replace")
    assert bar.wanted.text() == "tree"
    assert focus(window) is bar.replacement
    qtbot.waitUntil(lambda: bar.count_text() == "1 of 3")
    qtbot.keyClicks(bar.replacement, "bush")
    qtbot.keyClick(bar.replacement, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bar.count_text() == "1 of 2")
    qtbot.keyClick(bar.replacement, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bar.message() == "2 matches were replaced.")
    assert window.editor.text() == "One bush, two bushs.\nThree bushtops.\n"
    qtbot.waitUntil(lambda: bar.count_text() == "not found")


def test_the_switches_change_what_is_found(window: MainWindow, bar: FindBar, qtbot: QtBot):
    trigger(window, "edit.find")
    bar.wanted.setText("t")
    qtbot.waitUntil(lambda: bar.count_text().endswith("of 6"))
    bar.match_case.click()
    qtbot.waitUntil(lambda: bar.count_text().endswith("of 5"))
    bar.wanted.setText("tree")
    bar.whole_words.click()
    qtbot.waitUntil(lambda: bar.count_text() == "1 of 1")
    bar.whole_words.click()
    bar.expression.click()
    bar.wanted.setText(r"tree\w+$")
    qtbot.waitUntil(lambda: bar.count_text() == "not found")


def test_a_wrong_expression_is_said_and_gone_when_mended(
    window: MainWindow, bar: FindBar, qtbot: QtBot
):
    trigger(window, "edit.replace")
    bar.expression.click()
    bar.wanted.setText("(tree")
    assert "not closed" in bar.message()
    assert bar.count_text() == ""
    bar.wanted.setText("(tree)")
    assert bar.message() == ""
    qtbot.waitUntil(lambda: bar.count_text() == "1 of 3")
    bar.replacement.setText(r"\2")
    qtbot.keyClick(bar.replacement, Qt.Key.Key_Return)
    assert "group 2" in bar.message()


def test_only_the_selection(window: MainWindow, bar: FindBar, qtbot: QtBot):
    trigger(window, "edit.find")
    bar.wanted.setText("tree")
    bar.in_selection.click()
    assert "Select" in bar.message()
    assert not bar.in_selection.isChecked()
    select(window, 21, 37)
    bar.in_selection.click()
    qtbot.waitUntil(lambda: bar.count_text() == "1 of 1")
    bar.close_bar()
    assert not bar.in_selection.isChecked()


def test_with_nothing_to_look_for_the_next_match_asks(window: MainWindow, bar: FindBar):
    trigger(window, "edit.find_next")
    assert bar.isVisible()
    assert bar.count_text() == ""


def test_going_to_a_line(window: MainWindow, qtbot: QtBot):
    window.editor.load_text("\n".join(map(str, range(1, 501))))
    bar = window.finding.line_bar
    trigger(window, "edit.go_to_line")
    assert focus(window) is bar.number
    bar.number.selectAll()
    qtbot.keyClicks(bar.number, "321")
    qtbot.keyClick(bar.number, Qt.Key.Key_Return)
    assert window.editor.textCursor().block().text() == "321"
    assert bar.isHidden()
    assert focus(window) is window.editor
    trigger(window, "edit.go_to_line")
    assert bar.number.value() == 321
    qtbot.keyClick(bar.number, Qt.Key.Key_Escape)
    assert bar.isHidden()


def test_one_bar_at_a_time(window: MainWindow, bar: FindBar):
    trigger(window, "edit.find")
    trigger(window, "edit.go_to_line")
    assert bar.isHidden()
    trigger(window, "edit.replace")
    assert window.finding.line_bar.isHidden()
    assert bar.replacement.isVisible()
    trigger(window, "edit.find")
    assert not bar.replacement.isVisible()
