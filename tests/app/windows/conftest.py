"""The whole window on an engine that says only what the test tells it to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from app.core.paths import AppPaths
from app.core.settings import SettingsStore
from app.services.bridge import EngineBridge
from app.services.theme import ThemeService
from app.windows.main import MainWindow
from engine import FakeEngine, TextEngine


@pytest.fixture
def paths(tmp_path: Path) -> AppPaths:
    home = tmp_path / "home"
    return AppPaths(home, home, (home / "models",))


@pytest.fixture
def settings(paths: AppPaths) -> SettingsStore:
    return SettingsStore(paths.config / "settings.json")


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine()


OpenWindow = Callable[..., MainWindow]


@pytest.fixture
def open_window(
    qtbot: QtBot, paths: AppPaths, settings: SettingsStore
) -> Callable[[TextEngine], MainWindow]:
    def open_it(engine: TextEngine) -> MainWindow:
        window = MainWindow(EngineBridge(engine), settings, paths, ThemeService("paper"))
        qtbot.addWidget(window, before_close_func=MainWindow.end)
        window.show()
        window.editor.setFocus()
        return window

    return open_it


@pytest.fixture
def window(open_window: OpenWindow, engine: FakeEngine) -> MainWindow:
    return open_window(engine)


class Answers:
    """Answers message boxes as a person would, and remembers what they said."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.defaults: list[str] = []
        self.choice: QMessageBox.StandardButton | str = QMessageBox.StandardButton.Cancel

    def answer(self, box: QMessageBox) -> int:
        self.asked.append(box.text())
        self.defaults += [
            button.text() for button in box.buttons() if button is box.defaultButton()
        ]
        for button in box.buttons():
            standard = box.standardButton(button)
            if standard == self.choice or button.text() == self.choice:
                button.click()
                return int(standard.value)
        raise AssertionError(f"no button {self.choice} in {[b.text() for b in box.buttons()]}")


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Answers:
    answers = Answers()
    monkeypatch.setattr(QMessageBox, "exec", lambda box: answers.answer(box))
    return answers


class SavedAs:
    """Chooses a name in the Save As dialog, or leaves it when ``name`` is None."""

    def __init__(self) -> None:
        self.name: str | None = None

    def exec(self, dialog: QFileDialog) -> int:
        if self.name is None:
            return int(QDialog.DialogCode.Rejected)
        dialog.selectFile(self.name)
        return int(QDialog.DialogCode.Accepted)


@pytest.fixture
def saved_as(monkeypatch: pytest.MonkeyPatch) -> SavedAs:
    chosen = SavedAs()
    monkeypatch.setattr(QFileDialog, "exec", lambda dialog: chosen.exec(dialog))
    return chosen


@pytest.fixture(autouse=True)
def nobody_to_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """A dialog that a test does not expect fails it: waiting for an answer would never end."""

    def refuse(dialog: QDialog) -> int:
        raise AssertionError(f"unexpected dialog: {dialog.windowTitle()!r}")

    for kind in (QDialog, QMessageBox, QFileDialog):
        monkeypatch.setattr(kind, "exec", refuse)


@pytest.fixture(autouse=True)
def plain_application(qapp: QApplication) -> Iterator[None]:
    """Each test begins and ends without a style sheet or translations of another's."""
    yield
    qapp.setStyleSheet("")
