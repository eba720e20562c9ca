"""Counting words as writers do."""

from __future__ import annotations

import functools
import re

from app.core.characters import HAN, KANA, marks

_ASCII_WORD = re.compile(r"[A-Za-z0-9]+(?:['\-.][A-Za-z0-9]+)*")
_WORDS_A_MINUTE = 230


def count_words(text: str) -> int:
    """Words of ``text``: each Han character or kana is one, "don't" and "well-known" are one."""
    pattern = _ASCII_WORD if text.isascii() else _word()
    return sum(1 for _ in pattern.finditer(text))


def reading_minutes(words: int) -> int:
    """Minutes an adult needs to read that many words silently (Brysbaert 2019), rounded up."""
    return -(-words // _WORDS_A_MINUTE)


@functools.cache
def _word() -> re.Pattern[str]:
    # An accent or a vowel sign of its own is no letter to ``re``, and would part a word.
    letters = rf"[^\W_{HAN}{KANA}][{marks()}\u200c\u200d\u00ad]*"
    return re.compile(
        rf"[{HAN}{KANA}]|(?:{letters})+(?:['\u2019\-\u2010\u2011.\u00b7](?:{letters})+)*"
    )
