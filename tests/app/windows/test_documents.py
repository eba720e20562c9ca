"""The document and its file: no way of working loses a word."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from app.core.journal import Journal
from app.core.paths import AppPaths
from app.core.settings import SettingsStore
from app.windows.main import MainWindow
from engine import FakeEngine

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen plugin says so
ROOT = Path(__file__).resolve().parents[3]
BUTTON = QMessageBox.StandardButton


@pytest.fixture
def opened(window: MainWindow, qtbot: QtBot) -> Callable[[Path, bytes], MainWindow]:
    def open_it(path: Path, data: bytes) -> MainWindow:
        path.write_bytes(data)
        window.open_files([path])
        qtbot.waitUntil(lambda: window.documents.path() == path)
        return window

    return open_it


def _type(window: MainWindow, qtbot: QtBot, text: str) -> None:
    window.editor.setFocus()
    qtbot.keyClicks(window.editor, text)


def _save(window: MainWindow, qtbot: QtBot) -> None:
    window.actions_by_id["file.save"].trigger()
    qtbot.waitUntil(lambda: not window.documents.is_modified())


def test_bom_and_line_ends_survive_a_save(opened, tmp_path: Path, qtbot: QtBot):
    file = tmp_path / "a.txt"
    window = opened(file, b"\xef\xbb\xbfone\r\ntwo\r\n")
    assert window.editor.text() == "one\ntwo\n"
    _type(window, qtbot, "x")
    _save(window, qtbot)
    assert file.read_bytes() == b"\xef\xbb\xbfxone\r\ntwo\r\n"


def test_saving_a_new_document_asks_where(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, saved_as
):
    file = tmp_path / "new.md"
    saved_as.name = str(tmp_path / "new")  # the ending is added
    _type(window, qtbot, "first words")
    _save(window, qtbot)
    assert file.read_text(encoding="utf-8") == "first words"
    assert "new.md" in window.windowTitle()


def test_cancel_keeps_the_window_and_the_text(
    window: MainWindow, qtbot: QtBot, answers, settings: SettingsStore
):
    settings.set("session.restore", False)
    _type(window, qtbot, "precious")
    answers.choice = BUTTON.Cancel
    window.close()
    assert len(answers.asked) == 1
    assert window.isVisible()
    window.actions_by_id["file.close"].trigger()
    assert len(answers.asked) == 2
    assert window.editor.text() == "precious"


def test_discard_starts_anew(window: MainWindow, qtbot: QtBot, answers):
    _type(window, qtbot, "draft")
    answers.choice = BUTTON.Discard
    window.actions_by_id["file.close"].trigger()
    assert window.editor.text() == ""
    assert not window.documents.is_modified()


def test_save_then_close(opened, tmp_path: Path, qtbot: QtBot, answers):
    file = tmp_path / "a.md"
    window = opened(file, b"text")
    _type(window, qtbot, "more ")
    answers.choice = "Save"
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert file.read_bytes() == b"more text"


def test_closing_during_a_save_waits_for_it(opened, tmp_path: Path, qtbot: QtBot, answers):
    file = tmp_path / "a.md"
    window = opened(file, b"text")
    _type(window, qtbot, "more ")
    window.actions_by_id["file.save"].trigger()
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert answers.asked == []
    assert file.read_bytes() == b"more text"


def test_what_is_typed_during_a_save_stays_unsaved(opened, tmp_path: Path, qtbot: QtBot):
    file = tmp_path / "a.md"
    window = opened(file, b"text")
    _type(window, qtbot, "one ")
    window.actions_by_id["file.save"].trigger()
    _type(window, qtbot, "two ")
    qtbot.waitUntil(lambda: file.read_bytes() == b"one text")
    qtbot.waitUntil(lambda: not window.documents._saving)
    assert window.documents.is_modified()
    assert window.editor.text() == "one two text"


def test_a_change_by_another_program_is_kept_by_saving_under_another_name(
    opened, tmp_path: Path, qtbot: QtBot, answers, saved_as
):
    file = tmp_path / "a.md"
    window = opened(file, b"theirs?")
    file.write_bytes(b"from elsewhere")
    _type(window, qtbot, "mine ")
    answers.choice = "Save under another name\u2026"
    saved_as.name = str(tmp_path / "b.md")
    _save(window, qtbot)
    assert answers.defaults == ["Save under another name\u2026"]
    assert file.read_bytes() == b"from elsewhere"
    assert (tmp_path / "b.md").read_bytes() == b"mine theirs?"


def test_what_was_said_of_a_document_goes_with_it(opened, tmp_path: Path, qtbot: QtBot):
    window = opened(tmp_path / "mixed.txt", b"one\r\ntwo\n")
    qtbot.waitUntil(lambda: "mixed.txt has several kinds" in window.notice.text())
    opened(tmp_path / "plain.txt", b"one\n")
    assert window.notice.text() == ""


def test_mixed_line_ends_are_kept_by_a_save(opened, tmp_path: Path, qtbot: QtBot):
    file = tmp_path / "mixed.txt"
    window = opened(file, b"one\r\ntwo\nthree\r")
    _type(window, qtbot, "x")
    _save(window, qtbot)
    assert file.read_bytes() == b"xone\r\ntwo\nthree\r"


def test_a_dropped_file_is_opened_after_the_drop(window: MainWindow, tmp_path: Path, qtbot: QtBot):
    file = tmp_path / "dropped.md"
    file.write_bytes(b"dropped words")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    where, copy = QPoint(5, 5), Qt.DropAction.CopyAction
    keys, mouse = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    event = QDropEvent(where, copy, data, mouse, keys)
    window.dropEvent(event)
    assert event.isAccepted()
    assert window.documents.path() is None  # no question keeps the other program waiting
    qtbot.waitUntil(lambda: window.editor.text() == "dropped words")


def test_files_dropped_together_are_all_opened(window: MainWindow, tmp_path: Path, qtbot: QtBot):
    files = [tmp_path / name for name in ("one.md", "two.md")]
    data = QMimeData()
    for file in files:
        file.write_text(file.stem)
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    event = QDropEvent(
        QPoint(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.dropEvent(event)
    qtbot.waitUntil(lambda: [t.editor.text() for t in window.desk.tabs()] == ["one", "two"])


def test_a_journal_that_cannot_be_used_is_told_once(
    paths: AppPaths, open_window, engine: FakeEngine, qtbot: QtBot
):
    paths.data.mkdir(parents=True)
    (paths.data / "journal").write_text("no folder", encoding="utf-8")
    window = open_window(engine)
    qtbot.waitUntil(lambda: "cannot be protected" in window.notice.text())
    assert window.notice.text().count("Your text is here") == 1


@pytest.mark.parametrize(
    ("choice", "content"),
    [("Replace the other version", b"mine theirs?"), (BUTTON.Cancel, b"from elsewhere")],
)
def test_a_change_by_another_program_is_asked_about(
    opened, tmp_path: Path, qtbot: QtBot, answers, choice, content: bytes
):
    file = tmp_path / "a.md"
    window = opened(file, b"theirs?")
    file.write_bytes(b"from elsewhere")
    _type(window, qtbot, "mine ")
    answers.choice = choice
    window.actions_by_id["file.save"].trigger()
    qtbot.waitUntil(lambda: bool(answers.asked) and not window.documents._saving)
    assert file.read_bytes() == content
    assert window.documents.is_modified() == (choice == BUTTON.Cancel)


def test_a_character_the_encoding_lacks_is_saved_as_utf8(
    opened, tmp_path: Path, qtbot: QtBot, answers
):
    file = tmp_path / "old.txt"
    window = opened(file, b"caf\xe9 ")
    window.editor.insert_generated("\u706f", 0)
    answers.choice = "Save as UTF-8"
    _save(window, qtbot)
    assert len(answers.asked) == 1
    assert file.read_bytes() == "\u706fcaf\u00e9 ".encode()


def test_a_file_that_cannot_be_read_is_a_sentence(window: MainWindow, tmp_path: Path, qtbot: QtBot):
    (tmp_path / "picture.md").write_bytes(b"\x89PNG\x00\x00")
    window.open_files([tmp_path / "picture.md"])
    qtbot.waitUntil(lambda: "picture.md" in window.notice.text())
    assert window.documents.path() is None


def test_a_failed_save_keeps_the_text_unsaved(opened, tmp_path: Path, qtbot: QtBot):
    file = tmp_path / "gone" / "a.md"
    file.parent.mkdir()
    window = opened(file, b"text")
    shutil.rmtree(file.parent)
    _type(window, qtbot, "x")
    window.actions_by_id["file.save"].trigger()
    qtbot.waitUntil(lambda: "could not be saved" in window.notice.text())
    assert window.documents.is_modified()


def test_recent_files_are_listed_and_missing_ones_taken_off(
    opened, tmp_path: Path, qtbot: QtBot, settings: SettingsStore
):
    file = tmp_path / "this & that.md"
    window = opened(file, b"text")
    window._recent.fill()
    action = window._recent.actions()[0]
    assert action.text() == "this && that.md"
    file.unlink()
    action.trigger()
    assert "this & that.md" in window.notice.text()
    assert settings.get("recent_files") == []


def _crashed(paths: AppPaths, path: Path | None, base: str, typed: str) -> None:
    """Leave behind what a killed program leaves behind."""
    program = (
        "import os, sys; from pathlib import Path; from app.core.journal import Edit, Journal\n"
        "folder, path, base, typed = sys.argv[1:]\n"
        "journal = Journal(Path(folder))\n"
        "journal.open_document('lost', Path(path) if path else None, base)\n"
        "journal.record('lost', [Edit(len(base), 0, typed)])\n"
        "os._exit(9)\n"
    )
    arguments = (str(paths.data / "journal"), str(path or ""), base, typed)
    done = subprocess.run([sys.executable, "-c", program, *arguments], cwd=ROOT, check=False)
    assert done.returncode == 9


def test_a_never_saved_text_is_offered_after_a_crash(
    paths: AppPaths, open_window, engine: FakeEngine, qtbot: QtBot
):
    _crashed(paths, None, "", "words that were nearly lost")
    window = open_window(engine)
    qtbot.waitUntil(lambda: "nearly lost" in window.notice.text())
    window.notice.buttons()[0].click()
    qtbot.waitUntil(lambda: window.editor.text() == "words that were nearly lost")
    assert window.documents.is_modified()


def test_later_keeps_the_offer_and_discard_drops_it(
    paths: AppPaths, open_window, engine: FakeEngine, qtbot: QtBot, settings
):
    _crashed(paths, None, "", "unsaved")
    for button in (2, 1):
        window = open_window(FakeEngine())
        qtbot.waitUntil(lambda window=window: "unsaved" in window.notice.text())
        window.notice.buttons()[button].click()
        window.close()
    found: list[object] = []
    window = open_window(engine)
    window._recovery.find_unsaved(found.append)
    qtbot.waitUntil(lambda: bool(found))
    assert found == [[]]
    assert window.notice.text() == ""


def test_a_restored_document_keeps_its_format(
    paths: AppPaths, open_window, engine: FakeEngine, qtbot: QtBot, tmp_path: Path
):
    file = tmp_path / "a.txt"
    file.write_bytes(b"\xef\xbb\xbfone\r\n")
    _crashed(paths, file, "one\n", "two")
    window = open_window(engine)
    qtbot.waitUntil(lambda: "a.txt" in window.notice.text())
    window.notice.buttons()[0].click()
    qtbot.waitUntil(lambda: window.editor.text() == "one\ntwo")
    _save(window, qtbot)
    assert file.read_bytes() == b"\xef\xbb\xbfone\r\ntwo"


def test_restoring_does_not_replace_what_another_program_wrote_since(
    paths: AppPaths, open_window, engine: FakeEngine, qtbot: QtBot, tmp_path: Path, answers
):
    file = tmp_path / "a.txt"
    file.write_bytes(b"newer on disk")
    _crashed(paths, file, "older", " edited")
    window = open_window(engine)
    qtbot.waitUntil(lambda: "a.txt" in window.notice.text())
    window.notice.buttons()[0].click()
    qtbot.waitUntil(lambda: window.editor.text() == "older edited")
    window.actions_by_id["file.save"].trigger()
    qtbot.waitUntil(lambda: bool(answers.asked) and not window.documents._saving)
    assert file.read_bytes() == b"newer on disk"


def test_ending_without_a_question_leaves_the_text_for_the_next_start(
    window: MainWindow, paths: AppPaths, qtbot: QtBot, answers
):
    _type(window, qtbot, "interrupted")
    window.end()
    assert answers.asked == []
    assert not window.isVisible()
    journal = Journal(paths.data / "journal")
    assert [found.text for found in journal.unsaved()] == ["interrupted"]
    journal.close()
