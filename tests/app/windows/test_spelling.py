"""Spelling in the window: commands, languages, and what documents and the person remember."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QDialog, QFileDialog, QListWidget, QMenu
from pytestqt.qtbot import QtBot

from app.core.paths import AppPaths
from app.core.settings import SettingsStore
from app.core.spelling.personal import NO_LANGUAGE, DocumentSpelling
from app.windows.languages import language_title
from app.windows.main import MainWindow
from app.windows.spelling import spelling_of
from app.windows.spelling_dialog import SpellingDialog

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "This plugin does not support")


@pytest.fixture(autouse=True)
def american(settings: SettingsStore) -> None:
    settings.set("spelling.language", "en_US")


def _found(window: MainWindow) -> list[str]:
    words = []
    block = window.editor.document().begin()
    while block.isValid():
        words += [found.word for found in window.spelling.current().misspellings(block)]
        block = block.next()
    return words


def _shows(qtbot: QtBot, window: MainWindow, words: str) -> None:
    def shown() -> None:
        assert window.spelling.current().check.is_done()
        assert _found(window) == words.split()

    qtbot.waitUntil(shown)


def _languages(window: MainWindow) -> dict[str, QAction]:
    menu = next(
        menu
        for menu in window.findChildren(QMenu)
        if menu.title() == "Spelling &Language of This Document"
    )
    menu.aboutToShow.emit()
    return {action.data(): action for action in menu.actions() if not action.isSeparator()}


def test_every_document_is_checked(window: MainWindow, qtbot: QtBot) -> None:
    window.editor.load_text("teh first")
    _shows(qtbot, window, "teh")
    window.desk.new()
    window.editor.load_text("the secnd")
    _shows(qtbot, window, "secnd")


def test_the_key_leads_to_the_next_misspelling(window: MainWindow, qtbot: QtBot) -> None:
    window.editor.load_text("good wrold")
    _shows(qtbot, window, "wrold")
    window.actions_by_id["spelling.next"].trigger()
    qtbot.waitUntil(lambda: window.spelling.current().menu.shown() is not None)
    assert window.editor.textCursor().selectedText() == "wrold"


def test_checking_can_be_switched_off_and_on(
    window: MainWindow, settings: SettingsStore, qtbot: QtBot
) -> None:
    window.editor.load_text("teh")
    _shows(qtbot, window, "teh")
    toggle = window.actions_by_id["spelling.toggle"]
    assert toggle.isChecked()
    toggle.trigger()
    assert settings.get("spelling.enabled") is False
    assert _found(window) == []
    settings.set("spelling.enabled", True)
    assert toggle.isChecked()
    _shows(qtbot, window, "teh")


def test_a_documents_language_and_ignored_words_are_remembered(
    open_window, engine, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "chapter.md"
    path.write_text("colour teh Kellynch", encoding="utf-8")
    window = open_window(engine)
    window.open_files([path])
    _shows(qtbot, window, "colour teh Kellynch")
    languages = _languages(window)
    assert languages[""].isChecked()
    languages["en_GB"].trigger()
    window.spelling.current().ignore("Kellynch")
    _shows(qtbot, window, "teh")
    window.end()

    again = open_window(type(engine)())
    again.open_files([path])
    _shows(qtbot, again, "teh")
    assert _languages(again)["en_GB"].isChecked()
    again.editor.load_text("colour")  # another text knows nothing of it
    _shows(qtbot, again, "colour")


def test_what_was_chosen_before_the_first_save_goes_with_the_file(
    window: MainWindow, paths: AppPaths, saved_as, tmp_path: Path, qtbot: QtBot
) -> None:
    window.editor.load_text("teh Kellynch")
    window.spelling.current().choose_language("en_GB")
    saved_as.name = str(tmp_path / "new.md")
    window.documents.save_as()
    qtbot.waitUntil(lambda: window.documents.path() is not None)
    kept: list[object] = []
    window.spelling.service.recall(tmp_path / "new.md", kept.append)
    qtbot.waitUntil(lambda: bool(kept))
    assert kept == [DocumentSpelling("en_GB")]


def test_a_document_can_be_left_unchecked(window: MainWindow, qtbot: QtBot) -> None:
    window.editor.load_text("teh")
    _shows(qtbot, window, "teh")
    _languages(window)[NO_LANGUAGE].trigger()
    assert _found(window) == []
    window.actions_by_id["spelling.next"].trigger()
    assert "not checked" in window.notice.text()


def test_a_closed_document_leaves_the_others_checked(window: MainWindow, qtbot: QtBot) -> None:
    window.editor.load_text("teh\n" * 500)
    window.desk.new()
    window.editor.load_text("secnd")
    first = window.desk.tabs()[0]
    first.editor.document().setModified(False)
    window.desk.close_tab(first)
    _shows(qtbot, window, "secnd")
    assert [spelling_of(tab) for tab in window.desk.tabs()] == [window.spelling.current()]


@pytest.fixture
def dialog(window: MainWindow, settings: SettingsStore, qtbot: QtBot) -> SpellingDialog:
    qtbot.waitUntil(lambda: bool(window.spelling.service.dictionaries()))
    dialog = SpellingDialog(window.spelling.service, settings, window)
    dialog.show()
    return dialog


def _list(dialog: SpellingDialog, name: str) -> QListWidget:
    return next(each for each in dialog.findChildren(QListWidget) if each.accessibleName() == name)


def _items(dialog: SpellingDialog, name: str) -> list[str]:
    of = _list(dialog, name)
    return [of.item(row).text() for row in range(of.count())]


def test_own_words_can_be_added_and_removed(
    window: MainWindow, dialog: SpellingDialog, qtbot: QtBot
) -> None:
    window.editor.load_text("Kellynch zorbl")
    _shows(qtbot, window, "Kellynch zorbl")
    qtbot.keyClicks(dialog._new_word, "Kellynch zorbl")
    qtbot.keyClick(dialog._new_word, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: _items(dialog, "My words") == ["Kellynch", "zorbl"])
    _shows(qtbot, window, "")
    assert not dialog._remove_words.isEnabled()
    _list(dialog, "My words").selectAll()
    dialog._remove_words.click()
    qtbot.waitUntil(lambda: _items(dialog, "My words") == [])
    _shows(qtbot, window, "Kellynch zorbl")


def test_a_dictionary_can_be_imported_used_and_removed(
    window: MainWindow,
    dialog: SpellingDialog,
    settings: SettingsStore,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "de_AT.aff").write_text("SET UTF-8\n")
    (tmp_path / "de_AT.dic").write_text("1\nJänner\n", encoding="utf-8")
    chosen = str(tmp_path / "de_AT.dic")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (chosen, ""))
    title = language_title("de_AT")
    dialog._import()
    qtbot.waitUntil(lambda: title in _items(dialog, "Dictionaries"))
    assert "was imported" in dialog._said.text()
    combo = dialog.findChild(QComboBox)
    combo.setCurrentIndex(combo.findData("de_AT"))
    combo.activated.emit(combo.currentIndex())
    assert settings.get("spelling.language") == "de_AT"
    window.editor.load_text("Jänner January")
    _shows(qtbot, window, "January")

    of = _list(dialog, "Dictionaries")
    of.setCurrentItem(of.findItems(title, Qt.MatchFlag.MatchExactly)[0])
    dialog._remove_dictionary.click()
    qtbot.waitUntil(lambda: title not in _items(dialog, "Dictionaries"))


def test_a_file_that_is_no_dictionary_is_told_in_the_dialog(
    dialog: SpellingDialog, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = str(tmp_path / "de_AT.dic")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (chosen, ""))
    dialog._import()
    qtbot.waitUntil(lambda: "Nothing was changed" in dialog._said.text())


def test_bundled_dictionaries_cannot_be_removed(dialog: SpellingDialog) -> None:
    of = _list(dialog, "Dictionaries")
    of.setCurrentItem(of.findItems(language_title("en_GB"), Qt.MatchFlag.MatchExactly)[0])
    assert not dialog._remove_dictionary.isEnabled()


def test_the_command_opens_the_dialog(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDialog, "exec", lambda dialog: opened.append(dialog.windowTitle()))
    monkeypatch.setattr(SpellingDialog, "exec", QDialog.exec, raising=False)
    window.actions_by_id["spelling.dictionaries"].trigger()
    assert opened == ["Spelling and Dictionaries"]


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("en_US", "American English"),
        ("en_GB", "British English"),
        ("de_DE", "Deutsch"),
        ("fr_BE", "Français (Belgique)"),
        ("de_AT_frami", "Österreichisches Deutsch (de_AT_frami)"),
        ("xx_YY", "xx_YY"),
    ],
)
def test_languages_are_called_what_their_speakers_call_them(name: str, title: str) -> None:
    assert language_title(name) == title
