"""A picture that the text names is shown where the mouse rests on it, and nothing is fetched."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QHelpEvent, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.editor.editor import Editor
from app.editor.picture_peek import PicturePeek, address_at
from app.services.conversions import Conversions

# The offscreen plugin says so.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "does not support raise")


def test_the_address_under_a_place_of_the_line():
    line = "see ![a](one.png) and ![b](<two words.png> 'title')."
    assert address_at(line, 3) == ""
    assert address_at(line, 6) == "one.png"
    assert address_at(line, line.index("title")) == "two words.png"


@pytest.fixture
def conversions(qtbot: QtBot):
    conversions = Conversions()
    yield conversions
    conversions.close()


def _rest(editor: Editor, qtbot: QtBot) -> None:
    place = editor.cursorRect().center() + QPoint(6, 0)
    where = editor.viewport().mapToGlobal(place)
    QApplication.sendEvent(editor.viewport(), QHelpEvent(QEvent.Type.ToolTip, place, where))


@pytest.fixture
def peek(qtbot: QtBot, conversions: Conversions, tmp_path: Path) -> PicturePeek:
    image = QImage(1200, 600, QImage.Format.Format_RGB32)
    image.fill(0xAA3322)
    image.save(str(tmp_path / "red.png"))
    editor = Editor()
    qtbot.addWidget(editor)
    editor.resize(600, 300)
    editor.show()
    return PicturePeek(editor, lambda: tmp_path, conversions, lambda: True)


def test_a_picture_is_shown_small_and_hidden_at_the_next_key(peek: PicturePeek, qtbot: QtBot):
    editor = peek.parent()
    assert isinstance(editor, Editor)
    editor.load_text("![Red](red.png)")
    _rest(editor, qtbot)
    qtbot.waitUntil(lambda: peek.label.isVisible() and not peek.label.pixmap().isNull())
    assert peek.label.pixmap().width() == 420
    qtbot.keyClicks(editor, "x")
    assert not peek.label.isVisible()


@pytest.mark.parametrize(
    ("address", "words"),
    [("https://example.org/x.png", "fetches nothing"), ("gone.png", "No picture")],
)
def test_what_cannot_be_shown_is_said(address: str, words: str, peek: PicturePeek, qtbot: QtBot):
    editor = peek.parent()
    assert isinstance(editor, Editor)
    editor.load_text(f"![Red]({address})")
    _rest(editor, qtbot)
    qtbot.waitUntil(lambda: words in peek.label.text())
