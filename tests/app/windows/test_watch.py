"""Other programs change files too: nothing of theirs or of ours is lost."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtGui import QTextCursor
from pytestqt.qtbot import QtBot

from app.core.paths import AppPaths
from app.windows.main import MainWindow

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen plugin says so


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "shared.md"
    path.write_text("first line\nsecond line\nthird line\n")
    return path


@pytest.fixture
def opened(window: MainWindow, file: Path, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    """With the file in a tab behind another one."""
    other = tmp_path / "other.md"
    other.write_text("other")
    window.open_files([file, other])
    qtbot.waitUntil(lambda: window.documents.path() == other)
    qtbot.waitUntil(lambda: len(window._watch._stamps) == 2)
    return window


def _replace(path: Path, text: str) -> None:
    """As careful programs do."""
    new = path.with_name("new")
    new.write_text(text)
    os.replace(new, path)


def test_an_unchanged_document_in_the_back_follows_its_file(
    opened: MainWindow, file: Path, qtbot: QtBot
):
    tab = opened.desk.tabs()[0]
    cursor = tab.editor.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.End)
    tab.editor.setTextCursor(cursor)
    for text in ("first line\nnew line\nthird line\n", "again\nthird line\n"):
        _replace(file, text)
        qtbot.waitUntil(lambda text=text: tab.editor.text() == text)
        assert not tab.document.is_modified()
        assert tab.editor.textCursor().atEnd()
        assert "shared.md was changed by another program" in opened.notice.text()
    opened.desk.show_tab(tab)
    opened.actions_by_id["edit.undo"].trigger()
    assert tab.editor.text() == "first line\nnew line\nthird line\n"
    assert tab.document.is_modified()


@pytest.mark.parametrize("take", [True, False])
def test_a_changed_document_asks_which_version_to_keep(
    opened: MainWindow, file: Path, qtbot: QtBot, take: bool
):
    tab = opened.desk.tabs()[0]
    opened.desk.show_tab(tab)
    qtbot.keyClicks(tab.editor, "my ")
    mine, theirs = tab.editor.text(), "their line\n"
    file.write_text(theirs)
    qtbot.waitUntil(lambda: "Undo brings yours back" in opened.notice.text())
    assert tab.editor.text() == mine
    opened.notice.buttons()[0 if take else 1].click()
    assert opened.notice.text() == ""
    assert tab.editor.text() == (theirs if take else mine)
    assert tab.document.is_modified() != take
    if take:
        opened.actions_by_id["edit.undo"].trigger()
        assert tab.editor.text() == mine
    opened._watch.look()
    done: list[bool] = []
    opened._files.submit(lambda: None, lambda _: done.append(True))
    qtbot.waitUntil(lambda: bool(done))
    assert opened.notice.text() == "", "the same version is not asked about twice"


def test_a_question_goes_with_its_document(opened: MainWindow, file: Path, qtbot: QtBot, answers):
    tab = opened.desk.tabs()[0]
    opened.desk.show_tab(tab)
    qtbot.keyClicks(tab.editor, "my ")
    file.write_text("theirs")
    qtbot.waitUntil(lambda: "Undo brings yours back" in opened.notice.text())
    answers.choice = "Discard"
    opened.actions_by_id["file.close"].trigger()
    qtbot.waitUntil(lambda: opened.notice.text() == "")


def test_our_own_saves_are_no_changes_of_others(opened: MainWindow, file: Path, qtbot: QtBot):
    tab = opened.desk.tabs()[0]
    opened.desk.show_tab(tab)
    stamp = opened._watch._stamps[tab]
    for _ in range(3):
        qtbot.keyClicks(tab.editor, "my ")
        opened.actions_by_id["file.save"].trigger()
        qtbot.waitUntil(lambda: not tab.document.is_unsettled())
    qtbot.waitUntil(lambda: opened._watch._stamps[tab] != stamp)
    assert opened.notice.text() == ""
    assert tab.editor.text().startswith("my my my first")


def test_a_text_whose_file_is_gone_counts_as_unsaved(
    opened: MainWindow, file: Path, qtbot: QtBot, paths: AppPaths
):
    tab = opened.desk.tabs()[0]
    file.unlink()
    qtbot.waitUntil(lambda: "shared.md is no longer on the disk" in opened.notice.text())
    assert tab.document.is_modified()
    opened.desk.show_tab(tab)
    opened.actions_by_id["file.save"].trigger()
    qtbot.waitUntil(lambda: not tab.document.is_unsettled())
    assert file.read_text() == "first line\nsecond line\nthird line\n"
