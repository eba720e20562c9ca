"""What the system asks the running program to open."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QUrl
from PySide6.QtGui import QFileOpenEvent

from app.services.application import wanted_file

ROOT = Path(__file__).parents[3]
PROGRAM = """
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QFileOpenEvent
from app.services.application import Application
application = Application(["inkling", "-platform", "offscreen"])
application.files_wanted.connect(lambda files: print(*(path.name for path in files)))
for name in ("a b.md", "中文.txt"):
    QCoreApplication.sendEvent(application, QFileOpenEvent(name))
"""


@pytest.mark.parametrize(
    ("event", "path"),
    [
        (QFileOpenEvent("a b.md"), "a b.md"),
        (QFileOpenEvent(QUrl("https://example.org/a.md")), ""),
        (QEvent(QEvent.Type.ApplicationActivate), ""),
    ],
)
def test_only_files_are_wanted(event: QEvent, path: str) -> None:
    assert wanted_file(event) == path


def test_a_double_click_on_macos_is_told_as_a_file_to_open() -> None:
    # In a process of its own, since a process has one application and the tests have theirs.
    command = [
        sys.executable,
        "-P",
        "-X",
        "utf8",
        "-c",
        f"import sys; sys.path[:0] = [{str(ROOT)!r}]\n{PROGRAM}",
    ]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.splitlines() == ["a b.md", "中文.txt"]
