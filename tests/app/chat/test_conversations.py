"""Several conversations, and several versions of one, as a person handles them in the panel."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.chat.message import AnswerView, QuestionView
from app.chat.panel import ChatPanel
from app.core.conversation import Conversation, ConversationMessage, GivenText
from app.core.conversation_store import ConversationStore
from engine import ContextOverflow, ContextText, FakeEngine, FinishReason, GenerationFailed, Role
from tests.app.chat.test_panel import answer, button, contents, last, many, say


def ask(qtbot: QtBot, engine: FakeEngine, panel: ChatPanel, question: str, reply: str) -> None:
    say(qtbot, panel, question)
    answer(qtbot, engine, panel, reply)


def prompt(engine: FakeEngine) -> list[str]:
    given = engine.requests[-1].prompt
    assert isinstance(given, tuple)
    return [message.content for message in given[1:]]


def shown(panel: ChatPanel) -> list[str]:
    return [view.content() for view in panel.messages.views()]


def place(panel: ChatPanel, index: int) -> str:
    view = panel.messages.view(index)
    assert view is not None
    switch = view._switch
    return switch.words.text() if switch is not None and not switch.isHidden() else ""


def listing(qtbot: QtBot, panel: ChatPanel, titles: list[str]) -> None:
    qtbot.waitUntil(lambda: panel.list.titles() == titles)


def into_list(qtbot: QtBot, panel: ChatPanel) -> None:
    panel.list.list.setFocus()
    qtbot.waitUntil(panel.list.list.hasFocus)


def type_over(qtbot: QtBot, panel: ChatPanel, text: str) -> None:
    panel.composer.edit.selectAll()
    say(qtbot, panel, text)


def test_editing_a_question_goes_on_from_it(
    qtbot: QtBot, engine: FakeEngine, panel: ChatPanel, store: ConversationStore
) -> None:
    ask(qtbot, engine, panel, "One?", "1")
    ask(qtbot, engine, panel, "Two?", "2")
    panel.messages.edit_requested.emit(0)
    assert panel.composer.text() == "One?"
    assert panel.composer.edit.hasFocus()
    type_over(qtbot, panel, "Uno?")
    assert prompt(engine) == ["Uno?"]
    answer(qtbot, engine, panel, "eins")
    assert contents(panel) == shown(panel) == ["Uno?", "eins"]
    assert place(panel, 0) == "2/2"
    panel.acts.previous_version()
    assert contents(panel) == shown(panel) == ["One?", "1", "Two?", "2"]
    assert place(panel, 0) == "1/2"
    ask(qtbot, engine, panel, "Three?", "3")
    assert prompt(engine) == ["One?", "1", "Two?", "2", "Three?"]
    panel.conversations.save_now()
    assert store.load() == panel.conversation()


def test_esc_leaves_an_edited_message_as_it_was(
    qtbot: QtBot, engine: FakeEngine, panel: ChatPanel
) -> None:
    ask(qtbot, engine, panel, "One?", "1")
    panel.acts.edit()
    assert panel.composer.text() == "One?"
    qtbot.keyClick(panel.composer.edit, Qt.Key.Key_Escape)
    assert panel.composer.text() == ""
    ask(qtbot, engine, panel, "Two?", "2")
    assert contents(panel) == ["One?", "1", "Two?", "2"]


def test_an_edited_message_that_is_too_long_gives_back_what_was_there(
    qtbot: QtBot, engine: FakeEngine, panel: ChatPanel
) -> None:
    ask(qtbot, engine, panel, "One?", "1")
    panel.acts.edit()
    type_over(qtbot, panel, "Very long")
    error = ContextOverflow(100, 200)
    engine.finish(engine.requests[-1].request_id, FinishReason.ERROR, error)
    qtbot.waitUntil(lambda: not panel.session.busy())
    assert contents(panel) == shown(panel) == ["One?", "1"]
    assert panel.composer.text() == "Very long"


def test_answers_can_be_gone_through(qtbot: QtBot, engine: FakeEngine, panel: ChatPanel) -> None:
    say(qtbot, panel, "Title?")
    for text in ("The Lamp", "The Rope", "The Sea"):
        answer(qtbot, engine, panel, text)
        if text != "The Sea":
            panel.acts.regenerate()
    assert contents(panel) == ["Title?", "The Sea"]
    assert place(panel, 1) == "3/3"
    view = last(panel)
    assert view._switch is not None
    assert not view._switch.next.isEnabled()
    view._switch.previous.click()
    assert contents(panel) == shown(panel) == ["Title?", "The Rope"]
    assert place(panel, 1) == "2/3"
    ask(qtbot, engine, panel, "Why?", "Because")
    assert prompt(engine) == ["Title?", "The Rope", "Why?"]
    panel.session.show_version(1, 0)
    assert contents(panel) == shown(panel) == ["Title?", "The Lamp"]
    panel.session.show_version(1, 1)
    assert contents(panel) == shown(panel) == ["Title?", "The Rope", "Why?", "Because"]


@pytest.mark.parametrize("fails", [True, False])
def test_an_earlier_answer_anew_keeps_what_follows_until_it_comes(
    qtbot: QtBot, engine: FakeEngine, panel: ChatPanel, fails: bool
) -> None:
    ask(qtbot, engine, panel, "One?", "1")
    ask(qtbot, engine, panel, "Two?", "2")
    panel.messages.again_requested.emit(1)
    assert prompt(engine) == ["One?"]
    if fails:
        error = GenerationFailed("It broke.")
        engine.finish(engine.requests[-1].request_id, FinishReason.ERROR, error)
        qtbot.waitUntil(lambda: not panel.session.busy())
        assert contents(panel) == shown(panel) == ["One?", "1", "Two?", "2"]
    else:
        answer(qtbot, engine, panel, "one")
        assert contents(panel) == shown(panel) == ["One?", "one"]
        panel.acts.previous_version()
        assert contents(panel) == shown(panel) == ["One?", "1", "Two?", "2"]


def test_an_answer_anew_gets_exactly_the_text_of_the_first(
    qtbot: QtBot, engine: FakeEngine, open_panel: Callable[[], ChatPanel]
) -> None:
    text = ["as it was " * 2000]
    first = open_panel()
    first.set_document_source(lambda: ContextText("notes.md", text[0]))
    first.add_document()
    ask(qtbot, engine, first, "Sum it up", "Sure")
    (kept,) = first.conversation().messages[0].context
    system = engine.requests[-1].prompt[0]
    assert not isinstance(system, str)
    assert kept.text is not None
    assert system.content.endswith(kept.text)
    assert not kept.whole
    first.end()
    text[0] = "something else"
    second = open_panel()
    second.acts.regenerate()
    assert engine.requests[-1].prompt == engine.requests[-2].prompt
    answer(qtbot, engine, second, "Again")


def test_a_question_is_on_disk_while_its_answer_is_written(
    qtbot: QtBot, engine: FakeEngine, panel: ChatPanel, store: ConversationStore
) -> None:
    say(qtbot, panel, "Tell me")
    qtbot.waitUntil(lambda: [m.content for m in store.load().messages] == ["Tell me"])
    engine.emit(engine.requests[-1].request_id, ["Once upon"])
    wanted = ["Tell me", "Once upon"]
    qtbot.waitUntil(lambda: [m.content for m in store.load().messages] == wanted)
    assert panel.session.busy()


def test_conversations_are_listed_found_and_opened(
    qtbot: QtBot, engine: FakeEngine, panel: ChatPanel
) -> None:
    ask(qtbot, engine, panel, "The lamp?", "It burns all night")
    panel.new_conversation()
    ask(qtbot, engine, panel, "The sea?", "It is wide")
    panel.toggle_list()
    listing(qtbot, panel, ["The sea?", "The lamp?"])
    qtbot.waitUntil(panel.list.field.hasFocus)
    qtbot.keyClicks(panel.list.field, "burns")
    listing(qtbot, panel, ["The lamp?"])
    qtbot.keyClick(panel.list.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: contents(panel) == ["The lamp?", "It burns all night"])
    assert panel.list.isHidden()
    assert shown(panel) == contents(panel)
    found = panel.messages.view(1)
    assert found is not None
    qtbot.waitUntil(found.hasFocus)


def test_esc_leaves_the_list(qtbot: QtBot, engine: FakeEngine, panel: ChatPanel) -> None:
    ask(qtbot, engine, panel, "The lamp?", "It burns")
    qtbot.mouseClick(panel.head.title_button, Qt.MouseButton.LeftButton)
    listing(qtbot, panel, ["The lamp?"])
    qtbot.keyClick(panel.list.field, Qt.Key.Key_Escape)
    assert panel.list.isHidden()
    assert panel.messages.isVisible()
    assert panel.composer.edit.hasFocus()


def test_renaming_in_the_head_and_in_the_list(
    qtbot: QtBot, engine: FakeEngine, panel: ChatPanel, store: ConversationStore
) -> None:
    ask(qtbot, engine, panel, "The lamp?", "It burns")
    panel.head.rename()
    assert panel.head.field.text() == "The lamp?"
    qtbot.keyClicks(panel.head.field, "Light")
    qtbot.keyClick(panel.head.field, Qt.Key.Key_Return)
    assert panel.conversation().title == "Light"
    panel.new_conversation()
    panel.toggle_list()
    listing(qtbot, panel, ["Light"])
    into_list(qtbot, panel)
    qtbot.keyClick(panel.list.list, Qt.Key.Key_F2)
    editor = panel.list.list.findChild(QLineEdit)
    qtbot.keyClicks(editor, "Dark")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    listing(qtbot, panel, ["Dark"])
    panel.conversations.save_now()
    qtbot.waitUntil(lambda: [each.title for each in store.listed()] == ["Dark"])
    assert panel.list.isVisible()


def test_esc_keeps_the_title(qtbot: QtBot, engine: FakeEngine, panel: ChatPanel) -> None:
    ask(qtbot, engine, panel, "The lamp?", "It burns")
    panel.head.rename()
    qtbot.keyClicks(panel.head.field, "Light")
    qtbot.keyClick(panel.head.field, Qt.Key.Key_Escape)
    assert panel.conversation().title == ""
    assert panel.head.title_button.isVisible()


@pytest.mark.parametrize("listed", [True, False])
@pytest.mark.parametrize("another_is_open", [True, False])
def test_deleting_can_be_undone(
    qtbot: QtBot,
    engine: FakeEngine,
    panel: ChatPanel,
    store: ConversationStore,
    listed: bool,
    another_is_open: bool,
) -> None:
    ask(qtbot, engine, panel, "The lamp?", "It burns")
    told = panel.conversation()
    if listed:
        if another_is_open:
            panel.new_conversation()
        panel.toggle_list()
        listing(qtbot, panel, ["The lamp?"])
        into_list(qtbot, panel)
        qtbot.keyClick(panel.list.list, Qt.Key.Key_Delete)
        listing(qtbot, panel, [])
        assert panel.list.isVisible()
    else:
        panel.delete()
        assert panel.empty.isVisible()
    assert contents(panel) == shown(panel) == []
    qtbot.waitUntil(lambda: store.listed() == ())
    assert "“The lamp?” was deleted" in panel.notice.words()
    panel.notice.act()
    qtbot.waitUntil(lambda: store.find(told.id) == told)
    if listed:
        listing(qtbot, panel, ["The lamp?"])
    if not (listed and another_is_open):
        assert shown(panel) == ["The lamp?", "It burns"]


def test_a_conversation_deleted_for_good_is_nowhere_on_disk(
    qtbot: QtBot, engine: FakeEngine, panel: ChatPanel, tmp_path: Path
) -> None:
    ask(qtbot, engine, panel, "A secret lamp?", "It burns")
    panel.delete()
    panel.conversations.save_now()
    for file in (tmp_path / "conversations").iterdir():
        assert b"secret" not in file.read_bytes()


def test_another_conversation_stops_the_answer_and_keeps_it(
    qtbot: QtBot, engine: FakeEngine, panel: ChatPanel, store: ConversationStore
) -> None:
    say(qtbot, panel, "Tell me")
    engine.emit(engine.requests[-1].request_id, ["Once"])
    qtbot.waitUntil(lambda: last(panel).content() == "Once")
    name = panel.conversation().id
    panel.new_conversation()
    assert not engine.running()
    panel.conversations.save_now()
    kept = store.find(name)
    assert kept is not None
    assert (kept.messages[-1].content, kept.messages[-1].interrupted) == ("Once", True)


def test_export_writes_markdown(
    qtbot: QtBot, engine: FakeEngine, panel: ChatPanel, tmp_path: Path
) -> None:
    ask(qtbot, engine, panel, "The lamp?", "It **burns**")
    file = tmp_path / "lamp.md"
    panel.conversations.export(file)
    qtbot.waitUntil(lambda: "lamp.md" in panel.notice.words())
    assert file.read_text() == (
        "# The lamp?\n\n**You**\n\n> The lamp?\n\n**Inkling**\n\nIt **burns**\n"
    )
    panel.conversations.export(tmp_path / "nowhere" / "lamp.md")
    qtbot.waitUntil(lambda: "could not be done" in panel.notice.words())


def test_the_commands_take_the_answer_that_the_person_is_at(
    qtbot: QtBot, engine: FakeEngine, panel: ChatPanel
) -> None:
    panel.acts.copy()
    assert "no answer" in panel.notice.words()
    ask(qtbot, engine, panel, "One?", "1")
    ask(qtbot, engine, panel, "Two?", "2")
    panel.acts.copy()
    assert QGuiApplication.clipboard().text() == "2"
    question = panel.messages.view(0)
    assert isinstance(question, QuestionView)
    question.setFocus()
    qtbot.waitUntil(question.hasFocus)
    with qtbot.waitSignal(panel.insert_requested) as caught:
        panel.acts.insert()
    assert caught.args == ["1"]
    with qtbot.waitSignal(panel.replace_requested) as caught:
        panel.acts.replace()
    assert caught.args == ["1"]
    panel.acts.edit()
    assert panel.composer.text() == "One?"


def test_a_question_shows_edit_where_the_keyboard_is(
    qtbot: QtBot, engine: FakeEngine, panel: ChatPanel
) -> None:
    ask(qtbot, engine, panel, "One?", "1")
    question = panel.messages.view(0)
    assert isinstance(question, QuestionView)
    question.setFocus()
    qtbot.waitUntil(question.hasFocus)
    button(question, "Edit").click()
    assert panel.composer.text() == "One?"


def test_what_was_said_with_texts_of_old_is_asked_with_those_of_now(
    qtbot: QtBot,
    engine: FakeEngine,
    store: ConversationStore,
    open_panel: Callable[[], ChatPanel],
) -> None:
    now = datetime.now(UTC)
    question = ConversationMessage(Role.USER, "Sum it up", now, (GivenText("notes.md"),))
    store.save(Conversation((question, ConversationMessage(Role.ASSISTANT, "Sure", now))))
    panel = open_panel()
    panel.set_document_source(lambda: ContextText("notes.md", "the words"))
    panel.add_document()
    panel.acts.regenerate()
    system = engine.requests[-1].prompt[0]
    assert not isinstance(system, str)
    assert "the words" in system.content
    answer(qtbot, engine, panel, "Again")


def test_a_version_in_the_beginning_of_a_long_conversation(
    qtbot: QtBot,
    engine: FakeEngine,
    store: ConversationStore,
    open_panel: Callable[[], ChatPanel],
) -> None:
    store.save(many(250))
    panel = open_panel()
    qtbot.waitUntil(panel.messages.is_filled)
    assert len(panel.messages.views()) == 60
    panel.messages.edit_requested.emit(100)
    type_over(qtbot, panel, "Another way")
    answer(qtbot, engine, panel, "Good")
    assert len(panel.conversation().messages) == 102
    panel.session.show_version(100, 0)
    assert len(panel.conversation().messages) == 250
    assert isinstance(panel.messages.view(249), AnswerView)
    assert panel.messages.view(249).content().startswith("Message 249.")


def test_the_list_is_in_the_order_of_what_was_said_last(
    qtbot: QtBot, store: ConversationStore, open_panel: Callable[[], ChatPanel]
) -> None:
    now = datetime.now(UTC)
    for age in (3, 1, 2):
        moment = now - timedelta(days=age)
        store.save(Conversation((ConversationMessage(Role.USER, f"{age} days", moment),)))
    panel = open_panel()
    panel.toggle_list()
    listing(qtbot, panel, ["1 days", "2 days", "3 days"])
    assert panel.list.list.currentItem().text() == "1 days"


def test_what_is_being_written_stays_with_its_conversation(
    qtbot: QtBot,
    engine: FakeEngine,
    store: ConversationStore,
    open_panel: Callable[[], ChatPanel],
) -> None:
    first = open_panel()
    ask(qtbot, engine, first, "The lamp?", "It burns")
    name = first.conversation().id
    qtbot.keyClicks(first.composer.edit, "And now")
    qtbot.waitUntil(lambda: store.load().draft == "And now")  # without an end of the program
    second = open_panel()
    assert second.composer.text() == "And now"
    second.new_conversation()
    assert second.composer.text() == ""
    qtbot.keyClicks(second.composer.edit, "The sea")
    second.conversations.open(name)
    qtbot.waitUntil(lambda: second.composer.text() == "And now")
    qtbot.keyClick(second.composer.edit, Qt.Key.Key_Return)
    answer(qtbot, engine, second, "Then")
    assert second.composer.text() == second.conversation().draft == ""
    second.toggle_list()
    listing(qtbot, second, ["The lamp?", "The sea"])


def test_editing_a_message_keeps_what_was_being_written(
    qtbot: QtBot, engine: FakeEngine, panel: ChatPanel
) -> None:
    ask(qtbot, engine, panel, "The lamp?", "It burns")
    qtbot.keyClicks(panel.composer.edit, "And now")
    panel.acts.edit()
    qtbot.keyClick(panel.composer.edit, Qt.Key.Key_Escape)
    assert panel.composer.text() == "And now"
    panel.acts.edit()
    type_over(qtbot, panel, "The rope?")
    answer(qtbot, engine, panel, "It holds")
    assert contents(panel) == ["The rope?", "It holds"]
    assert panel.composer.text() == "And now"
