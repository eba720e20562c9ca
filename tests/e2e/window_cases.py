"""Cases that ``test_window.py`` runs inside an X display: real window, keys, mouse and model."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QRect, Qt, QTimer, QUrl
from PySide6.QtGui import QAction, QDrag, QGuiApplication, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from app.bootstrap import dress
from app.core.paths import app_paths
from app.core.settings import SettingsStore
from app.editor.review_bar import ReviewBar
from app.services.bridge import EngineBridge
from app.services.fonts import register_fonts
from app.services.theme import ThemeService
from app.windows.main import MainWindow
from engine import EngineState, LocalEngine, Role, find_model

OPENING = "Once upon a time, there was a little girl named Lily who lived in a small vill"
"""The model is sure of how this goes on, so that a suggestion is shown."""
WAIT_MS = 40_000


class Hands:
    """Sends real key and mouse events through the X server and waits for what follows."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot

    def type(self, text: str) -> None:
        """Type at about 60 words a minute times four."""
        self._send("type", "--delay", "40", text)

    def press(self, *keys: str) -> None:
        """Press keys, in the X server's names."""
        self._send("key", *keys)

    def answer(self, *answers: tuple[str, str], after: str) -> None:
        """Press the key ``after`` and give each (title of a dialog, answer) its turn.

        An answer is a key, a file to be typed, or the words of a button to be clicked.
        """
        # By a timer: a dialog has an event loop of its own and holds up this one.
        left = list(answers)
        timer = QTimer()
        running: list[subprocess.Popen[bytes]] = []

        def look() -> None:
            dialog = QApplication.activeModalWidget()
            if running and running[-1].poll() is None:
                return
            if left and dialog and dialog.isActiveWindow() and dialog.windowTitle() == left[0][0]:
                running.append(subprocess.Popen(["xdotool", *self._acts(dialog, left.pop(0)[1])]))

        timer.timeout.connect(look)
        timer.start(300)
        self.press(after)
        self._qtbot.waitUntil(
            lambda: not left and QApplication.activeModalWidget() is None, timeout=WAIT_MS
        )
        timer.stop()
        for process in running:
            process.wait(10)

    def _acts(self, dialog: QWidget, answer: str) -> tuple[str, ...]:
        for button in dialog.findChildren(QPushButton):
            if button.text().replace("&", "") == answer:
                return self._clicks(button, None, 1)
        if Path(answer).is_absolute():
            return "type", "--delay", "20", answer
        return "key", answer

    def click(self, widget: QWidget, part: QRect | None = None, *, times: int = 1) -> None:
        """Click the middle of a widget, or of a part of it, once it stands still."""
        places: list[QPoint] = []

        def still() -> bool:
            places.append(widget.mapToGlobal((part or widget.rect()).center()))
            return widget.isVisible() and len(places) > 10 and len(set(_pairs(places[-10:]))) == 1

        self._qtbot.waitUntil(still, timeout=WAIT_MS)
        self._send(*self._clicks(widget, part, times))

    def right_click(self, widget: QWidget, part: QRect) -> None:
        """Press the right button on a part of a widget."""
        at = widget.mapToGlobal(part.center())
        self._send("mousemove", str(at.x()), str(at.y()), "click", "3")

    def choose(self, window: MainWindow, menu: str, command: str) -> None:
        """Open a menu of the menu bar and choose a command, both by mouse."""
        bar = window.menuBar()
        title = next(item for item in bar.actions() if item.text().replace("&", "") == menu)
        self.click(bar, bar.actionGeometry(title))
        self.choose_in(title.menu(), window.actions_by_id[command])

    def choose_in(self, menu: object, action: object) -> None:
        """Click an entry of a menu that is opening."""
        assert isinstance(menu, QMenu)
        self.click(menu, menu.actionGeometry(action))

    def choose_below(self, button: QToolButton, action: QAction) -> None:
        """Click a button that has a menu, and an entry of that, which holds up this loop."""
        menu = button.menu()
        clicks: list[subprocess.Popen[bytes]] = []
        timer = QTimer()

        def look() -> None:
            if menu.isVisible() and not clicks:
                part = menu.actionGeometry(action)
                clicks.append(subprocess.Popen(["xdotool", *self._clicks(menu, part, 1)]))

        timer.timeout.connect(look)
        timer.start(200)
        self.click(button)
        self._qtbot.waitUntil(lambda: bool(clicks) and not menu.isVisible(), timeout=WAIT_MS)
        timer.stop()
        clicks[0].wait(10)

    def drag(self, source: QWidget, target: QWidget) -> None:
        """Drag from the middle of one widget to the middle of another."""
        start, end = (w.mapToGlobal(w.rect().center()) for w in (source, target))
        steps = [start + (end - start) * part / 8 for part in range(1, 9)]
        moves = [
            word
            for at in (*steps, end)
            for word in ("mousemove", str(at.x()), str(at.y()), "sleep", "0.05")
        ]
        first = ("mousemove", str(start.x()), str(start.y()), "mousedown", "1")
        self._send(*first, *moves, "mouseup", "1")

    @staticmethod
    def _clicks(widget: QWidget, part: QRect | None, times: int) -> tuple[str, ...]:
        at: QPoint = widget.mapToGlobal((part or widget.rect()).center())
        repeat = ("--repeat", str(times), "--delay", "60")
        return "mousemove", str(at.x()), str(at.y()), "click", *repeat, "1"

    def _send(self, *arguments: str) -> None:
        process = subprocess.Popen(["xdotool", *arguments])
        self._qtbot.waitUntil(lambda: process.poll() is not None, timeout=WAIT_MS)
        assert process.returncode == 0


def _pairs(places: list[QPoint]) -> list[tuple[int, int]]:
    return [(place.x(), place.y()) for place in places]


@pytest.fixture
def hands(qtbot: QtBot) -> Hands:
    return Hands(qtbot)


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    paths = app_paths({**os.environ, "INKLING_HOME": str(tmp_path)})
    register_fonts()
    model = find_model(None, paths.models)
    bridge = EngineBridge(LocalEngine(model, data_dir=paths.data, adapters=paths.adapter_folders))
    themes = ThemeService("paper")
    dress(themes.theme())
    themes.theme_changed.connect(dress)
    made = MainWindow(bridge, SettingsStore(paths.config / "s.json"), paths, themes)
    with qtbot.waitExposed(made):
        made.show()
    qtbot.waitUntil(lambda: bridge.status().state is EngineState.READY, timeout=WAIT_MS)
    qtbot.waitUntil(made.isActiveWindow, timeout=WAIT_MS)
    made.editor.setFocus()
    yield made
    made.end()
    made.close()
    made.deleteLater()


def test_ghost_text_appears_and_is_taken_and_undone(
    window: MainWindow, hands: Hands, qtbot: QtBot
) -> None:
    hands.type(OPENING)
    qtbot.waitUntil(lambda: bool(window.editor.ghost.text()), timeout=WAIT_MS)
    qtbot.wait(500)  # let the suggestion reach its full length
    assert window.editor.text() == OPENING
    suggestion = window.editor.ghost.text()
    hands.press("Tab")
    qtbot.waitUntil(lambda: window.editor.text() != OPENING, timeout=WAIT_MS)
    assert window.editor.text().startswith(OPENING + suggestion)
    assert "\t" not in window.editor.text()
    hands.press("ctrl+z")
    qtbot.waitUntil(lambda: window.editor.text() == OPENING, timeout=WAIT_MS)


def test_one_word_is_taken_and_the_rest_dismissed(
    window: MainWindow, hands: Hands, qtbot: QtBot
) -> None:
    hands.type(OPENING)
    qtbot.waitUntil(lambda: " " in window.editor.ghost.text().strip(), timeout=WAIT_MS)
    suggestion = window.editor.ghost.text()
    hands.press("ctrl+Right")
    qtbot.waitUntil(lambda: window.editor.text() != OPENING, timeout=WAIT_MS)
    added = window.editor.text().removeprefix(OPENING)
    assert suggestion.startswith(added)
    assert len(added.split()) == 1
    hands.press("Escape")
    qtbot.waitUntil(lambda: not window.editor.ghost.text(), timeout=WAIT_MS)
    assert window.editor.text() == OPENING + added


def test_another_word_is_chosen_and_a_sentence_taken(
    window: MainWindow, hands: Hands, qtbot: QtBot
) -> None:
    words = window.desk.current().other_words.list
    hands.type(OPENING)
    hands.press("alt+backslash")
    qtbot.waitUntil(lambda: bool(window.editor.ghost.text()), timeout=WAIT_MS)
    hands.press("alt+Down")
    qtbot.waitUntil(lambda: len(words.words()) > 1, timeout=WAIT_MS)
    chosen = words.words()[1]
    hands.press("Down", "Return")
    qtbot.waitUntil(lambda: window.editor.ghost.text().startswith(chosen), timeout=WAIT_MS)
    assert not words.isVisible()
    assert window.editor.text() == OPENING
    hands.press("alt+Right")
    qtbot.waitUntil(lambda: window.editor.text().startswith(OPENING + chosen), timeout=WAIT_MS)


def test_other_suggestions_are_gone_through_and_tab_indents_a_list(
    window: MainWindow, hands: Hands, qtbot: QtBot
) -> None:
    ghost = window.editor.ghost
    hands.type("Things to take along:")
    hands.press("Return", "Return")
    hands.type("* a lamp and")
    hands.press("alt+backslash")
    qtbot.waitUntil(lambda: bool(ghost.text()), timeout=WAIT_MS)
    qtbot.wait(1_500)  # let it reach its full length, and the others be found
    first = ghost.text()
    hands.press("alt+bracketright")
    qtbot.waitUntil(lambda: ghost.text() not in ("", first), timeout=WAIT_MS)
    hands.press("alt+bracketleft")
    qtbot.waitUntil(lambda: ghost.text() == first, timeout=WAIT_MS)
    hands.press("Tab")
    qtbot.waitUntil(lambda: not ghost.text(), timeout=WAIT_MS)
    assert first not in window.editor.text()
    hands.press("ctrl+Left", "ctrl+Right")
    assert first not in window.editor.text()


def test_a_selection_is_rewritten_and_the_rewrite_undone(
    window: MainWindow, hands: Hands, qtbot: QtBot
) -> None:
    source = "We can't come because we're gonna be at the shop with a bunch of kids."
    hands.type(source)
    hands.press("ctrl+a")
    hands.press("alt+4")
    qtbot.waitUntil(window.rewrite.active, timeout=WAIT_MS)
    qtbot.waitUntil(
        lambda: window.rewrite.panel().offer() is not None,
        timeout=WAIT_MS,
    )
    assert window.editor.text() == source
    hands.press("alt+Return")
    qtbot.waitUntil(lambda: window.editor.text() != source, timeout=WAIT_MS)
    assert window.editor.text().strip()
    hands.press("ctrl+z")
    qtbot.waitUntil(lambda: window.editor.text() == source, timeout=WAIT_MS)


def test_misspelled_words_are_put_right_by_key_and_by_mouse(
    window: MainWindow, hands: Hands, qtbot: QtBot
) -> None:
    window.editor.load_text("a wrold of teh sea")
    window.spelling.current().choose_language("en_US")
    hands.press("F7")
    menu = window.spelling.current().menu

    def suggests() -> bool:
        shown = menu.shown()
        return shown is not None and shown.actions()[0].isEnabled()

    qtbot.waitUntil(suggests, timeout=WAIT_MS)
    hands.press("Return")
    qtbot.waitUntil(lambda: "world" in window.editor.text(), timeout=WAIT_MS)

    cursor = window.editor.textCursor()
    cursor.setPosition(window.editor.text().index("teh") + 1)
    hands.right_click(window.editor.viewport(), window.editor.cursorRect(cursor))
    qtbot.waitUntil(suggests, timeout=WAIT_MS)
    shown = menu.shown()
    assert shown is not None
    the = next(action for action in shown.actions() if action.text() == "the")
    hands.choose_in(shown, the)
    qtbot.waitUntil(lambda: window.editor.text() == "a world of the sea", timeout=WAIT_MS)


class Busy:
    """Remembers whether the chat is answering."""

    def __init__(self, window: MainWindow) -> None:
        self.now = False
        window.chat.answering_changed.connect(self.set)

    def set(self, busy: bool) -> None:
        self.now = busy


def test_a_question_is_answered_and_an_answer_stopped(
    window: MainWindow, hands: Hands, qtbot: QtBot
) -> None:
    busy = Busy(window)
    hands.press("ctrl+alt+a")
    hands.type("Name three fruits.")
    hands.press("Return")

    def answered() -> bool:
        messages = window.chat.conversation().messages
        return len(messages) == 2 and messages[1].role is Role.ASSISTANT

    qtbot.waitUntil(answered, timeout=WAIT_MS)
    assert window.chat.conversation().messages[1].content.strip()
    hands.type("Tell me a very long story about the sea.")
    hands.press("Return")
    qtbot.waitUntil(lambda: busy.now, timeout=WAIT_MS)
    qtbot.wait(600)
    hands.press("Escape")
    qtbot.waitUntil(lambda: not busy.now, timeout=WAIT_MS)
    messages = window.chat.conversation().messages
    assert messages[-1].interrupted or messages[-1].role is Role.USER


def test_closing_while_an_answer_streams_ends_the_engine(
    window: MainWindow, hands: Hands, qtbot: QtBot
) -> None:
    busy = Busy(window)
    hands.press("ctrl+alt+a")
    hands.type("Tell me a very long story about the sea.")
    hands.press("Return")
    qtbot.waitUntil(lambda: busy.now, timeout=WAIT_MS)
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=WAIT_MS)


def _button(part: QWidget, words: str) -> QPushButton:
    return next(
        button
        for button in part.findChildren(QPushButton)
        if button.text() == words and button.isVisible()
    )


def test_files_by_keys_and_mouse(
    window: MainWindow, hands: Hands, qtbot: QtBot, tmp_path: Path
) -> None:
    first, second = tmp_path / "first.md", tmp_path / "second.md"
    hands.choose(window, "File", "file.new")
    hands.type("One")
    hands.answer(("Save As", str(tmp_path / "first")), ("Save As", "Return"), after="ctrl+s")
    qtbot.waitUntil(lambda: window.documents.path() == first, timeout=WAIT_MS)
    assert first.read_text(encoding="utf-8") == "One"
    first.write_text("changed elsewhere", encoding="utf-8")
    hands.type(" two")
    hands.answer(("Saving", "Escape"), after="ctrl+s")
    assert first.read_text(encoding="utf-8") == "changed elsewhere"
    steps = ("Saving", "Return"), ("Save As", str(second)), ("Save As", "Save")
    hands.answer(*steps, after="ctrl+s")
    qtbot.waitUntil(lambda: window.documents.path() == second, timeout=WAIT_MS)
    assert first.read_text(encoding="utf-8") == "changed elsewhere"
    assert second.read_text(encoding="utf-8") == "One two"
    hands.type(" three")
    hands.answer(("Unsaved Changes", "Cancel"), after="ctrl+w")
    assert window.editor.text() == "One two three"
    hands.answer(("Unsaved Changes", "Save"), after="ctrl+w")
    qtbot.waitUntil(lambda: not window.editor.text(), timeout=WAIT_MS)
    assert second.read_text(encoding="utf-8") == "One two three"
    hands.type("Not kept.")
    hands.answer(("Unsaved Changes", "Discard"), after="ctrl+w")
    assert not window.editor.text()
    hands.answer(("Open", str(first)), ("Open", "Return"), after="ctrl+o")
    qtbot.waitUntil(lambda: window.editor.text() == "changed elsewhere", timeout=WAIT_MS)


def test_documents_side_by_side_by_keys_and_mouse(
    window: MainWindow, hands: Hands, qtbot: QtBot
) -> None:
    bar = window.desk.bar
    hands.type("One")
    hands.press("ctrl+t")
    hands.type("Two")
    hands.press("ctrl+n")
    hands.type("Three")
    qtbot.waitUntil(lambda: window.editor.text() == "Three", timeout=WAIT_MS)
    for keys, text in (
        ("ctrl+Tab", "One"),
        ("ctrl+shift+Tab", "Three"),
        ("ctrl+Prior", "Two"),
        ("ctrl+Next", "Three"),
    ):
        hands.press(keys)
        qtbot.waitUntil(lambda text=text: window.editor.text() == text, timeout=WAIT_MS)
    hands.click(bar, bar.tabRect(0))
    qtbot.waitUntil(lambda: window.editor.text() == "One", timeout=WAIT_MS)
    hands.type("!")
    qtbot.waitUntil(lambda: window.editor.text() == "One!", timeout=WAIT_MS)


class Source(QLabel):
    """Something to drag a file from, as a file manager is."""

    def __init__(self, file: Path) -> None:
        super().__init__("a file")
        self._file = file
        self.setWindowFlags(Qt.WindowType.WindowStaysOnTopHint)

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(self._file))])
        drag = QDrag(self)
        drag.setMimeData(data)
        drag.exec(Qt.DropAction.CopyAction)


def test_a_file_dropped_on_the_page_opens_and_the_looks_change_by_mouse(
    window: MainWindow, hands: Hands, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "dropped.md"
    file.write_text("# From the desktop", encoding="utf-8")
    source = Source(file)
    qtbot.addWidget(source)
    source.setGeometry(20, 20, 120, 60)
    with qtbot.waitExposed(source):
        source.show()
    hands.drag(source, window.editor)
    qtbot.waitUntil(lambda: window.editor.text() == "# From the desktop", timeout=WAIT_MS)
    source.hide()
    qtbot.waitUntil(window.isActiveWindow, timeout=WAIT_MS)
    font = window.editor.font()
    hands.choose(window, "View", "view.theme.night")
    page = window.editor.palette().base().color()
    qtbot.waitUntil(lambda: window.editor.palette().base().color() != page or page.lightness() < 64)
    assert window.editor.font() == font
    hands.click(window._tool_bar.widgetForAction(window.actions_by_id["chat.toggle_panel"]))
    qtbot.waitUntil(lambda: not window.chat.isVisible(), timeout=WAIT_MS)


def test_suggestions_are_switched_by_mouse_and_typed_through(
    window: MainWindow, hands: Hands, qtbot: QtBot
) -> None:
    switch = window._tool_bar.widgetForAction(window.actions_by_id["write.ghost_toggle"])
    hands.click(switch)
    qtbot.waitUntil(lambda: not window.completion.enabled(), timeout=WAIT_MS)
    hands.type(OPENING[:-2])
    assert not window.editor.ghost.text()
    hands.click(switch)
    qtbot.waitUntil(window.completion.enabled, timeout=WAIT_MS)
    hands.type(OPENING[-2:])
    qtbot.waitUntil(lambda: len(window.editor.ghost.text()) > 3, timeout=WAIT_MS)
    qtbot.wait(500)  # let the suggestion reach its full length
    suggestion = window.editor.ghost.text()
    hands.type(suggestion[:2])
    assert window.editor.ghost.text() == suggestion[2:]
    assert window.editor.text() == OPENING + suggestion[:2]


def test_rewrites_by_mouse(window: MainWindow, hands: Hands, qtbot: QtBot) -> None:
    card = window.rewrite.panel()
    source = "He had 30 years of service and becuase of that he were tired."
    hands.type(source)
    hands.choose_below(window._tool_bar.rewrite_button, window.actions_by_id["rewrite.proofread"])
    qtbot.waitUntil(lambda: card.offer() is not None, timeout=WAIT_MS)
    hands.click(_button(card, "Try again"))
    qtbot.waitUntil(lambda: card.offer() and card.offer().total == 2, timeout=WAIT_MS)
    hands.click(card.back)
    qtbot.waitUntil(lambda: card.offer().index == 0, timeout=WAIT_MS)
    bar = window.editor.findChild(ReviewBar)
    hands.press("F9")
    qtbot.waitUntil(bar.isVisible, timeout=WAIT_MS)
    hands.click(bar.accept)
    qtbot.waitUntil(lambda: window.editor.text() != source, timeout=WAIT_MS)
    hands.press("ctrl+z")
    qtbot.waitUntil(lambda: window.editor.text() == source, timeout=WAIT_MS)
    hands.click(_button(card, "Insert below"))
    qtbot.waitUntil(lambda: window.editor.text().startswith(source + "\n\n"), timeout=WAIT_MS)
    hands.press("ctrl+z")
    qtbot.waitUntil(lambda: window.editor.text() == source, timeout=WAIT_MS)
    hands.press("ctrl+shift+r")
    hands.type("Make it a question")
    hands.press("Return")
    qtbot.waitUntil(window.rewrite._work.running, timeout=WAIT_MS)
    hands.click(_button(card, "Cancel"))
    qtbot.waitUntil(lambda: not window.rewrite.active(), timeout=WAIT_MS)
    assert window.editor.text() == source


def test_chat_by_mouse(window: MainWindow, hands: Hands, qtbot: QtBot) -> None:
    busy = Busy(window)
    chat = window.chat
    hands.type("lighthouse")
    hands.click(window.editor.viewport(), window.editor.cursorRect().translated(-30, 0), times=2)
    qtbot.waitUntil(lambda: window.editor.textCursor().hasSelection(), timeout=WAIT_MS)
    hands.click(chat.composer.selection_button)
    qtbot.waitUntil(chat.uses_selection, timeout=WAIT_MS)
    hands.click(chat.composer.edit)
    hands.type("What is it?")
    hands.click(chat.composer.main_button)
    qtbot.waitUntil(lambda: busy.now, timeout=WAIT_MS)
    assert chat.composer.edit.hasFocus()
    qtbot.waitUntil(lambda: not busy.now, timeout=WAIT_MS)
    answer = chat.conversation().messages[-1].content
    hands.click(_button(chat, "Copy"))
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() == answer, timeout=WAIT_MS)
    hands.click(_button(chat, "Insert"))
    qtbot.waitUntil(lambda: answer in window.editor.text(), timeout=WAIT_MS)
    hands.press("ctrl+z")
    qtbot.waitUntil(lambda: window.editor.text() == "lighthouse", timeout=WAIT_MS)
    hands.press("ctrl+a")
    hands.click(_button(chat, "Regenerate"))
    qtbot.waitUntil(lambda: busy.now, timeout=WAIT_MS)
    hands.click(chat.composer.main_button)
    qtbot.waitUntil(lambda: not busy.now, timeout=WAIT_MS)
    assert chat.composer.edit.hasFocus()


def test_conversations_and_versions_by_keyboard(
    window: MainWindow, hands: Hands, qtbot: QtBot
) -> None:
    chat = window.chat

    def contents() -> list[str]:
        return [message.content for message in chat.conversation().messages]

    def answered(count: int) -> None:
        qtbot.waitUntil(
            lambda: not chat.session.busy() and len(contents()) == count, timeout=WAIT_MS
        )

    hands.press("ctrl+alt+a")
    hands.type("Name one fruit.")
    hands.press("Return")
    answered(2)
    first = contents()
    hands.press("ctrl+alt+r")
    qtbot.waitUntil(lambda: chat.conversation().messages[-1].versions == 2, timeout=WAIT_MS)
    hands.press("ctrl+alt+comma")
    qtbot.waitUntil(lambda: contents() == first, timeout=WAIT_MS)
    hands.press("ctrl+alt+m")
    qtbot.waitUntil(lambda: chat.composer.text() == "Name one fruit.", timeout=WAIT_MS)
    hands.press("ctrl+a")
    hands.type("Name one colour.")
    hands.press("Return")
    qtbot.waitUntil(lambda: contents()[0] == "Name one colour.", timeout=WAIT_MS)
    answered(2)
    hands.press("ctrl+shift+n")
    qtbot.waitUntil(lambda: contents() == [], timeout=WAIT_MS)
    hands.press("ctrl+alt+h")
    qtbot.waitUntil(chat.list.field.hasFocus, timeout=WAIT_MS)
    hands.type("colour")
    qtbot.waitUntil(lambda: chat.list.titles() == ["Name one colour."], timeout=WAIT_MS)
    hands.press("Return")
    qtbot.waitUntil(lambda: len(contents()) == 2, timeout=WAIT_MS)
    hands.press("ctrl+alt+h")
    qtbot.waitUntil(chat.list.field.hasFocus, timeout=WAIT_MS)
    hands.press("Tab")
    qtbot.waitUntil(chat.list.list.hasFocus, timeout=WAIT_MS)
    hands.press("Delete")
    qtbot.waitUntil(lambda: chat.list.titles() == [], timeout=WAIT_MS)
    hands.click(_button(chat.notice, "Bring it back"))
    qtbot.waitUntil(lambda: contents()[:1] == ["Name one colour."], timeout=WAIT_MS)
