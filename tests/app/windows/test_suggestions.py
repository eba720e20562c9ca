"""The menu's commands for a suggestion are those of the page, with the keys a person gave them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.core.commands import COMMANDS, SUGGESTION
from app.windows.main import MainWindow

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen plugin says so


def test_they_are_possible_only_while_one_is_shown(window: MainWindow) -> None:
    actions = [window.actions_by_id[each.id] for each in COMMANDS if each.context == SUGGESTION]
    assert not any(action.isEnabled() for action in actions)
    window.editor.ghost.show("The keeper came.")
    assert all(action.isEnabled() for action in actions)
    window.actions_by_id["suggestion.take_word"].trigger()
    assert window.editor.text() == "The"
    window.actions_by_id["suggestion.dismiss"].trigger()
    assert not any(action.isEnabled() for action in actions)


def test_a_key_that_is_given_to_a_command_works_on_the_page(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.actions_by_id["suggestion.take"].setShortcut(QKeySequence("F9"))
    window.editor.ghost.show("The keeper")
    qtbot.keyClick(window.editor, Qt.Key.Key_F9)
    assert window.editor.text() == "The keeper"


def test_without_a_suggestion_their_keys_are_those_of_the_text(
    window: MainWindow, qtbot: QtBot
) -> None:
    qtbot.keyClick(window.editor, Qt.Key.Key_Tab)
    assert window.editor.text() == "\t"
    assert window.editor.hasFocus()


def test_suggestions_that_pause_are_resumed_by_a_click(window: MainWindow, qtbot: QtBot) -> None:
    button = window.status.findChild(QPushButton, "paused")
    assert not button.isVisible()
    for _ in range(10):
        window.editor.ghost.show("The keeper")
        qtbot.keyClick(window.editor, Qt.Key.Key_Escape)
    assert button.isVisible()
    assert window.completion.paused()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not button.isVisible()
    assert not window.completion.paused()
    assert window.editor.hasFocus()
