"""The program from start to end, in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.core.journal import Journal

ROOT = Path(__file__).resolve().parents[2]

PROGRAM = """
import os, signal, sys
from pathlib import Path
import app.bootstrap as bootstrap
from PySide6.QtCore import QTimer
from app.windows.main import MainWindow

def open_files(self, files):
    self.editor.insert_generated("typed before the end")
    {action}

MainWindow.open_files = open_files
sys.exit(bootstrap.run_window([], None))
"""


def _run(home: Path, action: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "INKLING_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    env.pop("INKLING_MODELS", None)
    program = PROGRAM.format(action=action)
    command = [sys.executable, "-c", program]
    return subprocess.run(
        command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=60, check=False
    )


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT"])
def test_a_signal_ends_it_without_losing_text(tmp_path: Path, name: str):
    done = _run(tmp_path, f"os.kill(os.getpid(), signal.{name})")
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    journal = Journal(tmp_path / "journal")
    assert [found.text for found in journal.unsaved()] == ["typed before the end"]
    journal.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
def test_an_open_dialog_does_not_hold_it_back(tmp_path: Path):
    end = "QTimer.singleShot(0, lambda: os.kill(os.getpid(), signal.SIGTERM))"
    done = _run(tmp_path, f"{end}; QTimer.singleShot(0, self.actions_by_id['help.keys'].trigger)")
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr


def test_settings_are_kept(tmp_path: Path):
    action = "self.actions_by_id['view.theme.night'].trigger(); QTimer.singleShot(0, self.end)"
    done = _run(tmp_path, action)
    assert done.returncode == 0, done.stderr
    kept = json.loads((tmp_path / "settings.json").read_text(encoding="utf-8"))
    assert kept["theme"] == "night"
    assert kept["window.geometry"]
