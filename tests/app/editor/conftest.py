"""A page on the screen, with the keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFont
from pytestqt.qtbot import QtBot

from app.editor.editor import Editor


@pytest.fixture
def editor(qtbot: QtBot) -> Editor:
    page = Editor()
    qtbot.addWidget(page)
    font = QFont()
    font.setFamilies(["DejaVu Serif", "Noto Serif CJK SC"])
    font.setPixelSize(17)
    page.set_reading_font(font)
    page.resize(760, 480)
    page.show()
    page.activateWindow()
    page.setFocus()
    qtbot.waitUntil(page.hasFocus)
    return page
