"""Counts in the status bar and behind it, and the goal of the day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from pytestqt.qtbot import QtBot

from app.core.settings import SettingsStore
from app.windows.main import MainWindow
from engine import FakeEngine

pytestmark = pytest.mark.qt_log_ignore("This plugin does not")  # says the offscreen plugin

TEXT = "# 灯塔\n\nThe keeper climbed. 😀 He slept.\n\nOne more\nline here\n"


def shown(window: MainWindow) -> str:
    return window.counting.button.text()


def select(window: MainWindow, start: int, end: int) -> None:
    cursor = window.editor.textCursor()
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    window.editor.setTextCursor(cursor)


def details(window: MainWindow) -> dict[str, tuple[str, ...]]:
    return {row[0]: row[1:] for row in window.counting._details.lines()}


def test_the_selection_is_counted_beside_the_document(window: MainWindow, qtbot: QtBot):
    window.editor.load_text(TEXT)
    qtbot.waitUntil(lambda: shown(window).startswith("11 words"))
    start = TEXT.index("The")
    select(window, start, start + 18)
    qtbot.waitUntil(lambda: shown(window).startswith("3 of 11 words"))
    select(window, 0, 0)
    qtbot.waitUntil(lambda: shown(window).startswith("11 words"))


def test_a_click_shows_all_counts(window: MainWindow, qtbot: QtBot):
    window.editor.load_text(TEXT)
    qtbot.waitUntil(lambda: shown(window).startswith("11 words"))
    select(window, 0, len("# 灯塔"))
    qtbot.mouseClick(window.counting.button, Qt.MouseButton.LeftButton)
    panel = window.counting._details
    assert panel.isVisible()
    assert details(window) == {
        "Words": ("2", "11"),
        "Characters": ("4", "52"),
        "Characters without spaces": ("3", "44"),
        "Chinese characters": ("2", "2"),
        "Sentences": ("1", "5"),
        "Paragraphs": ("1", "3"),
        "Time to read": ("1 min", "1 min"),
    }
    qtbot.keyClick(panel, Qt.Key.Key_Escape)
    assert not panel.isVisible()


def test_a_goal_shows_how_far_one_is(window: MainWindow, settings: SettingsStore, qtbot: QtBot):
    window.editor.load_text("Words that were here before.")
    qtbot.waitUntil(lambda: shown(window).startswith("5 words"))
    assert "goal" not in shown(window)
    window.actions_by_id["write.goal"].trigger()
    panel = window.counting._details
    panel.goal.setValue(3)
    panel.hide()
    assert settings.get("goal.words") == 3
    assert shown(window).endswith("goal 3: 0")
    qtbot.keyClicks(window.editor, "two more ")
    qtbot.waitUntil(lambda: shown(window).endswith("goal 3: 2"))
    window.desk.new()
    qtbot.keyClicks(window.editor, "third")
    qtbot.waitUntil(lambda: shown(window).endswith("goal 3: 3, reached"))
    assert settings.get("goal.day") == date.today().isoformat()
    assert settings.get("goal.added") == 3
    panel._restart.click()
    assert shown(window).endswith("goal 3: 0")


def test_another_document_is_nothing_written(
    window: MainWindow, settings: SettingsStore, tmp_path: Path, qtbot: QtBot
):
    settings.set("goal.words", 100)
    file = tmp_path / "long.md"
    file.write_text("word " * 500, encoding="utf-8")
    window.open_files([file])
    qtbot.waitUntil(lambda: shown(window).startswith("500 words"))
    assert shown(window).endswith("goal 100: 0")


@pytest.mark.parametrize(("day", "progress"), [("2001-01-01", "0"), ("", "40")])
def test_what_was_written_today_still_counts_after_a_new_start(
    open_window: Callable[..., MainWindow],
    engine: FakeEngine,
    settings: SettingsStore,
    day: str,
    progress: str,
):
    settings.set("goal.words", 100)
    settings.set("goal.day", day or date.today().isoformat())
    settings.set("goal.added", 40)
    assert shown(open_window(engine)).endswith(f"goal 100: {progress}")
