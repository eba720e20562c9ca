"""The command palette, by keyboard alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.core.commands import COMMANDS
from app.core.settings import SettingsStore
from app.windows.main import MainWindow
from app.windows.palette import CommandPalette
from app.windows.palette_list import Row

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen plugin says so


@pytest.fixture
def palette(window: MainWindow, qtbot: QtBot) -> CommandPalette:
    qtbot.waitUntil(window.isActiveWindow)
    window.actions_by_id["view.palette"].trigger()
    palette = window.findChild(CommandPalette)
    assert palette.isVisible()
    assert palette.field.hasFocus()
    return palette


def _rows(palette: CommandPalette) -> list[Row]:
    rows = [palette.rows.row(number) for number in range(palette.rows.rowCount())]
    return [row for row in rows if row is not None]


def _titles(palette: CommandPalette) -> list[str]:
    return [row.found.entry.title for row in _rows(palette)]


def test_every_command_is_listed_with_its_menu_and_key(palette: CommandPalette):
    rows = {row.found.entry.id: row for row in _rows(palette)}
    assert set(rows) == {command.id for command in COMMANDS}
    assert (rows["file.save"].found.entry.menu, rows["file.save"].key) == ("File", "Ctrl+S")
    assert rows["file.save"].spoken == "Save, File, Ctrl+S"
    assert rows["file.save"].checked is None
    assert rows["view.theme.night"].checked is False
    assert "on" in rows["write.ghost_toggle"].spoken


def test_a_few_letters_and_enter_run_a_command(
    palette: CommandPalette, window: MainWindow, settings: SettingsStore, qtbot: QtBot
):
    qtbot.keyClicks(palette.field, "nigh")
    assert _titles(palette)[0] == "Night"
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert not palette.isVisible()
    assert window.editor.hasFocus()
    qtbot.waitUntil(lambda: settings.get("theme") == "night")
    palette.toggle()
    assert _titles(palette)[0] == "Night"
    assert _rows(palette)[0].checked


def test_a_command_acts_where_the_caret_was(
    palette: CommandPalette, window: MainWindow, qtbot: QtBot
):
    window.editor.load_text("words")
    qtbot.keyClicks(palette.field, "select all")
    qtbot.keyClick(palette.field, Qt.Key.Key_Enter)
    qtbot.waitUntil(lambda: window.editor.textCursor().selectedText() == "words")


def test_the_arrows_go_round_and_pages_stop_at_the_ends(palette: CommandPalette, qtbot: QtBot):
    field, last = palette.field, palette.rows.rowCount() - 1
    for key, row in (
        (Qt.Key.Key_Up, last),
        (Qt.Key.Key_Down, 0),
        (Qt.Key.Key_Tab, 1),
        (Qt.Key.Key_Backtab, 0),
        (Qt.Key.Key_PageUp, 0),
        (Qt.Key.Key_PageDown, 11),
    ):
        qtbot.keyClick(field, key)
        assert palette.list.currentIndex().row() == row
    assert field.hasFocus()


def test_escape_and_the_key_itself_close_it_and_nothing_happens(
    palette: CommandPalette, window: MainWindow, settings: SettingsStore, qtbot: QtBot
):
    qtbot.keyClick(palette.field, Qt.Key.Key_Escape)
    assert not palette.isVisible()
    assert window.editor.hasFocus()
    palette.toggle()
    palette.toggle()
    assert not palette.isVisible()
    assert settings.get("palette.recent") == []


def test_a_click_elsewhere_closes_it(palette: CommandPalette, window: MainWindow):
    window.editor.setFocus(Qt.FocusReason.MouseFocusReason)
    assert not palette.isVisible()
    assert window.editor.hasFocus()


def test_what_cannot_be_done_now_stays_and_says_so(
    palette: CommandPalette, window: MainWindow, settings: SettingsStore, qtbot: QtBot
):
    window.actions_by_id["edit.paste"].setEnabled(False)
    qtbot.keyClicks(palette.field, "paste")
    assert _rows(palette)[0].spoken.endswith("not available now")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert palette.isVisible()
    assert settings.get("palette.recent") == []


def test_letters_that_no_command_has_are_answered_in_words(palette: CommandPalette, qtbot: QtBot):
    qtbot.keyClicks(palette.field, "qqqq")
    assert palette.nothing.isVisible()
    assert not palette.list.isVisible()
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert palette.isVisible()


def test_it_stays_inside_a_narrow_window(
    palette: CommandPalette, window: MainWindow, qapp: QApplication
):
    palette.toggle()
    window.resize(500, 600)
    qapp.sendPostedEvents()
    palette.toggle()
    assert palette.geometry().left() >= 0
    assert palette.geometry().right() <= window.width()
