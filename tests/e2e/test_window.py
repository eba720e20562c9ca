"""Runs the program in a real X display."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest

from app.core.conversation_store import ConversationStore
from app.core.journal import Journal

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
pytestmark = [
    pytest.mark.display,
    pytest.mark.skipif(
        not (shutil.which("Xvfb") and shutil.which("xdotool") and shutil.which("openbox")),
        reason="needs Xvfb, xdotool and openbox",
    ),
]


@pytest.fixture(scope="module")
def display() -> Iterator[dict[str, str]]:
    """A display of its own with a window manager; the environment to use it."""
    reader, writer = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1280x800x24"],
        pass_fds=[writer],
        stderr=subprocess.DEVNULL,
    )
    os.close(writer)
    with os.fdopen(reader) as stream:
        number = stream.readline().strip()
    env = {
        **os.environ,
        "DISPLAY": f":{number}",
        "QT_QPA_PLATFORM": "xcb",
        "INKLING_MODELS": os.environ.get("INKLING_MODELS", str(ROOT / "build" / "models")),
    }
    manager = subprocess.Popen(["openbox"], env=env, stderr=subprocess.DEVNULL)
    yield env
    manager.terminate()
    manager.wait(10)
    server.terminate()
    server.wait(10)


def eventually(check: Callable[[], bool], seconds: float = 40) -> None:
    """Wait until ``check`` holds."""
    pause = Event()
    for _ in range(int(seconds * 10)):
        if check():
            return
        pause.wait(0.1)
    raise AssertionError("it did not happen in time")


def test_the_window_by_keyboard(display: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "--no-cov", str(HERE / "window_cases.py")],
        cwd=ROOT,
        env=display,
        capture_output=True,
        text=True,
        timeout=400,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_session_at_random_loses_no_character(display: dict[str, str]) -> None:
    # A few minutes of a person's typing; ``soak.py`` says how to play hours.
    done = subprocess.run(
        [sys.executable, "-m", "tests.e2e.soak", "--hours", "0.03", "--seed", "7"],
        cwd=ROOT,
        env=display,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_text_survives_a_killed_program(display: dict[str, str], tmp_path: Path) -> None:
    env = {**display, "INKLING_HOME": str(tmp_path)}
    program = subprocess.Popen([sys.executable, "-m", "app"], cwd=ROOT, env=env)
    try:
        search = ["xdotool", "search", "--onlyvisible", "--pid", str(program.pid), "--name", "Inkl"]
        eventually(lambda: not subprocess.run(search, env=env, capture_output=True).returncode)
        typed = ["Not a word may be lost", "Nor here", "Nor in a third one"]
        for text in typed:
            subprocess.run(["xdotool", "type", "--delay", "60", text], env=env, check=True)
            subprocess.run(["xdotool", "key", "ctrl+t"], env=env, check=True)
            Event().wait(0.5)
        database = tmp_path / "journal" / "journal.sqlite-wal"
        eventually(lambda: database.exists() and b"t" in database.read_bytes())
        Event().wait(1.0)
    finally:
        program.send_signal(signal.SIGKILL)
        program.wait(10)
    journal = Journal(tmp_path / "journal")
    found = [document.text for document in journal.unsaved()]
    journal.close()
    assert sorted(found) == sorted(typed)


def test_an_answer_survives_a_killed_program(display: dict[str, str], tmp_path: Path) -> None:
    env = {**display, "INKLING_HOME": str(tmp_path)}
    store = ConversationStore(tmp_path / "conversations")
    program = subprocess.Popen([sys.executable, "-m", "app"], cwd=ROOT, env=env)
    try:
        search = ["xdotool", "search", "--onlyvisible", "--pid", str(program.pid), "--name", "Inkl"]
        eventually(lambda: not subprocess.run(search, env=env, capture_output=True).returncode)
        subprocess.run(["xdotool", "key", "ctrl+alt+a"], env=env, check=True)
        question = "Tell me a very long story about the sea."
        subprocess.run(["xdotool", "type", "--delay", "60", question], env=env, check=True)
        eventually(lambda: store.load().draft == question)
        subprocess.run(["xdotool", "key", "Return"], env=env, check=True)
        eventually(lambda: len(store.load().messages) == 2)
    finally:
        program.send_signal(signal.SIGKILL)
        program.wait(10)
    asked, answer = store.load().messages
    assert asked.content == question
    assert answer.content
    assert answer.interrupted
