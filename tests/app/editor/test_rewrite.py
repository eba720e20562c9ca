from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.core.assets import asset
from app.editor.editor import Editor
from app.editor.review import ReviewCard
from app.editor.rewrite import RewriteController
from app.services.bridge import EngineBridge
from app.services.theme import THEMES
from engine import (
    ContextOverflow,
    EngineState,
    EngineStatus,
    FakeEngine,
    FinishReason,
    GenerationFailed,
    ModelNotFound,
    load_actions,
)

TEXT = "First line here.\n\nHe have two dog.\nThey barks at 42.\n\nLast line."
PARAGRAPH = "He have two dog.\nThey barks at 42."
BETTER = "He has two dogs.\nThey bark at 42."


class Desk:
    """A page with a card below it, and an engine that says what the test tells it to."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.engine = FakeEngine()
        self.bridge = EngineBridge(self.engine)
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.editor = Editor()
        self.controller = RewriteController(self.editor, self.bridge, self.window)
        card = self.controller.panel()
        assert isinstance(card, ReviewCard)
        self.card = card
        column = QVBoxLayout(self.window)
        column.addWidget(self.editor, 1)
        column.addWidget(card)
        column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        self.window.resize(900, 700)
        self.window.show()
        self.window.activateWindow()
        self.editor.load_text(TEXT)
        self.editor.setFocus()
        qtbot.waitUntil(self.editor.hasFocus)
        self.put_caret(TEXT.index("two"))

    def put_caret(self, position: int, anchor: int | None = None) -> None:
        cursor = self.editor.textCursor()
        cursor.setPosition(position if anchor is None else anchor)
        cursor.setPosition(position, QTextCursor.MoveMode.KeepAnchor)
        self.editor.setTextCursor(cursor)

    def selected(self) -> str:
        return self.editor.textCursor().selectedText().replace("\u2029", "\n")

    def answer(
        self,
        text: str,
        reason: FinishReason = FinishReason.STOP,
        error: GenerationFailed | ContextOverflow | None = None,
    ) -> None:
        """Answer, a second try as well."""

        def settled() -> bool:
            for request in self.engine.running():
                self.engine.emit(request.request_id, [text])
                self.engine.finish(request.request_id, reason, error)
            return not self.card.running()

        self.qtbot.waitUntil(settled)

    def start(self, action: str) -> None:
        """Start an action and wait until the model has it."""
        asked = len(self.engine.requests)
        self.controller.start(action)
        self.qtbot.waitUntil(lambda: len(self.engine.requests) > asked)

    def reviewed(self, answer: str = BETTER, action: str = "proofread") -> None:
        self.start(action)
        self.answer(answer)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier | None = None) -> None:
        focused = self.window.focusWidget()
        assert focused is not None
        self.qtbot.keyClick(focused, key, modifiers or Qt.KeyboardModifier.NoModifier)


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    desk = Desk(qtbot)
    yield desk
    desk.controller.cancel()
    desk.bridge.close()


def test_without_a_selection_the_paragraph_at_the_caret_is_selected(desk: Desk) -> None:
    desk.start("proofread")
    assert desk.selected() == PARAGRAPH
    prompt = desk.engine.requests[0].prompt
    assert isinstance(prompt, tuple)
    assert prompt[1].content.endswith(PARAGRAPH)


def test_a_selection_is_taken_as_it_is(desk: Desk) -> None:
    start = TEXT.index("two")
    desk.put_caret(start + 7, anchor=start)
    desk.start("shorter")
    prompt = desk.engine.requests[0].prompt
    assert isinstance(prompt, tuple)
    assert prompt[1].content.endswith("\n\ntwo dog")


def test_on_a_blank_line_the_paragraph_above_is_taken(desk: Desk) -> None:
    desk.put_caret(TEXT.index("\n\nLast") + 1)
    desk.start("proofread")
    assert desk.selected() == PARAGRAPH


def test_an_empty_page_gives_a_sentence_and_asks_nothing(desk: Desk) -> None:
    desk.editor.load_text(" \n\n")
    desk.controller.start("proofread")
    assert "no text here" in desk.card.warning.text()
    assert desk.engine.requests == []
    desk.press(Qt.Key.Key_Escape)
    assert not desk.controller.active()


def test_the_text_grows_and_then_shows_what_changed(desk: Desk) -> None:
    desk.start("proofread")
    request_id = desk.engine.requests[0].request_id
    desk.engine.emit(request_id, [BETTER[:21]])
    desk.qtbot.waitUntil(lambda: desk.card.preview.toPlainText() == BETTER[:21])
    assert desk.card.stop.isVisible()
    assert desk.editor.text() == TEXT
    desk.engine.emit(request_id, [BETTER[21:]])
    desk.engine.finish(request_id)
    desk.qtbot.waitUntil(lambda: not desk.card.running())
    shown = desk.card.preview.toPlainText()
    assert "havehas" in shown
    assert "dogdogs" in shown
    assert desk.card.state.text() == "3 changes"
    desk.card.changes.click()
    assert desk.card.preview.toPlainText() == BETTER


def test_replace_is_one_undo_step(desk: Desk) -> None:
    desk.reviewed()
    desk.card.replace.click()
    assert desk.editor.text() == TEXT.replace(PARAGRAPH, BETTER)
    assert not desk.controller.active()
    assert desk.editor.hasFocus()
    desk.editor.undo()
    assert desk.editor.text() == TEXT
    assert not desk.editor.document().isUndoAvailable()


def test_insert_below_keeps_the_text_and_is_one_undo_step(desk: Desk) -> None:
    desk.reviewed()
    desk.card.insert.click()
    assert desk.editor.text() == TEXT.replace(PARAGRAPH, f"{PARAGRAPH}\n\n{BETTER}")
    desk.editor.undo()
    assert desk.editor.text() == TEXT


def test_by_keyboard_alone(desk: Desk) -> None:
    desk.reviewed()
    desk.press(Qt.Key.Key_Return)
    assert desk.editor.text() == TEXT.replace(PARAGRAPH, BETTER)
    desk.editor.undo()
    desk.put_caret(TEXT.index("two"))
    desk.reviewed()
    desk.press(Qt.Key.Key_Escape)
    assert desk.editor.text() == TEXT
    assert desk.editor.hasFocus()
    assert desk.selected() == PARAGRAPH


def test_keys_work_from_the_page_as_well(desk: Desk) -> None:
    desk.reviewed()
    desk.editor.setFocus()
    desk.press(Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    assert desk.editor.text() == TEXT.replace(PARAGRAPH, BETTER)
    desk.put_caret(TEXT.index("Last"))
    desk.start("proofread")
    desk.editor.setFocus()
    desk.press(Qt.Key.Key_Escape)
    assert not desk.controller.active()
    assert not desk.engine.running()


def test_a_text_that_changed_meanwhile_is_not_replaced(desk: Desk) -> None:
    desk.reviewed()
    desk.editor.replace_range(TEXT.index("two"), TEXT.index("two") + 3, "three")
    changed = desk.editor.text()
    desk.card.replace.click()
    assert desk.editor.text() == changed
    assert "changed meanwhile" in desk.card.warning.text()
    assert not desk.card.replace.isVisible()
    desk.card.insert.click()
    assert BETTER in desk.editor.text()
    assert "three dog" in desk.editor.text()


def test_typing_elsewhere_does_not_hinder_replacing(desk: Desk) -> None:
    desk.reviewed()
    desk.editor.replace_range(0, 0, "New. ")
    desk.card.replace.click()
    assert desk.editor.text() == "New. " + TEXT.replace(PARAGRAPH, BETTER)


def test_try_again_keeps_earlier_versions(desk: Desk) -> None:
    desk.reviewed()
    desk.card.again.click()
    desk.qtbot.waitUntil(lambda: len(desk.engine.requests) == 2)
    first, second = desk.engine.requests
    assert first.prompt == second.prompt
    assert first.sampling.temperature == 0.0
    assert second.sampling.temperature > 0
    assert second.sampling.seed is not None
    desk.answer("He has a pair of dogs.\nThey bark at 42.")
    assert desk.card.number.text() == "2 / 2"
    desk.card.back.click()
    assert desk.card.number.text() == "1 / 2"
    desk.card.replace.click()
    assert desk.editor.text() == TEXT.replace(PARAGRAPH, BETTER)


def test_stop_keeps_what_is_done_and_says_so(desk: Desk) -> None:
    desk.put_caret(len(TEXT), anchor=0)
    desk.start("proofread")
    desk.engine.emit(desk.engine.requests[0].request_id, ["The first line is here."])
    desk.engine.finish(desk.engine.requests[0].request_id)
    desk.qtbot.waitUntil(lambda: len(desk.engine.requests) == 2)
    desk.engine.emit(desk.engine.requests[1].request_id, ["He has two dogs and then"])
    desk.qtbot.waitUntil(lambda: "dogs" in desk.card.preview.toPlainText())
    desk.card.stop.click()
    desk.qtbot.waitUntil(lambda: not desk.engine.running())
    assert "Stopped" in desk.card.warning.text()
    desk.card.replace.click()
    assert desk.editor.text() == TEXT.replace("First line here.", "The first line is here.")


def test_stopping_before_any_word_changes_nothing(desk: Desk) -> None:
    desk.start("proofread")
    desk.card.stop.click()
    assert "Nothing was changed" in desk.card.warning.text()
    assert desk.card.again.isVisible()


def test_the_same_text_back_is_said_plainly(desk: Desk) -> None:
    desk.reviewed(PARAGRAPH)
    assert desk.card.state.text().startswith("Nothing to change")
    assert not desk.card.replace.isVisible()
    desk.press(Qt.Key.Key_Return)
    assert not desk.controller.active()
    assert not desk.editor.document().isUndoAvailable()


def test_lost_details_are_named(desk: Desk) -> None:
    desk.reviewed("He has two dogs.\nThey bark.")
    assert desk.card.warning.text() == "Missing: 42"


@pytest.mark.parametrize(
    "error", [ContextOverflow(100, 900), GenerationFailed("It broke; your text is safe.")]
)
def test_an_error_is_shown_and_the_text_untouched(
    desk: Desk, error: GenerationFailed | ContextOverflow
) -> None:
    desk.start("proofread")
    desk.answer("", FinishReason.ERROR, error)
    assert desk.card.warning.text() == str(error)
    assert desk.editor.text() == TEXT
    assert desk.card.again.isVisible() == isinstance(error, GenerationFailed)


def test_a_failed_second_try_leaves_the_first_version(desk: Desk) -> None:
    desk.reviewed()
    desk.card.again.click()
    desk.answer("", FinishReason.ERROR, GenerationFailed("It broke."))
    assert desk.card.warning.text() == "It broke."
    desk.card.replace.click()
    assert desk.editor.text() == TEXT.replace(PARAGRAPH, BETTER)


def test_an_answer_that_does_not_end_is_refused_after_a_second_try(desk: Desk) -> None:
    desk.start("clearer")
    desk.answer("He has two dogs. They", FinishReason.LENGTH)
    assert "far too long" in desk.card.warning.text()
    assert len(desk.engine.requests) == 2
    assert desk.editor.text() == TEXT


def test_a_rewrite_waits_for_the_model(desk: Desk) -> None:
    desk.engine.set_status(EngineStatus(EngineState.LOADING, 0.5))
    desk.controller.start("proofread")
    assert "Loading the model, 50%" in desk.card.state.text()
    assert desk.engine.requests == []
    desk.engine.set_status(EngineStatus(EngineState.READY, 1.0))
    desk.qtbot.waitUntil(lambda: len(desk.engine.requests) == 1)


def test_a_missing_model_is_said(desk: Desk) -> None:
    error = ModelNotFound("There is no model. Run the set-up once.")
    desk.engine.set_status(EngineStatus(EngineState.FAILED, error=error))
    desk.controller.start("proofread")
    assert desk.card.warning.text() == str(error)


def test_own_instructions_are_asked_for_and_remembered(desk: Desk) -> None:
    kept: list[tuple[str, ...]] = []
    desk.controller.instructions_changed.connect(kept.append)
    desk.controller.ask_instruction()
    assert desk.card.field.hasFocus()
    assert desk.selected() == PARAGRAPH
    desk.qtbot.keyClicks(desk.card.field, "as a poem")
    desk.press(Qt.Key.Key_Return)
    desk.qtbot.waitUntil(lambda: len(desk.engine.requests) == 1)
    prompt = desk.engine.requests[0].prompt
    assert isinstance(prompt, tuple)
    assert prompt[1].content.startswith("as a poem\n\n")
    assert kept == [("as a poem",)]
    desk.answer(BETTER)
    desk.controller.ask_instruction()
    desk.press(Qt.Key.Key_Up)
    assert desk.card.field.text() == "as a poem"
    desk.card.recent[0].click()
    desk.qtbot.waitUntil(lambda: len(desk.engine.requests) == 2)
    assert desk.controller.instructions() == ("as a poem",)


def test_a_new_action_takes_the_place_of_the_running_one(desk: Desk) -> None:
    desk.start("proofread")
    desk.start("formal")
    assert len(desk.engine.running()) == 1
    assert desk.selected() == PARAGRAPH
    desk.answer(BETTER)
    assert desk.card.title.text() == "Formal"


def test_the_words_stay_marked_while_reviewed(desk: Desk) -> None:
    desk.reviewed()
    desk.put_caret(0)
    (mark,) = desk.editor.extraSelections()
    assert mark.cursor.selectedText().replace("\u2029", "\n") == PARAGRAPH
    desk.controller.cancel()
    assert desk.editor.extraSelections() == []


def test_the_card_stands_below_the_page_and_the_words_stay_in_view(desk: Desk) -> None:
    desk.editor.load_text("\n\n".join(["Some line of text."] * 80))
    desk.put_caret(len(desk.editor.text()) - 3)
    desk.reviewed("Some other line of text.")
    desk.qtbot.waitUntil(
        lambda: desk.editor.cursorRect().bottom() <= desk.editor.viewport().height()
    )
    assert desk.card.geometry().top() >= desk.editor.geometry().bottom()


@pytest.mark.parametrize("name", [each.name for each in load_actions([asset("prompts")]).actions])
def test_every_action_has_a_title_of_its_own(desk: Desk, name: str) -> None:
    with desk.qtbot.waitSignal(desk.controller.active_changed):
        desk.start(name)
    assert desk.card.title.text()


def test_an_unknown_action_is_an_error_of_the_caller(desk: Desk) -> None:
    with pytest.raises(ValueError, match="no-such"):
        desk.controller.start("no-such")


@pytest.mark.parametrize("name", sorted(THEMES))
def test_a_theme_changes_under_review(desk: Desk, name: str) -> None:
    desk.reviewed()
    desk.controller.apply_theme(THEMES[name])
    assert "havehas" in desk.card.preview.toPlainText()


def test_copy_takes_the_version_and_leaves_the_review_open(desk: Desk) -> None:
    desk.reviewed()
    desk.card.copy.click()
    assert QGuiApplication.clipboard().text() == BETTER
    assert desk.controller.active()
