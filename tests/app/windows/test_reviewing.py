"""The commands of a review in the window: by keys, and only while there is one."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QKeySequence
from pytestqt.qtbot import QtBot

from app.core.commands import COMMANDS, REVIEW
from app.core.review import Change
from app.windows.main import MainWindow

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

TEXT = "He have two dog."
COMMANDS_OF_REVIEW = [command.id for command in COMMANDS if command.context == REVIEW]


def review(window: MainWindow) -> None:
    page = window.rewrite.page
    page.begin(0, TEXT)
    page.propose([Change(0, 3, "have", "has"), Change(1, 12, "dog", "dogs")])
    window.editor.setFocus()


def press(qtbot: QtBot, window: MainWindow, key: str) -> None:
    combination = QKeySequence(key)[0]
    qtbot.keyClick(window.editor, combination.key(), combination.keyboardModifiers())


@pytest.fixture
def written(window: MainWindow) -> MainWindow:
    window.editor.load_text(TEXT)
    return window


def test_the_commands_are_possible_only_while_there_is_a_review(written: MainWindow) -> None:
    actions = [written.actions_by_id[name] for name in COMMANDS_OF_REVIEW[:6]]
    assert not any(action.isEnabled() for action in actions)
    review(written)
    assert all(action.isEnabled() for action in actions)
    written.rewrite.page.end()
    assert not any(action.isEnabled() for action in actions)


def test_by_keys_on_the_page(written: MainWindow, qtbot: QtBot) -> None:
    review(written)
    qtbot.waitUntil(written.editor.hasFocus)
    press(qtbot, written, "F9")
    press(qtbot, written, "F9")
    press(qtbot, written, "Alt+Return")
    assert written.editor.text() == "He have two dogs."
    press(qtbot, written, "Alt+Backspace")
    assert written.editor.text() == "He have two dogs."
    assert not written.rewrite.page.shown()
    press(qtbot, written, "Ctrl+Z")
    press(qtbot, written, "Ctrl+Z")
    assert written.editor.text() == TEXT
    press(qtbot, written, "Alt+Shift+Return")
    assert written.editor.text() == "He has two dogs."


def test_a_key_of_the_persons_own_is_in_the_tool_tips(written: MainWindow) -> None:
    written._settings.set("keys", {"review.accept": "Ctrl+Alt+Q"})
    assert "Ctrl+Alt+Q" in written.rewrite.page._bar.accept.toolTip()


def test_a_review_is_not_saved(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "a.md"
    path.write_text(TEXT, encoding="utf-8")
    window.open_files([path])
    qtbot.waitUntil(lambda: window.editor.text() == TEXT)
    review(window)
    window.actions_by_id["review.next"].trigger()
    window.actions_by_id["review.accept"].trigger()
    window.actions_by_id["file.save"].trigger()
    qtbot.waitUntil(lambda: path.read_text(encoding="utf-8") != TEXT)
    assert path.read_text(encoding="utf-8") == "He has two dog."
    assert window.rewrite.page.shown()


def test_undo_stays_where_the_change_was(written: MainWindow, qtbot: QtBot) -> None:
    review(written)
    qtbot.waitUntil(written.editor.hasFocus)
    for key in ("F9", "F9", "Alt+Return", "Ctrl+Z"):
        press(qtbot, written, key)
    assert written.editor.text() == TEXT
    assert written.editor.caret() in range(TEXT.index("dog"), TEXT.index(".") + 1)
