"""Passages of a text and how well each answers a question (BM25, Robertson & Zaragoza 2009)."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

_TARGET_CHARACTERS = 600
_K1, _B = 1.2, 0.75
_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
_WORD = re.compile(rf"[{_CJK}]|[^\W_{_CJK}]+(?:['\u2019][^\W_]+)?")
_SENTENCE = re.compile(
    r"[^.!?\u3002\uff01\uff1f\n]+(?:[.!?\u3002\uff01\uff1f]+[\"'\u201d\u2019)]*|\n|$)\s*"
)
_STOP_WORDS = frozenset(
    "a an and are as at be but by did do does for from had has have he her his how i in is it its "
    "of on or she that the their them they this to was we were what when where which who whom "
    "whose why will with would you your".split()
)


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a source: ``text == source_text[start:end]``; ``line`` counts from 1."""

    source: str
    text: str
    start: int
    end: int
    line: int


@dataclass(frozen=True, slots=True)
class RankedPassage:
    """A passage with its BM25 ``score`` and the rarity-weighted share of query words it holds."""

    passage: Passage
    score: float
    coverage: float


def split_passages(source: str, text: str) -> list[Passage]:
    """Split ``text`` at paragraph and sentence ends into passages of about 600 characters."""
    passages: list[Passage] = []
    for paragraph in re.finditer(r"\S(?:.|\n(?!\s*\n))*", text):
        start = paragraph.start()
        end = start
        for sentence in _SENTENCE.finditer(text, start, paragraph.end()):
            if end > start and sentence.end() - start > _TARGET_CHARACTERS:
                passages.append(_passage(source, text, start, end))
                start = sentence.start()
            end = sentence.end()
        passages.append(_passage(source, text, start, paragraph.end()))
    return [passage for passage in passages if passage.text]


def rank_passages(passages: Sequence[Passage], query: str) -> list[RankedPassage]:
    """All passages that share a content word with ``query``, best first."""
    wanted = {word for word in _words(query) if word not in _STOP_WORDS} or set(_words(query))
    counts = [Counter(_words(passage.text)) for passage in passages]
    if not counts or not wanted:
        return []
    mean_length = max(1.0, sum(count.total() for count in counts) / len(counts))
    rarity = {
        word: math.log(1 + (len(counts) - found + 0.5) / (found + 0.5))
        for word in wanted
        for found in [sum(1 for count in counts if word in count)]
    }
    ranked = []
    for passage, count in zip(passages, counts, strict=True):
        norm = _K1 * (1 - _B + _B * count.total() / mean_length)
        score = sum(rarity[w] * count[w] * (_K1 + 1) / (count[w] + norm) for w in wanted)
        if score > 0:
            held = sum(rarity[w] for w in wanted if w in count)
            ranked.append(RankedPassage(passage, score, held / sum(rarity.values())))
    return sorted(ranked, key=lambda item: -item.score)


def _passage(source: str, text: str, start: int, end: int) -> Passage:
    body = text[start:end].rstrip()
    return Passage(source, body, start, start + len(body), text.count("\n", 0, start) + 1)


def _words(text: str) -> list[str]:
    return [_stem(word) for word in _WORD.findall(text.casefold())]


def _stem(word: str) -> str:
    """A light stem: the plural and possessive s, so that "keepers" finds "keeper's"."""
    word = word.replace("\u2019", "'").removesuffix("'s")
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
