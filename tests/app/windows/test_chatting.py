"""The commands of the chat, and what goes between it and the page."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from app.core.commands import CHAT, COMMANDS
from app.core.settings import SettingsStore
from app.windows.main import MainWindow
from engine import FakeEngine
from tests.app.windows.conftest import SavedAs

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen plugin says so


def ask(qtbot: QtBot, engine: FakeEngine, window: MainWindow, question: str, reply: str) -> None:
    window.actions_by_id["chat.focus"].trigger()
    window.chat.composer.set_text(question)
    qtbot.keyClick(window.chat.composer.edit, Qt.Key.Key_Return)
    engine.emit(engine.requests[-1].request_id, [reply])
    engine.finish(engine.requests[-1].request_id)
    qtbot.waitUntil(lambda: not window.chat.session.busy())


@pytest.mark.parametrize("name", [command.id for command in COMMANDS if command.menu == CHAT])
def test_every_command_can_be_given_before_anything_is_said(
    window: MainWindow, name: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([], ""))
    window.actions_by_id[name].trigger()
    assert window.chat.conversation().messages == ()
    assert window.editor.text() == ""


def test_an_answer_takes_the_place_of_the_selection_as_one_step(
    window: MainWindow, engine: FakeEngine, qtbot: QtBot
):
    window.editor.load_text("A old lamp")
    ask(qtbot, engine, window, "Mend it", "An old lamp")
    window.actions_by_id["chat.replace"].trigger()
    assert "Select the text" in window.chat.notice.words()
    window.actions_by_id["edit.select_all"].trigger()
    window.actions_by_id["chat.replace"].trigger()
    assert window.editor.text() == "An old lamp"
    window.actions_by_id["edit.undo"].trigger()
    assert window.editor.text() == "A old lamp"


def test_files_are_read_and_go_along(
    window: MainWindow,
    engine: FakeEngine,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    good, bad = tmp_path / "notes.md", tmp_path / "picture.md"
    good.write_bytes(b"\xef\xbb\xbfsalt and wind\r\n")
    bad.write_bytes(b"\x89PNG\x00\x00\x00\x00")
    chosen = [str(good), str(bad)]
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: (chosen, ""))
    window.chat.composer.file_button.click()
    qtbot.waitUntil(lambda: "picture.md" in window.chat.notice.words())
    assert [source.title for source in window.chat.sources.listed()] == ["notes.md"]
    ask(qtbot, engine, window, "Sum it up", "Sea")
    prompt = engine.requests[-1].prompt
    assert not isinstance(prompt, str)
    assert "[notes.md]\nsalt and wind" in prompt[0].content


def test_a_conversation_is_exported_where_the_person_says(
    window: MainWindow, engine: FakeEngine, qtbot: QtBot, tmp_path: Path, saved_as: SavedAs
):
    ask(qtbot, engine, window, "The lamp?", "It burns")
    window.actions_by_id["chat.export"].trigger()
    assert window.chat.notice.words() == ""
    saved_as.name = str(tmp_path / "talk.md")
    window.actions_by_id["chat.export"].trigger()
    qtbot.waitUntil(lambda: "talk.md" in window.chat.notice.words())
    assert (tmp_path / "talk.md").read_text().startswith("# The lamp?\n")


def test_what_is_done_in_the_panel_shows_it(window: MainWindow):
    window.actions_by_id["chat.toggle_panel"].trigger()
    assert not window.chat.isVisible()
    window.actions_by_id["chat.conversations"].trigger()
    assert window.chat.list.isVisible()


def test_messages_grow_with_the_page(window: MainWindow, settings: SettingsStore):
    before = window.chat.composer.edit.font().pixelSize()
    settings.set("editor.font_size", 34)
    assert window.chat.composer.edit.font().pixelSize() == 2 * before
    window.actions_by_id["view.zoom_reset"].trigger()
    assert window.chat.composer.edit.font().pixelSize() == before
