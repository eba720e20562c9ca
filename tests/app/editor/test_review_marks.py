"""Where a review is drawn: in room that the layout makes, while the document stays as it is."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.core.proposal import proposed
from app.core.review import Review
from app.editor.editor import Editor
from app.editor.highlighter import MarkdownHighlighter
from app.editor.review_lines import review_lines
from app.editor.review_marks import ReviewMarks
from app.services.theme import THEMES

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

TEXT = "First.\n\nThe keeper climb the stairs \U0001f600 as ever.\n\nLast."
LONG = " of the old lighthouse on the rock far out in the bay" * 4


def shown(qtbot: QtBot, result: str) -> tuple[Editor, ReviewMarks, Review]:
    editor = Editor()
    qtbot.addWidget(editor)
    MarkdownHighlighter(editor).apply_theme(THEMES["paper"])
    editor.resize(700, 500)
    editor.show()
    editor.load_text(TEXT)
    marks = ReviewMarks(editor)
    review = Review(TEXT).with_more(proposed(TEXT, result))
    marks.show(review_lines(TEXT, review.open, ""), None)
    return editor, marks, review


def height(editor: Editor, number: int) -> float:
    return editor.blockBoundingRect(editor.document().findBlockByNumber(number)).height()


def x_of(editor: Editor, number: int, unit: int) -> float:
    """Where a character of a line is; asked anew each time, since lines are laid out anew."""
    block = editor.document().findBlockByNumber(number)
    editor.blockBoundingRect(block)  # lays the line out, if that is still to be done
    layout = block.layout()
    line = layout.lineForTextPosition(unit)
    return line.cursorToX(unit)[0]


def test_a_short_insertion_makes_a_gap_and_the_words_behind_it_move_on(qtbot: QtBot) -> None:
    editor, marks, review = shown(qtbot, TEXT.replace("climb", "climbed"))
    (change,) = review.open
    area = marks.area_of(change.number)
    at = TEXT.index(" the stairs") - TEXT.index("The keeper")
    assert x_of(editor, 2, at) == pytest.approx(area.right(), abs=2)
    assert editor.text() == TEXT
    marks.show({}, None)
    assert x_of(editor, 2, at) < area.right() - 20
    assert marks.area_of(change.number).isEmpty()


def test_a_long_insertion_has_rows_of_its_own_under_its_line(qtbot: QtBot) -> None:
    plain = shown(qtbot, TEXT)[0]
    editor, marks, review = shown(qtbot, TEXT.replace("stairs", "stairs" + LONG))
    (change,) = review.open
    assert height(editor, 2) > 2 * height(plain, 2)
    assert height(editor, 0) == height(plain, 0)
    assert marks.area_of(change.number).height() > height(plain, 2)
    marks.show({}, None)
    assert height(editor, 2) == height(plain, 2)


def test_a_suggestion_in_the_line_moves_what_is_drawn_behind_it(qtbot: QtBot) -> None:
    editor, marks, review = shown(qtbot, TEXT.replace("ever", "always"))
    (change,) = review.open
    before = marks.area_of(change.number)
    cursor = editor.textCursor()
    cursor.setPosition(TEXT.index(" climb"))
    editor.setTextCursor(cursor)
    assert editor.ghost.show(" and I")
    assert marks.area_of(change.number).left() > before.left() + 10
    editor.ghost.clear()
    assert marks.area_of(change.number) == before


def test_a_point_on_a_change_is_that_change(qtbot: QtBot) -> None:
    _editor, marks, review = shown(qtbot, TEXT.replace("climb", "climbed").replace("Last", "End"))
    for change in review.open:
        assert marks.change_at(marks.area_of(change.number).center()) == change.number
