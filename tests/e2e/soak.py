"""A long writing session played at random in the real window, with the real model.

    python -m tests.e2e.soak --hours 2 --seed 1

Keys, commands and pauses follow each other as quickly as the window takes them; ``--hours`` counts
at five keys a second, as a person would press them. After each act the text must be what the act
makes of it, and the same in the document, in its mirror and, at times, in the saved file. Prints
one line a minute and JSON at the end; exits with 1 when a character was lost, an exception or a
warning of Qt was raised, or memory beside the model's cache, which has a budget, grew by more than
``--megabytes`` (the median of its last fifth over that of its second).
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import random
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from types import TracebackType

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QMessageLogContext,
    QObject,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtGui import QKeySequence, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.bootstrap import dress
from app.core.paths import app_paths
from app.core.settings import SettingsStore
from app.editor.editor import Editor
from app.editor.verbatim import from_qt
from app.services.bridge import EngineBridge
from app.services.fonts import register_fonts
from app.services.theme import ThemeService
from app.windows.main import MainWindow
from engine import LocalEngine, find_model

KEYS_A_SECOND = 5
_WORDS = (
    "the old lighthouse keeper climbed the stairs as he had every evening for thirty years and "
    "then she wrote a letter to her brother about the weather because nobody else would listen "
    "when it rained in the harbour teh becuase naïve café 灯塔 看守人 每天晚上 \U0001f30a resumé"
).split(" ")
_LONGEST = 20_000
"""Code points of a text, after which most of it is deleted, so that the session stays lively."""
_MOST_TABS = 4
_THEMES = ("paper", "night", "sepia", "contrast")


class TextLost(AssertionError):
    """The text is not what the last act should have made of it."""


class Monkey(QObject):
    """Plays one act after another until ``keys`` have been pressed."""

    def __init__(self, window: MainWindow, bridge: EngineBridge, keys: int, seed: int) -> None:
        super().__init__()
        self._window = window
        self._bridge = bridge
        self._keys = keys
        self._random = random.Random(seed)
        self._acts: list[tuple[int, Callable[[], float]]] = [
            (60, self._type_word),
            (6, self._end_sentence),
            (4, self._new_paragraph),
            (5, self._pause),
            (4, self._take_suggestion),
            (4, self._delete),
            (4, self._move),
            (3, self._select),
            (2, self._undo_redo),
            (2, self._cut_paste),
            (1, self._command),
            (1, self._look_around),
            (1, self._tabs),
            (1, self._rewrite),
            (1, self._save),
        ]
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.act)
        self.pressed = 0
        self.counts: Counter[str] = Counter()
        self.failures: list[str] = []
        self.memory: list[tuple[int, int]] = []

    def start(self) -> None:
        """Begin."""
        self._timer.start(0)

    def act(self) -> None:
        """Play one act, check the text, and come back."""
        if self.pressed >= self._keys or self.failures:
            QApplication.exit(1 if self.failures else 0)
            return
        weights = [weight for weight, _ in self._acts]
        _, act = self._random.choices(self._acts, weights)[0]
        self.counts[act.__name__.strip("_")] += 1
        try:
            wait = act()
            self._check()
        except TextLost as error:
            self.failures.append(f"{act.__name__}: {error}")
            wait = 0.0
        if sum(self.counts.values()) % 200 == 0:
            self._sample()
        self._timer.start(int(wait * 1000))

    @property
    def _editor(self) -> Editor:
        return self._window.editor

    def _press(self, keys: str, times: int = 1) -> None:
        """Press a key with modifiers, as a key sequence says it, where the keyboard is."""
        combination = QKeySequence(keys)[0]
        for _ in range(times):
            QTest.keyClick(
                QApplication.focusWidget() or self._editor,
                combination.key(),
                combination.keyboardModifiers(),
            )
        self.pressed += times

    def _type(self, text: str) -> None:
        """Type letters on the page, none of which may be lost."""
        editor = self._editor
        editor.setFocus()
        for letter in text:
            before, cursor = editor.text(), editor.textCursor()
            start, end = (
                len(from_qt(_u16(before, place)))
                for place in (cursor.selectionStart(), cursor.selectionEnd())
            )
            if letter.isascii():
                QTest.keyClick(editor, letter)
            else:
                editor.insert_generated(letter) if start == end else QTest.keyClick(editor, "x")
                letter = letter if start == end else "x"
            self.pressed += 1
            expected = before[:start] + letter + before[end:]
            if editor.text() != expected:
                raise TextLost(f"typing {letter!r} at {start}-{end} made another text")

    def _type_word(self) -> float:
        self._type(self._random.choice(_WORDS))
        self._type(" ")
        return 0.0

    def _end_sentence(self) -> float:
        self._press(self._random.choice([".", "!", ",", ";"]))
        self._press("Space")
        return 0.0

    def _new_paragraph(self) -> float:
        self._press("Return")
        for text in self._random.choice(["", "# ", "- ", "1. ", "> ", "**", "`"]):
            QTest.keyClick(self._editor, text)
        return 0.0

    def _pause(self) -> float:
        return self._random.choice([0.2, 0.5, 0.9])

    def _take_suggestion(self) -> float:
        if self._editor.ghost.text():
            before = self._editor.text()
            self._press(self._random.choice(["Tab", "Ctrl+Right", "Escape"]))
            if len(self._editor.text()) < len(before):
                raise TextLost("taking a suggestion removed text")
        else:
            self._press("Alt+\\")
        return self._random.choice([0.0, 0.4])

    def _delete(self) -> float:
        self._press(self._random.choice(["Backspace", "Delete", "Ctrl+Backspace"]), 3)
        if len(self._editor.text()) > _LONGEST:
            cursor = self._editor.textCursor()
            cursor.setPosition(2000)
            cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
            self._editor.setTextCursor(cursor)
            self._press("Delete")
        return 0.0

    def _move(self) -> float:
        keys = ["Left", "Right", "Up", "Down", "Home", "End", "PgUp", "Ctrl+End", "Ctrl+Home"]
        self._press(self._random.choice(keys), self._random.randint(1, 4))
        self._press(self._random.choice(["End", "Ctrl+End"]))
        return 0.0

    def _select(self) -> float:
        self._press(self._random.choice(["Shift+Left", "Ctrl+Shift+Left", "Shift+Up"]), 2)
        return 0.0

    def _undo_redo(self) -> float:
        before = self._editor.text()
        steps = self._random.randint(1, 5)
        if not self._editor.document().isRedoAvailable():
            able = [self._step("Ctrl+Z") for _ in range(steps)]
            for _ in range(sum(able)):
                self._step("Ctrl+Shift+Z")
            if self._editor.text() != before:
                raise TextLost(f"{steps} undone and redone made another text")
        return 0.0

    def _step(self, keys: str) -> bool:
        """Undo or redo once; whether there was something to."""
        document = self._editor.document()
        able = document.isUndoAvailable() if keys == "Ctrl+Z" else document.isRedoAvailable()
        if able:
            self._press(keys)
        return able

    def _cut_paste(self) -> float:
        self._press("Ctrl+X")
        self._press("Ctrl+V")
        return 0.0

    def _command(self) -> float:
        commands = [
            name
            for name in self._window.actions_by_id
            if name.startswith(("format.", "edit.")) and "find" not in name
        ]
        name = self._random.choice(commands)
        action = self._window.actions_by_id[name]
        if action.isEnabled():
            action.trigger()
        self._close_whatever_opened()
        return 0.0

    def _look_around(self) -> float:
        names = [name for name in self._window.actions_by_id if name.startswith("view.")]
        name = self._random.choice(names)
        if "fullscreen" not in name:
            self._window.actions_by_id[name].trigger()
        self._press("Ctrl+F")
        self._close_whatever_opened()
        return 0.0

    def _tabs(self) -> float:
        actions = self._window.actions_by_id
        if self._random.random() < 0.5 and self._window.desk.bar.count() < _MOST_TABS:
            actions["file.new"].trigger()
        else:
            self._press("Ctrl+Tab")
        self._editor.setFocus()
        return 0.0

    def _rewrite(self) -> float:
        if self._window.rewrite.active():
            keys = ["Escape"]
            if self._window.rewrite.page.shown():
                keys += ["F9", "Alt+Return", "Alt+Backspace", "Alt+Shift+Return"]
            self._press(self._random.choice(keys))
            return 0.0
        self._press("Ctrl+Shift+Left", 6)
        self._window.actions_by_id["rewrite.clearer"].trigger()
        return self._random.choice([0.0, 1.0])

    def _save(self) -> float:
        documents = self._window.documents
        if documents.path() is not None:
            self._press("Ctrl+S")
            return 0.3
        return 0.0

    def _close_whatever_opened(self) -> None:
        for _ in range(3):
            popup = QApplication.activePopupWidget() or QApplication.activeModalWidget()
            if popup is not None:
                QTest.keyClick(popup, QKeySequence("Escape")[0].key())
        focus = QApplication.focusWidget()
        if focus is not None and focus is not self._editor:
            QTest.keyClick(focus, QKeySequence("Escape")[0].key())
        self._editor.setFocus()

    def _check(self) -> None:
        editor = self._editor
        shown = from_qt(editor.document().toRawText().replace("\u2029", "\n"))
        if shown != editor.text():
            raise TextLost("the document and its mirror differ")

    def _sample(self) -> None:
        gc.collect()
        now = _resident_bytes()
        usage = self._bridge.status().cache
        # What is kept of texts that were read has a budget of its own, and fills it.
        kept = usage.used_bytes if usage else 0
        self.memory.append((self.pressed, now - kept))
        line = f"{self.pressed} keys, {now / 1e6:.0f} MB, {kept / 1e6:.0f} of it the model's cache"
        print(line, file=sys.stderr, flush=True)


def _resident_bytes() -> int:
    """Memory that this process has now (Linux)."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def _u16(text: str, place: int) -> str:
    """The first ``place`` UTF-16 units of ``text``."""
    return text.encode("utf-16-le", "surrogatepass")[: 2 * place].decode(
        "utf-16-le", "surrogatepass"
    )


def main() -> int:
    """Run the session; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--hours", type=float, default=2.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--megabytes", type=float, default=50.0)
    options = parser.parse_args()
    complaints: list[str] = []

    def complain(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
        if kind is not QtMsgType.QtDebugMsg and kind is not QtMsgType.QtInfoMsg:
            complaints.append(text)

    def report(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        complaints.append("".join(traceback.format_exception(kind, error, trace)))

    application = QApplication([])
    application.setStyle("Fusion")
    qInstallMessageHandler(complain)
    sys.excepthook = report
    register_fonts()
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = folder / "soak.md"
        file.write_text("# Soak\n\n", encoding="utf-8")
        for window, bridge, settings in _window(folder):
            settings.set("ghost.delay_ms", 150)
            window.open_files([file])
            keys = int(options.hours * 3600 * KEYS_A_SECOND)
            monkey = Monkey(window, bridge, keys, options.seed)
            monkey.start()
            application.exec()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    early = [size for pressed, size in monkey.memory if 0.2 <= pressed / keys < 0.4]
    late = [size for pressed, size in monkey.memory if pressed / keys >= 0.8]
    growth = (median(late) - median(early)) / 1e6 if early and late else 0.0
    record = {
        "keys": monkey.pressed,
        "minutes": round((time.perf_counter() - started) / 60, 1),
        "acts": dict(monkey.counts),
        "memory_growth_mb": round(growth, 1),
        "failures": monkey.failures,
        "complaints": complaints[:5],
    }
    print(json.dumps(record, indent=1))
    return int(bool(monkey.failures or complaints or growth > options.megabytes))


def _window(folder: Path) -> Iterator[tuple[MainWindow, EngineBridge, SettingsStore]]:
    """The window, which ends when the loop body does."""
    paths = app_paths({**os.environ, "INKLING_HOME": str(folder / "home")})
    model = find_model(None, paths.models)
    bridge = EngineBridge(LocalEngine(model, data_dir=paths.data, adapters=paths.adapter_folders))
    themes = ThemeService("paper")
    dress(themes.theme())
    themes.theme_changed.connect(dress)
    settings = SettingsStore(paths.config / "settings.json")
    window = MainWindow(bridge, settings, paths, themes)
    window.show()
    window.editor.setFocus()
    yield window, bridge, settings
    window.end()
    window.close()
    window.deleteLater()


if __name__ == "__main__":
    sys.exit(main())
