"""The window of the latencies shows what the editor measured."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from app.core.latency import Phase
from app.windows.latency import LatencyWindow
from app.windows.main import MainWindow
from engine import FakeEngine

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", r"raise\(\)")  # offscreen says so


@pytest.fixture
def latency(window: MainWindow, engine: FakeEngine, qtbot: QtBot) -> LatencyWindow:
    """The window after one suggestion was seen."""
    window.completion.set_adaptive(False)
    window.completion.set_delay_ms(0)
    qtbot.waitExposed(window)
    qtbot.keyClicks(window.editor, "The keeper")
    (request,) = engine.running()
    engine.emit(request.request_id, [" climbed the secret stairs"])
    engine.finish(request.request_id)
    qtbot.waitUntil(lambda: bool(window.editor.ghost.text()))
    window.editor.viewport().repaint()
    window.actions_by_id["tools.latency"].trigger()
    shown = window.findChild(LatencyWindow)
    assert shown is not None
    return shown


def _count(latency: LatencyWindow, phase: Phase) -> int:
    item = latency.table.item(list(Phase).index(phase), 1)
    return int(item.text())


def test_each_phase_of_the_suggestion_was_measured(latency: LatencyWindow) -> None:
    assert latency.isVisible()
    assert _count(latency, Phase.KEY_TO_REQUEST) == 10
    for phase in Phase:
        if phase not in (Phase.KEY_TO_REQUEST, Phase.ASKED_TO_PAINTED):
            assert _count(latency, phase) == 1, phase
    assert "1 " in latency.histogram.accessibleDescription()


def test_the_histogram_is_that_of_the_chosen_phase(latency: LatencyWindow) -> None:
    latency.table.selectRow(list(Phase).index(Phase.ASKED_TO_PAINTED))
    assert "Nothing" in latency.histogram.accessibleDescription()
    assert not latency.histogram.grab().isNull()


def test_the_export_has_figures_and_no_text(
    latency: LatencyWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "latency.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    latency.export()
    written = file.read_text(encoding="utf-8")
    assert json.loads(written)["phases"]["key_to_request"]["count"] == 10
    assert "keeper" not in written
    assert "secret" not in written


def test_a_file_that_cannot_be_written_is_told_in_the_main_window(
    latency: LatencyWindow, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = str(tmp_path / "missing" / "latency.json")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (name, ""))
    latency.export()
    assert window.notice.isVisible()


def test_starting_over_forgets_what_was_measured(latency: LatencyWindow) -> None:
    latency._clear()
    assert _count(latency, Phase.KEY_TO_REQUEST) == 0
