"""Several documents side by side: each its own, none in the way of another."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QMessageBox
from pytestqt.qtbot import QtBot

from app.core.journal import Journal
from app.core.paths import AppPaths
from app.core.settings import SettingsStore
from app.windows.main import MainWindow
from engine import FakeEngine

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # the offscreen one
ROOT = Path(__file__).resolve().parents[3]
BUTTON = QMessageBox.StandardButton


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    made = [tmp_path / name for name in ("a.md", "b.md", "c.md")]
    for path in made:
        path.write_bytes(f"text of {path.stem}".encode())
    return made


@pytest.fixture
def opened(window: MainWindow, files: list[Path], qtbot: QtBot) -> MainWindow:
    window.open_files(files)
    qtbot.waitUntil(lambda: len(window.desk.tabs()) == 3)
    return window


def _texts(window: MainWindow) -> list[str]:
    return [tab.editor.text() for tab in window.desk.tabs()]


def _labels(window: MainWindow) -> list[str]:
    bar = window.desk.bar
    return [bar.tabText(at) for at in range(bar.count())]


def _do(window: MainWindow, *commands: str) -> None:
    for command in commands:
        window.actions_by_id[command].trigger()


def test_files_are_opened_in_tabs_in_order_and_the_untouched_one_is_used(opened: MainWindow):
    assert _texts(opened) == ["text of a", "text of b", "text of c"]
    assert _labels(opened) == ["a.md", "b.md", "c.md"]
    assert "c.md" in opened.windowTitle()


def test_a_file_that_is_open_is_shown_instead_of_opened_again(
    opened: MainWindow, files: list[Path], tmp_path: Path
):
    link = tmp_path / "link.md"
    link.symlink_to(files[0])
    opened.open_files([link])
    assert opened.documents.path() == files[0]
    assert len(opened.desk.tabs()) == 3


def test_a_file_opened_twice_at_once_is_open_once(
    window: MainWindow, files: list[Path], qtbot: QtBot
):
    window.open_files([files[0], files[0], files[1]])
    qtbot.waitUntil(lambda: window.documents.path() == files[1])
    assert _labels(window) == ["a.md", "b.md"]


def test_what_one_document_has_the_others_have_not(opened: MainWindow, qtbot: QtBot):
    first, second, _ = opened.desk.tabs()
    opened.desk.show_tab(first)
    qtbot.keyClicks(opened.editor, "new ")
    opened.desk.show_tab(second)
    assert _texts(opened) == ["new text of a", "text of b", "text of c"]
    assert not opened.isWindowModified()
    _do(opened, "edit.undo")
    assert first.editor.text() == "new text of a"
    opened.desk.show_tab(first)
    assert opened.isWindowModified()
    _do(opened, "edit.undo")
    assert first.editor.text() == "text of a"


def test_unsaved_changes_are_marked_in_the_tab_and_its_tool_tip(
    opened: MainWindow, files: list[Path], qtbot: QtBot
):
    qtbot.keyClicks(opened.editor, "x")
    assert _labels(opened) == ["a.md", "b.md", "\u2022 c.md"]
    assert opened.desk.bar.tabToolTip(0) == str(files[0])
    assert "unsaved" in opened.desk.bar.tabToolTip(2)
    _do(opened, "edit.undo")
    assert _labels(opened)[2] == "c.md"


def test_each_document_is_saved_to_its_own_file(
    opened: MainWindow, files: list[Path], qtbot: QtBot
):
    for tab in opened.desk.tabs():
        opened.desk.show_tab(tab)
        qtbot.keyClicks(opened.editor, "my ")
        _do(opened, "file.save")
    qtbot.waitUntil(lambda: not any(tab.document.is_unsettled() for tab in opened.desk.tabs()))
    assert [path.read_text() for path in files] == ["my text of a", "my text of b", "my text of c"]


def test_keys_go_round_the_documents(opened: MainWindow):
    shown = []
    for command in ("view.next_document", "view.next_document", "view.previous_document"):
        _do(opened, command)
        shown.append(opened.documents.title())
    assert shown == ["a.md", "b.md", "a.md"]
    _do(opened, "view.previous_document")
    assert opened.documents.title() == "c.md"
    assert opened.editor.hasFocus()


def test_a_dragged_tab_takes_its_document_with_it(opened: MainWindow):
    opened.desk.bar.moveTab(0, 2)
    assert _texts(opened) == ["text of b", "text of c", "text of a"]
    opened.desk.show_tab(opened.desk.tabs()[2])
    assert opened.editor.text() == "text of a"


def test_tabs_are_moved_by_keys(opened: MainWindow):
    _do(opened, "view.move_right")
    assert _labels(opened) == ["a.md", "b.md", "c.md"]
    _do(opened, "view.move_left", "view.move_left", "view.move_left")
    assert _labels(opened) == ["c.md", "a.md", "b.md"]
    assert opened.documents.title() == "c.md"


def test_a_text_without_a_file_is_called_by_its_first_words(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, saved_as
):
    qtbot.keyClicks(window.editor, "# The keeper/of: the old lighthouse & the sea")
    assert _labels(window) == ["\u2022 The keeper/of: the old\u2026"]
    assert "The keeper/of: the old" in window.windowTitle()
    offered: list[str] = []
    take = saved_as.exec

    def look(dialog: QFileDialog) -> int:
        offered.extend(Path(name).name for name in dialog.selectedFiles())
        return take(dialog)

    saved_as.exec = look
    saved_as.name = str(tmp_path / "keeper.md")
    _do(window, "file.save")
    qtbot.waitUntil(lambda: _labels(window) == ["keeper.md"])
    assert offered == ["The keeper of the old.md"]


def test_all_others_are_closed(opened: MainWindow, qtbot: QtBot, answers):
    first, second, _ = opened.desk.tabs()
    opened.desk.show_tab(first)
    qtbot.keyClicks(opened.editor, "x")
    opened.desk.show_tab(second)
    answers.choice = BUTTON.Cancel
    _do(opened, "file.close_others")
    assert len(opened.desk.tabs()) == 3
    opened.desk.show_tab(second)
    answers.choice = BUTTON.Discard
    _do(opened, "file.close_others")
    assert opened.desk.tabs() == (second,)
    _do(opened, "file.close_others")
    assert _labels(opened) == ["b.md"]


def test_the_menu_of_a_tab_is_about_that_tab(
    opened: MainWindow, files: list[Path], qtbot: QtBot, qapp: QApplication
):
    bar = opened.desk.bar
    opened.desk.show_tab(opened.desk.tabs()[0])
    where = bar.tabRect(1).center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, where, bar.mapToGlobal(where))
    qapp.sendEvent(bar, event)
    menu = opened.desk.findChild(QMenu)
    actions = {action.text(): action for action in menu.actions()}
    actions["Copy Path"].trigger()
    assert qapp.clipboard().text() == str(files[1])
    actions["Close"].trigger()
    menu.close()
    assert _labels(opened) == ["a.md", "c.md"]


def test_many_tabs_keep_names_that_can_be_told_apart(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
):
    paths = [tmp_path / f"A chapter of the book, number {n}.md" for n in range(15)]
    for path in paths:
        path.write_text("text")
    window.open_files(paths)
    qtbot.waitUntil(lambda: len(window.desk.tabs()) == 15)
    bar = window.desk.bar
    qtbot.waitUntil(lambda: bar.width() > 3 * bar.tabRect(14).width())
    qtbot.waitUntil(lambda: 0 <= bar.tabRect(14).left() <= bar.width() - bar.tabRect(14).width())
    assert bar.tabRect(14).width() >= 100
    assert bar.width() < window.width()
    bar.resize(150, bar.height())
    bar.resize(900, bar.height())
    assert bar.tabRect(14).right() > 700, "the row is filled again when there is room"
    assert bar.currentIndex() == 14


def test_a_tab_is_closed_by_key_button_and_middle_click(opened: MainWindow, qtbot: QtBot):
    bar = opened.desk.bar
    qtbot.mouseClick(bar, Qt.MouseButton.MiddleButton, pos=bar.tabRect(1).center())
    assert _labels(opened) == ["a.md", "c.md"]
    bar.tabCloseRequested.emit(0)
    assert _labels(opened) == ["c.md"]
    _do(opened, "file.close")
    assert _labels(opened) == ["Untitled"]
    qtbot.mouseClick(bar, Qt.MouseButton.MiddleButton, pos=QPoint(bar.width() - 1, 1))
    assert opened.documents.path() is None


def test_closing_a_changed_document_in_the_back_shows_and_asks(
    opened: MainWindow, qtbot: QtBot, answers
):
    first = opened.desk.tabs()[0]
    opened.desk.show_tab(first)
    qtbot.keyClicks(opened.editor, "x")
    opened.desk.show_tab(opened.desk.tabs()[1])
    answers.choice = BUTTON.Cancel
    opened.desk.bar.tabCloseRequested.emit(0)
    assert opened.desk.current() is first
    assert "a.md" in answers.asked[0]
    assert len(opened.desk.tabs()) == 3
    answers.choice = BUTTON.Discard
    opened.desk.bar.tabCloseRequested.emit(0)
    assert _labels(opened) == ["b.md", "c.md"]


def test_a_tab_is_saved_and_then_closed(
    opened: MainWindow, files: list[Path], qtbot: QtBot, answers
):
    qtbot.keyClicks(opened.editor, "my ")
    answers.choice = BUTTON.Save
    _do(opened, "file.close")
    qtbot.waitUntil(lambda: len(opened.desk.tabs()) == 2)
    assert files[2].read_text() == "my text of c"


def test_a_closed_document_is_opened_again_where_it_was(opened: MainWindow, qtbot: QtBot):
    second = opened.desk.tabs()[1]
    opened.desk.show_tab(second)
    qtbot.keyClick(opened.editor, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    _do(opened, "file.close", "file.close")
    assert len(opened.desk.tabs()) == 1
    shown = {opened.documents.title()}
    for count in (2, 3):
        _do(opened, "file.reopen")
        qtbot.waitUntil(lambda count=count: len(opened.desk.tabs()) == count)
        shown.add(opened.documents.title())
    assert shown == {"a.md", "b.md", "c.md"}
    qtbot.waitUntil(lambda: opened.editor.caret() == len("text of b"))
    _do(opened, "file.reopen")
    assert len(opened.desk.tabs()) == 3


def test_a_text_given_up_by_mistake_is_opened_again(window: MainWindow, qtbot: QtBot, answers):
    qtbot.keyClicks(window.editor, "not meant to go")
    answers.choice = BUTTON.Discard
    _do(window, "file.close")
    assert window.editor.text() == ""
    _do(window, "file.reopen")
    assert window.editor.text() == "not meant to go"
    assert window.documents.is_modified()


def test_settings_and_keys_hold_in_tabs_opened_later(window: MainWindow, settings: SettingsStore):
    settings.set("ghost.enabled", False)
    settings.set("editor.font_size", 30)
    _do(window, "file.new")
    first, second = window.desk.tabs()
    assert not second.completion.enabled()
    assert first.editor.font() == second.editor.font()
    settings.set("ghost.enabled", True)
    assert first.completion.enabled()
    assert second.completion.enabled()


def test_a_suggestion_never_appears_in_another_tab(
    window: MainWindow, engine: FakeEngine, qtbot: QtBot, settings: SettingsStore
):
    settings.set("ghost.delay_ms", 0)
    first = window.desk.current()
    qtbot.keyClicks(window.editor, "The old keeper climbed the ")
    qtbot.waitUntil(lambda: bool(engine.running()))
    request = engine.running()[-1]
    _do(window, "file.new")
    assert request not in engine.running()
    second = window.desk.current()
    qtbot.keyClicks(window.editor, "Another text begins with ")
    qtbot.waitUntil(lambda: bool(engine.running()))
    engine.emit(engine.running()[-1].request_id, ["words"])
    qtbot.waitUntil(lambda: second.editor.ghost.text() == "words")
    assert first.editor.ghost.text() == ""
    window.desk.show_tab(first)
    assert second.editor.ghost.text() == ""
    assert not window.actions_by_id["suggestion.take"].isEnabled()


def test_the_document_that_comes_to_the_front_is_read_ahead(opened: MainWindow, engine: FakeEngine):
    for tab in opened.desk.tabs():
        opened.desk.show_tab(tab)
        name = tab.document.title().removesuffix(".md")
        assert f"text of {name}" in engine.readings[-1].prompt


def test_the_counts_are_those_of_the_document_in_front(opened: MainWindow, qtbot: QtBot):
    qtbot.keyClicks(opened.editor, "two more ")
    qtbot.waitUntil(lambda: "5 words" in opened.counting.button.text())
    opened.desk.show_tab(opened.desk.tabs()[0])
    qtbot.waitUntil(lambda: "3 words" in opened.counting.button.text())


def test_a_rewrite_in_one_tab_leaves_the_others_alone(opened: MainWindow, engine: FakeEngine):
    _do(opened, "rewrite.clearer")
    third = opened.desk.current()
    assert third.rewrite.active()
    opened.desk.show_tab(opened.desk.tabs()[0])
    assert not opened.rewrite.active()
    assert not opened.rewrite.panel().isVisible()
    opened.desk.close_tab(third)
    assert engine.running() == ()


_LEAVE_BEHIND = """
import os, sys
from pathlib import Path
from app.core.journal import Edit, Journal
journal = Journal(Path(sys.argv[1]))
for name in sys.argv[2:]:
    journal.open_document(name, None, "")
    journal.record(name, [Edit(0, 0, "lost text of " + name)])
os._exit(9)
"""


def test_every_text_a_crash_left_is_offered(
    paths: AppPaths, open_window: Callable[..., MainWindow], engine: FakeEngine, qtbot: QtBot
):
    arguments = (str(paths.data / "journal"), "one", "two", "three")
    subprocess.run([sys.executable, "-c", _LEAVE_BEHIND, *arguments], cwd=ROOT, check=False)
    window = open_window(engine)
    for count in (1, 2, 3):
        qtbot.waitUntil(lambda: "lost text" in window.notice.text())
        window.notice.buttons()[0].click()
        qtbot.waitUntil(lambda count=count: sum(map(bool, _texts(window))) == count)
    assert sorted(_texts(window)) == [f"lost text of {n}" for n in ("one", "three", "two")]
    assert all(tab.document.is_modified() for tab in window.desk.tabs())


def test_all_texts_a_crash_left_are_restored_at_once(
    paths: AppPaths, open_window: Callable[..., MainWindow], engine: FakeEngine, qtbot: QtBot
):
    arguments = (str(paths.data / "journal"), "one", "two", "three")
    subprocess.run([sys.executable, "-c", _LEAVE_BEHIND, *arguments], cwd=ROOT, check=False)
    window = open_window(engine)
    qtbot.waitUntil(lambda: "lost text" in window.notice.text())
    next(b for b in window.notice.buttons() if b.text() == "Restore All").click()
    qtbot.waitUntil(lambda: sum(map(bool, _texts(window))) == 3)
    assert window.notice.text() == ""


def test_a_window_that_is_ended_keeps_every_unsaved_text(
    opened: MainWindow, paths: AppPaths, qtbot: QtBot
):
    for tab in opened.desk.tabs()[:2]:
        opened.desk.show_tab(tab)
        qtbot.keyClicks(opened.editor, "my ")
    opened.end()
    journal = Journal(paths.data / "journal")
    found = {item.path.name: item.text for item in journal.unsaved() if item.path}
    journal.close()
    assert found == {"a.md": "my text of a", "b.md": "my text of b"}
