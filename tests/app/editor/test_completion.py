"""Suggestions come while typing, never in the way, and never stale."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from pytestqt.qtbot import QtBot

from app.core.endings import Ending
from app.editor.completion import CompletionController
from app.editor.editor import Editor
from app.editor.highlighter import MarkdownHighlighter
from app.services.bridge import EngineBridge
from engine import (
    EngineState,
    EngineStatus,
    FakeEngine,
    FinishReason,
    GenerationRequest,
    completion_request,
)


class Desk:
    """An editor with a controller and an engine that says what the test wants."""

    def __init__(self, editor: Editor, qtbot: QtBot, engine: FakeEngine) -> None:
        self.editor = editor
        self.qtbot = qtbot
        self.engine = engine
        self.highlighter = MarkdownHighlighter(editor)
        self.bridge = EngineBridge(engine)
        self.now = 0.0
        self.controller = CompletionController(editor, self.bridge, clock=lambda: self.now)
        self.controller.set_delay_ms(0)

    def type(self, text: str) -> None:
        self.qtbot.keyClicks(self.editor, text)

    def key(self, key: Qt.Key, *, control: bool = False) -> None:
        modifier = (
            Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
        )
        self.qtbot.keyClick(self.editor, key, modifier)

    def open(self, text: str, caret: int | None = None) -> None:
        self.editor.load_text(text)
        cursor = self.editor.textCursor()
        cursor.setPosition(len(text) if caret is None else caret)
        self.editor.setTextCursor(cursor)

    def answer(self, *texts: str, finish: bool = True) -> None:
        (request,) = self.engine.running()
        self.engine.emit(request.request_id, texts)
        if finish:
            self.engine.finish(request.request_id)
        self.settle()

    def idle(self) -> GenerationRequest:
        """The request that was made in idle time."""
        return self.engine.readings[-1]

    def find(self, *alternatives: str) -> None:
        """Let the idle request for other candidates end with these."""
        self.engine.finish(self.idle().request_id, alternatives=alternatives)
        self.settle()

    def settle(self) -> None:
        """Let queued deliveries and due timers happen."""
        for _ in range(3):
            self.qtbot.wait(1)

    def shown(self) -> str:
        self.settle()
        return self.editor.ghost.text()

    def asked(self) -> int:
        return len(self.engine.requests)


@pytest.fixture
def desk(editor: Editor, qtbot: QtBot) -> Iterator[Desk]:
    result = Desk(editor, qtbot, FakeEngine())
    yield result
    result.controller.cancel()
    result.bridge.close()


def test_typing_asks_at_once_and_the_answer_is_shown(desk: Desk) -> None:
    desk.open("The old keeper")
    desk.type("s")
    (request,) = desk.engine.running()
    assert request.prompt == "The old keepers"
    assert request.revision == desk.editor.revision()
    desk.answer(" climbed the stairs")
    assert desk.shown() == " climbed the stairs"
    assert desk.editor.text() == "The old keepers"


def test_the_next_key_replaces_the_request(desk: Desk) -> None:
    desk.open("The old keeper")
    desk.type("s ")
    assert desk.asked() == 2
    assert [r.prompt for r in desk.engine.running()] == ["The old keepers "]


def test_the_pause_gates_showing_only(desk: Desk) -> None:
    desk.controller.set_delay_ms(60_000)
    desk.open("The old keeper")
    desk.type("s")
    desk.answer(" climbed")
    assert desk.shown() == ""
    desk.controller.suggest_now()
    assert desk.shown() == " climbed"
    assert desk.asked() == 1


def test_streamed_text_grows_and_never_shrinks(desk: Desk) -> None:
    desk.open("He said it was over", 19)
    desk.type(".")
    desk.answer(" Then he", finish=False)
    assert desk.shown() == " Then he"
    desk.answer(" left.", " And more", finish=False)
    assert desk.shown() == " Then he left."
    desk.answer("")
    assert desk.shown() == " Then he left."


def test_typing_through_what_is_shown_asks_nothing(desk: Desk) -> None:
    desk.open("The old keeper")
    desk.type("s")
    desk.answer(" climbed the stairs")
    desk.shown()
    desk.type(" climb")
    assert desk.asked() == 1
    assert desk.shown() == "ed the stairs"


def test_typing_through_while_it_streams_keeps_the_stream(desk: Desk) -> None:
    desk.open("The old keeper")
    desk.type("s")
    desk.answer(" climbed", finish=False)
    assert desk.shown() == " climbed"
    desk.type(" cl")
    desk.answer(" the stairs")
    assert desk.shown() == "imbed the stairs"
    assert desk.asked() == 1


def test_a_hidden_answer_that_matches_what_is_typed_is_kept(desk: Desk) -> None:
    desk.controller.set_delay_ms(60_000)
    desk.open("The old keeper")
    desk.type("s")
    desk.answer(" climbed the stairs")
    desk.type(" cl")
    assert desk.asked() == 1
    assert desk.shown() == ""
    desk.controller.suggest_now()
    assert desk.shown() == "imbed the stairs"


def test_other_keys_ask_anew(desk: Desk) -> None:
    desk.open("The old keeper")
    desk.type("s")
    desk.answer(" climbed the stairs")
    desk.shown()
    desk.type("x")
    assert desk.shown() == ""
    assert desk.asked() == 2


def test_after_all_is_taken_the_next_one_is_asked_for(desk: Desk) -> None:
    desk.open("The old keeper")
    desk.type("s")
    desk.answer(" climbed")
    desk.shown()
    desk.key(Qt.Key.Key_Tab)
    assert [r.prompt for r in desk.engine.running()] == ["The old keepers climbed"]
    desk.answer(" up")
    assert desk.shown() == " up"


def test_after_a_word_is_taken_the_rest_stays_without_a_request(desk: Desk) -> None:
    desk.open("The old keeper")
    desk.type("s")
    desk.answer(" climbed up")
    desk.shown()
    desk.key(Qt.Key.Key_Right, control=True)
    assert desk.shown() == " up"
    assert desk.asked() == 1
    desk.key(Qt.Key.Key_Right, control=True)
    assert desk.editor.text() == "The old keepers climbed up"
    assert desk.asked() == 2


def test_after_all_is_typed_the_next_one_is_asked_for(desk: Desk) -> None:
    desk.open("The old keeper")
    desk.type("s")
    desk.answer(" up")
    desk.shown()
    desk.type(" up")
    assert [r.prompt for r in desk.engine.running()] == ["The old keepers up"]


def test_escape_refuses_and_ends_the_request(desk: Desk) -> None:
    desk.open("The old keeper")
    desk.type("s")
    desk.answer(" climbed", finish=False)
    desk.shown()
    desk.key(Qt.Key.Key_Escape)
    desk.settle()
    assert desk.shown() == ""
    assert desk.engine.running() == ()


@pytest.mark.parametrize("act", ["move", "select", "paste", "undo", "delete", "load", "blur"])
def test_whatever_else_happens_the_answer_is_dropped(desk: Desk, act: str) -> None:
    desk.open("The old keeper")
    desk.type("s")
    (request,) = desk.engine.running()
    desk.engine.emit(request.request_id, [" climbed"])
    if act == "move":
        desk.key(Qt.Key.Key_Left)
    elif act == "select":
        desk.editor.selectAll()
    elif act == "paste":
        data = QMimeData()
        data.setText("x")
        desk.editor.insertFromMimeData(data)
    elif act == "undo":
        desk.editor.undo()
    elif act == "delete":
        desk.key(Qt.Key.Key_Backspace)
    elif act == "load":
        desk.open("other")
    else:
        desk.editor.clearFocus()
    assert desk.shown() == ""
    assert desk.asked() == 1
    assert desk.engine.running() == ()


def test_going_back_and_forth_asks_nothing_twice(desk: Desk) -> None:
    desk.open("The old keeper")
    desk.type("s")
    desk.answer(" climbed")
    desk.shown()
    desk.type(" c")
    desk.key(Qt.Key.Key_Backspace)
    assert desk.shown() == ""
    desk.type("c")
    assert desk.shown() == "limbed"
    assert desk.asked() == 1


@pytest.mark.parametrize(
    ("text", "caret", "typed"),
    [
        ("", 0, " "),
        ("# A headin", None, "g"),
        ("intro\n## ", None, "x"),
        ("```\ncode ", None, "x"),
        ("~~~py\n\ncode", None, "x"),
        ("---\ntitle: a", None, "b"),
        ("see https://exa", None, "m"),
        ("see [this](path", None, "s"),
        ("use `cod", None, "e"),
        ("two words", 2, "x"),
        ("two words", 4, "x"),
    ],
)
def test_where_no_suggestion_is_wanted(
    desk: Desk, text: str, caret: int | None, typed: str
) -> None:
    desk.open(text, caret)
    desk.type(typed)
    assert desk.asked() == 0


@pytest.mark.parametrize(
    ("text", "caret"), [("two words", 3), ("(so", None), ("(so)", 3), ("```\nx\n```\nThen", None)]
)
def test_where_suggestions_are_welcome(desk: Desk, text: str, caret: int | None) -> None:
    desk.open(text, caret)
    desk.type("n")
    assert desk.asked() == 1


def test_asking_for_one_works_even_there_and_when_switched_off(desk: Desk) -> None:
    desk.controller.set_enabled(False)
    desk.open("# A heading")
    desk.type("s")
    assert desk.asked() == 0
    desk.controller.suggest_now()
    desk.answer(" to remember")
    assert desk.shown() == " to remember"


def test_nothing_while_a_selection_stands(desk: Desk) -> None:
    desk.open("some words")
    desk.editor.selectAll()
    desk.controller.suggest_now()
    assert desk.asked() == 0


def test_nothing_while_an_input_method_composes(desk: Desk) -> None:
    desk.open("灯塔的老人")
    QGuiApplication.sendEvent(desk.editor, QInputMethodEvent("pa", []))
    assert desk.asked() == 0
    commit = QInputMethodEvent()
    commit.setCommitString("爬")
    QGuiApplication.sendEvent(desk.editor, commit)
    assert [r.prompt for r in desk.engine.running()] == ["灯塔的老人爬"]
    QGuiApplication.sendEvent(desk.editor, QInputMethodEvent("sh", []))
    desk.settle()
    assert desk.engine.running() == ()
    assert desk.shown() == ""


def test_while_the_model_loads_it_waits(editor: Editor, qtbot: QtBot) -> None:
    desk = Desk(editor, qtbot, FakeEngine(EngineStatus(EngineState.LOADING, 0.5)))
    desk.open("The old keeper")
    desk.type("s")
    assert desk.asked() == 0
    desk.engine.set_status(EngineStatus(EngineState.READY, 1.0))
    desk.settle()
    assert desk.asked() == 1
    desk.bridge.close()


def test_not_if_the_person_went_elsewhere_meanwhile(editor: Editor, qtbot: QtBot) -> None:
    desk = Desk(editor, qtbot, FakeEngine(EngineStatus(EngineState.LOADING, 0.5)))
    desk.open("The old keeper")
    desk.type("s")
    desk.key(Qt.Key.Key_Home)
    desk.engine.set_status(EngineStatus(EngineState.READY, 1.0))
    desk.settle()
    assert desk.asked() == 0
    desk.bridge.close()


def test_a_failed_generation_is_quiet(desk: Desk) -> None:
    desk.open("The old keeper")
    desk.type("s")
    (request,) = desk.engine.running()
    desk.engine.finish(request.request_id, FinishReason.ERROR)
    assert desk.shown() == ""
    desk.type("x")
    assert desk.asked() == 2


def test_the_prompt_of_a_long_document_is_that_of_its_whole_text(desk: Desk) -> None:
    text = "".join(f"Line {n} with a few wörds 😀.\n" for n in range(2_000))
    desk.open(text + "And", len(text) + 2_000 + 3)
    prompts = set()
    for _ in range(5):
        desk.type("y")
        (request,) = desk.engine.running()
        whole = completion_request(desk.editor.text())
        assert whole is not None
        assert request.prompt == whole.prompt
        prompts.add(str(request.prompt)[:100])
    assert len(prompts) == 1


def test_the_caret_in_a_paragraph_far_down_changes_nothing_of_the_text(desk: Desk) -> None:
    text = "para\n" * 200
    desk.open(text + "The keeper")
    desk.type("s")
    desk.answer(" came home")
    assert desk.shown() == " came home"
    assert desk.editor.text() == text + "The keepers"


def test_an_answer_that_says_nothing_shows_nothing(desk: Desk) -> None:
    desk.open("The old keeper")
    desk.type("s")
    desk.answer("\n\n")
    assert desk.shown() == ""
    assert desk.engine.running() == ()


def test_typing_all_that_came_so_far_waits_for_more_of_it(desk: Desk) -> None:
    desk.open("The old keeper")
    desk.type("s")
    desk.controller.set_delay_ms(60_000)
    desk.type(" ")
    desk.answer("cl", finish=False)
    desk.type("cl")
    assert desk.asked() == 2
    desk.answer("imbed")
    desk.controller.suggest_now()
    assert desk.shown() == "imbed"


def test_if_that_was_all_the_next_one_is_asked_for(desk: Desk) -> None:
    desk.open("The old keeper")
    desk.controller.set_delay_ms(60_000)
    desk.type("s")
    desk.answer(" up", finish=False)
    desk.type(" up")
    assert desk.asked() == 1
    desk.answer("")
    assert desk.asked() == 2
    assert [r.prompt for r in desk.engine.running()] == ["The old keepers up"]


def test_switching_off_takes_it_away(desk: Desk) -> None:
    desk.open("The old keeper")
    desk.type("s")
    desk.answer(" came")
    assert desk.shown() == " came"
    desk.controller.set_enabled(False)
    assert not desk.controller.enabled()
    assert desk.shown() == ""
    desk.type("x")
    assert desk.asked() == 1


def test_a_longer_limit_is_used_at_once(desk: Desk) -> None:
    desk.open("The old keeper")
    desk.controller.set_max_tokens(40)
    desk.type("s")
    assert [r.max_tokens for r in desk.engine.running()] == [40]


def test_an_engine_without_a_model_is_not_asked(editor: Editor, qtbot: QtBot) -> None:
    desk = Desk(editor, qtbot, FakeEngine(EngineStatus(EngineState.FAILED)))
    desk.open("The old keeper")
    desk.type("s")
    desk.engine.set_status(EngineStatus(EngineState.READY, 1.0))
    desk.settle()
    assert desk.asked() == 0
    desk.bridge.close()


def test_an_opened_text_is_read_ahead(desk: Desk) -> None:
    desk.open("A text that somebody has written before.")
    (reading,) = desk.engine.readings
    assert reading.max_tokens == 0
    assert reading.prompt == "A text that somebody has written before."
    desk.open("")
    desk.controller.set_enabled(False)
    desk.open("Another one.")
    assert desk.engine.readings == [reading]
    assert desk.engine.requests == []


def test_once_it_is_whole_and_seen_idle_time_goes_into_other_candidates(desk: Desk) -> None:
    desk.open("The old keeper")
    desk.type("s")
    readings = len(desk.engine.readings)
    desk.answer(" climbed", finish=False)
    assert desk.shown() == " climbed"
    assert len(desk.engine.readings) == readings
    desk.answer(" up")
    assert len(desk.engine.readings) == readings + 1
    assert desk.idle().alternatives == 4
    assert desk.idle().prompt == "The old keepers"
    desk.type("x")
    assert [r.prompt for r in desk.engine.running()] == ["The old keepersx"]


def test_a_letter_that_fits_another_candidate_promotes_it(desk: Desk) -> None:
    desk.open("The old keeper")
    desk.type("s")
    desk.answer(" climbed the stairs")
    desk.shown()
    desk.find(" were tired", " went home")
    desk.type(" ")
    assert desk.shown() == "climbed the stairs"
    desk.type("w")
    assert desk.shown() == "ere tired"
    desk.type("en")
    assert desk.shown() == "t home"
    assert desk.asked() == 1
    desk.key(Qt.Key.Key_Tab)
    assert desk.editor.text() == "The old keepers went home"


def test_what_was_refused_does_not_come_back_by_itself(desk: Desk) -> None:
    desk.open("The old keeper")
    desk.type("s")
    desk.answer(" climbed")
    desk.shown()
    desk.find(" went")
    desk.key(Qt.Key.Key_Escape)
    desk.type(" ")
    assert desk.shown() == ""
    desk.controller.suggest_now()
    assert desk.shown() == "climbed"
    desk.key(Qt.Key.Key_Escape)
    desk.type("w")
    assert desk.shown() == ""
    desk.answer("as tired")
    assert desk.shown() == "as tired"


def test_the_other_candidates_are_gone_through_by_keys(desk: Desk) -> None:
    desk.open("The old keeper")
    desk.type("s")
    desk.answer(" climbed")
    desk.shown()
    desk.find(" were tired", " went home")
    alt = Qt.KeyboardModifier.AltModifier
    seen = []
    for key in (Qt.Key.Key_BracketRight, Qt.Key.Key_BracketRight, Qt.Key.Key_BracketLeft):
        desk.qtbot.keyClick(desk.editor, key, alt)
        seen.append(desk.shown())
    assert seen == [" were tired", " went home", " were tired"]
    desk.key(Qt.Key.Key_Tab)
    assert desk.editor.text() == "The old keepers were tired"


def test_the_next_candidate_is_shown_when_it_is_found(desk: Desk) -> None:
    desk.open("The old keeper")
    desk.type("s")
    desk.answer(" climbed")
    desk.shown()
    desk.qtbot.keyClick(desk.editor, Qt.Key.Key_BracketRight, Qt.KeyboardModifier.AltModifier)
    assert desk.shown() == " climbed"
    desk.find(" went home")
    assert desk.shown() == " went home"


def test_what_follows_an_accepted_one_is_there_already(desk: Desk) -> None:
    desk.open("The old keeper")
    desk.type("s")
    desk.answer(" climbed")
    desk.shown()
    desk.find()
    assert desk.idle().prompt == "The old keepers climbed"
    desk.engine.emit(desk.idle().request_id, [" the stairs"])
    desk.engine.finish(desk.idle().request_id)
    desk.settle()
    desk.key(Qt.Key.Key_Tab)
    assert desk.shown() == " the stairs"
    assert desk.asked() == 1


def _refuse(desk: Desk, times: int) -> None:
    for number in range(times):
        desk.type("abcdefghijklmnopqrstuvwxyz"[number])
        desk.answer(" climbed")
        assert desk.shown() == " climbed"
        desk.key(Qt.Key.Key_Escape)


def test_after_ten_refusals_none_comes_until_it_is_asked_for(desk: Desk) -> None:
    told: list[bool] = []
    desk.controller.paused_changed.connect(told.append)
    desk.open("The old keeper")
    _refuse(desk, 10)
    assert told == [True]
    asked = desk.asked()
    desk.type(" x")
    assert desk.asked() == asked
    desk.controller.suggest_now()
    assert told == [True, False]
    desk.answer(" or so")
    assert desk.shown() == " or so"
    desk.type("y")
    assert desk.asked() == asked + 2


def test_what_could_not_be_read_was_not_refused_by_typing_on(desk: Desk) -> None:
    told: list[bool] = []
    desk.controller.paused_changed.connect(told.append)
    desk.open("The old keeper")
    for number in range(40):
        desk.type("x")
        desk.answer(" climbed")
        assert desk.shown() == " climbed"
        desk.now += 0.3 if number < 20 else 0.5
    desk.type("x")
    assert told == [True]
    assert desk.asked() == 40


def test_a_fixed_pause_never_holds_suggestions_back(desk: Desk) -> None:
    desk.controller.set_adaptive(False)
    desk.open("The old keeper")
    _refuse(desk, 12)
    desk.type("z")
    assert desk.asked() == 13


@pytest.mark.parametrize("text", ["# A headin", "```\ncode ", "use `cod", "see https://exa"])
def test_suggestions_come_there_too_if_the_person_wants_that(desk: Desk, text: str) -> None:
    desk.controller.set_everywhere(True)
    desk.open(text)
    desk.type("g")
    assert desk.asked() == 1


def test_a_suggestion_goes_as_far_as_the_person_wants(desk: Desk) -> None:
    desk.controller.set_ending(Ending.PHRASE)
    desk.open("The old keeper")
    desk.type("s")
    desk.answer(" climbed up, and then")
    assert desk.shown() == " climbed up,"


def test_what_was_cut_short_is_not_shown_to_the_middle_of_a_word(desk: Desk) -> None:
    desk.controller.set_delay_ms(60_000)
    desk.open("The old keeper")
    desk.type("s")
    desk.answer(" climbed up to the lam", finish=False)
    (request,) = desk.engine.running()
    desk.engine.finish(request.request_id, FinishReason.LENGTH)
    desk.settle()
    desk.controller.suggest_now()
    assert desk.shown() == " climbed up"


def test_what_was_seen_of_a_last_word_that_is_cut_short_goes_again(desk: Desk) -> None:
    desk.open("The old keeper")
    desk.type("s")
    desk.answer(" climbed up to the lam", finish=False)
    assert desk.shown() == " climbed up to the lam"
    (request,) = desk.engine.running()
    desk.engine.finish(request.request_id, FinishReason.LENGTH)
    assert desk.shown() == " climbed up"


def test_a_character_that_was_cut_short_is_left_out(desk: Desk) -> None:
    desk.open("灯塔的老人")
    desk.controller.suggest_now()
    desk.answer("爬上了楼\ufffd")
    assert desk.shown() == "爬上了楼"


def test_words_that_are_whole_are_all_kept(desk: Desk) -> None:
    desk.open("The old keeper")
    desk.type("s")
    desk.answer(" climbed up to ", finish=False)
    (request,) = desk.engine.running()
    desk.engine.finish(request.request_id, FinishReason.LENGTH)
    assert desk.shown().rstrip() == " climbed up to"


def test_nothing_is_left_of_what_turns_out_to_be_a_loop(desk: Desk) -> None:
    desk.open("He said that the keeper")
    desk.type("s")
    desk.answer(" the", " keepers", finish=False)
    desk.answer("")
    assert desk.shown() == ""
    assert desk.engine.running() == ()
