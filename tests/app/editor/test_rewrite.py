from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.core.assets import asset
from app.core.review import Change
from app.editor.editor import Editor
from app.editor.highlighter import MarkdownHighlighter
from app.editor.page_review import PageReview
from app.editor.review_bar import ReviewBar
from app.editor.review_card import ReviewCard
from app.editor.review_marks import ReviewMarks
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
        self.highlighter = MarkdownHighlighter(self.editor)
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

    @property
    def page(self) -> PageReview:
        return self.controller.page

    def bar(self) -> ReviewBar:
        return self.editor.findChild(ReviewBar)

    def changes(self) -> tuple[Change, ...]:
        review = self.page.review()
        return review.open if review is not None and self.page.shown() else ()

    def open(self) -> list[tuple[str, str]]:
        return [(change.old, change.new) for change in self.changes()]

    def pointed_out(self) -> str:
        change = self.page.current()
        return change.new if change is not None else ""

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


def test_the_text_grows_and_then_its_changes_are_on_the_page(desk: Desk) -> None:
    desk.start("proofread")
    request_id = desk.engine.requests[0].request_id
    desk.engine.emit(request_id, [BETTER[:21]])
    desk.qtbot.waitUntil(lambda: desk.card.preview.toPlainText() == BETTER[:21])
    assert desk.card.stop.isVisible()
    assert desk.editor.text() == TEXT
    desk.engine.emit(request_id, [BETTER[21:]])
    desk.engine.finish(request_id)
    desk.qtbot.waitUntil(lambda: not desk.card.running())
    assert desk.open() == [("have", "has"), ("dog", "dogs"), ("barks", "bark")]
    assert desk.card.state.text() == "3 changes"
    assert not desk.card.preview.isVisible()
    assert desk.editor.text() == TEXT
    assert desk.editor.hasFocus()


def test_accepting_all_is_one_undo_step_which_brings_the_review_back(desk: Desk) -> None:
    desk.reviewed()
    desk.card.accept.click()
    assert desk.editor.text() == TEXT.replace(PARAGRAPH, BETTER)
    assert not desk.controller.active()
    assert desk.editor.hasFocus()
    desk.editor.undo()
    assert desk.editor.text() == TEXT
    assert not desk.editor.document().isUndoAvailable()
    assert desk.controller.active()
    assert desk.card.isVisible()
    assert len(desk.open()) == 3
    desk.editor.redo()
    assert desk.editor.text() == TEXT.replace(PARAGRAPH, BETTER)
    assert desk.open() == []


def test_each_decision_is_one_undo_step(desk: Desk) -> None:
    desk.reviewed()
    desk.page.accept()
    desk.page.reject()
    desk.page.accept()
    decided = TEXT.replace("have", "has").replace("barks", "bark")
    assert desk.editor.text() == decided
    assert not desk.controller.active()
    desk.editor.undo()
    assert desk.open() == [("barks", "bark")]
    desk.editor.undo()
    assert desk.open() == [("dog", "dogs"), ("barks", "bark")]
    assert desk.editor.text() == TEXT.replace("have", "has")
    desk.editor.undo()
    assert len(desk.open()) == 3
    assert desk.editor.text() == TEXT


def test_the_next_change_is_pointed_out_after_a_decision(desk: Desk) -> None:
    desk.reviewed()
    assert desk.pointed_out() == "has"
    desk.page.go(-1)
    assert desk.pointed_out() == "bark"
    desk.page.go(1)
    desk.page.go(1)
    assert desk.pointed_out() == "dogs"
    assert desk.editor.caret() == TEXT.index("dog.")
    desk.page.reject()
    assert desk.pointed_out() == "bark"
    desk.page.accept()
    assert desk.pointed_out() == "has"


def test_without_a_change_pointed_out_a_decision_only_goes_to_one(desk: Desk) -> None:
    desk.reviewed()
    desk.put_caret(TEXT.index("two"))
    assert desk.pointed_out() == ""
    desk.page.accept()
    assert desk.editor.text() == TEXT
    assert desk.pointed_out() == "dogs"


def test_the_text_stays_editable_and_the_changes_move_along(desk: Desk) -> None:
    desk.reviewed()
    desk.put_caret(TEXT.index("two"))
    desk.qtbot.keyClicks(desk.editor, "really ")
    assert desk.open() == [("have", "has"), ("dog", "dogs"), ("barks", "bark")]
    desk.editor.replace_range(0, 0, "\U0001f600 New.\n")
    desk.put_caret(desk.editor.text().index("barks") + 5)
    desk.qtbot.keyClicks(desk.editor, "x")
    assert desk.open() == [("have", "has"), ("dog", "dogs")]
    desk.controller.accept_all()
    expected = TEXT.replace("have two dog", "has really two dogs").replace("barks", "barkxs")
    assert desk.editor.text() == "\U0001f600 New.\n" + expected


def test_what_is_kept_and_recovered_never_holds_a_proposal(desk: Desk) -> None:
    edits: list[object] = []
    desk.editor.edited.connect(edits.append)
    desk.reviewed()
    assert desk.editor.text() == TEXT
    assert edits == []
    assert not desk.editor.document().isModified()
    desk.page.accept()
    assert "\n".join(desk.editor.snapshot()) == TEXT.replace("have", "has")
    assert len(edits) == 1


def test_flagged_changes_hold_back_accepting_all_once(desk: Desk) -> None:
    desk.reviewed("He has two dogs.\nThey bark at 24.")
    assert "42" in desk.card.warning.text()
    desk.controller.accept_all()
    assert desk.editor.text() == TEXT
    assert "Look at these first" in desk.card.warning.text()
    assert "24" in desk.pointed_out()
    desk.qtbot.waitUntil(lambda: "Look closely" in desk.bar().warning.text())
    desk.controller.accept_all()
    assert desk.editor.text() == TEXT.replace(PARAGRAPH, "He has two dogs.\nThey bark at 24.")


def test_a_decision_in_between_asks_again(desk: Desk) -> None:
    desk.reviewed("He has two dogs.\nThey bark at 24.")
    desk.controller.accept_all()
    desk.page.go(1)
    desk.page.reject()
    desk.controller.accept_all()
    assert "24" in desk.pointed_out()
    assert len(desk.open()) > 0


def test_without_review_if_the_setting_says_so_but_for_what_is_flagged(desk: Desk) -> None:
    desk.controller.set_unreviewed(True)
    desk.reviewed()
    assert desk.editor.text() == TEXT.replace(PARAGRAPH, BETTER)
    assert not desk.controller.active()
    desk.editor.undo()
    assert desk.editor.text() == TEXT
    desk.put_caret(TEXT.index("two"))
    desk.reviewed("He has two dogs.\nThey bark at 24.")
    assert desk.editor.text() == TEXT
    assert len(desk.open()) > 0


def test_a_click_on_a_change_shows_why_and_its_buttons_decide(desk: Desk) -> None:
    desk.reviewed()
    desk.put_caret(0)
    desk.qtbot.waitUntil(lambda: not desk.bar().isVisible())
    marks = desk.page.findChild(ReviewMarks) or desk.editor.findChild(ReviewMarks)
    number = next(one.number for one in desk.changes() if one.new == "dogs")
    at = marks.area_of(number).center().toPoint()
    desk.qtbot.mouseClick(desk.editor.viewport(), Qt.MouseButton.LeftButton, pos=at)
    desk.qtbot.waitUntil(desk.bar().isVisible)
    assert desk.pointed_out() == "dogs"
    assert desk.bar().reason.text() == "Singular or plural"
    assert "dog \u2192 dogs" in desk.bar().words.text()
    desk.bar().accept.click()
    assert desk.editor.text() == TEXT.replace("dog.", "dogs.")
    desk.bar().reject.click()
    assert desk.open() == [("have", "has")]


def test_the_bar_never_covers_the_words_it_is_about(desk: Desk) -> None:
    desk.editor.load_text("\n\n".join([PARAGRAPH] * 30))
    desk.put_caret(len(desk.editor.text()) - 3)
    desk.reviewed()
    desk.qtbot.waitUntil(desk.bar().isVisible)
    marks = desk.editor.findChild(ReviewMarks)
    for change in desk.changes():
        desk.page.point_out(change)
        desk.qtbot.waitUntil(
            lambda change=change: desk.bar().number.text()[0] == str(change.number + 1)
        )
        area = marks.area_of(change.number).toRect()
        origin = desk.editor.viewport().mapTo(desk.editor, area.topLeft())
        assert not desk.bar().geometry().intersects(area.translated(origin - area.topLeft()))


def test_changes_appear_while_the_rest_is_still_written(desk: Desk) -> None:
    desk.put_caret(len(TEXT), anchor=0)
    desk.start("clearer")
    desk.engine.emit(desk.engine.requests[0].request_id, ["The first line is here."])
    desk.engine.finish(desk.engine.requests[0].request_id)
    desk.qtbot.waitUntil(lambda: len(desk.engine.requests) == 2)
    assert len(desk.open()) > 0
    assert "2 of 3 parts" in desk.card.state.text()
    desk.page.go(1)
    while desk.open():
        desk.page.accept()
    assert desk.editor.text() == TEXT.replace("First line here.", "The first line is here.")
    assert desk.controller.active()
    desk.editor.replace_range(0, 0, "New. ")
    desk.answer(BETTER)
    desk.controller.accept_all()
    assert BETTER in desk.editor.text()
    assert desk.editor.text().startswith("New. The first line is here.")


def test_insert_below_keeps_the_text_and_is_one_undo_step(desk: Desk) -> None:
    desk.reviewed()
    desk.card.insert.click()
    assert desk.editor.text() == TEXT.replace(PARAGRAPH, f"{PARAGRAPH}\n\n{BETTER}")
    desk.editor.undo()
    assert desk.editor.text() == TEXT


def test_enter_in_the_card_accepts_all_and_esc_leaves_the_text(desk: Desk) -> None:
    desk.reviewed()
    desk.card.copy.setFocus()
    desk.press(Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    assert desk.editor.text() == TEXT.replace(PARAGRAPH, BETTER)
    desk.editor.undo()
    desk.press(Qt.Key.Key_Escape)
    assert not desk.controller.active()
    assert desk.open() == []
    assert desk.editor.text() == TEXT
    assert desk.editor.hasFocus()


def test_esc_on_the_page_ends_what_runs(desk: Desk) -> None:
    desk.start("proofread")
    desk.editor.setFocus()
    desk.press(Qt.Key.Key_Escape)
    assert not desk.controller.active()
    desk.qtbot.waitUntil(lambda: not desk.engine.running())
    assert desk.selected() == PARAGRAPH


def test_try_again_keeps_earlier_versions(desk: Desk) -> None:
    desk.reviewed()
    desk.page.reject()
    desk.card.again.click()
    desk.qtbot.waitUntil(lambda: len(desk.engine.requests) == 2)
    first, second = desk.engine.requests
    assert first.prompt == second.prompt
    assert first.sampling.temperature == 0.0
    assert second.sampling.temperature > 0
    assert second.sampling.seed is not None
    other = "He has a pair of dogs.\nThey bark at 42."
    desk.answer(other)
    assert desk.card.number.text() == "2 / 2"
    assert ("two dog", "a pair of dogs") in desk.open() or len(desk.open()) >= 2
    desk.card.back.click()
    assert desk.card.number.text() == "1 / 2"
    assert desk.open() == [("dog", "dogs"), ("barks", "bark")]
    desk.card.accept.click()
    assert desk.editor.text() == TEXT.replace("dog.", "dogs.").replace("barks", "bark")


def test_versions_are_compared_side_by_side(desk: Desk) -> None:
    desk.reviewed()
    desk.card.again.click()
    other = "He has a pair of dogs.\nThey bark at 42."
    desk.answer(other)
    assert not desk.card.comparison.isVisible()
    desk.controller.compare()
    left, right = desk.card.comparison.sides
    assert left.toPlainText() == PARAGRAPH
    assert "a pair of dogs" in right.toPlainText()
    desk.card.comparison.choices[0].setCurrentIndex(1)
    desk.card.comparison.choices[1].setCurrentIndex(2)
    assert left.toPlainText() == BETTER
    assert "a pair of" in right.toPlainText()
    desk.controller.compare()
    assert not desk.card.comparison.isVisible()


def test_stop_keeps_what_is_done_and_says_so(desk: Desk) -> None:
    desk.put_caret(len(TEXT), anchor=0)
    desk.start("proofread")
    desk.engine.emit(desk.engine.requests[0].request_id, ["The first line is here."])
    desk.engine.finish(desk.engine.requests[0].request_id)
    desk.qtbot.waitUntil(lambda: len(desk.engine.requests) == 2)
    desk.engine.emit(desk.engine.requests[1].request_id, ["He has two dogs and then"])
    desk.card.stop.click()
    desk.qtbot.waitUntil(lambda: not desk.engine.running())
    assert "Stopped" in desk.card.warning.text()
    desk.card.accept.click()
    assert desk.editor.text() == TEXT.replace("First line here.", "The first line is here.")


def test_stopping_before_any_word_changes_nothing(desk: Desk) -> None:
    desk.start("proofread")
    desk.card.stop.click()
    assert "Nothing was changed" in desk.card.warning.text()
    assert desk.card.again.isVisible()


def test_the_same_text_back_is_said_plainly(desk: Desk) -> None:
    desk.reviewed(PARAGRAPH)
    assert desk.card.state.text().startswith("Nothing to change")
    assert not desk.card.accept.isVisible()
    desk.press(Qt.Key.Key_Return)
    assert not desk.controller.active()
    assert not desk.editor.document().isUndoAvailable()


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
    desk.card.accept.click()
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


def test_the_words_are_marked_until_their_changes_are(desk: Desk) -> None:
    desk.start("proofread")
    desk.put_caret(0)
    (mark,) = desk.editor.extraSelections()
    assert mark.cursor.selectedText().replace("\u2029", "\n") == PARAGRAPH
    desk.answer(BETTER)
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
    image = desk.editor.grab().toImage()
    colours = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(260)}
    assert {THEMES[name].deleted, THEMES[name].inserted} <= colours


def test_copy_takes_the_version_and_leaves_the_review_open(desk: Desk) -> None:
    desk.reviewed()
    desk.card.copy.click()
    assert QGuiApplication.clipboard().text() == BETTER
    assert desk.controller.active()
