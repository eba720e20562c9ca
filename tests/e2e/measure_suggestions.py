"""Measures suggestions in the real window with the real model; needs a display.

    .venv/bin/python tests/e2e/measure_suggestions.py [--pauses 60] [--json FILE]

Behind a text of about 1,000 tokens that says a few sentences again and again it types beginnings
of these with real key events, rests after each, and prints what the window's own recorder measured.
Run it on a machine that does nothing else.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

sys.path.insert(0, str(Path(__file__).parents[2]))

from app.core.latency import Phase
from app.core.paths import app_paths
from app.core.settings import SettingsStore
from app.services.bridge import EngineBridge
from app.services.fonts import register_fonts
from app.services.theme import ThemeService
from app.windows.main import MainWindow
from engine import EngineState, LocalEngine, find_model

_PARTS = (
    ("The", "A", "Her", "Every", "That", "His"),
    ("old", "grey", "quiet", "broken", "second", "yellow", "patient", "narrow"),
    ("keeper", "boat", "letter", "garden", "clock", "teacher", "river", "window"),
    ("found", "crossed", "remembered", "left", "carried", "mended", "watched", "counted"),
    ("the", "its", "another", "no", "their", "one"),
    ("harbour", "morning", "lamp", "answer", "stairs", "market", "story", "winter"),
    ("before noon", "without a word", "in the rain", "again", "for a year", "at last"),
)
_SENTENCES = 8
"""So few that a model which reads them often enough is sure how each goes on."""
_CONTEXT_CHARACTERS = 4_300
"""About 1,000 tokens of this prose."""
_WORDS = 4
"""Words of a sentence that are typed before a rest."""
_REST_MS = 900


def main() -> None:
    """Type, rest, and tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pauses", type=int, default=60)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    app = QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as home:
        figures = _measure(Path(home), arguments.pauses, random.Random(arguments.seed))
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")
    app.quit()


def _measure(home: Path, pauses: int, chance: random.Random) -> dict[str, object]:
    paths = app_paths({"INKLING_HOME": str(home), "INKLING_MODELS": "build/models"})
    register_fonts()
    model = find_model(None, paths.models)
    bridge = EngineBridge(LocalEngine(model, data_dir=paths.data, adapters=paths.adapter_folders))
    window = MainWindow(bridge, SettingsStore(home / "s.json"), paths, ThemeService("paper"))
    window.show()
    while bridge.status().state is not EngineState.READY:
        _wait(50)
    told = [_sentence(chance) for _ in range(_SENTENCES)]
    text = ""
    while len(text) < _CONTEXT_CHARACTERS:
        text += chance.choice(told) + " "
    window.editor.load_text(text.strip())
    cursor = window.editor.textCursor()
    cursor.movePosition(cursor.MoveOperation.End)
    window.editor.setTextCursor(cursor)
    window.editor.setFocus()
    _wait(4_000)
    shown = 0
    for _ in range(pauses):
        beginning = " ".join(chance.choice(told).split()[:_WORDS])
        for letter in " " + beginning:
            QTest.keyClicks(window.editor, letter)
            _wait(chance.randint(60, 160))
        _wait(_REST_MS)
        shown += bool(window.editor.ghost.text())
        QTest.keyClicks(window.editor, ".")
    recorder = window.latency()
    lines = [f"{pauses} pauses, {shown} with a suggestion; milliseconds"]
    for phase in Phase:
        summary = recorder.summary(phase)
        if summary.count:
            lines.append(
                f"{phase.value:24} n={summary.count:<5} p50={summary.p50:7.1f} "
                f"p95={summary.p95:7.1f} longest={summary.longest:7.1f}"
            )
    sys.stdout.write("\n".join(lines) + "\n")
    figures = recorder.exported()
    window.end()
    return figures


def _sentence(chance: random.Random) -> str:
    return " ".join(chance.choice(part) for part in _PARTS) + "."


def _wait(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


if __name__ == "__main__":
    main()
