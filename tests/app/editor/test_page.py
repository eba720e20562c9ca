"""The column stays put, and its lines have room."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtWidgets import QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.editor.editor import Editor
from app.editor.highlighter import MarkdownHighlighter
from app.editor.page import MIN_MARGIN, column_margins, column_width
from app.services.fonts import mono_font, reading_font, register_fonts
from app.services.theme import THEMES


def test_the_column_is_centred_in_the_window() -> None:
    assert column_margins(1000, 600, 0, 1000) == (200, 200)


def test_it_stays_put_when_a_panel_opens_on_either_side() -> None:
    assert column_margins(850, 600, 0, 1000) == (200, 50)
    assert column_margins(850, 600, 150, 1000) == (50, 200)


def test_it_gives_way_only_as_far_as_it_must() -> None:
    assert column_margins(700, 600, 0, 1000) == (700 - 600 - MIN_MARGIN, MIN_MARGIN)
    assert column_margins(300, 600, 0, 300) == (MIN_MARGIN, MIN_MARGIN)
    left, right = column_margins(20, 600, 0, 20)
    assert left >= 0
    assert right >= 0


def test_the_words_of_a_real_page_do_not_move_when_a_panel_opens(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    row = QHBoxLayout(window)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)
    editor, panel = Editor(), QWidget()
    panel.setFixedWidth(120)
    row.addWidget(editor)
    row.addWidget(panel)
    panel.hide()
    editor.set_column(40)
    window.resize(1100, 500)
    window.show()
    place = editor.viewport().mapTo(window, QPoint())
    width = editor.viewport().width()
    panel.show()
    qtbot.waitUntil(lambda: editor.width() == 980)
    assert editor.viewport().mapTo(window, QPoint()) == place
    assert editor.viewport().width() == width


@pytest.mark.parametrize("size", [14, 17, 24])
def test_lines_are_about_one_and_a_half_times_the_size(editor: Editor, size: int) -> None:
    font = QFont()
    font.setFamilies(["DejaVu Serif"])
    font.setPixelSize(size)
    editor.set_reading_font(font)
    editor.load_text("Some words")
    height = editor.document().documentLayout().blockBoundingRect(editor.document().begin())
    assert 1.4 * size <= height.height() <= 1.7 * size


def test_the_font_of_the_words_is_the_one_asked_for_in_every_face(editor: Editor) -> None:
    register_fonts()
    highlighter = MarkdownHighlighter(editor)
    highlighter.style_in_sight()
    editor.set_reading_font(reading_font("", 17))
    editor.load_text("plain *slanted* **heavy** `code`")
    editor.grab()
    line = editor.document().begin().layout().lineAt(0)
    faces = {(run.rawFont().familyName(), run.rawFont().styleName()) for run in line.glyphRuns()}
    family = reading_font("", 17).families()[0]
    assert (family, "Italic") in faces
    assert (family, "Bold") in faces
    assert any(name == mono_font().families()[0] for name, _ in faces)


def test_changing_the_font_changes_the_words(editor: Editor) -> None:
    for family in ("DejaVu Serif", "DejaVu Sans"):
        font = QFont()
        font.setFamilies([family])
        font.setPixelSize(17)
        editor.set_reading_font(font)
        editor.load_text("words")
        editor.grab()
        (run,) = editor.document().begin().layout().lineAt(0).glyphRuns()
        assert run.rawFont().familyName() == family


def test_the_column_is_as_many_characters_wide(editor: Editor) -> None:
    font = editor.font()
    ten = column_width(font, 10)
    assert ten == pytest.approx(QFontMetricsF(font).horizontalAdvance("the quick "), rel=0.15)
    assert column_width(font, 60) == pytest.approx(6 * ten, abs=6)


def test_a_click_in_the_margin_reaches_the_nearest_words(editor: Editor, qtbot: QtBot) -> None:
    editor.load_text("first\nsecond")
    editor.set_column(20)
    line = editor.viewport().mapTo(editor, editor.cursorRect().center())
    qtbot.mouseClick(editor, Qt.MouseButton.LeftButton, pos=QPoint(editor.width() - 20, line.y()))
    assert editor.caret() == len("first")


@pytest.mark.qt_log_ignore("not accepted by receiving widget")  # by the text, rightly
@pytest.mark.parametrize("button", [Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton])
@pytest.mark.parametrize("x", [5, 300])
def test_any_button_may_be_pressed_on_the_words_and_beside_them(
    editor: Editor, qtbot: QtBot, button: Qt.MouseButton, x: int
) -> None:
    editor.load_text("some words\n" * 10)
    target = editor if x < 10 else editor.viewport()
    qtbot.mouseClick(target, button, pos=QPoint(x, 60))
    assert editor.text() == "some words\n" * 10


@pytest.mark.parametrize("name", sorted(THEMES))
def test_it_takes_a_theme(editor: Editor, name: str) -> None:
    theme = THEMES[name]
    editor.apply_theme(theme)
    editor.load_text("words")
    image = editor.grab().toImage()
    assert image.pixelColor(image.width() // 2, image.height() - 30).name() == theme.page
    assert image.pixelColor(5, 5).name() == theme.page


def test_the_column_stays_put_when_the_text_outgrows_the_page(editor: Editor, qtbot: QtBot) -> None:
    editor.set_column(200)  # wider than the page: no room to give way
    editor.load_text("short")
    before = editor.viewport().geometry()
    editor.load_text("line\n" * 200)
    qtbot.waitUntil(editor.verticalScrollBar().isVisible)
    assert editor.viewport().x() == before.x()
    assert editor.viewport().width() == before.width()
