"""Counting words, characters, sentences and reading time as writers do."""

from __future__ import annotations

import functools
import math
import re
from dataclasses import dataclass

from app.core.characters import HAN, KANA, marks

_ASCII_WORD = re.compile(r"[A-Za-z0-9]+(?:['\-.][A-Za-z0-9]+)*")
_SENTENCE_END = re.compile(
    r"[.!?\u2026]+[\"'\u2019\u201d)\]*_~]*(?=\s|$)|[\u3002\uff01\uff1f\uff0e]+|\u2026{2}(?=\S)"
)
_ABBREVIATED = frozenset("mr mrs ms dr st prof vs no fig cf etc".split())
_WORDS_A_MINUTE = 230
_HAN_A_MINUTE = 255


@dataclass(frozen=True, slots=True)
class Counts:
    """What a text has: ``spaces`` and ``han`` are among the characters, ``han`` among the words.

    Ends of lines are no characters. A paragraph is lines that no blank line parts.
    """

    words: int = 0
    characters: int = 0
    spaces: int = 0
    han: int = 0
    sentences: int = 0
    paragraphs: int = 0

    def reading_minutes(self) -> int:
        """Minutes an adult needs to read it silently, rounded up."""
        return reading_minutes(self.words, self.han)


def count_words(text: str) -> int:
    """Words of ``text``: each Han character or kana is one, "don't" and "well-known" are one."""
    pattern = _ASCII_WORD if text.isascii() else _word()
    return len(pattern.findall(text))


def count_line(line: str) -> tuple[int, int, int, int, int]:
    """Words, characters, spaces, Han characters and sentences of a text without line ends."""
    han = 0 if line.isascii() else len(_han().findall(line))
    spaces = len(line) - sum(map(len, line.split()))
    return count_words(line), len(line), spaces, han, _count_sentences(line)


def reading_minutes(words: int, han: int = 0) -> int:
    """Minutes an adult needs to read that many words, ``han`` of them Han characters, rounded up.

    English: Brysbaert 2019, silently. Chinese: Trauzettel-Klosinski and Dietz 2012 (IReST).
    """
    minutes = (words - han) / _WORDS_A_MINUTE + han / _HAN_A_MINUTE
    return math.ceil(minutes - 1e-9)


def _count_sentences(line: str) -> int:
    """Sentences of a line; words without an end, as in a heading, are one."""
    sentences = start = 0
    for match in _SENTENCE_END.finditer(line):
        if match.group() == "." and _goes_on(line, match.start()):
            continue
        sentences += any(map(str.isalnum, line[start : match.start()]))
        start = match.end()
    return sentences + any(map(str.isalnum, line[start:]))


def _goes_on(line: str, dot: int) -> bool:
    """Whether a full stop ends an abbreviation or an initial and not the sentence."""
    word = line[max(0, dot - 12) : dot].split()[-1:]
    before = word[0].lstrip("(\"'\u2018\u201c").casefold() if word else ""
    letters = before.split(".")
    if before in _ABBREVIATED or all(len(one) == 1 and one.isalpha() for one in letters):
        return True
    after = line[dot + 1 : dot + 3].lstrip()
    return after[:1].islower()


@functools.cache
def _han() -> re.Pattern[str]:
    return re.compile(f"[{HAN}]")


@functools.cache
def _word() -> re.Pattern[str]:
    # An accent or a vowel sign of its own is no letter to ``re``, and would part a word.
    letters = rf"[^\W_{HAN}{KANA}][{marks()}\u200c\u200d\u00ad]*"
    return re.compile(
        rf"[{HAN}{KANA}]|(?:{letters})+(?:['\u2019\-\u2010\u2011.\u00b7](?:{letters})+)*"
    )
