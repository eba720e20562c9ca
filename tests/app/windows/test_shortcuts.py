"""Keys of the person's own reach the commands, and conflicts are told in words."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QTableWidget
from pytestqt.qtbot import QtBot

from app.core.commands import COMMANDS
from app.core.keys import keys_of, refusal
from app.core.settings import SettingsStore
from app.windows.keys_dialog import KeysDialog
from app.windows.main import MainWindow
from app.windows.shortcuts_page import ShortcutsPage

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen plugin says so
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
IDS = [command.id for command in COMMANDS]


@pytest.fixture
def page(qtbot: QtBot, settings: SettingsStore) -> ShortcutsPage:
    page = ShortcutsPage(settings)
    settings.subscribe(lambda name, _: page.setting_changed(name))
    qtbot.addWidget(page)
    page.resize(640, 480)
    page.show()
    qtbot.waitUntil(page.isActiveWindow)
    return page


def _ask(page: ShortcutsPage, command: str, qtbot: QtBot) -> None:
    page.table.setFocus()
    page.table.selectRow(IDS.index(command))
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert page.field.hasFocus()


def _shown_key(page: ShortcutsPage, command: str) -> str:
    return page.table.item(IDS.index(command), 2).text()


def test_a_free_key_is_bound_by_pressing_it(page: ShortcutsPage, settings, qtbot: QtBot):
    _ask(page, "file.new", qtbot)
    qtbot.keyClick(page.field, Qt.Key.Key_F, CTRL | ALT)
    assert settings.get("keys") == {"file.new": "Ctrl+Alt+F"}
    assert _shown_key(page, "file.new") == "Ctrl+Alt+F"
    assert page.table.item(IDS.index("file.new"), 3).text() == "Ctrl+N"
    assert page.table.hasFocus()


def test_a_key_that_is_taken_is_named_with_its_owner_and_can_be_taken_over(
    page: ShortcutsPage, settings, qtbot: QtBot
):
    _ask(page, "file.new", qtbot)
    qtbot.keyClick(page.field, Qt.Key.Key_O, CTRL)
    assert "Ctrl+O is the key of Open (File)" in page.say.text()
    assert settings.get("keys") == {}
    assert page.take.hasFocus()
    qtbot.keyClick(page.take, Qt.Key.Key_Space)
    assert settings.get("keys") == {"file.new": "Ctrl+O", "file.open": ""}
    assert _shown_key(page, "file.open") == ""


def test_or_it_stays_where_it_was(page: ShortcutsPage, settings, qtbot: QtBot):
    _ask(page, "file.new", qtbot)
    qtbot.keyClick(page.field, Qt.Key.Key_O, CTRL)
    page.keep.click()
    assert settings.get("keys") == {}
    assert page.change.isVisible()


@pytest.mark.parametrize(
    ("key", "held", "words"),
    [
        (Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "needed for writing"),
        (Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier, "needed for writing"),
        (Qt.Key.Key_Left, CTRL, "moves the caret"),
        (Qt.Key.Key_F, ALT, "opens a menu"),
        (Qt.Key.Key_F4, ALT, "belongs to the system"),
    ],
)
def test_a_key_that_cannot_be_had_is_refused_with_the_reason(
    page: ShortcutsPage, settings, qtbot: QtBot, key, held, words: str
):
    _ask(page, "file.new", qtbot)
    qtbot.keyClick(page.field, key, held)
    assert words in page.say.text()
    assert page.field.hasFocus()  # another key can be pressed at once
    assert settings.get("keys") == {}


def test_escape_leaves_a_command_its_key_but_can_be_a_suggestions(
    page: ShortcutsPage, settings, qtbot: QtBot
):
    _ask(page, "file.new", qtbot)
    qtbot.keyClick(page.field, Qt.Key.Key_Escape)
    assert settings.get("keys") == {}
    assert page.table.hasFocus()
    _ask(page, "suggestion.take", qtbot)
    qtbot.keyClick(page.field, Qt.Key.Key_Escape)
    assert "Dismiss It" in page.say.text()


def test_one_key_is_taken_away_and_given_back(page: ShortcutsPage, settings, qtbot: QtBot):
    page.table.selectRow(IDS.index("file.new"))
    page.none.click()
    assert keys_of(settings.get("keys"))["file.new"] == ""
    assert not page.none.isEnabled()
    page.usual.click()
    assert settings.get("keys") == {}
    assert not page.usual.isEnabled()


def test_giving_back_a_key_that_another_has_now_asks(page: ShortcutsPage, settings, qtbot: QtBot):
    settings.set("keys", {"file.new": "Ctrl+O", "file.open": ""})
    page.table.selectRow(IDS.index("file.open"))
    page.usual.click()
    assert "is the key of New" in page.say.text()
    page.take.click()
    assert keys_of(settings.get("keys"))["file.open"] == "Ctrl+O"


def test_commands_are_found_by_name_menu_or_key(page: ShortcutsPage):
    def shown() -> list[str]:
        rows = range(page.table.rowCount())
        return [IDS[row] for row in rows if not page.table.isRowHidden(row)]

    assert page.filter("select all")
    assert shown() == ["edit.select_all"]
    assert page.filter("ctrl+alt+k")
    assert shown() == ["file.shortcuts"]
    assert not page.filter("nothing like it")
    assert page.filter("")
    assert shown() == IDS


def test_the_window_answers_to_the_new_key_at_once_and_not_to_the_old(
    window: MainWindow, settings: SettingsStore, qtbot: QtBot
):
    qtbot.waitUntil(window.editor.hasFocus)
    usual = settings.get("editor.font_size")
    settings.set("keys", {"view.zoom_in": "Ctrl+Alt+F"})
    qtbot.keyClick(window.editor, Qt.Key.Key_F, CTRL | ALT)
    assert settings.get("editor.font_size") == usual + 1
    qtbot.keyClick(window.editor, Qt.Key.Key_Plus, CTRL)
    assert settings.get("editor.font_size") == usual + 1


def test_further_keys_come_back_with_the_usual_one(window: MainWindow, settings: SettingsStore):
    several = next(command for command in COMMANDS if command.also)
    action = window.actions_by_id[several.id]
    usual = action.shortcuts()
    assert len(usual) > 1
    settings.set("keys", {several.id: "Ctrl+Alt+F"})
    assert action.shortcuts() == [QKeySequence("Ctrl+Alt+F")]
    settings.reset("keys")
    assert action.shortcuts() == usual


def test_a_suggestion_is_taken_by_its_new_key(window: MainWindow, settings, qtbot: QtBot):
    qtbot.waitUntil(window.editor.hasFocus)
    settings.set("keys", {"suggestion.take": "Ctrl+Alt+F"})
    window.editor.ghost.show("more words")
    qtbot.keyClick(window.editor, Qt.Key.Key_F, CTRL | ALT)
    assert window.editor.text() == "more words"


def test_the_list_of_keys_shows_what_was_rebound(qtbot: QtBot, settings: SettingsStore):
    settings.set("keys", {"file.new": "Ctrl+Alt+F", "file.open": ""})
    dialog = KeysDialog(settings)
    qtbot.addWidget(dialog)
    table = dialog.findChild(QTableWidget)
    listed = {
        table.item(row, 1).text(): table.item(row, 0).text() for row in range(table.rowCount())
    }
    assert listed["New"] == "Ctrl+Alt+F"
    assert "Open" not in listed


def test_from_the_list_of_keys_one_goes_on_to_change_them(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
):
    monkeypatch.setattr(KeysDialog, "exec", lambda _: KeysDialog.DialogCode.Accepted)
    window.actions_by_id["help.keys"].trigger()
    page = window.findChild(ShortcutsPage)
    assert page.isVisible()


def test_whatever_a_text_field_keeps_for_itself_is_refused(qapp: QApplication):
    """A field that text is written in takes these before any command gets them."""
    standard = QKeySequence.StandardKey
    kept = [
        standard.Undo,
        standard.Redo,
        standard.Cut,
        standard.Copy,
        standard.Paste,
        standard.SelectAll,
        *(key for key in standard if key.name.startswith(("MoveTo", "Select"))),
    ]
    command = next(command for command in COMMANDS if not command.shortcut)
    form = QKeySequence.SequenceFormat.PortableText
    free = {
        binding.toString(form)
        for key in kept
        for binding in QKeySequence.keyBindings(key)
        if not refusal(binding.toString(form), command)
    }
    assert free == set()
