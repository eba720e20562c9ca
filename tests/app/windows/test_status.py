"""The status bar says what it knows and nothing else."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.windows.status import StatusBar
from engine import DeviceUnusable, EngineState, EngineStatus

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen plugin says so


@pytest.fixture
def bar(qtbot: QtBot) -> StatusBar:
    bar = StatusBar()
    qtbot.addWidget(bar)
    bar.show()
    return bar


def _shown(bar: StatusBar) -> list[str]:
    return [label.text() for label in bar.findChildren(QLabel) if label.isVisible()]


@pytest.mark.parametrize(
    ("count", "words"), [(0, "0 connections"), (1, "1 connection"), (3, "3 connections")]
)
def test_connections_are_counted_in_words(bar: StatusBar, count: int, words: str):
    bar.show_connections(count)
    assert words in _shown(bar)


def test_before_they_are_counted_and_where_they_cannot_be_nothing_is_said(bar: StatusBar):
    assert not any("connection" in text for text in _shown(bar))
    bar.show_connections(0)
    bar.show_connections(None)
    assert not any("connection" in text for text in _shown(bar))


def test_what_computes_is_named_where_it_is_no_processor(bar: StatusBar):
    bar.show_engine(EngineStatus(EngineState.READY, device="CPU"))
    assert "CPU" not in bar.model_text()
    bar.show_engine(EngineStatus(EngineState.READY, device="WebGPU"))
    assert bar.model_text().endswith("WebGPU")


def test_a_graphics_card_that_cannot_be_used_is_told_quietly(bar: StatusBar):
    notice = DeviceUnusable("there is no driver")
    bar.show_engine(EngineStatus(EngineState.READY, device="CPU", notice=notice))
    assert bar.model_text().endswith("without the graphics card")
    label = next(each for each in bar.findChildren(QLabel) if each.text() == bar.model_text())
    assert "there is no driver" in label.toolTip()
    bar.show_engine(EngineStatus(EngineState.READY, device="WebGPU"))
    assert label.toolTip() == ""
