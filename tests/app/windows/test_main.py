"""The window: every command does something, and the states are said in words."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QMenu
from pytestqt.qtbot import QtBot

from app.core.commands import COMMANDS, MENUS, SUGGESTION, VIEW
from app.core.keys import holder, keys_of
from app.core.settings import SettingsStore
from app.services.theme import THEMES, style_sheet
from app.windows.main import MainWindow
from engine import (
    EngineState,
    EngineStatus,
    FakeEngine,
    MissingEngine,
    ModelDamaged,
    ModelNotFound,
)

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen plugin says so


def _menu_of(window: MainWindow, title: str) -> QMenu:
    for action in window.menuBar().actions():
        menu = action.menu()
        if action.text() == title and isinstance(menu, QMenu):
            return menu
    raise AssertionError(title)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_every_command_has_an_action_in_its_menu_and_a_handler(window: MainWindow, command):
    action = window.actions_by_id[command.id]
    assert action in _menu_of(window, command.menu).actions()
    assert window._handlers()[command.id] is not None
    assert bool(command.shortcut) == (not action.shortcut().isEmpty())


def test_no_two_commands_share_a_key():
    for command in COMMANDS:
        assert holder(command.shortcut, command, keys_of({})) is None, command.id
    keys = [
        key
        for command in COMMANDS
        if command.context != SUGGESTION
        for key in (command.shortcut, *command.also)
        if key
    ]
    assert len(keys) == len(set(keys))


def test_keys_reach_their_commands_from_the_page(window: MainWindow, settings, qtbot: QtBot):
    qtbot.waitUntil(window.editor.hasFocus)
    usual = settings.get("editor.font_size")
    qtbot.keyClick(window.editor, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert settings.get("editor.font_size") == usual + 1


def test_the_menus_are_those_of_the_table(window: MainWindow):
    assert [action.text() for action in window.menuBar().actions()] == list(MENUS)


def test_a_fresh_window_has_nothing_to_save(window: MainWindow, answers):
    assert not window.isWindowModified()
    window.close()
    assert answers.asked == []
    assert not window.isVisible()


def test_writing_marks_the_title_and_counts_words(window: MainWindow, qtbot: QtBot):
    qtbot.keyClicks(window.editor, "three little words")
    assert window.isWindowModified()
    qtbot.waitUntil(lambda: "3 words" in window.counting.button.text())


def test_loading_thinking_and_ready_are_said(window: MainWindow, engine: FakeEngine, qtbot: QtBot):
    for status, words in (
        (EngineStatus(EngineState.LOADING, 0.42), "42%"),
        (EngineStatus(EngineState.THINKING), "thinking"),
        (EngineStatus(EngineState.READY, tokens_per_s=183.6), "184 tok/s"),
    ):
        engine.set_status(status)
        qtbot.waitUntil(lambda words=words: words in window.status.model_text())


@pytest.mark.parametrize(
    "error",
    [ModelNotFound("No model was found. Get one."), ModelDamaged(Path("m"), "weights are missing")],
)
def test_without_a_model_the_window_says_so_and_writing_works(
    open_window: Callable[..., MainWindow], qtbot: QtBot, error
):
    window = open_window(MissingEngine(error))
    assert str(error) in window.notice.text()
    assert "no model" in window.status.model_text()
    qtbot.keyClicks(window.editor, "still here")
    assert window.editor.text() == "still here"


def test_an_open_question_is_not_pushed_aside(window: MainWindow):
    window.notice.say("Restore?", ("Yes", lambda: None))
    window._say("The model failed.")
    assert window.notice.text() == "Restore?"
    window.notice.buttons()[0].click()
    assert window.notice.text() == "The model failed."


def test_the_switch_in_the_toolbar_is_the_setting(window: MainWindow, settings: SettingsStore):
    window.actions_by_id["write.ghost_toggle"].trigger()
    assert settings.get("ghost.enabled") is False
    assert not window.completion.enabled()
    settings.set("ghost.enabled", True)
    assert window.actions_by_id["write.ghost_toggle"].isChecked()
    assert window.completion.enabled()


def test_the_panel_can_be_put_away(window: MainWindow):
    window.actions_by_id["chat.toggle_panel"].trigger()
    assert not window.chat.isVisible()
    window.actions_by_id["chat.focus"].trigger()
    assert window.chat.isVisible()


@pytest.mark.parametrize("name", ["paper", "night", "sepia", "contrast", "system"])
def test_one_theme_is_marked(window: MainWindow, settings: SettingsStore, name: str):
    action = window.actions_by_id[f"view.theme.{name}"]
    action.trigger()
    action.trigger()
    assert settings.get("theme") == name
    themes = [a for key, a in window.actions_by_id.items() if key.startswith("view.theme.")]
    assert [a for a in themes if a.isChecked()] == [action]


def test_the_page_is_painted_in_the_theme_of_the_start(
    open_window: Callable[..., MainWindow],
    engine: FakeEngine,
    settings: SettingsStore,
    qapp: QApplication,
):
    settings.set("theme", "night")
    qapp.setStyleSheet(style_sheet(THEMES["night"]))
    page = open_window(engine).editor.viewport()
    painted = page.grab().toImage().pixelColor(page.rect().center()).name()
    assert painted == THEMES["night"].page


def test_zoom_has_limits_and_a_way_back(window: MainWindow, settings: SettingsStore):
    usual = settings.get("editor.font_size")
    window.actions_by_id["view.zoom_in"].trigger()
    assert settings.get("editor.font_size") > usual
    for _ in range(100):
        window.actions_by_id["view.zoom_out"].trigger()
    assert settings.get("editor.font_size") == 8
    window.actions_by_id["view.zoom_reset"].trigger()
    assert settings.get("editor.font_size") == usual


def test_a_dropped_file_is_opened(window: MainWindow, tmp_path: Path, qtbot: QtBot):
    file = tmp_path / "dropped.md"
    file.write_text("dropped", encoding="utf-8")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.dropEvent(event)
    qtbot.waitUntil(lambda: window.editor.text() == "dropped")
    assert "dropped.md" in window.windowTitle()


def test_closing_while_the_model_writes_ends_it(
    window: MainWindow, engine: FakeEngine, qtbot: QtBot
):
    window.editor.load_text("A sentence to rewrite.")
    window.actions_by_id["rewrite.clearer"].trigger()
    qtbot.waitUntil(lambda: bool(engine.running()))
    window.close()
    assert not window.isVisible()
    assert engine.closed
    assert engine.running() == ()


def test_a_chat_answer_goes_into_the_page(window: MainWindow):
    window.editor.load_text("Before ")
    window.actions_by_id["edit.select_all"].trigger()
    window.chat.insert_requested.emit("after")
    assert window.editor.text() == "Before after"


def test_another_theme_leaves_the_page_its_font(window: MainWindow, qapp: QApplication):
    page = window.editor
    qapp.setStyleSheet(style_sheet(THEMES["paper"]))
    before = page.font()
    for name in ("night", "paper"):
        qapp.setStyleSheet(style_sheet(THEMES[name]))
        window._apply_theme(THEMES[name])
        assert page.font() == before
        assert page.document().defaultFont() == before
        assert page.viewport().font() == before  # the placeholder's


def test_recent_files_stand_with_open_and_themes_apart(window: MainWindow):
    def groups(title: str) -> list[list[str]]:
        found: list[list[str]] = [[]]
        for action in _menu_of(window, title).actions():
            if action.isSeparator():
                found.append([])
            else:
                found[-1].append(action.text().replace("&", ""))
        return found

    assert groups(MENUS[0])[0][-1] == "Open Recent"
    assert ["System Theme", "Paper", "Night", "Sepia", "High Contrast"] in groups(VIEW)


def test_the_rewrite_button_is_quiet_again_once_its_menu_is_gone(window: MainWindow):
    button = window._tool_bar.rewrite_button
    button.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, True)  # as the mouse opened the menu
    button.menu().aboutToHide.emit()
    assert not button.underMouse()


def test_the_connections_are_shown(window: MainWindow, qtbot: QtBot):
    words = re.compile(r"\d+ connections?")

    def shown() -> bool:
        return any(words.fullmatch(label.text()) for label in window.status.findChildren(QLabel))

    qtbot.waitUntil(shown)
