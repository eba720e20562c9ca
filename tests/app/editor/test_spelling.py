"""Misspellings on the page, with the real dictionaries in the process that checks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from app.core.paths import AppPaths
from app.core.spelling.client import SpellingClient, SpellingFailed
from app.core.spelling.dictionaries import Dictionary
from app.core.spelling.personal import NO_LANGUAGE, DocumentSpelling
from app.editor.editor import Editor
from app.editor.highlighter import MarkdownHighlighter
from app.editor.spelling import SpellingController, front_matter_language
from app.services.spelling import SpellingService
from app.services.theme import THEMES, contrast

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # pop-ups, offscreen


@pytest.fixture
def client() -> Iterator[SpellingClient]:
    client = SpellingClient()
    yield client
    client.close()


@pytest.fixture
def service(client: SpellingClient, tmp_path: Path, qtbot: QtBot) -> Iterator[SpellingService]:
    service = SpellingService(AppPaths(tmp_path, tmp_path, ()), client)
    qtbot.waitUntil(lambda: bool(service.dictionaries()))
    yield service
    service.close()


@pytest.fixture
def spelling(editor: Editor, service: SpellingService) -> SpellingController:
    highlighter = MarkdownHighlighter(editor)
    highlighter.apply_theme(THEMES["paper"])
    controller = SpellingController(editor, service, editor)
    controller.apply_theme(THEMES["paper"])
    controller.configure(enabled=True, language="en_US", capitals=False)
    return controller


def _found(spelling: SpellingController, editor: Editor) -> list[str]:
    words = []
    block = editor.document().begin()
    while block.isValid():
        words += [found.word for found in spelling.misspellings(block)]
        block = block.next()
    return words


def _settled(qtbot: QtBot, spelling: SpellingController) -> None:
    qtbot.waitUntil(spelling.check.is_done)


def _shows(qtbot: QtBot, spelling: SpellingController, editor: Editor, words: str) -> None:
    def shown() -> None:
        assert spelling.check.is_done()
        assert _found(spelling, editor) == words.split()

    qtbot.waitUntil(shown)


def _put_caret(editor: Editor, position: int) -> None:
    cursor = editor.textCursor()
    cursor.setPosition(position)
    editor.setTextCursor(cursor)


def _menu(qtbot: QtBot, spelling: SpellingController) -> QMenu:
    qtbot.waitUntil(lambda: spelling.menu.shown() is not None)
    menu = spelling.menu.shown()
    assert menu is not None
    return menu


def _filled_menu(qtbot: QtBot, spelling: SpellingController) -> QMenu:
    menu = _menu(qtbot, spelling)
    qtbot.waitUntil(lambda: menu.actions()[0].isEnabled())
    return menu


def _choose(qtbot: QtBot, menu: QMenu, text: str) -> None:
    action = next(action for action in menu.actions() if action.text() == text)
    menu.setActiveAction(action)
    qtbot.keyClick(menu, Qt.Key.Key_Return)


def test_a_loaded_text_is_checked_but_not_its_code(
    editor: Editor, spelling: SpellingController, qtbot: QtBot
) -> None:
    editor.load_text("---\ntitel: teh\n---\nteh \U0001f600 wrold\n```\ncodde\n```\n`codde` mistke")
    _shows(qtbot, spelling, editor, "teh wrold mistke")


def test_opening_a_fence_takes_the_rest_out(
    editor: Editor, spelling: SpellingController, qtbot: QtBot
) -> None:
    editor.load_text("\nteh\n")
    _shows(qtbot, spelling, editor, "teh")
    qtbot.keyClicks(editor, "```")
    _shows(qtbot, spelling, editor, "")
    editor.undo()
    _shows(qtbot, spelling, editor, "teh")


def test_the_word_being_typed_is_left_alone_until_the_caret_leaves_it(
    editor: Editor, spelling: SpellingController, qtbot: QtBot
) -> None:
    qtbot.keyClicks(editor, "a teh")
    qtbot.waitUntil(lambda: len(spelling.check.found(editor.document().begin())) == 1)
    _shows(qtbot, spelling, editor, "")
    qtbot.keyClicks(editor, " ")
    _shows(qtbot, spelling, editor, "teh")
    qtbot.keyClick(editor, Qt.Key.Key_Backspace)
    _shows(qtbot, spelling, editor, "")
    qtbot.keyClick(editor, Qt.Key.Key_Home)
    _shows(qtbot, spelling, editor, "teh")


def test_waves_stay_at_their_words_while_something_is_typed_before_them(
    editor: Editor, spelling: SpellingController, qtbot: QtBot
) -> None:
    editor.load_text("so teh plase")
    _shows(qtbot, spelling, editor, "teh plase")
    _put_caret(editor, 2)
    for key in " now":
        qtbot.keyClicks(editor, key)
        assert _found(spelling, editor) == ["teh", "plase"]
        found = spelling.misspellings(editor.document().begin())
        assert [editor.text()[each.start : each.end] for each in found] == ["teh", "plase"]
    _shows(qtbot, spelling, editor, "teh plase")


def test_a_wave_is_drawn_under_a_misspelled_word_alone(
    editor: Editor, spelling: SpellingController, qtbot: QtBot
) -> None:
    editor.apply_theme(THEMES["paper"])
    editor.load_text("good word\nteh word")
    _shows(qtbot, spelling, editor, "teh")
    picture = editor.viewport().grab().toImage()
    marked = {
        (x, y)
        for x in range(picture.width())
        for y in range(picture.height())
        if _is_red(picture.pixelColor(x, y))
    }
    cursor = editor.textCursor()
    cursor.setPosition(len("good word\n"))
    left = editor.cursorRect(cursor)
    cursor.setPosition(len("good word\nteh"))
    right = editor.cursorRect(cursor)
    assert min(x for x, _ in marked) >= left.left() - 2
    assert max(x for x, _ in marked) <= right.right() + 2
    assert min(y for _, y in marked) > left.center().y()
    assert len({y for _, y in marked}) > 1  # a wave, not a line
    assert len(marked) > 8


def test_no_wave_is_drawn_where_a_review_shows_a_change(
    editor: Editor, spelling: SpellingController, qtbot: QtBot
) -> None:
    editor.apply_theme(THEMES["paper"])
    editor.load_text("teh word")
    _shows(qtbot, spelling, editor, "teh")

    def is_marked() -> bool:
        picture = editor.viewport().grab().toImage()
        every = ((x, y) for x in range(picture.width()) for y in range(picture.height()))
        return any(_is_red(picture.pixelColor(x, y)) for x, y in every)

    assert is_marked()
    spelling.marks.keep_clear(lambda line: [(2, 3)] if line == 0 else [])
    assert not is_marked()
    assert _found(spelling, editor) == ["teh"]  # the keys and the menu still find it


def _is_red(colour: QColor) -> bool:
    return colour.red() - max(colour.green(), colour.blue()) > 40


@pytest.mark.parametrize("name", THEMES)
def test_waves_can_be_seen_in_every_theme(name: str) -> None:
    assert contrast(THEMES[name].deleted, THEMES[name].page) >= 3


def test_ghost_text_does_not_move_the_waves(
    editor: Editor, spelling: SpellingController, qtbot: QtBot
) -> None:
    editor.load_text("so teh plase")
    _shows(qtbot, spelling, editor, "teh plase")
    _put_caret(editor, 2)
    assert editor.ghost.show(" it is")
    editor.grab()
    assert _found(spelling, editor) == ["teh", "plase"]
    assert editor.ghost.text() == " it is"


def test_a_suggestion_replaces_the_word_as_one_step(
    editor: Editor, spelling: SpellingController, qtbot: QtBot
) -> None:
    editor.load_text("\U0001f600 a wrold, teh end")
    _settled(qtbot, spelling)
    spelling.show_next()
    assert editor.textCursor().selectedText() == "wrold"
    menu = _filled_menu(qtbot, spelling)
    qtbot.keyClick(menu, Qt.Key.Key_Return)  # the first suggestion is ready to be taken
    assert editor.text() == "\U0001f600 a world, teh end"
    _shows(qtbot, spelling, editor, "teh")
    editor.undo()
    assert editor.text() == "\U0001f600 a wrold, teh end"


def test_the_keys_lead_from_one_misspelling_to_the_next_and_around(
    editor: Editor, spelling: SpellingController, qtbot: QtBot
) -> None:
    editor.load_text("teh wrold\n\ngood words\n" * 3 + "mistke")

    def next_one(step: int) -> tuple[int, str]:
        spelling.show_next() if step > 0 else spelling.show_previous()
        _menu(qtbot, spelling).close()
        cursor = editor.textCursor()
        return cursor.selectionStart(), cursor.selectedText()

    forward = [next_one(1) for _ in range(8)]
    assert [word for _, word in forward] == [*["teh", "wrold"] * 3, "mistke", "teh"]
    assert forward[7] == forward[0]
    assert [next_one(-1) for _ in range(7)] == [*reversed(forward[1:7]), forward[0]]


def test_a_misspelling_that_is_not_checked_yet_is_waited_for(
    editor: Editor, spelling: SpellingController, qtbot: QtBot
) -> None:
    editor.load_text("good words here\n" * 5000 + "teh end")
    spelling.show_next()
    _menu(qtbot, spelling)
    assert editor.textCursor().selectedText() == "teh"


def test_a_paragraph_that_is_just_being_checked_is_waited_for(
    editor: Editor,
    spelling: SpellingController,
    service: SpellingService,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[tuple[object, ...]] = []
    with monkeypatch.context() as patch:
        patch.setattr(service, "check", lambda *question: asked.append(question))
        editor.load_text("teh end")
        qtbot.waitUntil(lambda: bool(asked))
        spelling.show_next()
    service.check(*asked[0])
    _menu(qtbot, spelling)
    assert editor.textCursor().selectedText() == "teh"


def test_it_is_said_when_there_is_nothing_to_go_to(
    editor: Editor, spelling: SpellingController, qtbot: QtBot
) -> None:
    editor.load_text("good words")
    with qtbot.waitSignal(spelling.remarked) as said:
        spelling.show_next()
    assert "No misspelled words" in said.args[0]
    spelling.configure(enabled=False, language="en_US", capitals=False)
    with qtbot.waitSignal(spelling.remarked) as said:
        spelling.show_next()
    assert "not checked" in said.args[0]


def _context_menu(editor: Editor, position: int) -> None:
    cursor = editor.textCursor()
    cursor.setPosition(position)
    place = editor.cursorRect(cursor).center()
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse, place, editor.viewport().mapToGlobal(place)
    )
    QApplication.sendEvent(editor.viewport(), event)


def test_the_context_menu_has_suggestions_above_the_usual_entries(
    editor: Editor, spelling: SpellingController, qtbot: QtBot
) -> None:
    editor.load_text("the wrold turns")
    _settled(qtbot, spelling)
    _context_menu(editor, 6)
    menu = _filled_menu(qtbot, spelling)
    texts = [action.text() for action in menu.actions()]
    assert texts[0] == "world"
    assert texts.index("&Add to Dictionary") < len(texts) - 5
    _choose(qtbot, menu, "world")
    assert editor.text() == "the world turns"


def test_the_menu_opens_without_suggestions_that_take_long_and_gets_them_later(
    editor: Editor,
    spelling: SpellingController,
    service: SpellingService,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    editor.load_text("the wrold turns")
    _settled(qtbot, spelling)
    asked = []
    monkeypatch.setattr(service, "suggest", lambda _dictionary, _word, done: asked.append(done))
    _context_menu(editor, 6)
    menu = _menu(qtbot, spelling)
    assert not menu.actions()[0].isEnabled()
    asked[0](("world",))
    assert [action.text() for action in menu.actions()][:2] == ["world", ""]
    _context_menu(editor, 6)
    again = _menu(qtbot, spelling)
    asked[1](())
    assert not again.actions()[0].isEnabled()
    asked[0](("world",))  # an answer for the menu before
    assert not again.actions()[0].isEnabled()


def test_a_learned_word_is_right_everywhere_and_stays_in_a_file(
    editor: Editor, spelling: SpellingController, service: SpellingService, qtbot: QtBot
) -> None:
    editor.load_text("Kellynch and Kellynch's teh")
    _shows(qtbot, spelling, editor, "Kellynch Kellynch's teh")
    _context_menu(editor, 1)
    _choose(qtbot, _menu(qtbot, spelling), "&Add to Dictionary")
    _shows(qtbot, spelling, editor, "teh")
    assert service.words() == ("Kellynch",)
    service.remove_word("Kellynch")
    _shows(qtbot, spelling, editor, "Kellynch Kellynch's teh")


def test_an_ignored_word_is_right_in_this_document(
    editor: Editor, spelling: SpellingController, qtbot: QtBot
) -> None:
    editor.load_text("Kellynch teh")
    _settled(qtbot, spelling)
    _context_menu(editor, 1)
    menu = _menu(qtbot, spelling)
    with qtbot.waitSignal(spelling.chosen_changed) as chosen:
        _choose(qtbot, menu, "&Ignore in This Document")
    assert chosen.args == [DocumentSpelling("", ("Kellynch",))]
    _shows(qtbot, spelling, editor, "teh")


def test_the_language_is_the_documents_own(
    editor: Editor, spelling: SpellingController, qtbot: QtBot
) -> None:
    editor.load_text("---\nlang: en-GB\n---\ncolour color")
    _shows(qtbot, spelling, editor, "color")
    spelling.choose_language("en_US")
    _shows(qtbot, spelling, editor, "colour")
    spelling.choose_language(NO_LANGUAGE)
    assert spelling.dictionary() is None
    assert _found(spelling, editor) == []
    spelling.choose_language("")
    _shows(qtbot, spelling, editor, "color")
    cursor = QTextCursor(editor.document().findBlockByNumber(1))
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
    cursor.insertText("lang: xx")
    _shows(qtbot, spelling, editor, "")
    editor.load_text("colour color")
    _shows(qtbot, spelling, editor, "colour")


@pytest.mark.parametrize(
    ("lines", "language"),
    [
        (["---", "title: x", "lang: de-AT", "---"], "de-AT"),
        (["---", 'language: "en_GB"', "---"], "en_GB"),
        (["---", "---", "lang: de"], ""),
        (["lang: de"], ""),
        (["---", "lang: 5", "---"], ""),
        ([], ""),
    ],
)
def test_front_matter_may_name_the_language(lines: list[str], language: str) -> None:
    assert front_matter_language(lines) == language


def test_words_in_capitals_are_a_matter_of_choice(
    editor: Editor, spelling: SpellingController, qtbot: QtBot
) -> None:
    editor.load_text("HELO")
    _shows(qtbot, spelling, editor, "")
    spelling.configure(enabled=True, language="en_US", capitals=True)
    _shows(qtbot, spelling, editor, "HELO")
    spelling.configure(enabled=False, language="en_US", capitals=True)
    assert _found(spelling, editor) == []


def test_a_broken_dictionary_is_told_once_and_leaves_the_page_alone(
    editor: Editor,
    spelling: SpellingController,
    service: SpellingService,
    client: SpellingClient,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(dictionary: Dictionary, *_: object, **__: object) -> None:
        raise SpellingFailed("{name} is broken", name=dictionary.name)

    monkeypatch.setattr(client, "misspellings", fail)
    told: list[Exception] = []
    service.failed.connect(told.append)
    editor.load_text("teh\n" * 3000)
    qtbot.waitUntil(lambda: spelling.dictionary() is None)
    editor.load_text("teh")
    assert [str(error) for error in told] == ["en_US is broken"]


def test_a_document_closed_while_it_is_checked_is_no_error(
    service: SpellingService, qtbot: QtBot
) -> None:
    page = Editor()
    controller = SpellingController(page, service, page)
    controller.configure(enabled=True, language="en_US", capitals=False)
    page.load_text("teh wrold\n" * 2000)
    with qtbot.waitSignal(controller.check.advanced):
        pass
    with qtbot.waitSignal(page.destroyed):
        page.deleteLater()
    done: list[object] = []
    english = service.dictionary("en_US")
    assert english is not None
    service.check(english, ["teh"], False, done.append)  # behind what the page asked
    qtbot.waitUntil(lambda: bool(done))


def test_what_is_in_sight_is_checked_before_the_rest(
    editor: Editor, spelling: SpellingController, qtbot: QtBot
) -> None:
    editor.load_text("good words and teh others\n" * 20_000 + "teh end")
    bar = editor.verticalScrollBar()
    bar.setValue(bar.maximum())
    qtbot.waitUntil(lambda: bool(spelling.misspellings(editor.document().lastBlock())))
    assert not spelling.check.is_done()
