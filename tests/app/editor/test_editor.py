"""The page shows exactly the file's text and reports each change of it exactly."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QTextCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.editor.editor import Editor
from app.editor.highlighter import MarkdownHighlighter
from app.editor.mirror import TextChange
from app.services.theme import THEMES

# Noncharacters stand in for what Qt cannot hold, and surrogates are in no file.
TEXT = st.text(
    st.characters(
        exclude_categories=["Cs"], exclude_characters="\ufdd2\ufdd3\ufdd4\ufdd5\ufdd6\ufdd7"
    )
    | st.sampled_from("ab \n\u00a0\u2028\u2029\r\ufeff😀𠀀中é\t")
)
WILD = settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@WILD
@given(text=TEXT)
def test_any_text_comes_back_as_it_was_loaded(editor: Editor, text: str) -> None:
    editor.load_text(text)
    assert editor.text() == text
    assert not editor.document().isModified()
    assert not editor.document().isUndoAvailable()


def test_lone_surrogates_become_replacement_characters(editor: Editor) -> None:
    editor.load_text("a\ud800b\udc00😀")
    assert editor.text() == "a\ufffdb\ufffd😀"


ACTIONS = st.lists(
    st.one_of(
        st.tuples(st.just("type"), TEXT),
        st.tuples(st.just("paste"), TEXT),
        st.tuples(st.just("move"), st.integers(0, 60)),
        st.tuples(st.just("select"), st.integers(0, 60)),
        st.tuples(st.just("external"), TEXT),
        st.tuples(st.sampled_from(["undo", "redo", "backspace", "delete", "enter"]), st.just("")),
    ),
    max_size=14,
)


@WILD
@given(start=TEXT, actions=ACTIONS)
def test_replaying_the_changes_gives_the_text(
    editor: Editor, start: str, actions: list[tuple[str, str | int]]
) -> None:
    editor.load_text(start)
    changes: list[TextChange] = []
    editor.edited.connect(changes.append)
    keys = {
        "backspace": Qt.Key.Key_Backspace,
        "delete": Qt.Key.Key_Delete,
        "enter": Qt.Key.Key_Return,
    }
    try:
        for name, value in actions:
            cursor = editor.textCursor()
            if name in keys:
                _press(editor, keys[name])
            elif name == "type":
                commit = QInputMethodEvent()
                commit.setCommitString(str(value).replace("\ufeff", ""))
                QGuiApplication.sendEvent(editor, commit)
            elif name == "paste":
                data = QMimeData()
                data.setText(str(value))
                editor.insertFromMimeData(data)
            elif name == "external":
                other = QTextCursor(editor.document())
                other.beginEditBlock()
                other.insertText(str(value))
                other.movePosition(QTextCursor.MoveOperation.End)
                other.insertText("x😀")
                other.endEditBlock()
            elif name in ("undo", "redo"):
                getattr(editor, name)()
            else:
                mode = (
                    QTextCursor.MoveMode.KeepAnchor
                    if name == "select"
                    else QTextCursor.MoveMode.MoveAnchor
                )
                cursor.setPosition(0)
                cursor.movePosition(QTextCursor.MoveOperation.NextCharacter, mode, int(value))
                editor.setTextCursor(cursor)
    finally:
        editor.edited.disconnect(changes.append)
    replayed = start
    for change in changes:
        assert replayed[change.position :].startswith(change.removed)
        replayed = change.apply(replayed)
    assert replayed == editor.text()
    assert editor.text().count("\n") == editor.document().blockCount() - 1


def _press(editor: Editor, key: Qt.Key) -> None:
    QTest.keyClick(editor, key)


def test_words_are_counted_as_they_are_typed(editor: Editor, qtbot: QtBot) -> None:
    with qtbot.waitSignal(editor.words_changed) as counted:
        editor.load_text("three old words\n\n灯塔")
    assert counted.args == [5]
    with qtbot.waitSignal(editor.words_changed) as counted:
        qtbot.keyClicks(editor, "more ")
    assert counted.args == [6]
    assert editor.word_count() == 6


def test_a_long_text_is_counted_in_steps_between_events(editor: Editor, qtbot: QtBot) -> None:
    editor.load_text("some words here\n" * 5_000)
    assert editor.word_count() < 15_000
    assert not editor.is_counted()
    qtbot.waitUntil(lambda: editor.word_count() == 15_000)


def test_generated_text_is_one_undo_step(editor: Editor, qtbot: QtBot) -> None:
    editor.load_text("A😀 end")
    editor.insert_generated("first\nsecond", 3)
    assert editor.text() == "A😀first\nsecond end"
    editor.undo()
    assert editor.text() == "A😀 end"
    editor.redo()
    editor.replace_range(0, 3, "B")
    assert editor.text() == "Bfirst\nsecond end"
    assert editor.caret() == 1
    qtbot.keyClicks(editor, "xy")
    editor.undo()
    assert editor.text() == "Bfirst\nsecond end"
    editor.undo()
    assert editor.text() == "A😀first\nsecond end"


def test_generated_text_goes_behind_a_selection(editor: Editor) -> None:
    editor.load_text("one two")
    cursor = editor.textCursor()
    cursor.setPosition(3, QTextCursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)
    editor.insert_generated("!")
    assert editor.text() == "one! two"


def test_paste_takes_plain_text_only_and_copy_keeps_it_exact(editor: Editor) -> None:
    data = QMimeData()
    data.setHtml("<b>bold</b>")
    data.setText("bo\u00a0ld\r\nnext")
    editor.load_text("")
    editor.insertFromMimeData(data)
    assert editor.text() == "bo\u00a0ld\nnext"
    editor.selectAll()
    assert editor.createMimeDataFromSelection().text() == "bo\u00a0ld\nnext"


def test_dropped_files_are_left_to_the_window(editor: Editor) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/some/file.md")])
    data.setText("/some/file.md")
    assert not editor.canInsertFromMimeData(data)


def test_the_revision_grows_with_text_and_not_with_looks(editor: Editor) -> None:
    editor.load_text("some *words*")
    before = editor.revision()
    MarkdownHighlighter(editor).style_in_sight()
    editor.apply_theme(THEMES["night"])
    editor.selectAll()
    assert editor.revision() == before
    editor.insert_generated("x")
    assert editor.revision() > before


def test_text_around_the_caret(editor: Editor) -> None:
    editor.load_text("first😀\nsecond")
    cursor = editor.textCursor()
    cursor.setPosition(7)
    editor.setTextCursor(cursor)
    assert editor.text_before_caret(3) == "st😀"
    assert editor.text_after_caret(4) == "\nsec"
    assert editor.caret_position() == 6
