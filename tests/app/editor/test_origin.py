"""The page knows which words came from where: typed, pasted, or given by the model."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from pytestqt.qtbot import QtBot

from app.core.provenance.runs import EARLIER, Runs
from app.core.provenance.sources import Kind, Made
from app.editor.completion import CompletionController
from app.editor.editor import Editor
from app.editor.mirror import Origin
from app.editor.origin import Copies, OriginTracker
from app.services.bridge import EngineBridge
from engine import FakeEngine, rewrite_request

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


class Page:
    """An editor that is followed, with suggestions from an engine that says what it is told."""

    def __init__(self, qtbot: QtBot, copies: Copies | None = None) -> None:
        self.qtbot = qtbot
        self.editor = Editor()
        qtbot.addWidget(self.editor)
        self.engine = FakeEngine()
        self.bridge = EngineBridge(self.engine)
        self.completion = CompletionController(self.editor, self.bridge)
        self.completion.set_delay_ms(0)
        self.tracker = OriginTracker(
            self.editor, self.bridge.log, copies or Copies(), clock=lambda: 5.0
        )
        self.editor.show()
        self.editor.setFocus()

    def type(self, text: str) -> None:
        self.qtbot.keyClicks(self.editor, text)

    def suggest(self, text: str, *, finish: bool = True) -> None:
        (request,) = self.engine.running()
        self.engine.emit(request.request_id, [text])
        if finish:
            self.engine.finish(request.request_id)
        self.qtbot.waitUntil(lambda: bool(self.editor.ghost.text()))

    def select(self, start: int, end: int) -> None:
        cursor = self.editor.textCursor()
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        self.editor.setTextCursor(cursor)

    def paste(self, text: str) -> None:
        data = QMimeData()
        data.setText(text)
        self.editor.insertFromMimeData(data)

    def found(self) -> list[tuple[str, Kind]]:
        """The words that were not typed, and how they came in."""
        text = self.editor.text()
        tracker = self.tracker
        assert len(tracker.runs()) == len(text)
        return [
            (text[span.start : span.end], tracker.source(span).kind)
            for span in tracker.runs().spans()
        ]


@pytest.fixture
def page(qtbot: QtBot) -> Page:
    return Page(qtbot)


def test_a_suggestion_taken_whole_is_known_with_its_request(page: Page) -> None:
    page.type("Once upon")
    page.suggest(" a time")
    page.qtbot.keyClick(page.editor, Qt.Key.Key_Tab)
    page.type(" we")
    assert page.found() == [(" a time", Kind.SUGGESTION)]
    source = page.tracker.source(page.tracker.runs().spans()[0])
    assert source.recipe.request.prompt == "Once upon"
    assert source.recipe.output == " a time"
    assert source.recipe.whole
    assert source.when == 5.0


def test_one_taken_word_by_word_is_one_span_even_while_it_comes(page: Page) -> None:
    page.type("Once upon")
    page.suggest(" a time there", finish=False)
    for _ in range(2):
        page.qtbot.keyClick(page.editor, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert page.found() == [(" a time", Kind.SUGGESTION)]
    (source,) = page.tracker.sources().values()
    assert source.recipe.output == " a time there"
    assert not source.recipe.whole


def test_what_is_typed_of_a_suggestion_is_typed(page: Page) -> None:
    page.type("Once upon")
    page.suggest(" a time")
    page.type(" a")
    page.qtbot.keyClick(page.editor, Qt.Key.Key_Tab)
    assert page.found() == [(" time", Kind.SUGGESTION)]


def test_an_edit_inside_is_typed_and_undo_brings_all_back(page: Page) -> None:
    page.editor.insert_generated("made by a model", made=Made(Kind.ANSWER))
    page.select(4, 8)
    page.type("XY")
    assert page.found() == [("made", Kind.ANSWER), ("a model", Kind.ANSWER)]
    page.editor.undo()
    assert page.found() == [("made by a model", Kind.ANSWER)]
    page.editor.undo()
    assert page.found() == []
    page.editor.redo()
    assert page.found() == [("made by a model", Kind.ANSWER)]


def test_only_the_words_that_a_rewrite_changed_are_its_own(page: Page) -> None:
    page.type("He go to the market yesterday.")
    request = rewrite_request("He go to the market yesterday.", "Correct.", seed=4)
    page.bridge.submit(request, lambda _: None)
    page.engine.emit(request.request_id, ["He went to the market yesterday."])
    page.engine.finish(request.request_id)
    made = Made(Kind.REWRITE, "proofread", request_id=request.request_id)
    page.editor.replace_range(0, 30, "He went to the market yesterday.", made=made)
    assert page.found() == [("went", Kind.REWRITE)]
    (source,) = page.tracker.sources().values()
    assert source.recipe.request == request
    assert source.detail == "proofread"


def test_a_single_change_is_traced_by_the_words_around_it(page: Page) -> None:
    page.type("He go home.")
    request = rewrite_request("He go home.", "Correct.", seed=4)
    page.bridge.submit(request, lambda _: None)
    page.engine.emit(request.request_id, ["He goes home."])
    page.engine.finish(request.request_id)
    made = Made(Kind.REWRITE, "clearer", whole="He goes home.")
    page.editor.replace_range(3, 5, "goes", made=made)
    (source,) = page.tracker.sources().values()
    assert source.recipe.request.prompt == request.prompt
    assert page.found() == [("es", Kind.REWRITE)] or page.found() == [("goes", Kind.REWRITE)]


def test_pasted_text_is_pasted_and_text_of_ones_own_is_not(page: Page) -> None:
    page.type("mine ")
    page.paste("from elsewhere")
    assert page.found() == [("from elsewhere", Kind.PASTE)]
    page.select(0, 5)
    page.editor.cut()
    page.select(14, 14)
    page.editor.paste()
    assert page.editor.text() == "from elsewheremine "
    assert page.found() == [("from elsewhere", Kind.PASTE)]


def test_generated_text_that_is_copied_to_another_page_stays_so(qtbot: QtBot) -> None:
    copies = Copies()
    one, other = Page(qtbot, copies), Page(qtbot, copies)
    one.editor.insert_generated("from the model", made=Made(Kind.ANSWER))
    one.editor.selectAll()
    one.editor.copy()
    other.paste(QGuiApplication.clipboard().text()[5:])
    assert other.found() == [("the model", Kind.ANSWER)]


def test_what_another_program_wrote_is_not_known(page: Page) -> None:
    page.type("typed")
    with page.editor.bringing(Origin.ELSEWHERE):
        page.editor.insert_generated(" new")
    assert page.found() == []
    assert page.tracker.runs().runs()[-1] == (4, EARLIER)


def test_lines_that_are_moved_take_their_origin_along(page: Page) -> None:
    page.type("first")
    page.qtbot.keyClick(page.editor, Qt.Key.Key_Return)
    page.editor.insert_generated("second", made=Made(Kind.ANSWER))
    page.editor.replace_range(0, 12, "second\nfirst")
    assert page.found() == [("second\n", Kind.ANSWER)] or page.found() == [("second", Kind.ANSWER)]


def test_loading_another_text_forgets_all(page: Page) -> None:
    page.editor.insert_generated("made", made=Made(Kind.ANSWER))
    page.editor.load_text("other")
    assert page.found() == []
    assert page.tracker.runs().runs() == ((5, EARLIER),)


def test_what_was_kept_is_taken_over_below_what_was_typed_meanwhile(page: Page) -> None:
    page.editor.load_text("made and mine")
    page.select(13, 13)
    page.type("!")
    page.editor.insert_generated("x", made=Made(Kind.ANSWER))
    source = next(iter(page.tracker.sources().values()))
    assert page.tracker.adopt(Runs([(4, "s"), (9, "")]), {"s": source})
    assert page.found() == [("made", Kind.ANSWER), ("x", Kind.ANSWER)]


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["type", "made", "paste", "delete", "replace", "undo", "redo", "enter"]),
        st.integers(0, 40),
        st.integers(0, 6),
        st.text("ab c\u4e2d\U0001f600", min_size=1, max_size=5),
    ),
    max_size=25,
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(ACTS)
def test_undo_and_redo_restore_origins_exactly(qtbot: QtBot, acts) -> None:
    page = Page(qtbot)
    page.completion.set_enabled(False)
    editor = page.editor
    known: dict[int, tuple[str, Runs]] = {}

    def note() -> None:
        key = editor.document().availableUndoSteps()
        known[key] = editor.text(), Runs(page.tracker.runs().runs())

    note()
    for act, at, size, text in acts:
        end = len(editor.text())
        start = min(at, end)
        if act in ("undo", "redo"):
            getattr(editor, act)()
            key = editor.document().availableUndoSteps()
            if key in known:
                assert (editor.text(), page.tracker.runs()) == known[key]
            continue
        stop = min(end, start + size) if act in ("delete", "replace") else start
        page.select(editor.u16_of(start), editor.u16_of(stop))
        if act == "type":
            page.type(text.replace("\u4e2d", "d").replace("\U0001f600", "e"))
        elif act == "enter":
            page.qtbot.keyClick(editor, Qt.Key.Key_Return)
        elif act == "made":
            editor.insert_generated(text, made=Made(Kind.ANSWER))
        elif act == "paste":
            page.paste(text)
        elif act == "delete":
            page.qtbot.keyClick(editor, Qt.Key.Key_Delete)
        else:
            cursor = editor.textCursor()
            bounds = cursor.selectionStart(), cursor.selectionEnd()
            editor.replace_range(*bounds, text, made=Made(Kind.REWRITE))
        assert len(page.tracker.runs()) == len(editor.text())
        key = editor.document().availableUndoSteps()
        known = {step: state for step, state in known.items() if step < key}
        note()


def test_a_rewrite_put_together_from_several_answers_is_traced_to_each(page: Page) -> None:
    old = "He go home. It were late.\nShe have a dog."
    page.editor.load_text(old)
    answers = ("He goes home. It was late.", "She has a dog.")
    for answer in answers:
        request = rewrite_request(answer, "Correct.", seed=4)
        page.bridge.submit(request, lambda _: None)
        page.engine.emit(request.request_id, [answer])
        page.engine.finish(request.request_id)
    made = Made(Kind.REWRITE, "clearer", whole="\n".join(answers))
    page.editor.replace_range(0, len(old), "\n".join(answers), made=made)
    assert page.found() == [(word, Kind.REWRITE) for word in ("es", "was", "has")]
    spans = page.tracker.runs().spans()
    outputs = [page.tracker.source(span).recipe.output for span in spans]
    assert outputs == [answers[0], answers[0], answers[1]]
