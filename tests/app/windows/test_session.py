"""The next start begins where the last one ended, and nothing unsaved is lost between."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from app.core.paths import AppPaths
from app.core.settings import SettingsStore
from app.windows.main import MainWindow
from engine import FakeEngine

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen plugin says so
Start = Callable[[], MainWindow]
BUTTON = QMessageBox.StandardButton


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    made = [tmp_path / name for name in ("a.md", "b.md", "c.md")]
    for path in made:
        path.write_bytes(
            b"".join(b"line %d of %s\n\n" % (n, path.name.encode()) for n in range(99))
        )
    return made


@pytest.fixture
def start(open_window: Callable[..., MainWindow], qtbot: QtBot) -> Start:
    def start_it() -> MainWindow:
        window = open_window(FakeEngine())
        qtbot.waitUntil(lambda: window._to_open is None)
        return window

    return start_it


def _open(window: MainWindow, qtbot: QtBot, files: list[Path]) -> None:
    window.open_files(files)
    qtbot.waitUntil(lambda: _titles(window) == [path.name for path in files])


def _titles(window: MainWindow) -> list[str]:
    return [tab.document.title() for tab in window.desk.tabs()]


def _quit(window: MainWindow, qtbot: QtBot) -> None:
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())


def test_open_files_come_back_in_order_with_the_one_in_front(
    start: Start, files: list[Path], qtbot: QtBot
):
    window = start()
    _open(window, qtbot, files)
    window.desk.bar.moveTab(0, 2)
    window.desk.show_tab(window.desk.tabs()[1])
    _quit(window, qtbot)
    again = start()
    assert _titles(again) == ["b.md", "c.md", "a.md"]
    assert again.documents.title() == "c.md"
    assert not any(tab.document.is_modified() for tab in again.desk.tabs())


def test_the_caret_and_the_place_in_the_text_come_back(
    start: Start, files: list[Path], qtbot: QtBot
):
    window = start()
    _open(window, qtbot, files[:2])
    tops = []
    for tab, line in zip(window.desk.tabs(), (60, 120), strict=True):
        window.desk.show_tab(tab)
        block = tab.editor.document().findBlockByNumber(line)
        tab.editor.setTextCursor(QTextCursor(block))
        tab.editor.verticalScrollBar().setValue(line - 5)
        tops.append(tab.view().top)
    _quit(window, qtbot)
    again = start()
    for tab, line, top in zip(again.desk.tabs(), (60, 120), tops, strict=True):
        again.desk.show_tab(tab)
        qtbot.waitUntil(lambda tab=tab, line=line: tab.editor.textCursor().blockNumber() == line)
        assert tab.view().top == top
        assert tab.editor.verticalScrollBar().value() == line - 5


def test_a_text_that_was_never_saved_comes_back_without_a_question(start: Start, qtbot: QtBot):
    window = start()
    qtbot.keyClicks(window.editor, "first thought")
    window.desk.new()
    qtbot.keyClicks(window.editor, "second thought")
    _quit(window, qtbot)
    for _ in range(2):
        window = start()
        texts = [tab.editor.text() for tab in window.desk.tabs()]
        assert texts == ["first thought", "second thought"]
        assert all(tab.document.is_modified() for tab in window.desk.tabs())
        assert window.notice.text() == ""
        _quit(window, qtbot)


@pytest.mark.parametrize("choice", ["Save", "Keep Unsaved", "Discard", BUTTON.Cancel])
def test_a_changed_file_is_asked_about(
    start: Start, files: list[Path], qtbot: QtBot, answers, choice
):
    before = files[0].read_text()
    window = start()
    _open(window, qtbot, files[:1])
    qtbot.keyClicks(window.editor, "new ")
    answers.choice = choice
    window.close()
    assert len(answers.asked) == 1
    assert answers.defaults == ["Save"]
    if choice == BUTTON.Cancel:
        assert window.isVisible()
        return
    qtbot.waitUntil(lambda: not window.isVisible())
    assert files[0].read_text() == ("new " + before if choice == "Save" else before)
    again = start()
    assert again.editor.text() == (before if choice == "Discard" else "new " + before)
    assert again.documents.is_modified() == (choice == "Keep Unsaved")


def test_a_change_kept_twice_is_still_a_change_of_the_same_file(
    start: Start, files: list[Path], qtbot: QtBot, answers
):
    before = files[0].read_text()
    window = start()
    _open(window, qtbot, files[:1])
    answers.choice = "Keep Unsaved"
    for typed in ("one ", "two "):
        qtbot.keyClicks(window.editor, typed)
        _quit(window, qtbot)
        window = start()
    answers.asked.clear()
    window.actions_by_id["file.save"].trigger()
    qtbot.waitUntil(lambda: not window.documents.is_unsettled())
    assert answers.asked == []
    assert sorted(files[0].read_text().split(" line")[0].split()) == ["one", "two"]
    assert files[0].read_text().endswith(before)


def test_all_changed_files_are_asked_about_at_once(
    start: Start, files: list[Path], qtbot: QtBot, answers
):
    window = start()
    _open(window, qtbot, files)
    for tab in window.desk.tabs()[:2]:
        window.desk.show_tab(tab)
        qtbot.keyClicks(window.editor, "new ")
    answers.choice = "Save All"
    _quit(window, qtbot)
    assert answers.asked == ["Save the changes to 2 documents?"]
    assert [path.read_text().startswith("new ") for path in files] == [True, True, False]


def test_without_a_session_each_text_can_be_reviewed(
    start: Start, settings: SettingsStore, files: list[Path], qtbot: QtBot, answers, monkeypatch
):
    settings.set("session.restore", False)
    window = start()
    for words in ("one", "two"):
        window.desk.new()
        qtbot.keyClicks(window.editor, words)
    given = iter(["Review Each", BUTTON.Discard, BUTTON.Cancel, "Discard"])
    plain = answers.answer

    def answer(box: QMessageBox) -> int:
        answers.choice = next(given)
        return plain(box)

    monkeypatch.setattr(answers, "answer", answer)
    window.close()
    assert window.isVisible()
    assert len(answers.asked) == 3
    assert "one" in [tab.editor.text() for tab in window.desk.tabs()], "given up with the window"
    _quit(window, qtbot)
    again = start()
    assert [tab.editor.text() for tab in again.desk.tabs()] == [""]
    assert again.notice.text() == ""


def test_files_that_are_gone_are_said_and_left_out(start: Start, files: list[Path], qtbot: QtBot):
    window = start()
    _open(window, qtbot, files)
    _quit(window, qtbot)
    files[1].unlink()
    again = start()
    assert _titles(again) == ["a.md", "c.md"]
    assert "b.md was open last time" in again.notice.text()
    _quit(again, qtbot)
    shutil.rmtree(files[0].parent / "nowhere", ignore_errors=True)
    for path in (files[0], files[2]):
        path.unlink()
    last = start()
    assert _titles(last) == ["Untitled"]
    assert "a.md, c.md" in last.notice.text()


def test_unsaved_changes_come_back_even_if_the_file_is_gone(
    start: Start, files: list[Path], qtbot: QtBot, answers
):
    window = start()
    _open(window, qtbot, files[:1])
    qtbot.keyClicks(window.editor, "kept ")
    answers.choice = "Keep Unsaved"
    _quit(window, qtbot)
    files[0].unlink()
    again = start()
    assert again.editor.text().startswith("kept line 0")
    assert again.documents.path() == files[0]
    again.actions_by_id["file.save"].trigger()
    qtbot.waitUntil(files[0].exists)


def test_named_files_join_what_was_open(
    start: Start,
    open_window: Callable[..., MainWindow],
    files: list[Path],
    qtbot: QtBot,
):
    window = start()
    _open(window, qtbot, files[:2])
    window.desk.show_tab(window.desk.tabs()[1])
    _quit(window, qtbot)
    again = open_window(FakeEngine())
    again.open_files([files[2], files[0]])
    qtbot.waitUntil(lambda: len(again.desk.tabs()) == 3)
    assert sorted(_titles(again)) == ["a.md", "b.md", "c.md"]
    assert again.documents.title() == "c.md"


def test_the_setting_begins_with_nothing(
    start: Start, files: list[Path], qtbot: QtBot, settings: SettingsStore
):
    window = start()
    _open(window, qtbot, files)
    _quit(window, qtbot)
    settings.set("session.restore", False)
    assert _titles(start()) == ["Untitled"]


def test_a_text_kept_for_a_session_that_is_not_wanted_any_more_is_offered(
    start: Start, qtbot: QtBot, settings: SettingsStore
):
    window = start()
    qtbot.keyClicks(window.editor, "still wanted")
    _quit(window, qtbot)
    settings.set("session.restore", False)
    again = start()
    qtbot.waitUntil(lambda: "still wanted" in again.notice.text())


def test_a_second_program_begins_empty_and_leaves_the_session_alone(
    start: Start, files: list[Path], qtbot: QtBot, answers
):
    first = start()
    _open(first, qtbot, files)
    second = start()
    assert _titles(second) == ["Untitled"]
    qtbot.keyClicks(second.editor, "elsewhere")
    answers.choice = BUTTON.Cancel
    second.close()
    assert len(answers.asked) == 1, "it has no session to keep the text in"
    answers.choice = BUTTON.Discard
    _quit(second, qtbot)
    _quit(first, qtbot)
    assert _titles(start()) == ["a.md", "b.md", "c.md"]


def test_after_a_crash_files_come_back_and_unsaved_texts_are_offered(
    start: Start, files: list[Path], qtbot: QtBot, paths: AppPaths
):
    window = start()
    _open(window, qtbot, files[:2])
    qtbot.keyClicks(window.editor, "lost? ")
    window._session._keep()
    window._recovery.flush()
    home, copy = paths.data, paths.data.with_name("crashed")
    done: list[bool] = []
    window._files.submit(lambda: None, lambda _: window._recovery.confirm(done.append))
    qtbot.waitUntil(lambda: done == [True])
    shutil.copytree(home, copy)  # what a killed program leaves behind
    _end(window)
    shutil.rmtree(home)
    copy.rename(home)
    again = start()
    assert _titles(again) == ["a.md", "b.md"]
    qtbot.waitUntil(lambda: "lost?" in again.notice.text())
    again.notice.buttons()[0].click()
    qtbot.waitUntil(lambda: again.editor.text().startswith("lost? "))
    assert _titles(again) == ["a.md", "b.md"]
    assert again.documents.is_modified()


def _end(window: MainWindow) -> None:
    window.end()
    assert not window.isVisible()


@pytest.mark.parametrize(
    "content", ["", "no json", "[]", '{"documents": [1, {"path": 2}, {"view": 3}], "front": -4}']
)
def test_a_damaged_session_is_no_session(start: Start, paths: AppPaths, qtbot: QtBot, content: str):
    paths.data.mkdir(parents=True)
    (paths.data / "session.json").write_text(content)
    window = start()
    assert _titles(window) == ["Untitled"]
    qtbot.keyClicks(window.editor, "works")
    _quit(window, qtbot)
    assert json.loads((paths.data / "session.json").read_text())["clean"] is True


def test_unsaved_texts_are_asked_about_where_the_journal_does_not_work(
    open_window: Callable[..., MainWindow], paths: AppPaths, qtbot: QtBot, answers
):
    paths.data.mkdir(parents=True)
    (paths.data / "journal").write_text("no folder")
    window = open_window(FakeEngine())
    qtbot.waitUntil(lambda: window._to_open is None)
    qtbot.keyClicks(window.editor, "precious")
    answers.choice = BUTTON.Cancel
    window.close()
    qtbot.waitUntil(lambda: len(answers.asked) == 1)
    assert window.isVisible()
    assert window.editor.text() == "precious"


def test_a_signal_ends_without_a_question_and_the_text_comes_back(start: Start, qtbot: QtBot):
    window = start()
    qtbot.keyClicks(window.editor, "interrupted")
    window.end()
    again = start()
    assert again.editor.text() == "interrupted"
    assert again.notice.text() == ""


def test_the_window_keeps_its_parts(start: Start, qtbot: QtBot):
    window = start()
    window._splitter.setSizes([500, 700])
    sizes = window._splitter.sizes()
    _quit(window, qtbot)
    again = start()
    assert again._splitter.sizes() == sizes
    qtbot.keyClick(again.editor, Qt.Key.Key_Escape)
