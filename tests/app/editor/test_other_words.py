"""Other words for a word of the suggestion: by key and by mouse, chosen and gone on from."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QHelpEvent
from PySide6.QtWidgets import QListWidget
from pytestqt.qtbot import QtBot

from app.editor.completion import CompletionController
from app.editor.editor import Editor
from app.editor.other_words import OtherWords
from app.services.bridge import EngineBridge
from engine import FakeEngine

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "grabbing", r"raise\(\)")  # offscreen


class Desk:
    """An editor that shows " climbed the stairs" after "The old keepers"."""

    def __init__(self, editor: Editor, qtbot: QtBot) -> None:
        self.editor = editor
        self.qtbot = qtbot
        self.engine = FakeEngine()
        self.bridge = EngineBridge(self.engine)
        self.completion = CompletionController(editor, self.bridge)
        self.completion.set_delay_ms(0)
        self.words = OtherWords(editor, self.completion, self.bridge)
        editor.load_text("The old keeper")
        cursor = editor.textCursor()
        cursor.setPosition(14)
        editor.setTextCursor(cursor)
        qtbot.keyClicks(editor, "s")
        self.answer(" climbed the stairs")
        qtbot.waitUntil(lambda: bool(editor.ghost.text()))

    def answer(self, text: str) -> None:
        (request,) = self.engine.running()
        self.engine.emit(request.request_id, [text])
        self.engine.finish(request.request_id)

    def open(self) -> None:
        self.qtbot.keyClick(self.editor, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)

    def hover(self, index: int) -> None:
        place = self.editor.ghost.rect_of(index, index + 1).center()
        event = QHelpEvent(QEvent.Type.ToolTip, place, self.editor.viewport().mapToGlobal(place))
        QGuiApplication.sendEvent(self.editor.viewport(), event)

    def find(self, text: str, *others: str) -> None:
        request = self.engine.readings[-1]
        self.engine.emit(request.request_id, [text])
        self.engine.finish(request.request_id, alternatives=others)
        self.qtbot.waitUntil(lambda: bool(self.words.list.words()))

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            self.qtbot.keyClick(self.words.list.findChild(QListWidget), key)


@pytest.fixture
def desk(editor: Editor, qtbot: QtBot) -> Iterator[Desk]:
    result = Desk(editor, qtbot)
    yield result
    result.words.list.close()
    result.completion.cancel()
    result.bridge.close()


def test_a_key_opens_the_words_for_the_first_one(desk: Desk) -> None:
    desk.open()
    request = desk.engine.readings[-1]
    assert request.prompt == "The old keepers"
    assert request.alternatives == 8
    assert not request.word_done
    desk.find(" climbed the", " were tired", " went home", " were old")
    assert desk.words.list.words() == [" climbed", " were", " went"]
    assert "climbed" in desk.words.list.title()
    assert desk.engine.asked[-1][0] == "The old keepers"
    assert desk.editor.ghost.text() == " climbed the stairs"


def test_each_word_is_told_with_its_probability(desk: Desk) -> None:
    desk.open()
    desk.find(" climbed the", " were tired")
    shown = desk.words.list.findChild(QListWidget)
    told = shown.item(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert told == "were, 50%"
    assert shown.accessibleName()


def test_the_chosen_word_is_gone_on_from(desk: Desk) -> None:
    desk.open()
    desk.find(" climbed the", " were tired")
    desk.press(Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert not desk.words.list.isVisible()
    assert desk.editor.ghost.text() == " were"
    (request,) = desk.engine.running()
    assert request.prompt == "The old keepers were"
    assert request.word_done
    desk.answer(" never late")
    desk.qtbot.waitUntil(lambda: desk.editor.ghost.text() == " were never late")
    desk.qtbot.keyClick(desk.editor, Qt.Key.Key_Tab)
    assert desk.editor.text() == "The old keepers were never late"


def test_left_and_right_go_to_the_other_words(desk: Desk) -> None:
    desk.open()
    desk.find(" climbed the")
    desk.press(Qt.Key.Key_Right)
    request = desk.engine.readings[-1]
    assert request.prompt == "The old keepers climbed"
    assert request.word_done
    desk.engine.finish(request.request_id, alternatives=[" his way"])
    desk.qtbot.waitUntil(lambda: desk.words.list.words() == [" the", " his"])
    desk.press(Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert desk.editor.ghost.text() == " climbed his"


def test_escape_closes_the_list_and_leaves_the_suggestion(desk: Desk) -> None:
    desk.open()
    desk.find(" climbed the")
    desk.press(Qt.Key.Key_Escape)
    assert not desk.words.list.isVisible()
    assert desk.editor.ghost.text() == " climbed the stairs"


def test_the_mouse_rests_on_a_word_and_clicks_another(desk: Desk) -> None:
    desk.hover(len(" climbed t"))
    assert desk.words.list.isVisible()
    assert desk.editor.hasFocus()
    assert desk.engine.readings[-1].prompt == "The old keepers climbed"
    desk.find(" the stairs", " his way")
    shown = desk.words.list.findChild(QListWidget)
    place = shown.visualItemRect(shown.item(1)).center()
    desk.qtbot.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert desk.editor.ghost.text() == " climbed his"


def test_beside_the_suggestion_the_mouse_opens_nothing(desk: Desk) -> None:
    assert desk.editor.ghost.index_at(QPoint(2, 2)) is None
    last = len(" climbed the stairs") - 1
    behind = desk.editor.ghost.rect_of(last, last + 1).center() + QPoint(200, 0)
    assert desk.editor.ghost.index_at(behind) is None


def test_every_letter_is_found_where_it_is_drawn(desk: Desk) -> None:
    text = desk.editor.ghost.text()
    for index in range(len(text)):
        assert (
            desk.editor.ghost.index_at(desk.editor.ghost.rect_of(index, index + 1).center())
            == index
        )


def test_typing_closes_what_the_mouse_opened(desk: Desk) -> None:
    desk.hover(3)
    assert desk.words.list.isVisible()
    desk.qtbot.keyClicks(desk.editor, " c")
    assert not desk.words.list.isVisible()


def test_a_suggestion_that_grows_leaves_the_list_open(desk: Desk) -> None:
    desk.open()
    desk.editor.ghost.show(" climbed the stairs and")
    assert desk.words.list.isVisible()
    desk.find(" climbed the", " were tired")
    assert desk.words.list.words() == [" climbed", " were"]
    desk.editor.ghost.show("")
    assert not desk.words.list.isVisible()
