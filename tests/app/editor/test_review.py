from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.core.readable import count_changes, readable_changes
from app.editor.preview import Preview
from app.services.theme import THEMES

words = st.lists(
    st.sampled_from(["a", "the", "cat", "sat", "\n", " ", ".", "你", "好", "42"]), max_size=14
).map(" ".join)


@given(words, words)
def test_changes_add_up_to_both_texts(source: str, result: str) -> None:
    spans = readable_changes(source, result)
    assert "".join(span.old for span in spans) == source
    assert "".join(span.new for span in spans) == result
    assert (count_changes(spans) == 0) == (source == result)


def test_a_text_written_anew_is_one_change() -> None:
    spans = readable_changes("The cat sat on a mat.", "Dogs were running all over town.")
    assert len(spans) == 1


def test_a_text_that_only_grew_is_not_shown_as_written_anew() -> None:
    source = "The cat sat on a mat."
    spans = readable_changes(source, source + " And then it went on and on about the weather." * 5)
    assert spans[0].old == source
    assert spans[-1].kind == "insert"


def test_a_single_corrected_word_is_shown_alone() -> None:
    spans = readable_changes("He have two dogs at home.", "He has two dogs at home.")
    assert [(s.old, s.new) for s in spans if s.kind != "equal"] == [("have", "has")]


def format_of(preview: Preview, word: str) -> QTextCharFormat:
    cursor = preview.document().find(word)
    assert not cursor.isNull(), word
    return QTextCursor(cursor).charFormat()


@pytest.mark.parametrize("name", sorted(THEMES))
def test_deletions_are_struck_through_and_insertions_underlined(qtbot: QtBot, name: str) -> None:
    preview = Preview()
    qtbot.addWidget(preview)
    theme = THEMES[name]
    preview.set_theme(theme)
    preview.show_changes(tuple(readable_changes("He have two dogs.", "He has two dogs.")))
    old, new, same = (format_of(preview, word) for word in ("have", "has", "dogs"))
    assert old.fontStrikeOut()
    assert old.foreground().color() == QColor(theme.deleted)
    assert new.fontUnderline()
    assert new.foreground().color() == QColor(theme.inserted)
    assert not same.fontStrikeOut()
    assert not same.fontUnderline()


def test_a_growing_text_never_gets_lower(qtbot: QtBot) -> None:
    preview = Preview()
    qtbot.addWidget(preview)
    preview.make_room_for("line\n" * 5)
    room = preview.height()
    preview.grow("line")
    assert preview.height() == room
    preview.grow("other\nwords")
    assert preview.toPlainText() == "other\nwords"
    assert preview.height() == room


@pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen plugin says so
def test_in_a_low_window_the_preview_leaves_the_page_its_room(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    page, preview = QWidget(), Preview()
    column.addWidget(page, 1)
    column.addWidget(preview)
    window.resize(500, 420)
    window.show()
    preview.show_result("A long line of words.\n" * 40)
    assert preview.height() <= window.height() // 3
    assert page.height() > preview.height()
