"""Own actions: made, changed, found everywhere at once, and nothing lost on the way."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from app.core.paths import AppPaths
from app.windows.actions_editor import ActionsEditor
from app.windows.main import MainWindow
from engine import FakeEngine, read_action
from tests.app.windows.conftest import Answers

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", r"raise\(\)")  # offscreen says so

CONTROL_ALT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


@pytest.fixture
def editor(window: MainWindow) -> ActionsEditor:
    window.actions_by_id["rewrite.actions"].trigger()
    found = window.findChild(ActionsEditor)
    assert isinstance(found, ActionsEditor)
    return found


def rows(editor: ActionsEditor) -> list[str]:
    return [editor.list.item(row).text() for row in range(editor.list.count())]


def click(qtbot: QtBot, button: QPushButton) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def make(qtbot: QtBot, editor: ActionsEditor, title: str, instruction: str) -> None:
    click(qtbot, editor.new_button)
    qtbot.keyClick(editor.fields.title, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(editor.fields.title, title)
    editor.fields.instruction.selectAll()
    qtbot.keyClicks(editor.fields.instruction, instruction)


def menu_entry(window: MainWindow, title: str) -> QAction | None:
    menu = next(each.menu() for each in window.menuBar().actions() if each.text() == "&Rewrite")
    assert isinstance(menu, QMenu)
    return next((each for each in menu.actions() if each.text() == title), None)


def test_an_own_action_is_made_by_mouse_and_keys_and_runs_by_its_key(
    window: MainWindow, editor: ActionsEditor, engine: FakeEngine, qtbot: QtBot, paths: AppPaths
):
    make(qtbot, editor, "Pirate", "Say this like a pirate.")
    qtbot.keyClick(editor.fields.key, Qt.Key.Key_9, CONTROL_ALT)
    click(qtbot, editor.save_button)
    assert "Saved" in editor.words.text()
    assert "Pirate (own)" in rows(editor)
    stored = read_action(paths.data / "actions" / "pirate.toml")
    assert (stored.title, stored.shortcut) == ("Pirate", "Ctrl+Alt+9")
    assert menu_entry(window, "Pirate") is not None
    editor.close()
    window.activateWindow()
    window.editor.setFocus()
    qtbot.waitUntil(window.editor.hasFocus)
    window.editor.load_text("Hello, my friend.")
    qtbot.keyClick(window.editor, Qt.Key.Key_9, CONTROL_ALT)
    qtbot.waitUntil(lambda: bool(engine.running()))
    assert "like a pirate" in str(engine.requests[-1].prompt)


def test_an_own_action_is_in_the_palette_and_the_tool_bar(
    window: MainWindow, editor: ActionsEditor, engine: FakeEngine, qtbot: QtBot
):
    make(qtbot, editor, "Pirate", "Say this like a pirate.")
    click(qtbot, editor.save_button)
    editor.close()
    titles = [each.text() for each in window._tool_bar.rewrite_menu.actions()]
    assert "Pirate" in titles
    window.editor.load_text("Hello, my friend.")
    window.actions_by_id["view.palette"].trigger()
    qtbot.keyClicks(window._palette.field, "pirat")
    qtbot.keyClick(window._palette.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(engine.running()))


def test_a_key_that_a_command_has_is_refused(editor: ActionsEditor, qtbot: QtBot):
    make(qtbot, editor, "Pirate", "Say this like a pirate.")
    qtbot.keyClick(editor.fields.key, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert "Save" in editor.fields.about_key.text()
    qtbot.keyClick(editor.fields.key, Qt.Key.Key_X)
    assert "needed for writing" in editor.fields.about_key.text()
    action = editor.fields.action()
    assert action is not None
    assert action.shortcut == ""


def test_a_built_in_action_is_changed_and_reset(
    window: MainWindow, editor: ActionsEditor, qtbot: QtBot, answers: Answers
):
    editor.list.setCurrentRow(2)
    assert not editor.delete_button.isEnabled()
    editor.fields.instruction.selectAll()
    qtbot.keyClicks(editor.fields.instruction, "Halve this text.")
    click(qtbot, editor.save_button)
    assert rows(editor)[2] == "Shorter (changed)"
    shorter = window.rewriting.library.find("shorter")
    assert shorter is not None
    assert shorter.instruction == "Halve this text."
    assert shorter.length == (0.15, 0.8), "what has no field stays"
    answers.choice = "Reset"
    click(qtbot, editor.delete_button)
    assert rows(editor)[2] == "Shorter"


def test_an_own_action_is_deleted_only_when_sure(
    window: MainWindow, editor: ActionsEditor, qtbot: QtBot, answers: Answers
):
    make(qtbot, editor, "Pirate", "Say this like a pirate.")
    click(qtbot, editor.save_button)
    answers.choice = QMessageBox.StandardButton.Cancel
    click(qtbot, editor.delete_button)
    assert "Pirate (own)" in rows(editor)
    answers.choice = "Delete"
    click(qtbot, editor.delete_button)
    assert "Pirate (own)" not in rows(editor)
    assert menu_entry(window, "Pirate") is None


def test_a_duplicate_keeps_examples_and_gets_a_name_of_its_own(
    window: MainWindow, editor: ActionsEditor, qtbot: QtBot
):
    editor.list.setCurrentRow(2)
    click(qtbot, editor.copy_button)
    copy = window.rewriting.library.find("shorter-2")
    shorter = window.rewriting.library.find("shorter")
    assert copy is not None
    assert shorter is not None
    assert (copy.title, copy.families) == ("Shorter 2", shorter.families)


def test_what_is_not_saved_is_asked_for(
    window: MainWindow, editor: ActionsEditor, qtbot: QtBot, answers: Answers
):
    make(qtbot, editor, "Pirate", "Say this like a pirate.")
    answers.choice = QMessageBox.StandardButton.Cancel
    editor.list.setCurrentRow(0)
    assert editor.fields.title.text() == "Pirate"
    answers.choice = "Save"
    editor.list.setCurrentRow(0)
    found = window.rewriting.library.find("pirate")
    assert found is not None
    assert found.title == "Pirate"


def test_an_instruction_with_an_unknown_place_is_not_kept(
    window: MainWindow, editor: ActionsEditor, qtbot: QtBot
):
    make(qtbot, editor, "Pirate", "Say {this}.")
    click(qtbot, editor.save_button)
    assert "{this}" in editor.words.text()
    action = window.rewriting.library.find("new-action")
    assert action is not None
    assert action.title == "New Action"


def test_a_file_that_is_no_action_is_named_with_its_line(editor: ActionsEditor, tmp_path: Path):
    bad = tmp_path / "bad.toml"
    bad.write_text('title = "A"\ninstruction = oops\n', encoding="utf-8")
    editor.import_file(bad)
    assert "bad.toml" in editor.words.text()
    assert "line 2" in editor.words.text()


def test_a_bad_own_file_is_told_of_at_the_start_and_breaks_nothing(
    open_window, engine: FakeEngine, paths: AppPaths
):
    folder = paths.data / "actions"
    folder.mkdir(parents=True)
    (folder / "bad.toml").write_text("= = =", encoding="utf-8")
    window = open_window(engine)
    assert "bad.toml" in window.notice.text()
    assert window.rewriting.library.find("shorter") is not None


def test_the_draft_can_be_tried_without_being_kept(
    window: MainWindow, editor: ActionsEditor, engine: FakeEngine, qtbot: QtBot
):
    window.editor.load_text("Hello, my friend.")
    make(qtbot, editor, "Pirate", "Say this like a pirate.")
    click(qtbot, editor.try_button)
    qtbot.waitUntil(lambda: bool(engine.running()))
    assert "like a pirate" in str(engine.requests[-1].prompt)
    kept = window.rewriting.library.find("new-action")
    assert kept is not None
    assert "pirate" not in kept.instruction


def test_an_action_for_the_panel_asks_there(
    window: MainWindow, editor: ActionsEditor, engine: FakeEngine, qtbot: QtBot
):
    make(qtbot, editor, "Questions", "What is left open here? {text}")
    editor.fields.output.setCurrentIndex(2)
    click(qtbot, editor.save_button)
    editor.close()
    window.editor.load_text("Hello, my friend.")
    window.rewriting.start("questions")
    qtbot.waitUntil(lambda: bool(engine.running()))
    assert "What is left open here? Hello, my friend." in str(engine.requests[-1].prompt)
    assert window.editor.text() == "Hello, my friend."
    assert not window.rewrite.active()
