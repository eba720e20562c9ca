"""Counting words as writers do."""

from __future__ import annotations

import re

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_KANA = "\u3040-\u30ff"
_WORD = re.compile(rf"[{_HAN}{_KANA}]|[^\W_{_HAN}{_KANA}]+(?:['\u2019\-.][^\W_{_HAN}{_KANA}]+)*")
_WORDS_A_MINUTE = 230


def count_words(text: str) -> int:
    """Words of ``text``: each Han character or kana is one, "don't" and "well-known" are one."""
    return sum(1 for _ in _WORD.finditer(text))


def reading_minutes(words: int) -> int:
    """Minutes an adult needs to read that many words silently (Brysbaert 2019), rounded up."""
    return -(-words // _WORDS_A_MINUTE)
