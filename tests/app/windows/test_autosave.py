"""Files that save themselves: only when wanted, and never over what others wrote."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.core.settings import SettingsStore
from app.windows.main import MainWindow

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen plugin says so


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.md"
    path.write_text("text")
    return path


@pytest.fixture
def opened(window: MainWindow, file: Path, qtbot: QtBot) -> MainWindow:
    window._autosave._pause.setInterval(0)
    window.open_files([file])
    qtbot.waitUntil(lambda: window.documents.path() == file)
    return window


def test_a_pause_saves(opened: MainWindow, file: Path, qtbot: QtBot, settings: SettingsStore):
    settings.set("files.autosave", True)
    qtbot.keyClicks(opened.editor, "new ")
    qtbot.waitUntil(lambda: not opened.documents.is_unsettled())
    assert file.read_text() == "new text"
    opened.actions_by_id["edit.undo"].trigger()
    qtbot.waitUntil(lambda: file.read_text() == "text")


def test_turning_to_another_document_saves(
    opened: MainWindow, file: Path, qtbot: QtBot, settings: SettingsStore
):
    opened._autosave._pause.setInterval(60_000)
    settings.set("files.autosave", True)
    qtbot.keyClicks(opened.editor, "new ")
    opened.desk.new()
    qtbot.waitUntil(lambda: file.read_text() == "new text")
    assert not opened.documents.is_modified()


def test_nothing_is_saved_unless_wanted_nor_without_a_file(
    opened: MainWindow, file: Path, qtbot: QtBot, settings: SettingsStore
):
    qtbot.keyClicks(opened.editor, "new ")
    opened._autosave.save()
    assert not opened.documents.is_saving()
    settings.set("files.autosave", True)
    qtbot.waitUntil(lambda: file.read_text() == "new text")
    opened.desk.new()
    qtbot.keyClicks(opened.editor, "no file yet")
    opened._autosave.save()
    assert not opened.documents.is_saving(), "a question nobody expects"


def test_what_another_program_wrote_is_not_replaced(
    opened: MainWindow, file: Path, qtbot: QtBot, settings: SettingsStore
):
    settings.set("files.autosave", True)
    file.write_text("theirs")
    qtbot.keyClicks(opened.editor, "mine ")
    qtbot.waitUntil(lambda: "Undo brings yours back" in opened.notice.text())
    assert file.read_text() == "theirs"
    assert opened.documents.is_modified()


def test_what_cannot_be_saved_is_said_once(
    opened: MainWindow, file: Path, qtbot: QtBot, settings: SettingsStore
):
    file.unlink()
    file.mkdir()  # saving fails whoever we are
    settings.set("files.autosave", True)
    qtbot.keyClicks(opened.editor, "new ")
    qtbot.waitUntil(lambda: "could not be saved" in opened.notice.text())
    opened.notice.buttons()[0].click()
    qtbot.keyClicks(opened.editor, "more ")
    qtbot.waitUntil(lambda: not opened.documents.is_saving())
    assert "could not be saved" not in opened.notice.text()
    assert opened.documents.is_modified()
