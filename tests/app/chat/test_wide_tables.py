"""A wide table scrolls sideways instead of breaking its words apart."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFont
from pytestqt.qtbot import QtBot

from app.chat.markdown import AnswerLook
from app.chat.text_view import TextView
from app.services.theme import THEMES

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen plugin says so

WIDE = "| " + " | ".join(f"Heading number {n}" for n in range(6)) + " |\n" + "|---" * 6 + "|\n"
ROW = "| " + " | ".join("unbelievable circumstances" for _ in range(6)) + " |\n"
NARROW = "| a | b |\n|---|---|\n| one | two |\n"


@pytest.fixture
def view(qtbot: QtBot) -> TextView:
    view = TextView()
    qtbot.addWidget(view)
    view.resize(320, 100)
    view.show()
    return view


def look() -> AnswerLook:
    font = QFont()
    font.setPixelSize(14)
    return AnswerLook(THEMES["paper"], font, font)


def test_a_wide_table_keeps_its_columns_and_scrolls(view: TextView, qtbot: QtBot):
    view.show_markdown("Words above.\n\n" + WIDE + ROW, look())
    qtbot.waitUntil(lambda: view.horizontalScrollBar().maximum() > 200)
    # All rows are in sight above the scroll bar: only two lines of words and the table.
    assert view.verticalScrollBar().maximum() == 0
    assert view.viewport().height() >= view.document().size().height() - 1


def test_the_words_beside_it_wrap_at_the_panel(view: TextView, qtbot: QtBot):
    view.show_markdown("Some words. " * 40 + "\n\n" + WIDE, look())
    qtbot.waitUntil(lambda: view.horizontalScrollBar().maximum() > 0)
    layout = view.document().begin().layout()
    widths = [layout.lineAt(n).naturalTextWidth() for n in range(layout.lineCount())]
    assert len(widths) > 1
    assert max(widths) <= 320


def test_a_narrow_table_and_wide_room_scroll_nothing(view: TextView, qtbot: QtBot):
    view.show_markdown(NARROW, look())
    assert view.horizontalScrollBar().maximum() == 0
    view.show_markdown(WIDE + ROW, look())
    qtbot.waitUntil(lambda: view.horizontalScrollBar().maximum() > 0)
    view.resize(2000, 100)
    qtbot.waitUntil(lambda: view.horizontalScrollBar().maximum() == 0)
