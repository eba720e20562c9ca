"""Takes the pictures of the user guide in the real window, with the real model.

    xvfb-run -s "-screen 0 1280x800x24" .venv/bin/python docs/pictures.py [NAME...]

Writes ``assets/guide/LANGUAGE/NAME.png``, 900 pixels wide and in 128 colours, for each language.
``INKLING_MODELS`` names the folder of the model.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from app.bootstrap import dress
from app.core.guide import LANGUAGES, guide_folder
from app.core.paths import app_paths
from app.core.settings import SettingsStore
from app.services.bridge import EngineBridge
from app.services.fonts import register_fonts
from app.services.i18n import Language
from app.services.theme import ThemeService
from app.windows.export_dialog import ExportDialog
from app.windows.main import MainWindow
from engine import EngineState, LocalEngine, find_model

Steps = Iterator[Callable[[], bool] | int]
"""What to wait for next: until it is true, or so many milliseconds."""
_POLL_MS, _REST_MS, _PATIENCE_MS = 100, 2_000, 120_000
_SIZE = (1080, 680)
_WIDTH, _COLOURS = 900, 128
STORY = """# The Keeper

## The lamp

The old lighthouse keeper climbed the stairs as he had every evening for thirty years, one hand on \
the rope. The wind was **loud** and the *sea* was gray.

- bread and butter
- a bottle of milk, for the cat

## The village

Once upon a time, there was a little girl named Lily who lived in a small vill"""
MISTAKES = """# A letter home

Yesterday we was at the harbour, becuase there was alot of boats to look at. My sister don't like \
the wind, but she have enjoyed the ice cream.

We will come home on Sunday, with the ferry of eleven o'clock.
"""
FERRY = """# The ferry

The ferry to Kelso leaves from pier 4 at 7:40 every morning except Sunday. The crossing takes \
fifty minutes. Dogs travel free; bicycles cost three euros.

When the wind is stronger than force eight, the ferry stays in the harbour.[^1]

[^1]: Ask the harbour master.
"""


class Photographer(QObject):
    """Runs the steps of each picture one after the other, and ends the program."""

    def __init__(self, window: MainWindow, language: str, names: list[str]) -> None:
        super().__init__(window)
        self._window, self._language = window, language
        pictures = {
            "writing": self._writing,
            "rewriting": self._rewriting,
            "proofreading": self._proofreading,
            "asking": self._asking,
            "documents": self._documents,
        }
        self._left = [pictures[name]() for name in names or pictures]
        self._steps: Steps | None = None
        self._until: Callable[[], bool] | None = None
        self._waited = self._since = 0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self._timer.start(_POLL_MS)

    def _look(self) -> None:
        self._waited += _POLL_MS
        if self._until is not None and not self._until() and self._waited < _PATIENCE_MS:
            return
        if self._steps is None:
            if not self._left:
                self._timer.stop()
                self._window.end()
                QApplication.exit(0)
                return
            self._steps = self._left.pop(0)
        self._waited = self._since = 0
        wanted = next(self._steps, None)
        if wanted is None:
            self._steps, self._until = None, None
        elif isinstance(wanted, int):
            self._until = lambda: self._waited >= wanted
        else:
            self._until = wanted

    def _open(self, text: str, *, panel: bool) -> None:
        self._switch("chat.toggle_panel", panel)
        self._window.documents.show_draft(text)
        self._window.activateWindow()
        self._window.editor.setFocus()
        self._window.editor.moveCursor(QTextCursor.MoveOperation.End)

    def _switch(self, command: str, on: bool) -> None:
        action = self._window.actions_by_id[command]
        if action.isChecked() != on:
            action.trigger()

    def _ready(self) -> bool:
        return self._window._bridge.status().state is EngineState.READY

    def _rested(self) -> bool:
        """Whether the model has had nothing to do for a second."""
        if not self._ready():
            self._since = self._waited
        return self._waited - self._since >= _REST_MS

    def _writing(self) -> Steps:
        yield self._ready
        self._open(STORY[:-1], panel=False)
        yield 500
        _type(STORY[-1])
        yield lambda: len(self._window.editor.ghost.text()) > 2
        yield 1500
        self._take("writing")

    def _rewriting(self) -> Steps:
        self._open(MISTAKES, panel=False)
        yield 500
        cursor = self._window.editor.textCursor()
        cursor.setPosition(MISTAKES.index("Yesterday"))
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        self._window.editor.setTextCursor(cursor)
        self._window.actions_by_id["rewrite.proofread"].trigger()
        yield lambda: any(self._window.rewrite.versions())
        yield 1000
        yield self._rested
        yield 1500
        self._take("rewriting")
        self._window.rewrite.cancel()
        yield 300

    def _proofreading(self) -> Steps:
        self._open(MISTAKES, panel=False)
        yield 5000
        self._take("proofreading")

    def _asking(self) -> Steps:
        self._open(FERRY, panel=True)
        yield 500
        chat = self._window.chat
        self._switch("chat.quote", True)
        self._window.actions_by_id["chat.add_document"].trigger()
        yield 500
        chat.composer.set_text("Which pier does the ferry leave from?")
        chat.composer.main_button.click()
        yield 3000
        yield self._rested
        yield 1500
        self._take("asking")

    def _documents(self) -> Steps:
        self._open(FERRY, panel=False)
        yield 500
        QTimer.singleShot(0, self._window.actions_by_id["file.export"].trigger)
        yield lambda: isinstance(QApplication.activeModalWidget(), ExportDialog)
        dialog = QApplication.activeModalWidget()
        yield lambda: isinstance(dialog, ExportDialog) and dialog.export.isEnabled()
        yield 500
        self._take("documents")
        if isinstance(dialog, ExportDialog):
            dialog.reject()
        yield 300

    def _take(self, name: str) -> None:
        target = guide_folder(self._language) / f"{name}.png"
        picture = self._window.grab()
        dialog = QApplication.activeModalWidget()
        if dialog is not None:
            picture = dialog.grab()
        with tempfile.TemporaryDirectory() as folder:
            raw = Path(folder) / "raw.png"
            picture.save(str(raw))
            size = f"{_WIDTH}x>"
            options = ("-filter", "Lanczos", "-resize", size, "+dither", "-colors", str(_COLOURS))
            subprocess.run(["convert", str(raw), *options, "-strip", str(target)], check=True)


def _type(letter: str) -> None:
    """Type a letter as the person would."""
    from PySide6.QtTest import QTest

    QTest.keyClicks(QApplication.focusWidget(), letter)


def take(language: str, names: list[str]) -> int:
    """Take the pictures of one language; returns an exit code."""
    application = QApplication([])
    application.setStyle("Fusion")
    with tempfile.TemporaryDirectory() as home:
        paths = app_paths({**os.environ, "INKLING_HOME": home})
        Language(application).choose(language)
        register_fonts()
        themes = ThemeService("paper")
        dress(themes.theme())
        engine = LocalEngine(
            find_model(None, paths.models), data_dir=paths.data, adapters=paths.adapter_folders
        )
        settings = SettingsStore(paths.config / "settings.json")
        settings.set("outline.visible", True)
        settings.set("spelling.language", "en_GB")
        settings.set("export.format", "txt")
        window = MainWindow(EngineBridge(engine), settings, paths, themes)
        window.resize(*_SIZE)
        window.show()
        Photographer(window, language, names)
        return application.exec()


def main(names: list[str]) -> int:
    """Take the pictures of each language in a process of its own."""
    if len(names) > 0 and names[0] in LANGUAGES:
        return take(names[0], names[1:])
    for language in LANGUAGES:
        subprocess.run([sys.executable, __file__, language, *names], check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
