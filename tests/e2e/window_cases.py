"""Cases that ``test_window.py`` runs inside an X display: real window, real keys, real model."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.core.paths import app_paths
from app.core.settings import SettingsStore
from app.services.bridge import EngineBridge
from app.services.fonts import register_fonts
from app.services.theme import ThemeService
from app.windows.main import MainWindow
from engine import EngineState, LocalEngine, Role, find_model

OPENING = "The old lighthouse keeper climbed the stairs as he had every evening, and then"
WAIT_MS = 40_000


class Hands:
    """Sends real key events through the X server and waits for what follows."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot

    def type(self, text: str) -> None:
        """Type at about 60 words a minute times four."""
        self._send("type", "--delay", "40", text)

    def press(self, *keys: str) -> None:
        """Press keys, in the X server's names."""
        self._send("key", *keys)

    def _send(self, *arguments: str) -> None:
        process = subprocess.Popen(["xdotool", *arguments])
        self._qtbot.waitUntil(lambda: process.poll() is not None, timeout=WAIT_MS)
        assert process.returncode == 0


@pytest.fixture
def hands(qtbot: QtBot) -> Hands:
    return Hands(qtbot)


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    paths = app_paths({**os.environ, "INKLING_HOME": str(tmp_path)})
    register_fonts()
    bridge = EngineBridge(LocalEngine(find_model(None, paths.models)))
    made = MainWindow(bridge, SettingsStore(paths.config / "s.json"), paths, ThemeService("paper"))
    with qtbot.waitExposed(made):
        made.show()
    qtbot.waitUntil(lambda: bridge.status().state is EngineState.READY, timeout=WAIT_MS)
    qtbot.waitUntil(made.isActiveWindow, timeout=WAIT_MS)
    made.editor.setFocus()
    yield made
    made.end()
    made.close()
    made.deleteLater()


def test_ghost_text_appears_and_is_taken_and_undone(
    window: MainWindow, hands: Hands, qtbot: QtBot
) -> None:
    hands.type(OPENING)
    qtbot.waitUntil(lambda: bool(window.editor.ghost.text()), timeout=WAIT_MS)
    qtbot.wait(500)  # let the suggestion reach its full length
    assert window.editor.text() == OPENING
    suggestion = window.editor.ghost.text()
    hands.press("Tab")
    qtbot.waitUntil(lambda: window.editor.text() != OPENING, timeout=WAIT_MS)
    assert window.editor.text().startswith(OPENING + suggestion)
    assert "\t" not in window.editor.text()
    hands.press("ctrl+z")
    qtbot.waitUntil(lambda: window.editor.text() == OPENING, timeout=WAIT_MS)


def test_one_word_is_taken_and_the_rest_dismissed(
    window: MainWindow, hands: Hands, qtbot: QtBot
) -> None:
    hands.type(OPENING)
    qtbot.waitUntil(lambda: " " in window.editor.ghost.text().strip(), timeout=WAIT_MS)
    suggestion = window.editor.ghost.text()
    hands.press("ctrl+Right")
    qtbot.waitUntil(lambda: window.editor.text() != OPENING, timeout=WAIT_MS)
    added = window.editor.text().removeprefix(OPENING)
    assert suggestion.startswith(added)
    assert len(added.split()) == 1
    hands.press("Escape")
    qtbot.waitUntil(lambda: not window.editor.ghost.text(), timeout=WAIT_MS)
    assert window.editor.text() == OPENING + added


def test_a_selection_is_rewritten_and_the_rewrite_undone(
    window: MainWindow, hands: Hands, qtbot: QtBot
) -> None:
    source = "me and him was going to the shop becuase we was hungry"
    hands.type(source)
    hands.press("ctrl+a")
    hands.press("alt+4")
    qtbot.waitUntil(window.rewrite.active, timeout=WAIT_MS)
    qtbot.waitUntil(
        lambda: window.rewrite.panel().review() is not None,
        timeout=WAIT_MS,
    )
    assert window.editor.text() == source
    hands.press("alt+Return")
    qtbot.waitUntil(lambda: window.editor.text() != source, timeout=WAIT_MS)
    assert window.editor.text().strip()
    hands.press("ctrl+z")
    qtbot.waitUntil(lambda: window.editor.text() == source, timeout=WAIT_MS)


class Busy:
    """Remembers whether the chat is answering."""

    def __init__(self, window: MainWindow) -> None:
        self.now = False
        window.chat.answering_changed.connect(self.set)

    def set(self, busy: bool) -> None:
        self.now = busy


def test_a_question_is_answered_and_an_answer_stopped(
    window: MainWindow, hands: Hands, qtbot: QtBot
) -> None:
    busy = Busy(window)
    hands.press("ctrl+alt+a")
    hands.type("Name three fruits.")
    hands.press("Return")

    def answered() -> bool:
        messages = window.chat.conversation().messages
        return len(messages) == 2 and messages[1].role is Role.ASSISTANT

    qtbot.waitUntil(answered, timeout=WAIT_MS)
    assert window.chat.conversation().messages[1].content.strip()
    hands.type("Tell me a very long story about the sea.")
    hands.press("Return")
    qtbot.waitUntil(lambda: busy.now, timeout=WAIT_MS)
    qtbot.wait(600)
    hands.press("Escape")
    qtbot.waitUntil(lambda: not busy.now, timeout=WAIT_MS)
    messages = window.chat.conversation().messages
    assert messages[-1].interrupted or messages[-1].role is Role.USER


def test_closing_while_an_answer_streams_ends_the_engine(
    window: MainWindow, hands: Hands, qtbot: QtBot
) -> None:
    busy = Busy(window)
    hands.press("ctrl+alt+a")
    hands.type("Tell me a very long story about the sea.")
    hands.press("Return")
    qtbot.waitUntil(lambda: busy.now, timeout=WAIT_MS)
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=WAIT_MS)
