"""Words that no dictionary has because they are names."""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher

_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")
_ALIKE = 0.8
"""A misspelt word shares more of its letters with the right one, most of the time."""
_COMMON = frozenset(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May "
    "June July August September October November December Christmas Easter English British "
    "American French German Spanish Italian Chinese Japanese Indian European Africa Europe Asia "
    "America Australia Britain England Scotland Ireland France Germany Spain Italy India China "
    "Japan Canada London Paris".split()
)
"""What is often written with a capital and often misspelled."""


class Names:
    """What a text tells about its names; ``text`` is all of it that there is."""

    def __init__(self, text: str) -> None:
        counts: Counter[str] = Counter()
        inside: set[str] = set()
        for match in _WORD.finditer(text):
            word = _stem(match.group())
            if word[0].isupper():
                counts[word] += 1
                if not _begins(text, match.start()):
                    inside.add(word)
        self._inside = inside
        self._often = {word for word, count in counts.items() if count > 1}

    def is_name(self, word: str, replacement: str) -> bool:
        """Whether an unknown ``word`` is probably a name rather than meant to be ``replacement``.

        It is where it has a capital in the middle of a sentence, or comes more than once, or where
        the replacement is not like it; unless that is itself a common name.
        """
        if replacement in _COMMON or not word[:1].isupper():
            return False
        alike = SequenceMatcher(None, word.casefold(), replacement.casefold(), autojunk=False)
        word = _stem(word)
        return word in self._inside or word in self._often or alike.ratio() <= _ALIKE


def _stem(word: str) -> str:
    return re.sub("['\u2019]s?$", "", word) or word


def _begins(text: str, start: int) -> bool:
    """Whether a sentence, a line or a quotation begins at ``start``."""
    before = text[:start].rstrip(" \t")[-1:]
    return not before or before in '.!?\n"\u201c\u2018:*#>'
