"""``python -m benchmarks.window``: how quick the window is in long documents.

Drives the real window, with the real model at work, by key events that go through the X server, and
measures from the server's time stamp of a key press until the page is painted; and from asking for
a file until its first page is painted. Needs Xvfb and xdotool.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, QProcess, QTimer
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QApplication

from app.bootstrap import dress
from app.core.paths import app_paths
from app.core.settings import SettingsStore
from app.editor.editor import Editor
from app.services.bridge import EngineBridge
from app.services.fonts import register_fonts
from app.services.quickness import ENGINE_NICENESS, let_the_window_go_first
from app.services.theme import ThemeService
from app.windows.main import MainWindow
from engine import EngineState, LocalEngine, find_model

_WORDS = (
    "the of and a to in he was that it his her with as had on at by for not but they she from "
    "old lighthouse keeper stairs evening rope lamp harbour boat winter letter window garden river "
    "remembered carried watched crossed mended counted answered quietly slowly always never again"
).split()
_CLOCK_MS = 1 << 32
"""X servers count milliseconds in 32 bits."""
_PATIENCE_MS = 60_000
_KEY_PAUSE_MS = 75
"""Between keys: some 130 words a minute, so that a suggestion is always being made."""


class _Painted(QEvent):
    kind = QEvent.Type(QEvent.registerEventType())

    def __init__(self) -> None:
        super().__init__(self.kind)


class PaintWatch(QObject):
    """Measures from key presses to the paint that follows, in milliseconds."""

    def __init__(self, editor: Editor) -> None:
        super().__init__(editor)
        self.from_press: list[float] = []
        self.from_arrival: list[float] = []
        """Without the time that the key waited for the program."""
        self.paints = 0
        self._pressed: list[tuple[int, float]] = []
        self._posted = False
        editor.installEventFilter(self)
        editor.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See a key before the page does, and a paint before it is done."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            self._pressed.append((event.timestamp(), time.monotonic() * 1000))
        elif event.type() == QEvent.Type.Paint and not self._posted:
            # Comes once the window is painted and handed to the display.
            self._posted = True
            QCoreApplication.postEvent(self, _Painted(), 1_000)
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        """Take the time when the paint is done."""
        if event.type() != _Painted.kind:
            return super().event(event)
        now = time.monotonic() * 1000
        self._posted = False
        self.paints += 1
        for stamp, arrived in self._pressed:
            self.from_press.append((now - stamp) % _CLOCK_MS)
            self.from_arrival.append(now - arrived)
        self._pressed.clear()
        return True


def measure_typing(window: MainWindow, words: int, keys: int) -> dict[str, object]:
    """Type in the middle of a document of so many words."""
    editor = window.editor
    editor.load_text(prose(words))
    cursor = editor.textCursor()
    cursor.setPosition(editor.document().characterCount() // 2)
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
    editor.setTextCursor(cursor)
    editor.setFocus()
    _wait_for(lambda: editor.word_count() >= words)
    _rest(2_000)
    watch = PaintWatch(editor)
    chance = random.Random(2)
    typed = ""
    while len(typed) < keys:
        typed += " " + chance.choice(_WORDS) + chance.choice(["", "", "", "", ",", ".", ".\n\n"])
    hands = QProcess()
    hands.start("xdotool", ["type", "--delay", str(_KEY_PAUSE_MS), typed[:keys]])
    _wait_for(lambda: hands.state() == QProcess.ProcessState.NotRunning)
    _wait_for(lambda: len(watch.from_press) >= keys)
    return {
        "words": words,
        "keys": len(watch.from_press),
        "press_to_paint_ms": _summary(watch.from_press),
        "arrival_to_paint_ms": _summary(watch.from_arrival),
    }


def measure_opening(window: MainWindow, path: Path, times: int) -> dict[str, object]:
    """Open a file in a new tab, several times."""
    taken = []
    for _ in range(times):
        window.desk.new()
        _rest(1_000)
        watch = PaintWatch(window.editor)
        loaded: list[int] = []
        window.editor.loaded.connect(lambda: loaded.append(watch.paints))  # noqa: B023
        start = time.monotonic()
        window.open_files([path])
        _wait_for(lambda: bool(loaded) and watch.paints > loaded[0])  # noqa: B023
        taken.append((time.monotonic() - start) * 1000)
        _rest(500)
        window.desk.close_current()
    return {"megabytes": path.stat().st_size / 1e6, "open_ms": _summary(taken)}


def prose(words: int) -> str:
    """Markdown of about so many words: paragraphs, a heading now and then, some emphasis."""
    chance = random.Random(1)
    parts = []
    while words > 0:
        size = min(words, chance.randint(20, 110))
        paragraph = [chance.choice(_WORDS) for _ in range(size)]
        paragraph[size // 2] = f"*{paragraph[size // 2]}*"
        parts.append(" ".join(paragraph).capitalize() + ".")
        if chance.random() < 0.03:
            parts.append(f"## {chance.choice(_WORDS).capitalize()}")
        words -= size
    return "\n\n".join(parts) + "\n"


def main(arguments: Sequence[str]) -> int:
    """Do what the command line says and return the exit code."""
    options = _parser().parse_args(arguments)
    missing = [name for name in ("Xvfb", "xdotool", "openbox") if not shutil.which(name)]
    if missing:
        print(f"This needs {' and '.join(missing)}.", file=sys.stderr)
        return 1
    with _display(), tempfile.TemporaryDirectory() as home:
        figures = _measure(Path(home), options)
    options.out.mkdir(parents=True, exist_ok=True)
    target = options.out / "bench_window.json"
    target.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(figures, indent=1))
    print(f"written to {target}")
    return 0


def _measure(home: Path, options: argparse.Namespace) -> dict[str, object]:
    application = QApplication(["inkling"])
    application.setStyle("Fusion")
    register_fonts()
    themes = ThemeService("paper")
    dress(themes.theme())
    paths = app_paths({"INKLING_HOME": str(home), "INKLING_MODELS": str(options.models)})
    let_the_window_go_first()
    engine = LocalEngine(find_model(None, paths.models), niceness=ENGINE_NICENESS)
    bridge = EngineBridge(engine)
    window = MainWindow(bridge, SettingsStore(home / "settings.json"), paths, themes)
    window.show()
    window.activateWindow()
    _wait_for(lambda: window.isActiveWindow() and bridge.status().state is EngineState.READY)
    large = home / "large.md"
    large.write_text((prose(100_000) * 20)[: options.megabytes * 1_000_000], encoding="utf-8")
    opening = measure_opening(window, large, options.opens)
    typing = measure_typing(window, options.words, options.keys)
    window.end()
    return {"opening": opening, "typing": typing}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dev.py bench --window", description=__doc__)
    parser.add_argument("--models", type=Path, required=True, help="folder of exported models")
    parser.add_argument("--out", type=Path, required=True, help="folder for the results")
    parser.add_argument("--words", type=int, default=100_000, help="of the document (100000)")
    parser.add_argument("--keys", type=int, default=500, help="keys to press (500)")
    parser.add_argument("--megabytes", type=int, default=10, help="of the file to open (10)")
    parser.add_argument("--opens", type=int, default=3, help="how often it is opened (3)")
    return parser


def _summary(samples: list[float]) -> dict[str, float]:
    ordered = sorted(samples)

    def at(share: float) -> float:
        return round(ordered[min(len(ordered) - 1, int(share * len(ordered)))], 1)

    return {"p50": at(0.5), "p95": at(0.95), "p99": at(0.99), "longest": at(1)}


@contextmanager
def _display() -> Iterator[None]:
    """A display of its own with a window manager, so that nothing else has the keyboard."""
    reader, writer = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1280x800x24"],
        pass_fds=[writer],
        stderr=subprocess.DEVNULL,
    )
    os.close(writer)
    with os.fdopen(reader) as stream:
        os.environ["DISPLAY"] = f":{stream.readline().strip()}"
    os.environ["QT_QPA_PLATFORM"] = "xcb"
    manager = subprocess.Popen(["openbox"], stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        manager.terminate()
        manager.wait(10)
        server.terminate()
        server.wait(10)


def _rest(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _wait_for(done: Callable[[], bool]) -> None:
    waited = 0
    while not done():
        _rest(10)
        waited += 10
        if waited > _PATIENCE_MS:
            raise SystemExit("The window did not get there in a minute.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
