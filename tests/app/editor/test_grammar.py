"""What rules of grammar find on the page, with the real rules in the process that checks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QLabel, QMenu
from pytestqt.qtbot import QtBot

from app.core.grammar.client import GrammarClient, GrammarFailed, GrammarFinding
from app.core.paths import AppPaths
from app.core.spelling.client import SpellingClient
from app.core.spelling.personal import DocumentSpelling
from app.editor.editor import Editor
from app.editor.grammar import GrammarController
from app.editor.grammar_check import GrammarCheck, by_line
from app.editor.highlighter import MarkdownHighlighter
from app.editor.model_check import ModelCheck
from app.editor.spelling import SpellingController
from app.services.bridge import EngineBridge
from app.services.grammar import GrammarService
from app.services.spelling import SpellingService
from app.services.theme import THEMES, contrast
from engine import UNSURE_RULES, Dialect, ErrorKind, FakeEngine

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # pop-ups, offscreen


@pytest.fixture(scope="module")
def clients() -> Iterator[tuple[SpellingClient, GrammarClient]]:
    clients = SpellingClient(), GrammarClient()
    clients[1].check(Dialect.AMERICAN, ["Loading takes a while."], ())
    yield clients
    for client in clients:
        client.close()


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody types in a hurry here."""
    monkeypatch.setattr(GrammarCheck, "PAUSE_MS", 20)
    monkeypatch.setattr(GrammarCheck, "LOAD_MS", 0)


@pytest.fixture
def service(
    clients: tuple[SpellingClient, GrammarClient], qtbot: QtBot
) -> Iterator[GrammarService]:
    service = GrammarService(clients[1])
    yield service
    service._worker.close()  # and the process goes on for the other tests


@pytest.fixture
def spelling(
    editor: Editor,
    clients: tuple[SpellingClient, GrammarClient],
    tmp_path: Path,
    qtbot: QtBot,
) -> Iterator[SpellingController]:
    words = SpellingService(AppPaths(tmp_path, tmp_path, ()), clients[0])
    qtbot.waitUntil(lambda: bool(words.dictionaries()))
    MarkdownHighlighter(editor).apply_theme(THEMES["paper"])
    controller = SpellingController(editor, words, editor)
    controller.configure(enabled=True, language="en_US", capitals=False)
    yield controller
    words._worker.close()


@pytest.fixture
def grammar(
    editor: Editor, service: GrammarService, spelling: SpellingController
) -> GrammarController:
    model = ModelCheck(editor, EngineBridge(FakeEngine(), editor), editor)
    controller = GrammarController(editor, service, spelling, model, editor)
    controller.apply_theme(THEMES["paper"])
    controller.configure(enabled=True, dialect="follow", off=UNSURE_RULES)
    return controller


def _found(grammar: GrammarController, editor: Editor) -> list[str]:
    texts = []
    block = editor.document().begin()
    while block.isValid():
        texts += [found.text for found in grammar.findings(block)]
        block = block.next()
    return texts


def _shows(qtbot: QtBot, grammar: GrammarController, editor: Editor, *texts: str) -> None:
    def shown() -> None:
        assert grammar.check.is_done()
        assert _found(grammar, editor) == list(texts)

    qtbot.waitUntil(shown, timeout=20_000)


def _put_caret(editor: Editor, position: int) -> None:
    cursor = editor.textCursor()
    cursor.setPosition(position)
    editor.setTextCursor(cursor)


def _menu(qtbot: QtBot, grammar: GrammarController) -> QMenu:
    qtbot.waitUntil(lambda: grammar.menu.shown() is not None)
    menu = grammar.menu.shown()
    assert menu is not None
    return menu


def _choose(qtbot: QtBot, menu: QMenu, text: str) -> None:
    action = next(action for action in menu.actions() if action.text() == text)
    menu.setActiveAction(action)
    qtbot.keyClick(menu, Qt.Key.Key_Return)


def _right_click(editor: Editor, position: int) -> None:
    cursor = editor.textCursor()
    cursor.setPosition(position)
    place: QPoint = editor.cursorRect(cursor).center()
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse, place, editor.viewport().mapToGlobal(place)
    )
    QApplication.sendEvent(editor.viewport(), event)


def test_prose_is_checked_but_not_code(
    editor: Editor, grammar: GrammarController, qtbot: QtBot
) -> None:
    editor.load_text("We saw \U0001f600 an test.\n```\nan test of code\n```\nSay `an test`.")
    _shows(qtbot, grammar, editor, "an")
    (found,) = grammar.findings(editor.document().begin())
    assert (found.start, found.end) == (10, 12)


def test_lines_broken_by_hand_are_read_as_sentences(
    editor: Editor, grammar: GrammarController, qtbot: QtBot
) -> None:
    editor.load_text("This is a sentence that\nwas broken by the hand of\nan hour and the the end.")
    _shows(qtbot, grammar, editor, "the the")
    assert [f.text for f in grammar.findings(editor.document().lastBlock())] == ["the the"]


def test_a_line_is_read_again_when_the_next_one_changes(
    editor: Editor, grammar: GrammarController, qtbot: QtBot
) -> None:
    editor.load_text("We saw an\nhour go by.")
    _shows(qtbot, grammar, editor)
    _put_caret(editor, len("We saw an\n"))
    qtbot.keyClicks(editor, "week or ")
    _shows(qtbot, grammar, editor, "an")
    _put_caret(editor, len("We saw an\n"))
    qtbot.keyClicks(editor, "- ")
    _shows(qtbot, grammar, editor)


def test_what_is_typed_is_left_alone_until_the_caret_goes_on(
    editor: Editor, grammar: GrammarController, qtbot: QtBot
) -> None:
    qtbot.keyClicks(editor, "We saw the the")
    qtbot.waitUntil(lambda: bool(grammar.check.found(editor.document().begin())))
    assert _found(grammar, editor) == []
    qtbot.keyClicks(editor, " cat")
    _shows(qtbot, grammar, editor, "the the")


def test_a_misspelt_word_is_not_underlined_twice(
    editor: Editor, grammar: GrammarController, spelling: SpellingController, qtbot: QtBot
) -> None:
    editor.load_text("We saw it. teh cat saw an test.")
    _shows(qtbot, grammar, editor, "an")
    block = editor.document().begin()
    qtbot.waitUntil(lambda: [found.word for found in spelling.misspellings(block)] == ["teh"])


def test_the_key_leads_through_spelling_and_grammar_and_takes_the_first_replacement(
    editor: Editor, grammar: GrammarController, spelling: SpellingController, qtbot: QtBot
) -> None:
    editor.load_text("A wrold is here.\n\nIt is an test of an wrold.")
    spelling.show_next()
    qtbot.waitUntil(lambda: spelling.menu.shown() is not None)
    assert editor.textCursor().selectedText() == "wrold"
    shown = spelling.menu.shown()
    assert shown is not None
    shown.close()
    spelling.show_next()
    menu = _menu(qtbot, grammar)
    assert editor.textCursor().selectedText() == "an"
    reason = menu.findChild(QLabel, "reason")
    assert reason is not None
    assert "Article" in reason.text()
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    assert editor.text().endswith("It is a test of an wrold.")
    _shows(qtbot, grammar, editor, "an")
    editor.undo()
    assert editor.text().endswith("It is an test of an wrold.")


def test_a_right_click_offers_the_replacement_above_the_usual_entries(
    editor: Editor, grammar: GrammarController, qtbot: QtBot
) -> None:
    editor.load_text("We saw the the parcel.")
    _shows(qtbot, grammar, editor, "the the")
    _right_click(editor, 9)
    menu = _menu(qtbot, grammar)
    texts = [action.text() for action in menu.actions()]
    assert texts.index("the") < texts.index("&Switch Off This Rule") < len(texts) - 5
    _choose(qtbot, menu, "the")
    assert editor.text() == "We saw the parcel."


def test_one_place_can_be_right_as_it_is(
    editor: Editor, grammar: GrammarController, spelling: SpellingController, qtbot: QtBot
) -> None:
    editor.load_text("We saw an test of an test.")
    _shows(qtbot, grammar, editor, "an", "an")
    _right_click(editor, 8)
    with qtbot.waitSignal(spelling.chosen_changed) as chosen:
        _choose(qtbot, _menu(qtbot, grammar), "&Ignore This")
    _shows(qtbot, grammar, editor, "an")
    assert grammar.findings(editor.document().begin())[0].start == 18
    kept = chosen.args[0]
    spelling.choose(DocumentSpelling())
    _shows(qtbot, grammar, editor, "an", "an")
    spelling.choose(kept)
    _shows(qtbot, grammar, editor, "an")


def test_a_rule_can_be_silenced_here_or_switched_off_everywhere(
    editor: Editor, grammar: GrammarController, qtbot: QtBot
) -> None:
    editor.load_text("We saw an test of the the parcel.")
    _shows(qtbot, grammar, editor, "an", "the the")
    _right_click(editor, 8)
    _choose(qtbot, _menu(qtbot, grammar), "Ignore This Rule in This &Document")
    _shows(qtbot, grammar, editor, "the the")
    _right_click(editor, 20)
    with qtbot.waitSignal(grammar.switched_off) as rule:
        _choose(qtbot, _menu(qtbot, grammar), "&Switch Off This Rule")
    assert rule.args == ["RepeatedWords"]
    grammar.configure(enabled=True, dialect="follow", off=UNSURE_RULES | {"RepeatedWords"})
    _shows(qtbot, grammar, editor)


def test_words_of_the_persons_own_are_right(
    editor: Editor, grammar: GrammarController, spelling: SpellingController, qtbot: QtBot
) -> None:
    editor.load_text("They left early. kellynch is far away.")
    _shows(qtbot, grammar, editor)  # misspelt, so it is underlined once
    spelling.configure(enabled=False, language="en_US", capitals=False)
    _shows(qtbot, grammar, editor, "kellynch")
    spelling.ignore("kellynch")
    _shows(qtbot, grammar, editor)


def test_the_dialect_follows_the_language_of_the_text(
    editor: Editor, grammar: GrammarController, spelling: SpellingController, qtbot: QtBot
) -> None:
    assert grammar.dialect() is Dialect.AMERICAN
    spelling.choose_language("en_GB")
    assert grammar.dialect() is Dialect.BRITISH
    grammar.configure(enabled=True, dialect="canadian", off=UNSURE_RULES)
    assert grammar.dialect() is Dialect.CANADIAN
    spelling.choose_language("none")
    assert grammar.dialect() is None
    editor.load_text("We saw an test.")
    assert not grammar.check.is_on()


def test_a_text_in_another_script_is_not_asked_about(
    editor: Editor, grammar: GrammarController, qtbot: QtBot
) -> None:
    editor.load_text("\u4ed6\u8bf4 an test \u7136\u540e\u5c31\u8d70\u4e86\u3002\nWe saw an test.")
    _shows(qtbot, grammar, editor, "an")
    assert grammar.findings(editor.document().begin()) == []


def test_only_what_is_seen_is_checked_until_the_key_asks_for_more(
    editor: Editor, grammar: GrammarController, spelling: SpellingController, qtbot: QtBot
) -> None:
    spelling.configure(enabled=False, language="en_US", capitals=False)
    editor.load_text("Good words and others.\n\n" * 900 + "We saw an test.")
    _shows(qtbot, grammar, editor)
    assert grammar.may_hold(editor.document().blockCount() - 1) is None
    spelling.show_next()
    _menu(qtbot, grammar)
    assert editor.textCursor().selectedText() == "an"


def test_when_it_fails_that_is_told_once_and_the_page_is_left_alone(
    editor: Editor,
    grammar: GrammarController,
    service: GrammarService,
    clients: tuple[SpellingClient, GrammarClient],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object) -> None:
        raise GrammarFailed("it is broken")

    monkeypatch.setattr(clients[1], "check", fail)
    told: list[Exception] = []
    service.failed.connect(told.append)
    editor.load_text("We saw an test.")
    qtbot.waitUntil(lambda: bool(told))
    assert grammar.dialect() is None
    assert not service.is_usable()


def test_what_goes_over_the_end_of_a_line_is_left_out() -> None:
    def finding(start: int, end: int) -> GrammarFinding:
        return GrammarFinding(start, end, "", (), "X", ErrorKind.WORDING, "")

    lines = ["\U0001f600 one", "two three"]
    found = by_line(lines, [finding(0, 2), finding(3, 9), finding(7, 10), finding(17, 17)])
    assert [[(each.start, each.end) for each in line] for line in found] == [[(0, 2)], [(0, 3)]]


@pytest.mark.parametrize("name", THEMES)
def test_the_lines_can_be_seen_in_every_theme(name: str) -> None:
    assert contrast(THEMES[name].accent, THEMES[name].page) >= 3
