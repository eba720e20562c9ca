"""The window shows where text came from, lists it, and has it made again."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from app.core.provenance.replay import Obstacle, Replayed
from app.core.provenance.sources import Kind, Made
from app.core.settings import SettingsStore
from app.windows.main import MainWindow
from app.windows.origin_report import OriginReport
from engine import (
    FakeEngine,
    FinishReason,
    GenerationRequest,
    GenerationResult,
    SamplingParams,
    Timings,
)

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "does not support raise")


def insert_answer(window: MainWindow, engine: FakeEngine, text: str) -> GenerationRequest:
    """Have the engine answer, and put the answer in."""
    request = GenerationRequest("Say it.", sampling=SamplingParams(seed=9))
    window._bridge.submit(request, lambda _: None)
    engine.emit(request.request_id, [text])
    engine.finish(request.request_id)
    window.editor.insert_generated(text, made=Made(Kind.ANSWER))
    return request


def open_report(window: MainWindow) -> OriginReport:
    window.actions_by_id["tools.origin"].trigger()
    report = window.origins._report
    assert report is not None
    return report


def rows(report: OriginReport) -> list[list[str]]:
    table = report.table
    return [
        [table.item(row, column).text() for column in range(table.columnCount())]
        for row in range(table.rowCount())
    ]


def test_the_view_marks_what_was_not_typed_and_says_what_the_marks_mean(
    window: MainWindow, qtbot: QtBot, settings: SettingsStore
) -> None:
    qtbot.keyClicks(window.editor, "typed ")
    window.editor.insert_generated("made", made=Made(Kind.ANSWER))
    assert not window.origins.legend.isVisible()
    window.actions_by_id["view.origin"].trigger()
    assert settings.get("origin.show")
    marks = window.editor._layers["origin"]
    assert [mark.cursor.selectedText() for mark in marks] == ["made"]
    qtbot.waitUntil(lambda: "40% from the model" in window.origins.legend.text())
    assert "60% typed" in window.origins.legend.text()
    window.actions_by_id["view.origin"].trigger()
    assert window.editor._layers["origin"] == []


def test_the_report_lists_the_parts_and_goes_there(
    window: MainWindow, qtbot: QtBot, engine: FakeEngine
) -> None:
    qtbot.keyClicks(window.editor, "typed ")
    insert_answer(window, engine, "made by it")
    report = open_report(window)
    ((line, how, _when, model, words),) = rows(report)
    assert (line, how, model, words) == ("1", "Answer", "fake", "made by it")
    assert "Say it." in report.details.toPlainText()
    assert "seed 9" in report.details.toPlainText()
    report._go_there(0, 0)
    assert window.editor.textCursor().selectedText() == "made by it"


class Answering(FakeEngine):
    """Generates what the test says, for whoever waits for it."""

    def __init__(self) -> None:
        super().__init__()
        self.answer = ""
        self.asked_again: list[GenerationRequest] = []

    def generate(self, request: GenerationRequest) -> GenerationResult:
        self.asked_again.append(request)
        stop, timings = FinishReason.STOP, Timings(0.0, 0.0, 0.0, 0.0)
        return GenerationResult(request.request_id, self.answer, (), stop, 1, 9, "fake", timings)


def test_a_text_made_again_is_compared(open_window, qtbot: QtBot) -> None:
    engine = Answering()
    window = open_window(engine)
    insert_answer(window, engine, "made by it")
    report = open_report(window)
    for text, same in (("made by it", True), ("made otherwise", False)):
        engine.answer = text
        with qtbot.waitSignal(window.origins._replay.ended) as ended:
            report._again.click()
        again = engine.asked_again.pop()
        assert (again.prompt, again.sampling.seed) == ("Say it.", 9)
        assert isinstance(ended.args[0], Replayed)
        assert ended.args[0].same == same
    assert "made otherwise" in report.outcome.text()


def test_without_prompts_a_text_cannot_be_made_again_and_says_so(
    window: MainWindow, qtbot: QtBot, engine: FakeEngine, settings: SettingsStore
) -> None:
    insert_answer(window, engine, "made by it")
    settings.set("origin.prompts", False)
    report = open_report(window)
    assert "Say it." not in report.details.toPlainText()
    with qtbot.waitSignal(window.origins._replay.ended) as ended:
        report._again.click()
    assert ended.args == [Obstacle.NO_PROMPT]
    assert "was not kept" in report.outcome.text()


@pytest.mark.parametrize("ending", ["md", "json", "csv"])
def test_the_report_is_exported(
    window: MainWindow,
    qtbot: QtBot,
    engine: FakeEngine,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    ending: str,
) -> None:
    qtbot.keyClicks(window.editor, "typed ")
    insert_answer(window, engine, "=made")
    path = tmp_path / f"report.{ending}"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    open_report(window).export()
    written = path.read_text(encoding="utf-8")
    if ending == "json":
        found = json.loads(written)
        assert found["characters"] == {"typed": 6, "accepted": 5, "pasted": 0, "unknown": 0}
        assert found["spans"][0]["recipe"]["request"]["prompt"] == "Say it."
    elif ending == "csv":
        (row,) = csv.DictReader(written.splitlines())
        assert (row["kind"], row["seed"], row["text"]) == ("answer", "9", "'=made")
    else:
        assert "> =made" in written
        assert "Say it." in written


def test_the_report_follows_the_document_in_front(window: MainWindow, qtbot: QtBot) -> None:
    window.editor.insert_generated("one", made=Made(Kind.ANSWER))
    report = open_report(window)
    window.desk.new()
    assert rows(report) == []
    window.editor.insert_generated("other", made=Made(Kind.ANSWER))
    qtbot.waitUntil(lambda: [row[-1] for row in rows(report)] == ["other"])
    window.desk.current().document.settle = lambda then: then()
    window.desk.close_current()
    qtbot.waitUntil(lambda: [row[-1] for row in rows(report)] == ["one"])
    qtbot.keyClick(report, Qt.Key.Key_Escape)
    assert not report.isVisible()
