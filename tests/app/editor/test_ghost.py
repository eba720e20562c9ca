"""Ghost text is seen after the caret and is nowhere else until it is accepted."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFocusEvent,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QTextCursor,
)
from pytestqt.qtbot import QtBot

from app.editor.editor import Editor
from app.editor.highlighter import MarkdownHighlighter
from app.editor.mirror import TextChange
from app.services.theme import THEMES

START = "The old keeper"
GHOST = " climbed the stairs"


@pytest.fixture
def page(editor: Editor) -> Editor:
    editor.load_text(START + "\nsecond line")
    _caret_to(editor, len(START))
    assert editor.ghost.show(GHOST)
    return editor


def _caret_to(editor: Editor, position: int) -> None:
    cursor = editor.textCursor()
    cursor.setPosition(position)
    editor.setTextCursor(cursor)


def _drawn(editor: Editor) -> str:
    block = editor.document().begin()
    parts = []
    while block.isValid():
        parts.append(block.layout().preeditAreaText())
        block = block.next()
    return "".join(parts)


def test_it_is_drawn_but_not_in_the_text_the_copy_the_revision_or_the_undo_stack(
    page: Editor,
) -> None:
    revision = page.revision()
    page.ghost.show(GHOST + " again")
    assert _drawn(page) == GHOST + " again"
    assert page.caret() == len(START)
    assert page.text() == page.toPlainText() == START + "\nsecond line"
    assert page.revision() == revision
    assert not page.document().isUndoAvailable()
    assert not page.document().isModified()
    assert page.find("climbed") is False


def test_select_all_and_copy_never_hold_it(page: Editor) -> None:
    page.selectAll()
    assert page.createMimeDataFromSelection().text() == START + "\nsecond line"
    assert _drawn(page) == ""


def test_it_wraps_onto_more_lines(page: Editor) -> None:
    layout = page.textCursor().block().layout()
    assert layout.lineCount() == 1
    page.ghost.show(" and on and on" * 12)
    assert layout.lineCount() > 2
    page.ghost.clear()
    assert layout.lineCount() == 1


def test_the_caret_stands_before_it(page: Editor) -> None:
    with_ghost = page.cursorRect()
    page.ghost.clear()
    assert page.cursorRect() == with_ghost


def test_tab_takes_all_as_one_undo_step(page: Editor, qtbot: QtBot) -> None:
    page.ghost.clear()
    qtbot.keyClicks(page, "s")
    page.ghost.show(GHOST)
    qtbot.keyClick(page, Qt.Key.Key_Tab)
    assert page.text().startswith(START + "s" + GHOST)
    assert page.caret() == len(START + "s" + GHOST)
    qtbot.keyClicks(page, "!")
    page.undo()
    page.undo()
    assert page.text().startswith(START + "s\n")
    page.redo()
    assert page.text().startswith(START + "s" + GHOST + "\n")


def test_holding_tab_takes_it_once_and_types_no_tabs(page: Editor, qtbot: QtBot) -> None:
    qtbot.keyPress(page, Qt.Key.Key_Tab)
    page.ghost.show(" not yet read")
    held = QKeyEvent(
        QEvent.Type.KeyPress, Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier, "\t", True
    )
    for _ in range(3):
        QGuiApplication.sendEvent(page, held)
    assert page.text().startswith(START + GHOST + "\n")


def test_holding_a_letter_goes_through_it(page: Editor) -> None:
    page.ghost.show("aaab")
    held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a", True)
    for _ in range(3):
        QGuiApplication.sendEvent(page, held)
    assert page.ghost.text() == _drawn(page) == "b"


def test_a_screen_reader_is_told(page: Editor, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[str, object]] = []

    def listen(event: QAccessibleAnnouncementEvent) -> None:
        told.append((event.message(), event.politeness()))

    page.ghost.announce()
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(QAccessible, "updateAccessibility", listen)
    page.ghost.announce()
    assert told == [("Suggestion: " + GHOST, QAccessible.AnnouncementPoliteness.Polite)]


def test_the_keys_it_answers_to_are_kept_from_shortcuts(page: Editor) -> None:
    def asks_for(key: Qt.Key) -> bool:
        event = QKeyEvent(QEvent.Type.ShortcutOverride, key, Qt.KeyboardModifier.NoModifier, "")
        event.ignore()
        QGuiApplication.sendEvent(page, event)
        return event.isAccepted()

    assert asks_for(Qt.Key.Key_Escape)
    page.ghost.clear()
    assert not asks_for(Qt.Key.Key_Escape)


def test_word_by_word_each_one_undo_step(page: Editor, qtbot: QtBot) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(page, Qt.Key.Key_Right, control)
    assert page.text().startswith(START + " climbed\n")
    assert page.ghost.text() == _drawn(page) == " the stairs"
    qtbot.keyClick(page, Qt.Key.Key_Right, control)
    assert page.ghost.text() == " stairs"
    page.undo()
    assert page.text().startswith(START + " climbed\n")
    assert _drawn(page) == ""


def test_a_word_key_moves_the_caret_when_nothing_is_shown(page: Editor, qtbot: QtBot) -> None:
    page.ghost.clear()
    _caret_to(page, 0)
    qtbot.keyClick(page, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert page.caret() == 4
    assert page.text().startswith(START)


def test_tab_is_a_tab_when_nothing_is_shown(page: Editor, qtbot: QtBot) -> None:
    page.ghost.clear()
    qtbot.keyClick(page, Qt.Key.Key_Tab)
    assert page.text().startswith(START + "\t")


def test_escape_dismisses(page: Editor, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.ghost.dismissed):
        qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert page.ghost.text() == _drawn(page) == ""
    assert page.text().startswith(START + "\n")


def test_typing_its_next_characters_keeps_the_rest(page: Editor, qtbot: QtBot) -> None:
    qtbot.keyClicks(page, " climb")
    assert page.ghost.text() == _drawn(page) == "ed the stairs"
    assert page.text().startswith(START + " climb\n")
    layout = page.textCursor().block().layout()
    assert layout.preeditAreaPosition() == len(START + " climb")


def test_a_shift_key_alone_keeps_it(page: Editor, qtbot: QtBot) -> None:
    page.ghost.show("The end")
    qtbot.keyPress(page, Qt.Key.Key_Shift)
    qtbot.keyClicks(page, "T")
    assert page.ghost.text() == "he end"


def test_astral_characters_are_typed_through(page: Editor) -> None:
    page.ghost.show("😀𠀀x")
    commit = QInputMethodEvent()
    commit.setCommitString("😀")
    QGuiApplication.sendEvent(page, commit)
    assert page.ghost.text() == _drawn(page) == "𠀀x"
    page.ghost.accept_all()
    assert page.text().startswith(START + "😀𠀀x\n")


@pytest.mark.parametrize(
    "key",
    [
        Qt.Key.Key_X,
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
        Qt.Key.Key_Up,
        Qt.Key.Key_PageDown,
        Qt.Key.Key_Backspace,
        Qt.Key.Key_Delete,
        Qt.Key.Key_Return,
        Qt.Key.Key_F5,
    ],
)
def test_any_other_key_clears_it(page: Editor, qtbot: QtBot, key: Qt.Key) -> None:
    qtbot.keyClick(page, key)
    assert page.ghost.text() == _drawn(page) == ""


def test_undo_redo_paste_and_foreign_edits_clear_it(page: Editor, qtbot: QtBot) -> None:
    qtbot.keyClicks(page, "s")
    for act in (page.undo, page.redo, lambda: page.insert_generated("x")):
        _caret_to(page, 3)
        page.ghost.show(GHOST)
        act()
        assert page.ghost.text() == _drawn(page) == ""
    page.ghost.show(GHOST)
    other = QTextCursor(page.document())
    other.insertText("before\nit")
    assert page.ghost.text() == _drawn(page) == ""


def test_splitting_or_joining_its_paragraph_elsewhere_clears_it(page: Editor) -> None:
    other = QTextCursor(page.document())
    other.setPosition(3)
    other.insertBlock()
    assert _drawn(page) == ""
    page.ghost.show(GHOST)
    other.deletePreviousChar()
    assert _drawn(page) == ""


def test_loading_another_text_clears_it(page: Editor) -> None:
    page.load_text("another")
    assert page.ghost.text() == _drawn(page) == ""


def test_a_click_lands_where_it_points_without_it(page: Editor, qtbot: QtBot) -> None:
    page.load_text("ab cd ef")
    _caret_to(page, 2)
    place = page.cursorRect()
    _caret_to(page, 5)
    target = page.cursorRect().center()
    _caret_to(page, 2)
    page.ghost.show(" a very long suggestion that pushes the rest away")
    qtbot.mouseClick(
        page.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(target.x(), place.center().y())
    )
    assert _drawn(page) == ""
    assert page.caret() == 5


def test_losing_the_keyboard_clears_it(page: Editor, qtbot: QtBot) -> None:
    page.clearFocus()
    assert page.ghost.text() == _drawn(page) == ""


def test_nothing_is_shown_with_a_selection_or_in_a_read_only_text(page: Editor) -> None:
    page.selectAll()
    assert not page.ghost.show("x")
    _caret_to(page, 1)
    page.setReadOnly(True)
    assert not page.ghost.show("x")
    assert _drawn(page) == ""


def test_an_input_method_takes_the_place_over_and_keeps_it(page: Editor) -> None:
    QGuiApplication.sendEvent(page, QInputMethodEvent("ni", []))
    assert page.ghost.text() == ""
    assert _drawn(page) == "ni"
    assert not page.ghost.show("x")
    assert _drawn(page) == "ni"
    commit = QInputMethodEvent()
    commit.setCommitString("你")
    QGuiApplication.sendEvent(page, commit)
    assert page.text().startswith(START + "你\n")
    assert _drawn(page) == ""


def test_an_empty_input_method_event_leaves_it(page: Editor) -> None:
    QGuiApplication.sendEvent(page, QInputMethodEvent())
    assert page.ghost.text() == _drawn(page) == GHOST


def test_committing_its_next_characters_keeps_the_rest(page: Editor) -> None:
    page.ghost.show("你好世界")
    commit = QInputMethodEvent()
    commit.setCommitString("你好")
    QGuiApplication.sendEvent(page, commit)
    assert page.ghost.text() == _drawn(page) == "世界"


def test_it_survives_rehighlighting_and_leaves_the_colours_in_place(page: Editor) -> None:
    page.load_text("some *soft* and **hard** words")
    highlighter = MarkdownHighlighter(page)
    highlighter.apply_theme(THEMES["paper"])
    block = page.document().begin()
    before = [(f.start, f.length) for f in block.layout().formats()]
    _caret_to(page, 7)
    page.ghost.show(" ghost")
    highlighter.apply_theme(THEMES["night"])
    assert _drawn(page) == " ghost"
    page.ghost.clear()
    highlighter.apply_theme(THEMES["paper"])
    assert [(f.start, f.length) for f in block.layout().formats()] == before


def test_accepting_reports_exact_changes(page: Editor, qtbot: QtBot) -> None:
    changes: list[TextChange] = []
    page.edited.connect(changes.append)
    qtbot.keyClick(page, Qt.Key.Key_Tab)
    assert [(c.position, c.removed, c.inserted) for c in changes] == [(len(START), "", GHOST)]


@pytest.mark.parametrize("line", ["", "  ", "- an item", "2. an item", "  * deep", "| a | b"])
def test_tab_stays_a_tab_where_it_indents(editor: Editor, qtbot: QtBot, line: str) -> None:
    editor.load_text(line)
    _caret_to(editor, len(line))
    editor.ghost.show(GHOST)
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    assert GHOST not in editor.text()
    editor.load_text(line)
    _caret_to(editor, len(line))
    editor.ghost.show(GHOST)
    qtbot.keyClick(editor, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert editor.text() == line + GHOST


def test_tab_takes_it_in_lists_if_the_person_wants_that(editor: Editor, qtbot: QtBot) -> None:
    editor.ghost.keys.set_tab_in_lists(True)
    editor.load_text("- an item")
    _caret_to(editor, 9)
    editor.ghost.show(GHOST)
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    assert editor.text() == "- an item" + GHOST


def test_a_sentence_of_it_is_taken(page: Editor, qtbot: QtBot) -> None:
    page.ghost.show(" climbed. He was")
    qtbot.keyClick(page, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert page.text().startswith(START + " climbed.\n")
    assert page.ghost.text() == _drawn(page) == " He was"


def test_another_key_takes_it_and_the_old_one_no_longer(page: Editor, qtbot: QtBot) -> None:
    page.ghost.keys.set_key("suggestion.take", QKeySequence("Ctrl+Return"))
    qtbot.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert page.text().startswith(START + GHOST + "\n")
    page.ghost.show(GHOST)
    qtbot.keyClick(page, Qt.Key.Key_Tab)
    assert page.text().startswith(START + GHOST + "\t\n")


def test_ctrl_right_moves_the_caret_when_nothing_is_shown(page: Editor, qtbot: QtBot) -> None:
    page.ghost.clear()
    _caret_to(page, 0)
    qtbot.keyClick(page, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert page.caret() == len("The ")
    assert page.text() == START + "\nsecond line"


def test_a_menu_that_opens_leaves_it_for_its_commands(page: Editor) -> None:
    QGuiApplication.sendEvent(
        page, QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.PopupFocusReason)
    )
    assert page.ghost.text() == GHOST
    assert page.ghost.perform("suggestion.take_word")
    assert page.text().startswith(START + " climbed\n")
