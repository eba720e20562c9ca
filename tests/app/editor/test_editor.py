"""The page shows exactly the file's text and reports each change of it exactly."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QTextCursor

from app.editor.editor import Editor
from app.editor.mirror import TextChange

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
    from pytestqt.qt_compat import qt_api

    qt_api.QtTest.QTest.keyClick(editor, key)
