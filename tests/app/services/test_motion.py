"""Less motion, where a person or the system wants it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QProcess, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.services.motion import Motion


@pytest.fixture(autouse=True)
def _as_before(qapp: QApplication) -> Iterator[None]:
    flash = qapp.cursorFlashTime()
    yield
    qapp.setCursorFlashTime(flash)


@pytest.fixture
def no_desktop(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def test_the_caret_and_the_menus_keep_still_when_a_person_says_so(
    qapp: QApplication, no_desktop: Path
):
    flash, menus = qapp.cursorFlashTime(), qapp.isEffectEnabled(Qt.UIEffect.UI_AnimateMenu)
    motion = Motion(qapp)
    told: list[bool] = []
    motion.changed.connect(told.append)
    for choice, reduced in (("system", False), ("reduced", True), ("full", False)):
        motion.choose(choice)
        assert motion.reduced() is reduced
        assert qapp.cursorFlashTime() == (0 if reduced else flash)
    assert qapp.isEffectEnabled(Qt.UIEffect.UI_AnimateMenu) is menus
    assert told == [True, False]


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="asks the desktop on Linux")
@pytest.mark.parametrize(("answer", "reduced"), [("false", True), ("true", False)])
def test_the_desktop_is_asked(
    answer: str, reduced: bool, qapp: QApplication, no_desktop: Path, qtbot: QtBot
):
    program = no_desktop / "gsettings"
    program.write_text(f"#!/bin/sh\necho {answer}\n", encoding="utf-8")
    program.chmod(0o755)
    motion = Motion(qapp)
    ended = QProcess.ProcessState.NotRunning
    qtbot.waitUntil(lambda: motion._question.state() == ended)
    assert motion.reduced() is reduced
    motion.choose("full")
    assert not motion.reduced()
