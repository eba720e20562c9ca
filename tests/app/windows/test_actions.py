"""The words of commands."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.windows.actions import plain
from app.windows.main import MainWindow


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("&New", "New"),
        ("Save &As\u2026", "Save As"),
        ("\u65b0\u5efa(&N)", "\u65b0\u5efa"),
        ("\u6253\u5f00(&O)\u2026", "\u6253\u5f00"),
    ],
)
def test_outside_of_a_menu_a_title_has_no_mnemonic(title: str, words: str):
    assert plain(title) == words


@pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen plugin says so
def test_keys_of_the_page_count_on_the_page_only(window: MainWindow, qtbot: QtBot):
    qtbot.waitUntil(window.editor.hasFocus)
    qtbot.keyClicks(window.editor, "word")
    qtbot.keyClick(window.editor, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert window.editor.text() == "word\nword"
    field = QLineEdit(window)
    field.show()
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert window.editor.text() == "word\nword"
    window.actions_by_id["format.quote"].trigger()
    assert window.editor.text() == "word\n> word"
