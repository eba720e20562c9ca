"""Lines are read together where a sentence may go from one to the next."""

from __future__ import annotations

import pytest

from app.core.grammar.sentence_lines import lines_of_sentence


@pytest.mark.parametrize(
    ("text", "number", "lines"),
    [
        ("This sentence was\nbroken by hand\nin two places.", 1, (0, 2)),
        ("One sentence.\nAnother one.", 1, (1, 1)),
        ("He said \u201cyes.\u201d\nThen he left", 0, (0, 0)),
        ("a paragraph\n\nanother", 0, (0, 0)),
        ("# A heading\nand a text", 1, (1, 1)),
        ("- an item\n- another", 0, (0, 0)),
        ("- an item that\n  goes on", 0, (0, 1)),
        ("text\n> a quotation", 0, (0, 0)),
        ("| a | b |\n| c | d |", 0, (0, 0)),
        ("a line  \nand its hard break", 0, (0, 0)),
        ("alone", 0, (0, 0)),
    ],
)
def test_lines_of_one_sentence(text: str, number: int, lines: tuple[int, int]) -> None:
    assert lines_of_sentence(text.split("\n"), number) == lines


def test_a_text_without_ends_is_not_read_as_a_whole() -> None:
    first, last = lines_of_sentence(["no end"] * 1000, 500)
    assert last - first < 30
