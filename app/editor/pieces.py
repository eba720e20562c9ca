"""The pieces of a suggestion that a person can take: its first word, its first sentence."""

from __future__ import annotations

import re

_HAN = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WORD = re.compile(
    rf"\s*(?:[{_HAN}]{{1,2}}[\u3000-\u303f\uff01-\uff0f\uff1a-\uff1f]*|[^\s{_HAN}]+)(?: \Z)?"
)
_SENTENCE = re.compile(
    r".*?(?:[.!?\u2026]+[\"'\u201d\u2019)\]]*(?=\s|$)|[\u3002\uff01\uff1f]+[\u201d\u2019\u300d\uff09]*)",
    re.DOTALL,
)


def first_word(text: str) -> str:
    """The first word of ``text`` with the white space before it; two characters of Chinese.

    A space at the very end comes with the last word.
    """
    match = _WORD.match(text)
    return match.group() if match else text


def first_sentence(text: str) -> str:
    """``text`` up to the end of its first sentence; all of it if none ends."""
    match = _SENTENCE.match(text)
    return match.group() if match else text


def word_spans(text: str) -> list[tuple[int, int]]:
    """Start and end of each piece that ``first_word`` would take, one after the other."""
    spans = []
    start = 0
    while start < len(text):
        end = start + len(first_word(text[start:]))
        spans.append((start, end))
        start = end
    return spans
