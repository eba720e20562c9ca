"""The window of the other uses: from the text to a list, and from the list to the page."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.core.provenance.sources import Kind
from app.core.settings import SettingsStore
from app.windows.main import MainWindow
from app.windows.uses.page import UsePage
from app.windows.uses.window import UsesWindow
from engine import FakeEngine, GenerationRequest

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", r"raise\(\)")  # offscreen says so
TEXT = (
    "The ferry at Tarn Point lost money for eleven years. It carries nine cars across the river. "
    "Ferenc Holub hung a bell on each bank in April.\n\n"
    "Fuel for the ferry fell by half in the first month. Lorry drivers want fixed times.\n"
)


class Writing(FakeEngine):
    """Answers each request with the same texts."""

    texts = ("One way.", "Another road.", "A third path.")

    def generate(self, request: GenerationRequest):
        results = []
        self.submit(request, lambda chunk: results.append(chunk.result))
        self.emit(request.request_id, self.texts[:1])
        self.finish(request.request_id, alternatives=self.texts[1 : request.alternatives])
        return results[-1]

    def measure(self, request: GenerationRequest):
        return None


@pytest.fixture
def engine() -> FakeEngine:
    return Writing()


def _page(window: MainWindow, command: str, text: str = TEXT) -> UsePage:
    window.editor.load_text(text)
    window.actions_by_id[command].trigger()
    shown = window.findChild(UsesWindow)
    assert shown is not None
    page = shown.tabs.currentWidget()
    assert isinstance(page, UsePage)
    return page


def _run(page: UsePage, qtbot: QtBot) -> None:
    qtbot.mouseClick(page.start, Qt.MouseButton.LeftButton)
    assert page.running()
    qtbot.waitUntil(lambda: not page.running(), timeout=20_000)


def test_a_summary_quotes_the_text_and_leads_to_its_places(
    window: MainWindow, qtbot: QtBot
) -> None:
    page = _page(window, "tools.summary")
    _run(page, qtbot)
    rows = [row for row in page.rows() if row.kind is None]
    assert rows
    assert all(TEXT[row.start : row.end] == row.text for row in rows)
    window.editor.insert_generated("New first words. ", 0)
    page.list.setCurrentRow(len(page.rows()) - 1)
    qtbot.mouseClick(page.go, Qt.MouseButton.LeftButton)
    selected = window.editor.textCursor().selectedText()
    assert selected
    assert rows[-1].text.startswith(selected)


def test_only_the_selection_is_read(window: MainWindow, qtbot: QtBot) -> None:
    page = _page(window, "tools.keywords")
    cursor = window.editor.textCursor()
    cursor.setPosition(TEXT.index("Fuel"))
    cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
    window.editor.setTextCursor(cursor)
    _run(page, qtbot)
    found = {row.text for row in page.rows()}
    assert "Tarn Point" not in found
    assert any("ferry" in each.lower() for each in found)


def test_the_tone_of_each_paragraph_leads_there_by_a_click(
    window: MainWindow, qtbot: QtBot
) -> None:
    page = _page(window, "tools.tone")
    _run(page, qtbot)
    rows = page.rows()
    assert len(rows) == 2
    assert all(row.positive is not None and 0 <= row.positive <= 1 for row in rows)
    assert not page.insert.isVisible()
    at = page.list.visualItemRect(page.list.item(1)).center()
    qtbot.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert window.editor.textCursor().selectedText().startswith("Fuel for the ferry")


def test_an_idea_enters_the_page_by_one_key_as_one_step(window: MainWindow, qtbot: QtBot) -> None:
    page = _page(window, "tools.ideas", "A story about a ferry\n")
    window.editor.moveCursor(QTextCursor.MoveOperation.End)
    _run(page, qtbot)
    assert [row.text for row in page.rows()] == ["One way.", "Another road.", "A third path."]
    page.list.setCurrentRow(1)
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert window.editor.text() == "A story about a ferry\nAnother road."
    window.editor.undo()
    assert window.editor.text() == "A story about a ferry\n"


def test_copy_takes_the_row(window: MainWindow, qtbot: QtBot) -> None:
    page = _page(window, "tools.ideas", "A story about a ferry")
    _run(page, qtbot)
    page.list.setCurrentRow(2)
    qtbot.mouseClick(page.copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "A third path."


def test_a_model_that_cannot_translate_is_not_asked(
    window: MainWindow, engine: FakeEngine, qtbot: QtBot
) -> None:
    page = _page(window, "tools.translate")
    _run(page, qtbot)
    assert page.rows() == []
    assert "cannot do that" in page.state.text()
    assert "inkling models import" in page.state.text()
    assert engine.requests == []


def test_no_text_is_said_and_an_error_too(window: MainWindow, qtbot: QtBot) -> None:
    page = _page(window, "tools.summary", "")
    qtbot.mouseClick(page.start, Qt.MouseButton.LeftButton)
    assert not page.running()
    assert "no text" in page.state.text()
    window.editor.load_text("Words.")
    _run(page, qtbot)
    assert "no whole sentence" in page.state.text()


def test_the_notice_can_be_switched_off(window: MainWindow, settings: SettingsStore) -> None:
    page = _page(window, "tools.ideas")
    notice = page.notice()
    assert any(label.text() == notice and label.isVisible() for label in _labels(page))
    settings.set("generated.notice", False)
    assert not any(label.text() == notice and label.isVisible() for label in _labels(page))


def _labels(page: UsePage) -> list[QLabel]:
    return page.findChildren(QLabel)


@pytest.mark.parametrize(
    ("command", "kind"), [("tools.summary", Kind.SUMMARY), ("tools.keywords", Kind.OTHER)]
)
def test_quotations_and_keywords_are_not_taken_for_typed(
    window: MainWindow, qtbot: QtBot, command: str, kind: Kind
) -> None:
    page = _page(window, command)
    window.editor.moveCursor(QTextCursor.MoveOperation.End)
    _run(page, qtbot)
    page.list.setCurrentRow(len(page.rows()) - 1)
    row = page.rows()[-1]
    qtbot.mouseClick(page.insert, Qt.MouseButton.LeftButton)
    assert window.editor.text() == TEXT + row.text
    tracker = window.origins.tracker(window.desk.current())
    entered = list(tracker.runs().spans())[-1]
    source = tracker.source(entered)
    assert source is not None
    assert source.kind is kind


def test_enter_presses_the_button_that_has_the_focus(window: MainWindow, qtbot: QtBot) -> None:
    page = _page(window, "tools.keywords")
    page.start.setFocus()
    qtbot.keyClick(page.start, Qt.Key.Key_Return)
    assert page.running()
    qtbot.waitUntil(lambda: not page.running(), timeout=20_000)
