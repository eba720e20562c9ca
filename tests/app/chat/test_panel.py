from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from app.chat.answer import Phase
from app.chat.message import AnswerView
from app.chat.panel import ChatPanel
from app.chat.sources import DOCUMENT
from app.core.conversation import Conversation, ConversationMessage
from app.core.conversation_store import ConversationStore
from app.services.theme import THEMES
from engine import (
    ContextOverflow,
    ContextText,
    EngineState,
    EngineStatus,
    FakeEngine,
    FinishReason,
    GenerationFailed,
    ModelNotFound,
    Role,
)


def say(qtbot: QtBot, panel: ChatPanel, text: str) -> None:
    panel.focus_input()
    qtbot.keyClicks(panel.composer.edit, text)
    qtbot.keyClick(panel.composer.edit, Qt.Key.Key_Return)


def answer(qtbot: QtBot, engine: FakeEngine, panel: ChatPanel, *texts: str) -> None:
    request_id = engine.requests[-1].request_id
    engine.emit(request_id, texts)
    engine.finish(request_id)
    qtbot.waitUntil(lambda: not panel.session.busy())


def remove(qtbot: QtBot, panel: ChatPanel, name: str) -> None:
    chip = panel.composer.chips.chip(name)
    assert chip is not None
    qtbot.mouseClick(chip.remove, Qt.MouseButton.LeftButton)


def last(panel: ChatPanel) -> AnswerView:
    view = panel.messages.last_answer()
    assert view is not None
    return view


def contents(panel: ChatPanel) -> list[str]:
    return [message.content for message in panel.conversation().messages]


def many(count: int) -> Conversation:
    now = datetime.now(UTC)
    roles = (Role.USER, Role.ASSISTANT)
    return Conversation(
        tuple(
            ConversationMessage(roles[i % 2], f"Message {i}. " + "Some words. " * 20, now)
            for i in range(count)
        )
    )


def button(view: AnswerView, words: str) -> QAbstractButton:
    found = [b for b in view.findChildren(QAbstractButton) if b.text() == words]
    assert found, words
    return found[0]


def test_an_answer_streams_in_and_is_kept(
    qtbot: QtBot, engine: FakeEngine, panel: ChatPanel, store: ConversationStore
) -> None:
    say(qtbot, panel, "Who is he?")
    assert panel.composer.text() == ""
    assert last(panel).state_words() == "Thinking…"
    engine.emit(engine.requests[-1].request_id, ["He is ", "**Tom**"])
    qtbot.waitUntil(lambda: last(panel).text_view.toPlainText() == "He is Tom")
    assert last(panel).answer().phase is Phase.WRITING
    engine.finish(engine.requests[-1].request_id)
    qtbot.waitUntil(lambda: not panel.session.busy())
    panel.conversations.save_now()
    assert [m.content for m in store.load().messages] == ["Who is he?", "He is **Tom**"]


def test_the_conversation_comes_back_after_a_restart(
    qtbot: QtBot, engine: FakeEngine, open_panel: Callable[[], ChatPanel]
) -> None:
    first = open_panel()
    say(qtbot, first, "Hello")
    answer(qtbot, engine, first, "Hi there")
    first.conversations.save_now()
    second = open_panel()
    assert contents(second) == ["Hello", "Hi there"]
    assert last(second).text_view.toPlainText() == "Hi there"
    say(qtbot, second, "Again")
    prompt = engine.requests[-1].prompt
    assert isinstance(prompt, tuple)
    assert [m.content for m in prompt[1:]] == ["Hello", "Hi there", "Again"]


def test_closing_in_the_middle_of_an_answer_keeps_its_beginning(
    qtbot: QtBot, engine: FakeEngine, panel: ChatPanel, store: ConversationStore
) -> None:
    say(qtbot, panel, "Tell me")
    engine.emit(engine.requests[-1].request_id, ["Once upon"])
    qtbot.waitUntil(lambda: last(panel).content() == "Once upon")
    panel.conversations.save_now()
    kept = store.load().messages[-1]
    assert (kept.content, kept.interrupted) == ("Once upon", True)


def test_esc_stops_the_answer_and_keeps_it_marked(
    qtbot: QtBot, engine: FakeEngine, panel: ChatPanel
) -> None:
    say(qtbot, panel, "Tell me")
    engine.emit(engine.requests[-1].request_id, ["Once"])
    qtbot.waitUntil(lambda: last(panel).content() == "Once")
    qtbot.keyClick(panel.composer.edit, Qt.Key.Key_Escape)
    assert not engine.running()
    assert last(panel).state_words() == "Stopped"
    assert panel.conversation().messages[-1].interrupted
    assert panel.conversation().messages[-1].content == "Once"


def test_the_send_button_stops_while_an_answer_runs(
    qtbot: QtBot, engine: FakeEngine, panel: ChatPanel
) -> None:
    say(qtbot, panel, "Tell me")
    assert panel.composer.main_button.text() == "Stop"
    qtbot.mouseClick(panel.composer.main_button, Qt.MouseButton.LeftButton)
    assert not panel.session.busy()
    assert last(panel).state_words() == "Stopped"
    qtbot.waitUntil(button(last(panel), "Try again").isVisible)


def test_regenerate_asks_again_with_another_seed(
    qtbot: QtBot, engine: FakeEngine, panel: ChatPanel
) -> None:
    say(qtbot, panel, "Title?")
    answer(qtbot, engine, panel, "The Lamp")
    button(last(panel), "Regenerate").click()
    first, second = engine.requests
    assert first.prompt == second.prompt
    assert first.sampling.seed != second.sampling.seed
    answer(qtbot, engine, panel, "The Rope")
    assert contents(panel) == ["Title?", "The Rope"]
    assert len(panel.messages.views()) == 2


@pytest.mark.parametrize("fails", [True, False])
def test_a_second_answer_that_never_comes_leaves_the_first(
    qtbot: QtBot, engine: FakeEngine, panel: ChatPanel, fails: bool
) -> None:
    say(qtbot, panel, "Title?")
    answer(qtbot, engine, panel, "The Lamp")
    button(last(panel), "Regenerate").click()
    if fails:
        error = GenerationFailed("It broke.")
        engine.finish(engine.requests[-1].request_id, FinishReason.ERROR, error)
        qtbot.waitUntil(lambda: not panel.session.busy())
        assert panel.notice.words() == "It broke."
    else:
        panel.stop()
    assert contents(panel) == ["Title?", "The Lamp"]
    assert last(panel).content() == "The Lamp"


def test_an_error_is_a_sentence_with_try_again(
    qtbot: QtBot, engine: FakeEngine, panel: ChatPanel
) -> None:
    say(qtbot, panel, "Title?")
    error = GenerationFailed("The runtime failed. Your text is safe; try again.")
    engine.finish(engine.requests[-1].request_id, FinishReason.ERROR, error)
    qtbot.waitUntil(lambda: not panel.session.busy())
    assert last(panel).state_words() == str(error)
    button(last(panel), "Try again").click()
    answer(qtbot, engine, panel, "The Lamp")
    assert contents(panel) == ["Title?", "The Lamp"]


def test_a_message_too_long_gives_its_words_back(
    qtbot: QtBot, engine: FakeEngine, panel: ChatPanel
) -> None:
    say(qtbot, panel, "Very long")
    error = ContextOverflow(100, 200)
    engine.finish(engine.requests[-1].request_id, FinishReason.ERROR, error)
    qtbot.waitUntil(lambda: not panel.session.busy())
    assert panel.composer.text() == "Very long"
    assert panel.notice.words() == str(error)
    assert contents(panel) == []
    assert panel.messages.views() == ()


def test_words_typed_meanwhile_are_not_lost_when_a_message_comes_back(
    qtbot: QtBot, engine: FakeEngine, panel: ChatPanel
) -> None:
    say(qtbot, panel, "Very long")
    qtbot.keyClicks(panel.composer.edit, "more")
    error = ContextOverflow(100, 200)
    engine.finish(engine.requests[-1].request_id, FinishReason.ERROR, error)
    qtbot.waitUntil(lambda: not panel.session.busy())
    assert panel.composer.text() == "Very long\nmore"


def test_a_message_waits_for_the_model(qtbot: QtBot, engine: FakeEngine, panel: ChatPanel) -> None:
    engine.set_status(EngineStatus(EngineState.LOADING, 0.25))
    say(qtbot, panel, "Hello")
    assert "Loading the model, 25%" in last(panel).state_words()
    assert engine.requests == []
    engine.set_status(EngineStatus(EngineState.READY, 1.0))
    qtbot.waitUntil(lambda: len(engine.requests) == 1)
    answer(qtbot, engine, panel, "Hi")
    assert contents(panel) == ["Hello", "Hi"]


def test_a_model_that_cannot_be_loaded_is_named(
    qtbot: QtBot, engine: FakeEngine, panel: ChatPanel
) -> None:
    engine.set_status(EngineStatus(EngineState.LOADING))
    say(qtbot, panel, "Hello")
    error = ModelNotFound("There is no model. Run the set-up once.")
    engine.set_status(EngineStatus(EngineState.FAILED, error=error))
    qtbot.waitUntil(lambda: not panel.session.busy())
    assert last(panel).state_words() == str(error)
    assert contents(panel) == ["Hello"]


def test_enter_while_an_answer_runs_keeps_the_words(
    qtbot: QtBot, engine: FakeEngine, panel: ChatPanel
) -> None:
    say(qtbot, panel, "One")
    say(qtbot, panel, "Two")
    assert panel.composer.text() == "Two"
    assert len(engine.requests) == 1
    assert panel.notice.words()


def test_shift_enter_breaks_the_line_and_the_field_grows_to_a_limit(
    qtbot: QtBot, engine: FakeEngine, panel: ChatPanel
) -> None:
    edit = panel.composer.edit
    low = edit.height()
    qtbot.keyClicks(edit, "a")
    qtbot.keyClick(edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClicks(edit, "b")
    assert panel.composer.text() == "a\nb"
    assert engine.requests == []
    grown = edit.height()
    assert grown > low
    panel.composer.set_text("x\n" * 50)
    assert grown < edit.height() < 12 * low


def test_enter_that_belongs_to_an_input_method_sends_nothing(
    qtbot: QtBot, engine: FakeEngine, panel: ChatPanel
) -> None:
    edit = panel.composer.edit
    panel.focus_input()
    QApplication.sendEvent(edit, QInputMethodEvent("ni", []))
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert engine.requests == []
    committed = QInputMethodEvent("", [])
    committed.setCommitString("你")
    QApplication.sendEvent(edit, committed)
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert len(engine.requests) == 1


def test_copy_takes_the_markdown_and_insert_offers_it(
    qtbot: QtBot, engine: FakeEngine, panel: ChatPanel
) -> None:
    say(qtbot, panel, "Title?")
    answer(qtbot, engine, panel, "**The Lamp**")
    button(last(panel), "Copy").click()
    assert QGuiApplication.clipboard().text() == "**The Lamp**"
    with qtbot.waitSignal(panel.insert_requested) as caught:
        button(last(panel), "Insert").click()
    assert caught.args == ["**The Lamp**"]


def test_context_is_taken_when_the_message_is_sent(
    qtbot: QtBot, engine: FakeEngine, panel: ChatPanel
) -> None:
    text = ["first"]
    panel.set_document_source(lambda: ContextText("notes.md", text[0]))
    panel.add_document()
    assert panel.composer.chips.chip(DOCUMENT)
    text[0] = "second"
    say(qtbot, panel, "Sum it up")
    assert last(panel).state_words() == "Reading your text…"
    prompt = engine.requests[-1].prompt
    assert isinstance(prompt, tuple)
    assert "second" in prompt[0].content
    assert "first" not in prompt[0].content
    assert panel.conversation().messages[0].context_titles == ("notes.md",)


def test_a_chip_can_be_removed(qtbot: QtBot, engine: FakeEngine, panel: ChatPanel) -> None:
    panel.set_document_source(lambda: ContextText("notes.md", "words"))
    panel.set_selection_source(lambda: ContextText("Selection", "chosen"))
    panel.add_document()
    panel.add_selection()
    remove(qtbot, panel, DOCUMENT)
    say(qtbot, panel, "Hello")
    prompt = engine.requests[-1].prompt
    assert isinstance(prompt, tuple)
    assert "chosen" in prompt[0].content
    assert "words" not in prompt[0].content


def test_nothing_selected_is_said_and_nothing_is_sent(
    qtbot: QtBot, engine: FakeEngine, panel: ChatPanel
) -> None:
    panel.add_selection()
    assert not panel.uses_selection()
    assert "Select some text" in panel.notice.words()
    chosen = [ContextText("Selection", "words")]
    panel.set_selection_source(lambda: chosen[0] if chosen else None)
    panel.add_selection()
    chosen.clear()
    say(qtbot, panel, "Hello")
    assert engine.requests == []
    assert panel.composer.text() == "Hello"
    assert "Nothing is selected" in panel.notice.words()


def test_a_new_conversation_can_be_taken_back(
    qtbot: QtBot, engine: FakeEngine, panel: ChatPanel, store: ConversationStore
) -> None:
    say(qtbot, panel, "Hello")
    answer(qtbot, engine, panel, "Hi")
    panel.new_conversation()
    assert contents(panel) == []
    assert panel.empty.isVisible()
    panel.notice.act()
    assert contents(panel) == ["Hello", "Hi"]
    panel.conversations.save_now()
    assert len(store.load().messages) == 2


def test_an_unanswered_question_offers_try_again_after_a_restart(
    qtbot: QtBot,
    engine: FakeEngine,
    store: ConversationStore,
    open_panel: Callable[[], ChatPanel],
) -> None:
    store.save(Conversation(many(3).messages))
    panel = open_panel()
    button(last(panel), "Try again").click()
    answer(qtbot, engine, panel, "Here")
    assert contents(panel)[-1] == "Here"


def test_the_end_of_a_long_conversation_is_there_at_once_and_the_rest_moves_nothing(
    qtbot: QtBot,
    store: ConversationStore,
    open_panel: Callable[[], ChatPanel],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("app.chat.message_list._BETWEEN_MS", 50)
    monkeypatch.setattr("app.chat.message_list._SLICE_S", 0.002)
    store.save(many(60))
    panel = open_panel()
    messages = panel.messages
    assert not messages.is_filled()
    assert 2 <= len(messages.views()) < 10
    assert last(panel).content().startswith("Message 59.")
    bar = messages.verticalScrollBar()

    def in_sight() -> list[str]:
        middle = bar.value() + messages.viewport().height() // 2
        at = [view for view in messages.views() if view.geometry().top() <= middle]
        return [at[-1].content()[:11]] if at else []

    qtbot.waitUntil(lambda: len(messages.views()) > 20 and messages.updatesEnabled())
    bar.setValue(bar.maximum() - 1000)
    before = in_sight()
    assert not messages.is_filled()
    qtbot.waitUntil(messages.is_filled)
    qtbot.waitUntil(lambda: in_sight() == before)
    assert not messages.at_end()
    assert [view.content()[:11] for view in messages.views()][:2] == ["Message 0. ", "Message 1. "]


def test_a_streaming_answer_does_not_move_a_reader_further_up(
    qtbot: QtBot,
    engine: FakeEngine,
    store: ConversationStore,
    open_panel: Callable[[], ChatPanel],
) -> None:
    store.save(many(30))
    panel = open_panel()
    bar = panel.messages.verticalScrollBar()
    qtbot.waitUntil(panel.messages.is_filled)
    qtbot.waitUntil(lambda: bar.maximum() > 0 and bar.value() == bar.maximum())
    say(qtbot, panel, "More")
    engine.emit(engine.requests[-1].request_id, ["line\n\n" * 10])
    qtbot.waitUntil(lambda: last(panel).answer().phase is Phase.WRITING)
    qtbot.waitUntil(lambda: bar.value() == bar.maximum())
    bar.setValue(bar.maximum() // 2)
    before, high = bar.value(), bar.maximum()
    engine.emit(engine.requests[-1].request_id, ["line\n\n" * 20])
    qtbot.waitUntil(lambda: bar.maximum() > high)
    assert bar.value() == before
    engine.finish(engine.requests[-1].request_id)
    qtbot.waitUntil(lambda: not panel.session.busy())
    assert bar.value() == before


def test_messages_are_one_tab_stop_and_arrows_move_between_them(
    qtbot: QtBot, store: ConversationStore, open_panel: Callable[[], ChatPanel]
) -> None:
    store.save(many(6))
    panel = open_panel()
    views = panel.messages.views()
    stops = [v for v in views if v.focusPolicy() == Qt.FocusPolicy.StrongFocus]
    assert stops == [views[-1]]
    qtbot.waitUntil(views[-1].isVisible)
    views[-1].setFocus()
    qtbot.waitUntil(views[-1].hasFocus)
    qtbot.keyClick(views[-1], Qt.Key.Key_Up)
    qtbot.keyClick(views[-2], Qt.Key.Key_Up)
    third = views[-3]
    assert third.hasFocus()
    assert isinstance(third, AnswerView)
    assert button(third, "Copy").isVisible()
    assert "Message 3" in third.accessibleName()
    qtbot.keyClick(third, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().startswith("Message 3.")


def test_everything_that_takes_the_keyboard_has_a_name(
    qtbot: QtBot, engine: FakeEngine, panel: ChatPanel
) -> None:
    say(qtbot, panel, "Title?")
    answer(qtbot, engine, panel, "The Lamp")
    for child in panel.findChildren(QAbstractButton):
        if child.isVisibleTo(panel):
            assert child.accessibleName() or child.text(), child
    assert panel.composer.edit.accessibleName()
    for view in panel.messages.views():
        assert view.accessibleName()


@pytest.mark.parametrize("name", sorted(THEMES))
def test_every_theme_can_be_applied_while_messages_are_shown(
    store: ConversationStore, open_panel: Callable[[], ChatPanel], name: str
) -> None:
    store.save(many(4))
    panel = open_panel()
    panel.apply_theme(THEMES[name])
    assert last(panel).text_view.toPlainText().startswith("Message 3")


def test_answering_is_announced(qtbot: QtBot, engine: FakeEngine, panel: ChatPanel) -> None:
    with qtbot.waitSignal(panel.answering_changed) as started:
        say(qtbot, panel, "Hello")
    assert started.args == [True]
    with qtbot.waitSignal(panel.answering_changed) as ended:
        engine.finish(engine.requests[-1].request_id, FinishReason.STOP)
    assert ended.args == [False]
    assert "no answer" in last(panel).state_words()


def laid_out(panel: ChatPanel) -> bool:
    """Whether all messages have the height that their text takes at the panel's width."""
    messages = panel.messages
    holder, page = messages.widget(), messages.viewport()
    layout = holder.layout()
    return (
        messages.is_filled()
        and layout is not None
        and all(view.width() == page.width() - 24 for view in messages.views())
        and layout.minimumSize().height() == holder.height()
        and messages.verticalScrollBar().maximum() == holder.height() - page.height()
    )


def test_a_long_conversation_starts_with_its_end_and_shows_more_on_demand(
    qtbot: QtBot, store: ConversationStore, open_panel: Callable[[], ChatPanel]
) -> None:
    store.save(many(150))
    panel = open_panel()
    bar = panel.messages.verticalScrollBar()
    qtbot.waitUntil(lambda: laid_out(panel) and bar.value() == bar.maximum())
    assert len(panel.messages.views()) == 60
    bar.setValue(0)
    first = panel.messages.views()[0]
    before, high = first.mapTo(panel, first.rect().topLeft()).y(), bar.maximum()
    panel.messages.show_earlier()
    qtbot.waitUntil(lambda: bar.maximum() > 1.5 * high)
    qtbot.waitUntil(lambda: abs(first.mapTo(panel, first.rect().topLeft()).y() - before) < 40)
    panel.messages.show_earlier()
    assert len(panel.messages.views()) == 150
    assert panel.messages.views()[0].content().startswith("Message 0.")
    assert len(panel.conversation().messages) == 150


def test_a_wider_panel_keeps_the_message_being_read_in_its_place(
    qtbot: QtBot, store: ConversationStore, open_panel: Callable[[], ChatPanel]
) -> None:
    store.save(many(40))
    panel = open_panel()
    bar = panel.messages.verticalScrollBar()
    qtbot.waitUntil(lambda: laid_out(panel) and bar.value() == bar.maximum())
    view = panel.messages.views()[20]
    bar.setValue(view.y())
    high = bar.maximum()
    panel.resize(300, 600)
    qtbot.waitUntil(lambda: bar.maximum() > high)
    qtbot.waitUntil(lambda: abs(view.y() - bar.value()) <= 8)


def test_the_wish_to_use_the_document_is_announced(qtbot: QtBot, panel: ChatPanel) -> None:
    panel.set_document_source(lambda: ContextText("notes.md", "words"))
    with qtbot.waitSignal(panel.document_use_changed) as caught:
        panel.add_document()
    assert caught.args == [True]
    with qtbot.waitSignal(panel.document_use_changed) as caught:
        remove(qtbot, panel, DOCUMENT)
    assert caught.args == [False]


def test_tab_goes_from_the_last_message_over_its_actions_to_the_field(
    qtbot: QtBot, engine: FakeEngine, panel: ChatPanel
) -> None:
    for words in ("One?", "Two?"):
        say(qtbot, panel, words)
        answer(qtbot, engine, panel, "Yes.")
    view = last(panel)
    again = button(view, "Regenerate")
    qtbot.waitUntil(again.isVisible)
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    for words in ("Copy", "Insert", "Replace", "Regenerate"):
        qtbot.keyClick(panel.window().focusWidget(), Qt.Key.Key_Tab)
        assert panel.window().focusWidget() is button(view, words)
    qtbot.keyClick(again, Qt.Key.Key_Tab)
    assert panel.composer.edit.hasFocus()
    qtbot.keyClick(panel.composer.edit, Qt.Key.Key_Backtab)
    assert again.hasFocus()


def test_after_a_click_on_send_or_stop_the_keyboard_is_in_the_field(panel, engine, qtbot):
    panel.focus_input()
    qtbot.waitUntil(panel.composer.edit.hasFocus)
    for words in ("A question", ""):  # the second click stops the answer
        qtbot.keyClicks(panel.composer.edit, words)
        panel.composer.main_button.setFocus()
        qtbot.mouseClick(panel.composer.main_button, Qt.MouseButton.LeftButton)
        assert panel.composer.edit.hasFocus()
    assert not panel.session.busy()
    qtbot.keyClicks(panel.focusWidget(), "Tell me more")
    assert panel.composer.text() == "Tell me more"
    assert not panel.uses_document()


def test_the_title_does_not_move_when_a_conversation_begins(panel, engine, qtbot):
    title = panel.head.title_button
    before = title.geometry()
    panel.composer.set_text("A question")
    panel._send()
    qtbot.waitUntil(lambda: panel.session.busy())
    qtbot.waitUntil(lambda: title.geometry().height() > 0)
    assert title.geometry().center().y() == before.center().y()
