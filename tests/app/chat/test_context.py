"""What goes along with a message: chips, what they hold, and how much of the context they fill."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from app.chat.given import GivenDialog
from app.chat.message import QuestionView
from app.chat.panel import ChatPanel
from app.chat.sources import DOCUMENT, SELECTION
from app.core.conversation_store import ConversationStore
from engine import ContextText, FakeEngine
from engine.fake import CONTEXT
from tests.app.chat.test_panel import answer, button, many, say


@pytest.fixture
def text(panel: ChatPanel) -> list[str]:
    """The open document's text."""
    text = ["The lamp burns."]
    panel.set_document_source(lambda: ContextText("lamp.md", text[0]))
    return text


def dialog(panel: ChatPanel) -> GivenDialog:
    found = panel.findChildren(GivenDialog)
    assert found
    return found[-1]


def pages(panel: ChatPanel) -> dict[str, str]:
    tabs = dialog(panel).tabs
    found = {}
    for place in range(tabs.count()):
        page = tabs.widget(place)
        assert page is not None
        found[tabs.tabText(place)] = page.findChildren(QPlainTextEdit)[0].toPlainText()
    return found


def system(engine: FakeEngine) -> str:
    prompt = engine.requests[-1].prompt
    assert not isinstance(prompt, str)
    return prompt[0].content


def sent(engine: FakeEngine) -> list[str]:
    prompt = engine.requests[-1].prompt
    assert not isinstance(prompt, str)
    return [message.content for message in prompt]


def percent(panel: ChatPanel) -> int:
    found = re.search(r"(\d+)%", fill(panel))
    return int(found[1]) if found else 0


def fill(panel: ChatPanel) -> str:
    words = panel.composer.chips.fill_words
    return "" if words.isHidden() else words.text()


@pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen plugin says so
def test_a_chip_shows_to_the_letter_what_the_model_will_get(
    qtbot: QtBot, engine: FakeEngine, panel: ChatPanel, text: list[str]
) -> None:
    text[0] = "The lamp burns.\n" * 2000
    panel.add_document()
    chip = panel.composer.chips.chip(DOCUMENT)
    assert chip is not None
    qtbot.mouseClick(chip.label, Qt.MouseButton.LeftButton)
    shown = pages(panel)
    dialog(panel).close()
    say(qtbot, panel, "Sum it up")
    assert shown["lamp.md"] in system(engine)
    assert shown["As the model reads it"] == system(engine)
    assert shown["lamp.md"] == text[0].strip()[: len(shown["lamp.md"])]
    assert len(shown["lamp.md"]) < len(text[0])


@pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen plugin says so
def test_a_question_shows_what_it_was_sent_with(
    qtbot: QtBot, engine: FakeEngine, panel: ChatPanel, text: list[str]
) -> None:
    panel.add_document()
    say(qtbot, panel, "Sum it up")
    answer(qtbot, engine, panel, "Light.")
    text[0] = "Something else."
    question = panel.messages.view(0)
    assert isinstance(question, QuestionView)
    qtbot.waitUntil(button(question, "with lamp.md").isVisible)
    qtbot.mouseClick(button(question, "with lamp.md"), Qt.MouseButton.LeftButton)
    assert pages(panel) == {"lamp.md": "The lamp burns."}


def test_files_go_along_and_can_be_taken_away(
    qtbot: QtBot, engine: FakeEngine, panel: ChatPanel
) -> None:
    panel.sources.add_file("/a/notes.md", ContextText("notes.md", "salt"))
    panel.sources.add_file("/b/notes.md", ContextText("notes.md", "wind"))
    panel.sources.add_file("/c/empty.md", ContextText("empty.md", " \n"))
    assert "empty.md is empty" in panel.notice.words()
    assert [source.title for source in panel.sources.listed()] == ["notes.md", "notes.md"]
    chip = panel.composer.chips.chip("/a/notes.md")
    assert chip is not None
    chip.label.setFocus()
    qtbot.waitUntil(chip.label.hasFocus)
    qtbot.keyClick(chip.label, Qt.Key.Key_Delete)
    assert panel.composer.edit.hasFocus()
    say(qtbot, panel, "Hello")
    assert "wind" in system(engine)
    assert "salt" not in system(engine)
    assert panel.conversation().messages[0].context_titles == ("notes.md",)


def test_the_chips_say_how_much_of_the_context_is_filled(
    qtbot: QtBot, engine: FakeEngine, panel: ChatPanel, text: list[str]
) -> None:
    assert fill(panel) == ""
    text[0] = "x" * 1024
    panel.add_document()
    qtbot.waitUntil(lambda: percent(panel) > 50)
    before = percent(panel)
    panel.composer.set_text("y" * 206)  # a tenth of the test engine's 2048, one for each letter
    qtbot.waitUntil(lambda: percent(panel) == before + 10)
    say(qtbot, panel, "")
    assert percent(panel) == round(100 * len("".join(sent(engine))) / CONTEXT)
    answer(qtbot, engine, panel, "Light.")
    text[0] = "x" * 4000
    panel.composer.set_text("why?")
    qtbot.waitUntil(lambda: fill(panel).startswith("Too long: 2"))
    panel.sources.use(DOCUMENT, False)
    qtbot.waitUntil(lambda: fill(panel) == "")


def test_a_long_conversation_says_how_full_it_is_without_chips(
    qtbot: QtBot,
    engine: FakeEngine,
    store: ConversationStore,
    open_panel: Callable[[], ChatPanel],
) -> None:
    store.save(many(4))
    panel = open_panel()
    qtbot.waitUntil(lambda: percent(panel) > 50)


def test_an_instruction_is_told_before_every_answer_of_its_conversation(
    qtbot: QtBot, engine: FakeEngine, panel: ChatPanel, store: ConversationStore
) -> None:
    panel.instruction.edit_it()
    field = panel.instruction.field
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClicks(field, "Answer in rhymes.")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert panel.composer.edit.hasFocus()
    assert panel.instruction.line.text() == "Instruction: Answer in rhymes."
    say(qtbot, panel, "Hello")
    assert system(engine) == "Answer in rhymes."
    answer(qtbot, engine, panel, "Yellow")
    panel.conversations.save_now()
    assert store.load().instruction == "Answer in rhymes."
    panel.new_conversation()
    assert panel.instruction.isHidden()
    say(qtbot, panel, "Hello")
    assert "rhymes" not in system(engine)


def test_esc_leaves_the_instruction_and_none_takes_it_away(qtbot: QtBot, panel: ChatPanel) -> None:
    panel.instruction.changed.emit("Be short.")
    panel.instruction.line.click()
    field = panel.instruction.field
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClicks(field, "Be long.")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert panel.conversation().instruction == "Be short."
    assert panel.composer.edit.hasFocus()
    panel.instruction.edit_it()
    panel.instruction.usual.click()
    assert panel.conversation().instruction == ""
    assert panel.instruction.isHidden()


def test_messages_are_as_large_as_the_page(
    qtbot: QtBot, engine: FakeEngine, panel: ChatPanel
) -> None:
    say(qtbot, panel, "Hello")
    answer(qtbot, engine, panel, "Hi")
    views = [view.text_view for view in panel.messages.views()]
    usual = views[1].document().defaultFont().pixelSize()
    panel.set_text_scale(2.0)
    sizes = {view.document().defaultFont().pixelSize() for view in views}
    assert sizes == {2 * usual}
    assert panel.composer.edit.font().pixelSize() == 2 * usual


def test_the_selection_is_the_one_of_when_the_message_is_sent(
    qtbot: QtBot, engine: FakeEngine, panel: ChatPanel
) -> None:
    chosen = ["first"]
    panel.set_selection_source(lambda: ContextText("Selection", chosen[0]))
    panel.add_selection()
    chosen[0] = "second"
    say(qtbot, panel, "Hello")
    assert panel.sources.uses(SELECTION)
    assert "second" in system(engine)
