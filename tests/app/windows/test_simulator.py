"""The simulator's window replays the document in front and shows what that found."""

from __future__ import annotations

from collections.abc import Iterable
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.windows.main import MainWindow
from app.windows.simulator import SimulatorWindow
from engine import (
    CancelToken,
    FakeEngine,
    GenerationRequest,
    MissingEngine,
    ModelNotFound,
    WordOffer,
    WordOffers,
)

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", r"raise\(\)")  # offscreen says so
TEXT = "The keeper climbed the stairs. " * 20


class Knowing(FakeEngine):
    """Offers " the" at every caret, and is sure."""

    def offers(
        self, requests: Iterable[GenerationRequest], progress=None, cancel=None, *, adapter=""
    ):
        found = super().offers(requests, progress, cancel)
        return found and tuple(WordOffers((WordOffer(" the", 0.9),)) for _ in found)


class Slow(FakeEngine):
    """Offers nothing until it is told to stop."""

    def offers(self, requests, progress=None, cancel: CancelToken | None = None, *, adapter=""):
        if progress is not None:
            progress(1)
        while cancel is not None and not cancel.cancelled():
            Event().wait(0.01)


def _simulator(window: MainWindow, text: str = TEXT) -> SimulatorWindow:
    window.editor.insert_generated(text)
    window.actions_by_id["tools.simulate"].trigger()
    simulator = window.findChild(SimulatorWindow)
    assert simulator is not None
    assert simulator.isVisible()
    return simulator


def _click(simulator: SimulatorWindow, qtbot: QtBot) -> None:
    qtbot.mouseClick(simulator.start_button, Qt.MouseButton.LeftButton)


def test_the_document_is_replayed_and_the_figures_are_shown(open_window, qtbot: QtBot) -> None:
    simulator = _simulator(open_window(Knowing()))
    _click(simulator, qtbot)
    qtbot.waitUntil(lambda: not simulator.running())
    assert "The keeper climbed" in simulator.state.text()
    table = simulator.table
    rows = {table.item(row, 0).text(): row for row in range(table.rowCount())}
    now = rows["As set now"]
    assert table.item(now, 1).text() == "55.0%"
    shown, right, wrong, saved = (
        float(table.item(now, column).text().rstrip("%")) for column in range(2, 6)
    )
    assert shown == pytest.approx(100)
    assert 0 < right < 50
    assert right + wrong == pytest.approx(100, abs=0.2)
    assert saved > 0
    assert not simulator.curve.grab().isNull()
    assert simulator.start_button.text() == "Start"


def test_it_is_stopped_by_the_same_button(open_window, qtbot: QtBot) -> None:
    simulator = _simulator(open_window(Slow()))
    _click(simulator, qtbot)
    qtbot.waitUntil(lambda: "%" in simulator.state.text())
    assert simulator.start_button.text() == "Stop"
    assert simulator.bar.isVisible()
    _click(simulator, qtbot)
    qtbot.waitUntil(lambda: not simulator.running())
    assert simulator.state.text() == "Stopped."
    assert not simulator.bar.isVisible()


def test_closing_stops_it(open_window, qtbot: QtBot) -> None:
    simulator = _simulator(open_window(Slow()))
    _click(simulator, qtbot)
    close = next(b for b in simulator.findChildren(QPushButton) if b.text() == "Close")
    qtbot.mouseClick(close, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not simulator.running())
    assert not simulator.isVisible()


def test_a_short_document_is_told_to_be_too_short(open_window, qtbot: QtBot) -> None:
    simulator = _simulator(open_window(Knowing()), "A few words.")
    _click(simulator, qtbot)
    qtbot.waitUntil(lambda: not simulator.running())
    assert "200" in simulator.state.text()
    assert simulator.table.rowCount() == 0


def test_without_a_model_it_says_why(open_window, qtbot: QtBot) -> None:
    simulator = _simulator(open_window(MissingEngine(ModelNotFound("There is none."))))
    _click(simulator, qtbot)
    qtbot.waitUntil(lambda: not simulator.running())
    assert simulator.state.text() == "There is none."
