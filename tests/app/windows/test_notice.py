"""The bar that says one thing, wide and narrow."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.windows.notice import Notice

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen plugin says so

TEXT = "The file was changed by another program, and so was your text. Nothing is lost."


@pytest.mark.parametrize(("width", "below"), [(900, False), (320, True)])
def test_the_answers_go_below_where_there_is_little_room(
    qtbot: QtBot, width: int, below: bool
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    notice = Notice(window)
    column.addWidget(notice)
    column.addStretch(1)
    window.resize(width, 300)
    with qtbot.waitExposed(window):
        window.show()
    notice.say(TEXT, ("Keep Mine", lambda: None), ("Load", lambda: None), ("Later", None))
    label = notice.findChild(QLabel)
    answer = notice.buttons()[0]
    qtbot.waitUntil(lambda: (answer.y() > label.geometry().bottom()) is below)
    for button in notice.buttons():
        assert button.geometry().right() <= notice.width()
        assert button.width() >= button.sizeHint().width()
