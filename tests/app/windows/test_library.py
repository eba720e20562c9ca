"""The library's window, asking in it, and opening what was quoted."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from app.chat.sources import LIBRARY
from app.windows.library_window import LibraryWindow
from app.windows.main import MainWindow
from engine import FakeEngine, LibraryError
from tests.app.windows.conftest import Answers
from tests.app.windows.test_citing import ask, finish, links

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", r"raise\(\)")  # the offscreen plugin

WORD = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'


def word_file(path: Path, *paragraphs: str) -> None:
    body = "".join(f"<w:p><w:r><w:t>{each}</w:t></w:r></w:p>" for each in paragraphs)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", f"{WORD}{body}</w:body></w:document>")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "boat.md").write_text(
        "# The boat\n\nIt is blue.\n\nThe Marigold was built in Aldeburgh in 1968.\n", "utf-8"
    )
    word_file(folder / "minutes.docx", "Minutes", "Mrs Doyle will paint the slipway in March.")
    (folder / "broken.docx").write_bytes(b"PK\x03\x04 nothing")
    return folder


@pytest.fixture
def library(window: MainWindow, qtbot: QtBot) -> LibraryWindow:
    window.actions_by_id["tools.library"].trigger()
    qtbot.waitUntil(lambda: window.librarian.service.known)
    return window.findChildren(LibraryWindow)[0]


def indexed(window: MainWindow, files: int) -> Callable[[], bool]:
    service = window.librarian.service
    return lambda: not service.busy() and service.view.files == files


@pytest.fixture
def filled(window: MainWindow, library: LibraryWindow, folder: Path, qtbot: QtBot) -> LibraryWindow:
    library.add([folder])
    qtbot.waitUntil(indexed(window, 2), timeout=20_000)
    return library


def test_an_empty_library_explains_itself(library: LibraryWindow):
    assert library.stack.currentWidget() is library.empty
    assert "drop it here" in library.empty.text()
    assert not library.remove_button.isEnabled()


def test_a_folder_is_indexed_and_what_cannot_be_read_is_said(filled: LibraryWindow, folder: Path):
    assert filled.stack.currentWidget() is filled.list
    item = filled.list.topLevelItem(0)
    assert item is not None
    assert [item.text(column) for column in (0, 1)] == [str(folder), "2"]
    assert filled.problems.count() == 1
    assert "broken.docx: The file is damaged" in filled.problems.item(0).text()
    assert "2 files" in filled.totals.text()
    assert "2 files indexed" in filled.totals.text()
    assert not filled.bar.isVisible()


def test_folders_are_dropped(
    window: MainWindow, library: LibraryWindow, folder: Path, qtbot: QtBot
):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(folder)), QUrl.fromLocalFile(str(folder / "boat.md"))])
    library.dropEvent(
        QDropEvent(
            QPointF(1, 1),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    qtbot.waitUntil(indexed(window, 2), timeout=20_000)
    assert library.list.topLevelItemCount() == 1


def test_a_folder_is_removed_only_after_a_question(
    window: MainWindow, filled: LibraryWindow, folder: Path, qtbot: QtBot, answers: Answers
):
    filled.remove_button.click()
    assert indexed(window, 2)()
    answers.choice = "Remove"
    filled.remove_button.click()
    qtbot.waitUntil(lambda: filled.stack.currentWidget() is filled.empty)
    assert (folder / "boat.md").exists()
    assert window.librarian.service.library().search("Marigold").hits == ()


def test_a_new_file_is_noticed(
    window: MainWindow, filled: LibraryWindow, folder: Path, qtbot: QtBot
):
    (folder / "later.txt").write_text("The hive holds bees.", "utf-8")
    qtbot.waitUntil(indexed(window, 3), timeout=20_000)


def test_pause_holds_and_go_on_goes_on(
    window: MainWindow, library: LibraryWindow, folder: Path, qtbot: QtBot
):
    service = window.librarian.service
    service.add(folder)
    service.pause()
    qtbot.waitUntil(lambda: service.status.paused and service.busy())
    assert library.pause_button.text() == "Go On"
    assert "Paused" in library.state.text()
    assert window.librarian.button.text() == "Library: paused"
    library.pause_button.click()
    qtbot.waitUntil(indexed(window, 2), timeout=20_000)
    assert not window.librarian.button.isVisible()


def test_stop_ends_it_until_the_person_looks_again(
    window: MainWindow, library: LibraryWindow, folder: Path, qtbot: QtBot
):
    service = window.librarian.service
    service.pause()
    service.add(folder)
    service.pause()
    qtbot.waitUntil(service.busy)
    library.stop_button.click()
    qtbot.waitUntil(lambda: not service.busy())
    qtbot.waitUntil(lambda: library.list.topLevelItemCount() == 1)
    library.look_button.click()
    qtbot.waitUntil(indexed(window, 2), timeout=20_000)


def test_an_answer_from_the_library_opens_files_of_every_kind(
    window: MainWindow, filled: LibraryWindow, folder: Path, engine: FakeEngine, qtbot: QtBot
):
    window.actions_by_id["chat.add_library"].trigger()
    assert window.chat.sources.quoting()
    view = ask(qtbot, window, "When was the Marigold built?")
    finish(qtbot, engine, window, "In 1968.")
    assert "passages searched" in view.state_words()
    links(view)[0].click()
    qtbot.waitUntil(lambda: window.documents.path() == folder / "boat.md")
    marked = window.citing.marks(window.desk.current()).quoted()
    assert marked is not None
    assert "Marigold" in window.editor.text()[slice(*marked)]
    view = ask(qtbot, window, "Who will paint the slipway?")
    finish(qtbot, engine, window, "Mrs Doyle.")
    assert links(view)[0].text() == "1  minutes.docx"
    links(view)[0].click()
    qtbot.waitUntil(lambda: window.citing.reader is not None)
    reader = window.citing.reader
    assert reader is not None
    assert "paint the slipway" in reader.quoted()
    assert window.documents.path() == folder / "boat.md"


def test_a_sentence_that_says_more_than_its_quotation_is_doubted(
    window: MainWindow, filled: LibraryWindow, engine: FakeEngine, qtbot: QtBot
):
    window.actions_by_id["chat.add_library"].trigger()
    view = ask(qtbot, window, "When was the Marigold built?")
    finish(qtbot, engine, window, "The Marigold was built in 1969.")
    assert "Trust the quotations" in view.state_words()
    assert window.chat.conversation().messages[-1].doubted


def test_the_library_needs_a_folder_and_leaves_with_its_chip(
    window: MainWindow, library: LibraryWindow, qtbot: QtBot
):
    library.hide()
    window.actions_by_id["chat.quote"].trigger()
    window.chat.composer.library_button.click()
    assert library.isVisible()
    chip = window.chat.composer.chips.chip(LIBRARY)
    assert chip is not None
    chip.remove.click()
    assert not window.chat.sources.uses(LIBRARY)


def test_a_word_file_goes_along_with_a_message(
    window: MainWindow,
    engine: FakeEngine,
    folder: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
):
    chosen = [str(folder / "minutes.docx"), str(folder / "broken.docx")]
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: (chosen, ""))
    window.actions_by_id["chat.add_file"].trigger()
    qtbot.waitUntil(lambda: "broken.docx" in window.chat.notice.words(), timeout=20_000)
    assert [each.title for each in window.chat.sources.listed()] == ["minutes.docx"]
    assert "slipway" in window.chat.sources.texts()[0].text


def test_a_failure_is_told_where_the_person_is(window: MainWindow, library: LibraryWindow):
    window.librarian.service.failed.emit(LibraryError("There is no folder /x."))
    assert "no folder" in library.state.text()
    library.hide()
    window.librarian.service.failed.emit(LibraryError("There is no folder /y."))
    assert "/y" in window.notice.text()


def test_a_look_that_finds_nothing_leaves_what_was_done_on_the_screen(
    window: MainWindow, filled: LibraryWindow, qtbot: QtBot
):
    service = window.librarian.service
    before = service.status.report
    filled.look_button.click()
    qtbot.waitUntil(lambda: service.status.report is not before and not service.busy())
    report = service.status.report
    assert report is not None
    assert report.added == 0
    assert "2 files indexed" in filled.totals.text()
