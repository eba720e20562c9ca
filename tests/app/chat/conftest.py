"""A panel on an engine that says only what the test tells it to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.chat.panel import ChatPanel
from app.core.conversation_store import ConversationStore
from app.services.bridge import EngineBridge
from engine import FakeEngine


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine()


@pytest.fixture
def bridge(engine: FakeEngine, qtbot: QtBot) -> Iterator[EngineBridge]:
    bridge = EngineBridge(engine)
    yield bridge
    bridge.close()


@pytest.fixture
def store(tmp_path: Path) -> ConversationStore:
    return ConversationStore(tmp_path / "conversations")


@pytest.fixture
def open_panel(
    qtbot: QtBot, bridge: EngineBridge, store: ConversationStore
) -> Iterator[Callable[[], ChatPanel]]:
    panels = []
    hosts = []

    def make() -> ChatPanel:
        # The offscreen platform warns about windows that limit their size, as the panel does.
        host = QWidget()
        qtbot.addWidget(host)
        host.resize(360, 600)
        panel = ChatPanel(bridge, store, host)
        panel.resize(360, 600)
        host.show()
        host.activateWindow()
        panels.append(panel)
        hosts.append(host)
        return panel

    yield make
    for panel in panels:
        panel.end()


@pytest.fixture
def panel(open_panel: Callable[[], ChatPanel]) -> ChatPanel:
    return open_panel()
