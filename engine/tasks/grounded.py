"""Whether a sentence that a model wrote says only what its source says: a guard, not a proof.

Compared are the numbers, the names and the other words that carry meaning, by their stems. A small
model that makes something up nearly always makes up one of these.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from engine.library.words import content_words, stem, words

_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_NAME = re.compile(r"(?<![.!?\u2026:\u201c\"] )(?<!^)\b[A-Z][\w'\u2019-]+")
_NUMBER_WORDS = frozenset(
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred "
    "thousand million billion half third quarter first second dozen".split()
)
_NEGATIONS = frozenset("not no never nobody none nothing neither nor without cannot".split())
_MOST_ADDED = 0.15
"""Share of the content words that may be the model's own ("describes", "team")."""


@dataclass(frozen=True, slots=True)
class Grounding:
    """What a sentence adds: each in the order of the sentence, empty where it adds nothing."""

    numbers: tuple[str, ...]
    names: tuple[str, ...]
    words: tuple[str, ...]
    share_added: float
    """Share of the content words that the source does not have."""

    @property
    def sound(self) -> bool:
        """Whether it may be shown beside what the source says."""
        return not self.numbers and not self.names and self.share_added <= _MOST_ADDED


def grounding(sentence: str, source: str) -> Grounding:
    """Compare a sentence with the text that it is about."""
    known = set(words(source))
    known_numbers = set(_NUMBER.findall(source))
    numbers = [each for each in _NUMBER.findall(sentence) if each not in known_numbers]
    numbers += [each for each in words(sentence) if each in _STEMMED_NUMBERS and each not in known]
    negations = [each for each in words(sentence) if each in _NEGATIONS and each not in known]
    names = [
        each
        for each in _NAME.findall(sentence)
        if not set(words(each)) <= known and each.lower() not in source.lower()
    ]
    content = content_words(sentence)
    added = tuple(word for word in dict.fromkeys(words(sentence)) if word in content - known)
    share = len(added) / max(1, len(content))
    return Grounding(tuple(numbers), tuple(names), (*added, *negations), share)


_STEMMED_NUMBERS = frozenset(map(stem, _NUMBER_WORDS))
