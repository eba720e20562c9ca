"""What is seen on the page: looks at the right places, kept in step with typing."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFont, QTextBlock, QTextCursor
from pytestqt.qtbot import QtBot

from app.editor.editor import Editor
from app.editor.highlighter import MarkdownHighlighter
from app.services.theme import THEMES


@pytest.fixture
def highlighter(editor: Editor) -> MarkdownHighlighter:
    result = MarkdownHighlighter(editor)
    result.apply_theme(THEMES["paper"])
    return result


def _block(editor: Editor, number: int) -> QTextBlock:
    return editor.document().findBlockByNumber(number)


def test_positions_count_as_qt_does(editor: Editor, highlighter: MarkdownHighlighter) -> None:
    editor.load_text("😀😀 *em* 😀 **st**")
    looks = {(f.start, f.length): f for f in _block(editor, 0).layout().formats()}
    assert looks[(6, 2)].format.fontItalic()
    assert looks[(15, 2)].format.fontWeight() == QFont.Weight.Bold


def test_nested_looks_combine(editor: Editor, highlighter: MarkdownHighlighter) -> None:
    editor.load_text("# Head with *em*")
    words = _block(editor, 0).layout().formats()[-2]
    assert words.format.fontItalic()
    assert words.format.fontWeight() > QFont.Weight.Normal


def test_opening_a_fence_turns_the_rest_into_code(
    editor: Editor, highlighter: MarkdownHighlighter, qtbot: QtBot
) -> None:
    editor.load_text("\n*one*\ntwo")
    qtbot.keyClicks(editor, "```")
    tinted = _block(editor, 2).layout().formats()
    assert tinted[0].format.background().color().name() == THEMES["paper"].tint
    assert not any(f.format.fontItalic() for f in _block(editor, 1).layout().formats())
    editor.undo()
    assert _block(editor, 2).layout().formats() == []
    assert any(f.format.fontItalic() for f in _block(editor, 1).layout().formats())


def test_a_theme_changes_the_colours(editor: Editor, highlighter: MarkdownHighlighter) -> None:
    editor.load_text("[words](address)")
    for name in ("paper", "night"):
        highlighter.apply_theme(THEMES[name])
        colours = {
            f.format.foreground().color().name() for f in _block(editor, 0).layout().formats()
        }
        assert colours == {THEMES[name].accent, THEMES[name].secondary}


def test_of_a_long_document_only_what_is_seen_is_styled(
    editor: Editor, highlighter: MarkdownHighlighter
) -> None:
    editor.load_text("*word*\n" * 30_000 + "```\n*code*")
    assert _block(editor, 0).layout().formats()
    assert _block(editor, 20_000).layout().formats() == []
    bar = editor.verticalScrollBar()
    bar.setValue(20_000)
    assert _block(editor, 20_000).layout().formats()
    bar.setValue(bar.maximum())
    assert not any(f.format.fontItalic() for f in _block(editor, 30_001).layout().formats())


def test_a_large_paste_is_styled_as_it_comes_into_sight(
    editor: Editor, highlighter: MarkdownHighlighter
) -> None:
    editor.load_text("*start*\n*end*")
    editor.insert_generated("*word*\n" * 5_000, 7)
    assert _block(editor, 0).layout().formats()
    assert _block(editor, 5_001).layout().formats()
    assert _block(editor, 2_000).layout().formats() == []
    editor.verticalScrollBar().setValue(2_000)
    assert _block(editor, 2_000).layout().formats()


def test_a_line_becomes_a_heading_by_the_line_below(
    editor: Editor, highlighter: MarkdownHighlighter, qtbot: QtBot
) -> None:
    editor.load_text("Title\n")
    editor.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.keyClicks(editor, "==")
    (look,) = _block(editor, 0).layout().formats()
    assert look.format.fontWeight() > QFont.Weight.Normal
    editor.undo()
    assert _block(editor, 0).layout().formats() == []


def test_headings_grow_with_the_font_of_the_page(
    editor: Editor, highlighter: MarkdownHighlighter
) -> None:
    editor.load_text("# Head\nwords")
    for size in (17, 34):
        font = QFont()
        font.setFamilies(["DejaVu Serif"])
        font.setPixelSize(size)
        editor.set_reading_font(font)
        editor.grab()
        (head,) = _block(editor, 0).layout().lineAt(0).glyphRuns()[1:]
        assert head.rawFont().pixelSize() == pytest.approx(1.5 * size, abs=1)


def test_a_page_that_moves_while_it_is_loaded_is_styled_too(
    editor: Editor, highlighter: MarkdownHighlighter, qtbot: QtBot
) -> None:
    # The scroll bar takes room from a page whose text becomes long, which looks at its lines then.
    editor.verticalScrollBar().rangeChanged.connect(highlighter.style_in_sight)
    for text in ("one", "a\n*word*\n" * 500, "# two"):
        editor.load_text(text)
        assert editor.text() == text
    assert _block(editor, 0).layout().formats()


def test_paragraphs_get_space_over_them_and_code_does_not(qtbot: QtBot) -> None:
    text = "One first.\nTwo words.\nalone\n- an item\n```\na b\n```\n"
    editor = Editor()
    qtbot.addWidget(editor)
    highlighter = MarkdownHighlighter(editor)
    font = QFont(editor.font())
    font.setPixelSize(20)
    editor.set_reading_font(font)
    editor.resize(900, 600)
    editor.load_text(text)

    def heights() -> list[float]:
        editor.grab()
        layout = editor.document().documentLayout()
        return [
            layout.blockBoundingRect(editor.document().findBlockByNumber(number)).height()
            for number in range(6)
        ]

    before = heights()
    highlighter.set_paragraph_spacing(100)
    grown = [after - old for after, old in zip(heights(), before, strict=True)]
    assert grown == pytest.approx([0, 20, 20, 0, 0, 0], abs=2)
    highlighter.set_paragraph_spacing(0)
    assert heights() == before
    assert editor.text() == text
