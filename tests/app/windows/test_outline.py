"""The outline beside the page: it follows, and one jumps by it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from pytestqt.qtbot import QtBot

from app.core.settings import SettingsStore
from app.windows.main import MainWindow
from app.windows.outline_panel import OutlinePanel

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen plugin says so

TEXT = "# The keeper\n\nwords\n\n## The stairs\n\nwords\n\n# The storm\n\n```\n# no\n```\n"


@pytest.fixture
def panel(window: MainWindow, settings: SettingsStore, qtbot: QtBot) -> OutlinePanel:
    window.activateWindow()
    settings.set("outline.visible", True)
    window.editor.load_text(TEXT)
    panel = window.finding.outline
    qtbot.waitUntil(lambda: len(panel.headings()) == 3)
    return panel


def titles(panel: OutlinePanel) -> list[str]:
    return [heading.title for heading in panel.headings()]


def current(panel: OutlinePanel) -> str:
    item = panel.list.currentItem()
    return "" if item is None else item.text().strip()


def put_caret(window: MainWindow, line: int) -> None:
    window.editor.setTextCursor(QTextCursor(window.editor.document().findBlockByNumber(line)))


def test_it_follows_the_text_and_the_caret(window: MainWindow, panel: OutlinePanel, qtbot: QtBot):
    put_caret(window, 7)
    assert current(panel) == "The stairs"
    qtbot.keyClick(window.editor, Qt.Key.Key_Return)
    qtbot.keyClicks(window.editor, "# A new one")
    qtbot.waitUntil(lambda: titles(panel)[2] == "A new one")
    assert current(panel) == "A new one"
    window.editor.undo()
    qtbot.waitUntil(lambda: len(titles(panel)) == 3)


def test_a_few_letters_lead_to_a_heading(window: MainWindow, panel: OutlinePanel, qtbot: QtBot):
    window.actions_by_id["edit.go_to_heading"].trigger()
    assert window.focusWidget() is panel.filter
    qtbot.keyClicks(panel.filter, "st th")
    assert titles(panel) == ["The stairs", "The storm"]
    qtbot.keyClick(panel.filter, Qt.Key.Key_Down)
    qtbot.keyClick(panel.filter, Qt.Key.Key_Return)
    assert window.editor.textCursor().blockNumber() == 8
    assert window.focusWidget() is window.editor
    assert len(titles(panel)) == 3
    assert current(panel) == "The storm"


def test_a_heading_is_clicked(window: MainWindow, panel: OutlinePanel, qtbot: QtBot):
    place = panel.list.visualItemRect(panel.list.item(1)).center()
    qtbot.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert window.editor.textCursor().blockNumber() == 4
    assert window.focusWidget() is window.editor


def test_a_hidden_outline_is_lent_for_one_jump(
    window: MainWindow, panel: OutlinePanel, settings: SettingsStore, qtbot: QtBot
):
    window.actions_by_id["view.outline"].trigger()
    assert panel.isHidden()
    window.editor.load_text("# Only one")
    window.actions_by_id["edit.go_to_heading"].trigger()
    assert panel.isVisible()
    qtbot.waitUntil(lambda: titles(panel) == ["Only one"])
    qtbot.keyClick(panel.filter, Qt.Key.Key_Escape)
    assert panel.isHidden()
    assert settings.get("outline.visible") is False
    assert window.focusWidget() is window.editor


def test_without_headings_it_says_how_to_make_one(
    window: MainWindow, panel: OutlinePanel, qtbot: QtBot
):
    window.editor.load_text("words")
    qtbot.waitUntil(lambda: panel._empty.isVisible())
    assert "#" in panel._empty.text()


def test_it_shows_the_document_in_front(window: MainWindow, panel: OutlinePanel, qtbot: QtBot):
    window.desk.new()
    qtbot.waitUntil(lambda: titles(panel) == [])
    window.desk.show_next()
    qtbot.waitUntil(lambda: len(titles(panel)) == 3)
