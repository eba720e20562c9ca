"""Sentences are found whole, in English and Chinese."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.sentences import sentence_at


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("One. Tw|o! Three?", "Two!"),
        ("One.| Two! Three?", "One."),
        ("One. Two! Three?|", "Three?"),
        ("|One. Two!", "One."),
        ("Dr. Smi|th came. He left.", "Dr. Smith came."),
        ('"Stop!" he s|aid. Then', '"Stop!" he said.'),
        ("At 3.5 m|iles it ends. Yes", "At 3.5 miles it ends."),
        ("Wait\u2026 wh|at? No.", "Wait\u2026 what?"),
        ("第一句。第二|句！第三句？", "第二句！"),
        ("第一句。|第二句！", "第一句。"),
        ("他说：“好。”|她走了。", "他说：“好。”"),
        ("等等……然|后呢？", "然后呢？"),
        ("   indent|ed", "indented"),
        ("|", ""),
    ],
)
def test_the_sentence_at_a_place(text: str, sentence: str) -> None:
    line = text.replace("|", "")
    start, end = sentence_at(line, text.index("|"))
    assert line[start:end] == sentence


@given(text=st.text('aB. !?。”"…', max_size=20), data=st.data())
def test_any_place_has_a_sentence_within_the_line(text: str, data: st.DataObject) -> None:
    start, end = sentence_at(text, data.draw(st.integers(0, len(text))))
    assert 0 <= start <= end <= len(text)
