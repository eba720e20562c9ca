"""Another language is spoken at once, by every part of the window."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot

from app.core.counts import Counts
from app.core.paths import AppPaths
from app.core.settings import SettingsStore
from app.services.i18n import Language
from app.windows.main import MainWindow
from app.windows.preferences import PreferencesDialog
from engine import EngineState, EngineStatus, FakeEngine

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen plugin says so
PROPERTIES = (
    "text",
    "title",
    "windowTitle",
    "toolTip",
    "placeholderText",
    "accessibleName",
    "accessibleDescription",
    "iconText",
)


@pytest.fixture
def language(qapp: QApplication) -> Iterator[Language]:
    before = QLocale()
    language = Language(qapp)
    yield language
    language.choose("en")
    QLocale.setDefault(before)


def _words(window: QWidget) -> list[tuple[str, str, str]]:
    """What every part of the window says, each with whose and which property."""
    found = []
    for part in [window, *window.findChildren(QObject)]:
        if isinstance(part, QWidget | QAction):
            name = part.objectName() or type(part).__name__
            found += [
                (name, key, text)
                for key in PROPERTIES
                if isinstance(text := part.property(key), str) and text
            ]
    return found


def _settle(qapp: QApplication) -> None:
    """Deliver what is posted: Qt tells the widgets of another language by an event."""
    QCoreApplication.sendPostedEvents()
    qapp.sendPostedEvents()


@pytest.mark.parametrize(("first", "then"), [("en", "zh_CN"), ("zh_CN", "en")])
def test_no_word_of_the_other_language_is_left(
    first: str,
    then: str,
    language: Language,
    open_window: Callable[..., MainWindow],
    qapp: QApplication,
    engine: FakeEngine,
):
    """A window that changed its language says exactly what one opened in it says."""

    def opened() -> MainWindow:
        window = open_window(engine)
        window.status.show_engine(EngineStatus(EngineState.READY))
        window.counting.button.show_counts(Counts(words=5), None, 500, 3)
        window.status.show_connections(0)
        return window

    language.choose(then)
    _settle(qapp)
    wanted = _words(opened())
    language.choose(first)
    _settle(qapp)
    window = opened()
    other = _words(window)
    language.choose(then)
    _settle(qapp)
    words = _words(window)
    assert [each for each in words if each not in wanted] == []
    assert [each for each in wanted if each not in words] == []
    assert other != wanted


def test_the_preferences_change_with_it_and_keep_the_place(
    language: Language, settings: SettingsStore, qapp: QApplication, qtbot: QtBot
):
    settings.subscribe(lambda name, value: language.choose(value) if name == "language" else None)
    dialog = PreferencesDialog(settings)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.search.setText("")
    combo = dialog.findChild(QComboBox, "language")
    combo.setFocus()
    combo.setCurrentIndex(combo.findData("zh_CN"))
    qtbot.waitUntil(lambda: dialog.windowTitle() == "\u504f\u597d\u8bbe\u7f6e")
    again = dialog.focusWidget()
    assert isinstance(again, QComboBox)
    assert again.currentData() == "zh_CN"
    assert again is not combo


def test_the_text_and_what_can_be_undone_stay(
    language: Language,
    window: MainWindow,
    qapp: QApplication,
    qtbot: QtBot,
    paths: AppPaths,
    tmp_path: Path,
):
    qtbot.keyClicks(window.editor, "words")
    language.choose("zh_CN")
    _settle(qapp)
    assert window.editor.text() == "words"
    window.actions_by_id["edit.undo"].trigger()
    assert window.editor.text() == ""
    assert window.actions_by_id["file.save"].text().startswith("\u4fdd\u5b58")


def test_the_dialog_for_files_is_wholly_in_chinese(
    qapp: QApplication, qtbot: QtBot, language: Language
):
    language.choose("zh_CN")
    dialog = QFileDialog()
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    qtbot.addWidget(dialog)
    labels = [label.text() for label in dialog.findChildren(QLabel) if label.text()]
    assert labels
    assert [text for text in labels if text.isascii()] == []


@pytest.mark.parametrize("chosen", ["en", "zh_CN"])
def test_in_no_menu_two_entries_share_a_letter(
    qapp: QApplication, window: MainWindow, language: Language, chosen: str
):
    language.choose(chosen)
    _settle(qapp)
    menus = [(menu.title(), menu.actions()) for menu in window.findChildren(QMenu)]
    menus.append(("the menu bar", window.menuBar().actions()))
    for title, entries in menus:
        letters = Counter(
            found[1].upper()
            for entry in entries
            if (found := re.search("&([^&])", entry.text().replace("&&", "")))
        )
        assert not [letter for letter, times in letters.items() if times > 1], title
