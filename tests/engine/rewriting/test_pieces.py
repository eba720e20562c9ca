"""What of a Markdown text may be rewritten, and that nothing of it is lost."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.rewriting.action import ActionPiece
from engine.rewriting.pieces import split_parts

LINES = st.sampled_from(
    [
        "", " ", "Some words here. And more.", "## 2.1 A heading", "# Title #", "- an item",
        "  more of it", "1. first", "12) twelfth", "- [ ] a task", "> a quotation", "> > deeper",
        ">", "```python", "```", "~~~", "x = 1", "    code", "\tcode", "| a | b |", "|---|---|",
        "a | b", "--- | ---", "***", "---", "[one]: https://a.example", "<div>", "$$", "a break  ",
        "[^1]: a note", "![a picture](b.png)", "===", "中文句子。另一句。", "+++",
    ]
)  # fmt: skip
MARKDOWN = st.lists(LINES | st.text(max_size=20), max_size=14).map("\n".join)


@settings(deadline=None)
@given(MARKDOWN, st.sampled_from(ActionPiece), st.booleans())
def test_the_parts_are_the_very_text(text, piece, headings):
    parts = split_parts(text, piece, headings=headings)
    assert "".join(part.text for part in parts) == text
    assert all(part.text == text[part.start : part.end] and part.text for part in parts)
    assert all(part.plain and part.plain == part.plain.strip() for part in parts if part.rewritable)


def pieces(text, piece=ActionPiece.PARAGRAPH, **options):
    return [part.plain for part in split_parts(text, piece, **options) if part.rewritable]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One line\nand its second.\n\nAnother.", ["One line\nand its second.", "Another."]),
        ("## 2.1 Name\n\nText.", ["Text."]),
        ("- one\n- two\n  goes on\n", ["one", "two\ngoes on"]),
        ("3. one\n10) two", ["one", "two"]),
        ("- [x] done\n- [ ] to do", ["done", "to do"]),
        ("> quoted\n> further\n\nafter", ["quoted\nfurther", "after"]),
        ("> - item in it\n>   goes on", ["item in it\ngoes on"]),
        ("```\ncode\n\nmore\n```\nText.", ["Text."]),
        ("> ```\n> code\n> ```\n> Text.", ["Text."]),
        ("Before.\n\n    code\n\nAfter.", ["Before.", "After."]),
        ("| a | b |\n|---|---|\n| c | d |\n\nText.", ["Text."]),
        ("a | b\n--- | ---\nc | d\n\nText.", ["Text."]),
        ("---\ntitle: x\n---\nText.", ["Text."]),
        ("+++\ntitle = 1\n+++\nText.", ["Text."]),
        ("Text.\n\n[a]: https://a.example\n\n***\n", ["Text."]),
        ("$$\nx = 1\n$$\nText.", ["Text."]),
        ("a line  \nanother", ["a line", "another"]),
        ("[^1]: A note.", ["A note."]),
        ("<div>\nText.\n</div>", ["Text."]),
        ("Title\n=====\nText.", ["Title", "Text."]),
        ("![alone](a.png)\n\nText.", ["Text."]),
        ("***", []),
        ("", []),
    ],
)
def test_only_prose_is_rewritten(text, expected):
    assert pieces(text) == expected


def test_sentences_are_pieces_of_their_own():
    text = "- Mr Venn came at 8 p.m. and left. Nobody saw him!\n\nMore."
    found = pieces(text, ActionPiece.SENTENCE)
    assert found == ["Mr Venn came at 8 p.m. and left.", "Nobody saw him!", "More."]


def test_headings_are_rewritten_only_when_wanted():
    text = "# 3. Results and more ##\n"
    assert pieces(text, headings=True) == ["Results and more"]
    assert pieces(text) == []


def test_a_whole_text_is_one_piece_without_its_outer_space():
    parts = split_parts("\n\n# A\n\nb\n\n", ActionPiece.WHOLE)
    assert [part.text for part in parts] == ["\n\n", "# A\n\nb", "\n\n"]


def test_further_lines_of_a_result_get_the_mark_of_the_quotation():
    (_, part) = split_parts("> one\n> two")
    assert part.put("a\nb") == "a\n> b"
    _, item = split_parts("- one")
    assert item.put("a\nb") == "a\n  b"
