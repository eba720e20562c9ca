"""No window begins larger than the screen."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.windows.screen_fit import fitting


def test_a_window_gets_its_size_where_there_is_room_and_else_what_there_is(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    room = window.screen().availableSize()
    assert fitting(window, 300, 200) == QSize(300, 200)
    large = fitting(window, room.width() * 2, room.height() * 2)
    assert large.width() < room.width()
    assert large.height() < room.height()
    assert fitting(window, 300, room.height() * 2) == QSize(300, large.height())
