"""Answers with quotations, and opening their sources at the very words."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from app.chat.answer import Phase
from app.chat.citation_view import CitationLink
from app.chat.message import AnswerView
from app.chat.sources import DOCUMENT
from app.core.settings import SettingsStore
from app.windows.main import MainWindow
from engine import FakeEngine, FinishReason, GenerationFailed
from tests.app.windows.conftest import OpenWindow

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen plugin says so

KEEPER = (
    "# The lighthouse\n\nThe house stands on a cliff above the town.\n\n"
    "For thirty years Tom Reed kept the lighthouse. He never missed a night.\n\n"
    "Its lamp can be seen from eighteen miles away.\n"
)
QUOTE = "For thirty years Tom Reed kept the lighthouse."


def ask(qtbot: QtBot, window: MainWindow, question: str) -> AnswerView:
    window.chat.composer.set_text(question)
    qtbot.keyClick(window.chat.composer.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.chat.session.last_answer().phase is not Phase.SEARCHING)
    view = window.chat.messages.last_answer()
    assert view is not None
    return view


def finish(qtbot: QtBot, engine: FakeEngine, window: MainWindow, text: str) -> None:
    engine.emit(engine.requests[-1].request_id, [text])
    engine.finish(engine.requests[-1].request_id)
    qtbot.waitUntil(lambda: not window.chat.session.busy())


def links(view: AnswerView) -> list[CitationLink]:
    return view.quotes.links() if view.quotes is not None else []


@pytest.fixture
def keeper(window: MainWindow) -> MainWindow:
    window.editor.load_text(KEEPER)
    window.actions_by_id["chat.quote"].trigger()
    return window


def test_an_answer_quotes_first_and_its_source_opens_at_the_words(
    keeper: MainWindow, engine: FakeEngine, qtbot: QtBot
):
    assert keeper.chat.sources.uses(DOCUMENT)
    view = ask(qtbot, keeper, "Who kept the lighthouse?")
    assert view.answer().citations[0].quote.startswith(QUOTE)
    assert view.state_words() == "Putting it in a sentence…"
    prompt = engine.requests[-1].prompt
    assert not isinstance(prompt, str)
    assert QUOTE in prompt[-1].content
    assert "cliff" not in prompt[-1].content
    finish(qtbot, engine, keeper, "Tom Reed kept it.")
    first = links(view)[0]
    assert "line 5" in first.text()
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Return)
    marked = keeper.citing.marks(keeper.desk.current()).quoted()
    assert marked is not None
    assert KEEPER[slice(*marked)] == view.answer().citations[0].quote
    assert keeper.editor.caret_position() == KEEPER.index(QUOTE)
    assert keeper.editor.extraSelections()
    qtbot.keyClick(keeper.editor, Qt.Key.Key_X)
    assert keeper.citing.marks(keeper.desk.current()).quoted() is None


def test_tab_goes_through_the_sources_of_an_answer(
    keeper: MainWindow, engine: FakeEngine, qtbot: QtBot
):
    view = ask(qtbot, keeper, "Who kept the lighthouse and how far is its lamp seen?")
    finish(qtbot, engine, keeper, "Tom Reed.")
    keeper.activateWindow()
    view.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(view.hasFocus)
    for link in links(view):
        qtbot.keyClick(keeper.focusWidget(), Qt.Key.Key_Tab)
        assert link.hasFocus()


def test_what_the_sources_do_not_say_is_said_and_the_model_is_not_asked(
    keeper: MainWindow, engine: FakeEngine, qtbot: QtBot
):
    view = ask(qtbot, keeper, "What colour is the boat of the harbour master?")
    assert not engine.requests
    assert not keeper.chat.session.busy()
    assert not view.answer().supported
    assert "Not in your documents" in view.accessibleName()
    message = keeper.chat.conversation().messages[-1]
    assert not message.supported


def test_a_quotation_stands_without_the_models_sentence(
    keeper: MainWindow, engine: FakeEngine, qtbot: QtBot
):
    view = ask(qtbot, keeper, "Who kept the lighthouse?")
    engine.finish(engine.requests[-1].request_id, FinishReason.ERROR, GenerationFailed("It broke."))
    qtbot.waitUntil(lambda: not keeper.chat.session.busy())
    assert view.answer().phase is Phase.FAILED
    assert links(view)
    assert keeper.chat.conversation().messages[-1].citations


def test_the_words_are_found_again_where_they_moved_and_missed_where_they_are_gone(
    keeper: MainWindow, engine: FakeEngine, qtbot: QtBot
):
    view = ask(qtbot, keeper, "Who kept the lighthouse?")
    finish(qtbot, engine, keeper, "Tom Reed.")
    keeper.editor.insert_generated("A new beginning.\n\n", 0)
    links(view)[0].click()
    marked = keeper.citing.marks(keeper.desk.current()).quoted()
    assert marked is not None
    assert keeper.editor.text()[slice(*marked)].startswith(QUOTE)
    keeper.editor.load_text("Nothing of it is left.")
    links(view)[0].click()
    assert "not in" in keeper.notice.text()


def test_files_are_searched_as_they_are_now_and_open_in_a_tab(
    window: MainWindow,
    engine: FakeEngine,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    file = tmp_path / "keeper.md"
    file.write_text("Nothing yet.", "utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(file)], ""))
    window.actions_by_id["chat.add_file"].trigger()
    qtbot.waitUntil(lambda: bool(window.chat.sources.listed()))
    file.write_text(KEEPER, "utf-8")
    window.actions_by_id["chat.quote"].trigger()
    view = ask(qtbot, window, "Who kept the lighthouse?")
    finish(qtbot, engine, window, "Tom Reed.")
    links(view)[0].click()
    qtbot.waitUntil(lambda: window.documents.path() == file)
    marked = window.citing.marks(window.desk.current()).quoted()
    assert marked is not None
    assert KEEPER[slice(*marked)].startswith(QUOTE)


def test_the_choice_and_the_quotations_are_there_after_a_restart(
    keeper: MainWindow, engine: FakeEngine, qtbot: QtBot, settings: SettingsStore
):
    ask(qtbot, keeper, "Who kept the lighthouse?")
    finish(qtbot, engine, keeper, "Tom Reed.")
    keeper.chat.conversations.save_now()
    keeper.chat.conversations.load()
    view = keeper.chat.messages.last_answer()
    assert view is not None
    assert links(view)
    assert view.answer().citations[0].marks
    assert settings.get("chat.quote")


def test_stop_while_searching_leaves_the_question_to_be_asked_again(
    keeper: MainWindow, engine: FakeEngine, qtbot: QtBot
):
    keeper.chat.composer.set_text("Who kept the lighthouse?")
    qtbot.keyClick(keeper.chat.composer.edit, Qt.Key.Key_Return)
    assert keeper.chat.session.last_answer().phase is Phase.SEARCHING
    keeper.actions_by_id["chat.stop"].trigger()
    assert not keeper.chat.session.busy()
    keeper.actions_by_id["chat.regenerate"].trigger()
    qtbot.waitUntil(lambda: bool(engine.requests))
    finish(qtbot, engine, keeper, "Tom Reed.")
    assert [m.content for m in keeper.chat.conversation().messages][-1] == "Tom Reed."


def test_shift_tab_leads_from_the_field_over_the_chips_to_the_answer_and_its_sources(
    keeper: MainWindow, engine: FakeEngine, qtbot: QtBot
):
    view = ask(qtbot, keeper, "Who kept the lighthouse?")
    finish(qtbot, engine, keeper, "Tom Reed.")
    keeper.activateWindow()
    chip = keeper.chat.composer.chips.chip(DOCUMENT)
    assert chip is not None
    keeper.chat.focus_input()
    seen = []
    while len(seen) < 12 and not view.hasFocus():
        qtbot.keyClick(keeper.focusWidget(), Qt.Key.Key_Backtab)
        seen.append(keeper.focusWidget())
    assert seen[:2] == [chip.remove, chip.label]
    assert seen[-1] is view
    assert seen[-1 - len(links(view)) : -1] == links(view)[::-1]


def test_a_new_answer_follows_those_of_the_last_start_for_the_tab_key(
    keeper: MainWindow, engine: FakeEngine, qtbot: QtBot, open_window: OpenWindow
):
    ask(qtbot, keeper, "Who kept the lighthouse?")
    finish(qtbot, engine, keeper, "Tom Reed.")
    keeper.chat.conversations.save_now()
    again = FakeEngine()
    window = open_window(again)
    window.editor.load_text(KEEPER)
    view = ask(qtbot, window, "How far is the lamp of the lighthouse seen?")
    finish(qtbot, again, window, "Eighteen miles.")
    qtbot.waitUntil(view.isVisible)
    window.activateWindow()
    window.chat.focus_input()
    seen = []
    while len(seen) < 12 and not view.hasFocus():
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Backtab)
        seen.append(window.focusWidget())
    assert seen[-1] is view
    assert all(window.chat.isAncestorOf(widget) for widget in seen)
