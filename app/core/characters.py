"""Kinds of characters, as the inside of a character class for ``re``, which knows no scripts."""

from __future__ import annotations

import functools
import sys
import unicodedata

HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Chinese characters, with the signs that repeat one and mean zero."""
KANA = "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9d"
"""Japanese syllables, without the punctuation among them."""


@functools.cache
def marks() -> str:
    """Characters that belong to the one before them: accents, vowel signs, variation selectors.

    Emoji skin tones count too. Made from Python's own Unicode tables at the first call.
    """
    ranges: list[list[int]] = []
    for code in range(0x300, sys.maxunicode + 1):
        if 0x323B0 <= code < 0xE0100 or code > 0xE01EF:
            continue  # planes without characters, or for private use
        if unicodedata.category(chr(code))[0] == "M" or 0x1F3FB <= code <= 0x1F3FF:
            if ranges and ranges[-1][1] == code - 1:
                ranges[-1][1] = code
            else:
                ranges.append([code, code])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)
