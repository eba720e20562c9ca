"""What one key takes of a suggestion."""

from __future__ import annotations

import pytest

from app.editor.pieces import first_sentence, first_word, word_spans


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (" climbed the", " climbed"),
        ("ing, and", "ing,"),
        ("灯塔的老人", "灯塔"),
        ("，他说", "，"),
        ("end", "end"),
        ("  ", "  "),
        ("", ""),
    ],
)
def test_the_first_word(text: str, word: str) -> None:
    assert first_word(text) == word


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (" climbed up. Then he", " climbed up."),
        (' said "no." He left', ' said "no."'),
        (" about 3.5 metres", " about 3.5 metres"),
        ("老人说。他走了", "老人说。"),
        (" no end", " no end"),
        ("", ""),
    ],
)
def test_the_first_sentence(text: str, sentence: str) -> None:
    assert first_sentence(text) == sentence


def test_all_pieces_together_are_the_text() -> None:
    text = " climbed up. 灯塔的老人，他说"
    spans = word_spans(text)
    assert "".join(text[start:end] for start, end in spans) == text
    assert text[slice(*spans[1])] == " up."
