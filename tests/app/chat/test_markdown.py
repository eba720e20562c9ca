from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QUrl
from PySide6.QtGui import QColor, QFont, QImage, QTextDocument, QTextTable
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.chat.markdown import AnswerLook, InertDocument, show_markdown, with_marks_closed
from app.chat.text_view import TextView
from app.services.theme import THEMES


@pytest.fixture
def look(qapp: object) -> AnswerLook:
    font = QFont()
    font.setPixelSize(14)
    return AnswerLook(THEMES["paper"], font, QFont("monospace"))


class Watching(InertDocument):
    """Remembers what was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def loadResource(self, resource_type: int, url: QUrl | str) -> object:
        self.asked.append(QUrl(url).toString())
        return super().loadResource(resource_type, url)


def shown(markdown: str, look: AnswerLook) -> QTextDocument:
    document = Watching()
    show_markdown(document, markdown, look)
    document.documentLayout().documentSize()
    return document


def anchors(document: QTextDocument) -> list[str]:
    found = []
    block = document.begin()
    while block.isValid():
        iterator = block.begin()
        while not iterator.atEnd():
            if iterator.fragment().charFormat().isAnchor():
                found.append(iterator.fragment().charFormat().anchorHref())
            iterator += 1
        block = block.next()
    return found


def test_html_is_shown_as_the_text_it_is(look: AnswerLook) -> None:
    text = shown("<script>alert(1)</script> <b onclick='x()'>hi</b>", look).toPlainText()
    assert "<script>alert(1)</script>" in text
    assert "<b onclick='x()'>hi</b>" in text


def test_an_image_becomes_words_and_is_never_loaded(look: AnswerLook, tmp_path: Path) -> None:
    picture = tmp_path / "secret.png"
    image = QImage(40, 40, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    image.save(str(picture))
    for address in (picture.as_posix(), picture.as_uri(), "https://example.org/a.png"):
        document = shown(f"Look: ![a map]({address}) here", look)
        assert document.toPlainText() == "Look: [a map] here"
        assert document.size().height() < 40
        inert = InertDocument()
        loaded = inert.resource(QTextDocument.ResourceType.ImageResource.value, QUrl(address))
        assert (loaded.width(), loaded.height()) == (1, 1)


def test_only_web_addresses_stay_links(look: AnswerLook) -> None:
    document = shown(
        "[a](https://example.org) [b](file:///etc/passwd) [c](javascript:alert(1)) [d](notes.md)",
        look,
    )
    assert anchors(document) == ["https://example.org"]
    assert document.toPlainText() == "a b c d"


def test_a_clicked_link_only_asks(qtbot: QtBot, look: AnswerLook) -> None:
    view = TextView()
    qtbot.addWidget(view)
    view.show_markdown("[a](https://example.org)", look)
    with qtbot.waitSignal(view.link_requested) as caught:
        view.anchorClicked.emit(QUrl("https://example.org"))
    assert caught.args == [QUrl("https://example.org")]
    with qtbot.assertNotEmitted(view.link_requested):
        view.anchorClicked.emit(QUrl("file:///etc/passwd"))
    assert view.toPlainText() == "a"


def test_long_code_lines_wrap(qtbot: QtBot, look: AnswerLook) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    view = TextView(host)
    view.resize(200, 100)
    host.show()
    view.show_markdown("```\n" + "word " * 60 + "\n```", look)
    assert view.document().idealWidth() <= 210
    assert view.height() > 100


@pytest.mark.parametrize(
    ("growing", "closed"),
    [
        ("a **bold", "a **bold**"),
        ("a **bold** b", "a **bold** b"),
        ("a `code", "a `code`"),
        ("a **", "a "),
        ("```\nx **y", "```\nx **y"),
        ("first **x**\n\n**y", "first **x**\n\n**y**"),
        ("", ""),
    ],
)
def test_open_marks_of_a_growing_answer_are_closed(growing: str, closed: str) -> None:
    assert with_marks_closed(growing) == closed


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="ab*`_#>-![]()<>|\n\t 1.\\&;:/\u4f60\u00a0", max_size=80))
def test_any_answer_can_be_shown(text: str) -> None:
    font = QFont()
    font.setPixelSize(14)
    show_markdown(InertDocument(), text, AnswerLook(THEMES["night"], font, font))


@pytest.mark.parametrize("before", ["", "Words.\n\n", "```\ncode\n```\n\n", "- point\n\n"])
def test_a_table_has_a_bold_head_and_no_empty_lines(look: AnswerLook, before: str) -> None:
    document = shown(f"{before}| Planet | Moons |\n|---|---:|\n| Mars | 2 |\n\nEnd", look)
    (table,) = (
        child for child in document.rootFrame().childFrames() if isinstance(child, QTextTable)
    )
    for row, words in enumerate((["Planet", "Moons"], ["Mars", "2"])):
        for column, text in enumerate(words):
            cell = table.cellAt(row, column)
            cursor = cell.firstCursorPosition()
            assert cursor.block().text() == text
            assert cell.lastCursorPosition().block() == cursor.block()
            cursor.movePosition(cursor.MoveOperation.Right)
            assert (cursor.charFormat().fontWeight() > QFont.Weight.Medium) == (row == 0)
