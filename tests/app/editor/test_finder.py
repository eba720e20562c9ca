"""Finding in the page: the caret, the marks and the text follow."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QTextCursor
from pytestqt.qtbot import QtBot

from app.core.find import Query
from app.editor.editor import Editor
from app.editor.finder import Finder, FindState
from app.services.theme import THEMES


class Seen:
    """A finder and what it said last."""

    def __init__(self, editor: Editor, qtbot: QtBot) -> None:
        self.finder = Finder(editor)
        self.finder.apply_theme(THEMES["paper"])
        self.state = FindState()
        self.replaced: list[int] = []
        self.refused: list[object] = []
        self.finder.changed.connect(self._changed)
        self.finder.replaced.connect(self.replaced.append)
        self.finder.refused.connect(self.refused.append)
        self._qtbot = qtbot

    def _changed(self, state: FindState) -> None:
        self.state = state

    def look_for(self, text: str, **options: bool) -> None:
        self.finder.begin()
        self.finder.look_for(Query(text, **options))
        self.wait()

    def wait(self) -> None:
        self._qtbot.waitUntil(
            lambda: not self.state.searching and not self.finder._again.isActive()
        )

    def at(self) -> tuple[int, int]:
        return self.state.current, self.state.count


@pytest.fixture
def seen(editor: Editor, qtbot: QtBot) -> Iterator[Seen]:
    seen = Seen(editor, qtbot)
    yield seen
    seen.finder.close()


def select(editor: Editor, start: int, end: int) -> None:
    cursor = editor.textCursor()
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)


def marked(editor: Editor) -> list[str]:
    return [mark.cursor.selectedText() for mark in editor.extraSelections()]


def test_the_first_match_from_the_caret_on_is_selected(editor: Editor, seen: Seen):
    editor.load_text("😀 one two one\n\U00020000 one")
    select(editor, 4, 4)
    seen.look_for("One")
    assert editor.textCursor().selectedText() == "one"
    assert seen.at() == (2, 3)
    seen.finder.find_next()
    assert seen.at() == (3, 3)
    assert editor.textCursor().positionInBlock() == 6
    seen.finder.find_next()
    assert seen.at() == (1, 3)
    assert seen.state.wrapped == 1
    seen.finder.find_previous()
    assert seen.at() == (3, 3)
    assert seen.state.wrapped == -1


def test_typing_in_the_field_stays_where_it_began(editor: Editor, seen: Seen):
    editor.load_text("he hen help")
    seen.finder.begin()
    for text, word in (("h", 0), ("hel", 7), ("he", 0)):
        seen.finder.look_for(Query(text))
        seen.wait()
        assert editor.textCursor().selectionStart() == word


def test_all_matches_in_sight_are_marked_and_no_others(editor: Editor, seen: Seen, qtbot: QtBot):
    editor.load_text("\n".join(f"😀 line {number} tree tree" for number in range(2000)))
    seen.look_for("tree")
    assert 10 < len(marked(editor)) < 200
    assert set(marked(editor)) == {"tree"}
    assert seen.state.count == 4000
    editor.verticalScrollBar().setValue(1000)
    qtbot.waitUntil(lambda: min(m.cursor.blockNumber() for m in editor.extraSelections()) >= 1000)
    assert set(marked(editor)) == {"tree"}
    seen.finder.stop()
    assert marked(editor) == []


def test_marks_and_count_follow_what_is_typed(editor: Editor, seen: Seen, qtbot: QtBot):
    editor.load_text("a tree, a tree")
    seen.look_for("tree")
    select(editor, 0, 0)
    qtbot.keyClicks(editor, "tree ")
    editor.insert_generated("😀 ")
    qtbot.waitUntil(lambda: seen.state.count == 3)
    qtbot.waitUntil(lambda: marked(editor) == ["tree"] * 3)


def test_what_stood_in_the_way_is_no_match(editor: Editor, seen: Seen):
    editor.load_text("one\u00a0two\u2028three")
    seen.look_for("one\u00a0two\u2028three")
    assert seen.at() == (1, 1)
    seen.look_for("one two")
    assert seen.at() == (0, 0)


def test_replacing_goes_on_to_the_next(editor: Editor, seen: Seen):
    editor.load_text("a cat, a cat 😀 cat")
    seen.look_for("cat")
    seen.finder.replace("caterpillar")
    seen.wait()
    assert editor.text() == "a caterpillar, a cat 😀 cat"
    assert seen.at() == (2, 3)
    seen.finder.replace("dog")
    seen.wait()
    assert editor.text() == "a caterpillar, a dog 😀 cat"
    editor.undo()
    assert editor.text() == "a caterpillar, a cat 😀 cat"


def test_replacing_first_selects_a_match(editor: Editor, seen: Seen):
    editor.load_text("cat")
    seen.look_for("cat")
    select(editor, 0, 0)
    seen.finder.replace("dog")
    seen.wait()
    assert editor.text() == "cat"
    assert seen.at() == (1, 1)


def test_an_empty_match_is_replaced_once(editor: Editor, seen: Seen):
    editor.load_text("one\ntwo")
    seen.look_for("^", regular_expression=True)
    for _ in range(2):
        seen.finder.replace("> ")
        seen.wait()
    assert editor.text() == "> one\n> two"


def test_all_are_replaced_in_one_step(editor: Editor, seen: Seen, qtbot: QtBot):
    text = "Jane Doe 😀\nRichard Roe\n" * 50
    editor.load_text(text)
    edits = []
    editor.edited.connect(edits.append)
    seen.look_for(r"(\w+) (\w+)", regular_expression=True)
    seen.finder.replace_all(r"\2, \1")
    qtbot.waitUntil(lambda: seen.replaced == [100])
    assert editor.text() == "Doe, Jane 😀\nRoe, Richard\n" * 50
    replayed = text
    for edit in edits:
        replayed = edit.apply(replayed)
    assert replayed == editor.text()
    editor.undo()
    assert editor.text() == text


def test_only_the_selection_is_searched_and_replaced(editor: Editor, seen: Seen, qtbot: QtBot):
    editor.load_text("😀 a a a a")
    select(editor, 5, 8)
    seen.look_for("a")
    assert seen.state.count == 4
    assert seen.finder.set_in_selection(True)
    seen.wait()
    assert seen.state.count == 2
    seen.finder.replace_all("bb")
    qtbot.waitUntil(lambda: seen.replaced == [2])
    assert editor.text() == "😀 a bb bb a"
    seen.wait()
    seen.finder.set_in_selection(False)
    seen.wait()
    assert seen.state.count == 2


def test_without_a_selection_there_is_none_to_search_in(editor: Editor, seen: Seen):
    editor.load_text("a a")
    seen.look_for("a")
    assert not seen.finder.set_in_selection(True)


def test_a_text_changed_meanwhile_is_left_alone(editor: Editor, seen: Seen, qtbot: QtBot):
    editor.load_text("a a")
    seen.look_for("a")
    seen.finder.replace_all("b")
    editor.insert_generated("a ", 0)
    qtbot.waitUntil(lambda: bool(seen.refused))
    assert editor.text() == "a a a"
    assert seen.replaced == []


def test_an_endless_pattern_is_said_and_replaces_nothing(editor: Editor, seen: Seen, qtbot: QtBot):
    text = "a" * 60 + "b"
    editor.load_text(text)
    seen.finder.begin()
    seen.finder.look_for(Query("(a|aa)+$", regular_expression=True))
    qtbot.waitUntil(lambda: not seen.state.complete, timeout=10_000)
    seen.finder.replace_all("")
    qtbot.waitUntil(lambda: bool(seen.refused), timeout=10_000)
    assert editor.text() == text


def test_the_next_match_is_found_after_the_bar_is_gone(editor: Editor, seen: Seen, qtbot: QtBot):
    editor.load_text("a b a")
    seen.look_for("a")
    seen.finder.stop()
    editor.insert_generated("a ", 0)
    seen.finder.find_next()
    seen.wait()
    assert seen.state.count == 3
    assert marked(editor) == []


def test_another_editor_is_searched(editor: Editor, seen: Seen, qtbot: QtBot):
    other = Editor()
    qtbot.addWidget(other)
    other.load_text("a a a")
    editor.load_text("a")
    seen.look_for("a")
    seen.finder.set_editor(other)
    seen.wait()
    assert seen.state.count == 3
    assert marked(editor) == []
    qtbot.keyClicks(editor, "a")
    seen.wait()
    assert seen.state.count == 3
