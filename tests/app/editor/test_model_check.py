"""A document read through by the model: what is found, and what edits do to it."""

from __future__ import annotations

import threading
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.editor import model_check
from app.editor.editor import Editor
from app.editor.model_check import ModelCheck
from app.services.bridge import EngineBridge
from engine import (
    CandidateScore,
    FakeEngine,
    FinishReason,
    GenerationRequest,
    GenerationResult,
    Lane,
    Prompt,
)

MENDED = {"They was late.": "They were late.", "It was an hour": "It was an hour ago"}


class Reader(FakeEngine):
    """Mends what it knows, and is sure of it."""

    def __init__(self) -> None:
        super().__init__()
        self.permits = threading.Semaphore(1000)
        self.lanes: list[Lane] = []

    def generate(self, request: GenerationRequest) -> GenerationResult:
        assert self.permits.acquire(timeout=20)
        self.lanes.append(request.lane)
        assert isinstance(request.prompt, str)
        text = request.prompt.removeprefix("Text: ").removesuffix("\nCorrected:")
        results: list[GenerationResult] = []
        self.submit(request, lambda chunk: results.extend([chunk.result] if chunk.result else []))
        self.emit(request.request_id, [MENDED.get(text, text)])
        self.finish(request.request_id, FinishReason.STOP, None)
        return results[0]

    def score_candidates(
        self, prompt: Prompt, candidates: list[str], *_: object, **__: object
    ) -> tuple[CandidateScore, ...]:
        mended = {f" {each}" for each in MENDED.values()}
        return tuple(
            CandidateScore(each, 1, 20.0 * (each in mended), 0.0, None, 0.5) for each in candidates
        )


@pytest.fixture
def engine() -> Reader:
    return Reader()


@pytest.fixture
def check(editor: Editor, engine: Reader, monkeypatch: pytest.MonkeyPatch) -> ModelCheck:
    adapter = SimpleNamespace(name="proofread", prompt="")
    monkeypatch.setattr(model_check, "adapter_for", lambda *_: adapter)
    return ModelCheck(editor, EngineBridge(engine, editor), editor)


def _found(check: ModelCheck, editor: Editor) -> list[tuple[int, str, tuple[str, ...]]]:
    block = editor.document().begin()
    found = []
    while block.isValid():
        found += [
            (block.blockNumber(), each.text, each.replacements) for each in check.found(block)
        ]
        block = block.next()
    return found


def test_what_is_found_stands_at_its_words_in_prose_alone(
    editor: Editor, check: ModelCheck, engine: Reader, qtbot: QtBot
) -> None:
    editor.load_text("```\nThey was late.\n```\n\n\U0001f600\n\nThey was late.\n\nIt was an hour")
    with qtbot.waitSignal(check.finished, timeout=20_000) as finished:
        check.begin(())
    assert finished.args == [2]
    assert _found(check, editor) == [(6, "was", ("were",)), (8, "hour", ("hour ago",))]
    found = check.found(editor.document().findBlockByNumber(6))[0]
    assert (found.start, found.end) == (5, 8)
    assert set(engine.lanes) == {Lane.CHECK}  # so that nothing a person waits for is put off
    assert check.any_found()
    editor.load_text("They was late.")
    assert not check.any_found()


def test_a_paragraph_that_is_edited_meanwhile_is_left_alone(
    editor: Editor, check: ModelCheck, engine: Reader, qtbot: QtBot
) -> None:
    editor.load_text("They was late.\n\nThey was late.")
    engine.permits = threading.Semaphore(0)
    check.begin(())
    qtbot.keyClicks(editor, "Why? ")
    engine.permits.release(2)
    qtbot.waitSignal(check.finished, timeout=20_000).wait()
    assert _found(check, editor) == [(2, "was", ("were",))]


def test_later_edits_move_what_was_found_and_take_what_they_touch(
    editor: Editor, check: ModelCheck, qtbot: QtBot
) -> None:
    editor.load_text("They was late.")
    with qtbot.waitSignal(check.finished, timeout=20_000):
        check.begin(())
    qtbot.keyClicks(editor, "So ")
    found = check.found(editor.document().begin())[0]
    assert editor.text()[found.start : found.end] == "was"
    qtbot.keyClick(editor, Qt.Key.Key_End)
    cursor = editor.textCursor()
    cursor.setPosition(found.start + 1)
    editor.setTextCursor(cursor)
    qtbot.keyClicks(editor, "x")
    assert _found(check, editor) == []


def test_it_can_be_stopped_and_what_was_found_stays(
    editor: Editor, check: ModelCheck, engine: Reader, qtbot: QtBot
) -> None:
    editor.load_text("They was late.\n\n" + "A good sentence that is long enough. " * 40)
    shares: list[float] = []
    check.progressed.connect(shares.append)
    engine.permits = threading.Semaphore(1)
    with qtbot.waitSignal(check.progressed, timeout=20_000):
        check.begin(())
    with qtbot.waitSignal(check.stopped):
        check.stop()
    engine.permits.release(100)
    assert not check.running()
    assert _found(check, editor) == [(0, "was", ("were",))]
    assert shares[0] < 1


def test_without_an_adapter_that_is_said(
    editor: Editor, check: ModelCheck, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model_check, "adapter_for", lambda *_: None)
    editor.load_text("They was late.")
    with qtbot.waitSignal(check.finished, timeout=20_000) as finished:
        check.begin(())
    assert finished.args == [None]
