"""Suggestions come from the adapter for continuing, once it is ready and while it is wanted."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.windows.better import SETTING
from app.windows.main import MainWindow
from engine import AdapterStatus, EngineStatus, FakeEngine, ModelInfo

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen plugin says so


@pytest.fixture
def model() -> ModelInfo:
    return ModelInfo("smollm2-135m-instruct", Path(), "llama", "int8", 1, 2048, 10, 1, "", "")


def test_they_come_from_the_adapter_for_the_model_when_it_is_ready(
    window: MainWindow, engine: FakeEngine, model: ModelInfo, qtbot: QtBot
) -> None:
    completion = window.completion
    engine.set_status(EngineStatus(engine.status().state, model=model))
    qtbot.waitUntil(lambda: completion.adapter() == "" and "continue" in engine.prepared)
    ready = AdapterStatus("continue", 1.0, ready=True)
    engine.set_status(EngineStatus(engine.status().state, model=model, adapters=(ready,)))
    assert completion.adapter() == "continue"
    completion.set_adapter("mine")
    assert completion.adapter() == "mine"
    completion.set_adapter("")
    window._settings.set(SETTING, False)
    assert completion.adapter() == ""
