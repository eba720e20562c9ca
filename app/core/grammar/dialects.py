"""Which English a text is checked for, and which paragraphs are English at all."""

from __future__ import annotations

import re
from types import MappingProxyType

from app.core.spelling.dictionaries import Dictionary
from engine import Dialect

FOLLOW = "follow"
"""The choice of the English that the spelling is checked for."""
_BY_COUNTRY = MappingProxyType(
    {
        "us": Dialect.AMERICAN,
        "ca": Dialect.CANADIAN,
        "au": Dialect.AUSTRALIAN,
        "nz": Dialect.AUSTRALIAN,
        "in": Dialect.INDIAN,
    }
)
_LETTER = re.compile(r"[^\W\d_]")
_ENGLISH_WORD = re.compile(r"[A-Za-z]{2,}")
_LEAST_WORDS = 2
_LEAST_SHARE = 0.6
"""Of a text's letters that are those of English."""


def dialect_for(choice: str, dictionary: Dictionary | None) -> Dialect | None:
    """The English to check for, None for a text that is not English.

    ``choice`` is a dialect's name or ``FOLLOW``, ``dictionary`` the one for the text's language.
    """
    if dictionary is None or dictionary.language != "en":
        return None
    if choice != FOLLOW:
        return Dialect(choice)
    country = re.split("[_-]", dictionary.name.lower())[-1]
    return _BY_COUNTRY.get(country, Dialect.BRITISH)


def looks_english(text: str) -> bool:
    """Whether a text is worth asking about: most of its letters are English ones, in words."""
    letters = len(_LETTER.findall(text))
    words = _ENGLISH_WORD.findall(text)
    return len(words) >= _LEAST_WORDS and sum(map(len, words)) >= _LEAST_SHARE * letters
