"""Passages of texts, how well each answers a question, and the sentence in it that does.

Passages are scored by BM25 (Robertson & Zaragoza 2009).
"""

from __future__ import annotations

import bisect
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from engine.library.expected import answer_likelihood, without_question_form
from engine.library.words import content_words, sentences, words

_TARGET_CHARACTERS = 700
_SHORT_CHARACTERS = 250
_K1, _B = 1.2, 0.75
_PARAGRAPH = re.compile(r"\S(?:.|\n(?!\s*\n))*")
_NEIGHBOUR = 0.35
"""Share of a query word's weight that counts when only a neighbouring sentence holds it."""
_DOUBT = 0.35
"""What support loses when the quoted sentence holds nothing of the kind asked for."""
_CERTAIN = 0.5
"""Below this support one more sentence is quoted."""
_ELSEWHERE = 0.2
"""The same when another sentence of the passage holds it."""
_REFERS_BACK = re.compile(r"(?:he|she|it|they|this|these|those|its|his|her|their|we)\b", re.I)
_EXPECTED = 0.25
"""Weight of holding the kind of thing asked for (a number, a name), against coverage."""


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
    """A passage with its BM25 ``score`` and the sentence of it that answers best.

    ``coverage`` is the share of the query's words, weighted by rarity, that the passage holds;
    ``support`` the same for the quoted sentence, its neighbours counted in part.
    """

    passage: Passage
    score: float
    coverage: float
    quote: Passage
    support: float


@dataclass(frozen=True, slots=True)
class RankedSentence:
    """A sentence of a passage as an answer to a question.

    ``with_previous`` is its text after the sentence before it. ``coverage`` is the share of the
    question's words, weighted by rarity, that it holds, its neighbours counted in part;
    ``expected`` is 1 when it holds the kind of thing asked for, 0 when not, 0.5 when that is open.
    ``missing`` is the share of the question's words that the whole passage lacks.
    """

    passage: Passage
    quote: Passage
    with_previous: str
    coverage: float
    expected: float
    missing: float


def split_passages(source: str, text: str) -> list[Passage]:
    """Split ``text`` at paragraph and sentence ends into passages of about 700 characters.

    A short paragraph, a heading above all, goes with what follows it.
    """
    breaks = _line_breaks(text)
    passages: list[Passage] = []
    start = end = 0
    for paragraph in _PARAGRAPH.finditer(text):
        if end - start >= _SHORT_CHARACTERS:
            passages.append(_passage(source, text, start, end, breaks))
            start = end = paragraph.start()
        elif end == start:
            start = end = paragraph.start()
        for first, last in sentences(text, paragraph.start(), paragraph.end()):
            if end > start and last - start > _TARGET_CHARACTERS:
                passages.append(_passage(source, text, start, end, breaks))
                start = first
            end = last
    if end > start:
        passages.append(_passage(source, text, start, end, breaks))
    return passages


def rank_passages(
    passages: Sequence[Passage], query: str, rarity: Mapping[str, float] | None = None
) -> list[RankedPassage]:
    """All passages that share a content word with ``query``, best first.

    ``rarity`` is how much each of its words tells apart, counted in ``passages`` if not given.
    """
    wanted = content_words(without_question_form(query))
    counts = [Counter(words(passage.text)) for passage in passages]
    if not counts or not wanted:
        return []
    parts = [_parts(passage) for passage in passages]
    rarity = _rarity(wanted, [part.words for group in parts for part in group], rarity)
    total = sum(rarity.values())
    mean_length = max(1.0, sum(count.total() for count in counts) / len(counts))
    ranked = []
    for passage, count, group in zip(passages, counts, parts, strict=True):
        norm = _K1 * (1 - _B + _B * count.total() / mean_length)
        score = sum(rarity[w] * count[w] * (_K1 + 1) / (count[w] + norm) for w in wanted)
        if score > 0:
            held = sum(rarity[w] for w in wanted if w in count)
            quote, support, rank = _best_part(passage, group, query, rarity)
            ranked.append(
                (rank + score / total, RankedPassage(passage, score, held / total, quote, support))
            )
    return [item for _, item in sorted(ranked, key=lambda pair: -pair[0])]


def rank_sentences(
    passages: Sequence[Passage], query: str, rarity: Mapping[str, float] | None = None
) -> list[RankedSentence]:
    """All sentences of ``passages``, in their order, valued for ``query`` by words alone.

    ``rarity`` as in ``rank_passages``.
    """
    wanted = content_words(without_question_form(query))
    groups = [_parts(passage) for passage in passages]
    rarity = _rarity(wanted, [part.words for group in groups for part in group], rarity)
    return [
        RankedSentence(
            passage=passage,
            quote=part.passage,
            with_previous="\n".join(each.passage.text for each in group[max(0, at - 1) : at + 1]),
            coverage=_coverage(group, at, rarity),
            expected=answer_likelihood(query, part.passage.text),
            missing=len(wanted.difference(*(each.words for each in group))) / max(1, len(wanted)),
        )
        for passage, group in zip(passages, groups, strict=True)
        for at, part in enumerate(group)
    ]


@dataclass(frozen=True, slots=True)
class _Part:
    passage: Passage
    words: frozenset[str]


def _parts(passage: Passage) -> list[_Part]:
    breaks = _line_breaks(passage.text)
    found = []
    for start, end in sentences(passage.text, 0, len(passage.text)):
        body = passage.text[start:end]
        line = passage.line + bisect.bisect_left(breaks, start)
        place = Passage(passage.source, body, passage.start + start, passage.start + end, line)
        found.append(_Part(place, frozenset(words(body))))
    return found


def quote_of(passage: Passage, sentence: Passage) -> Passage:
    """``sentence`` as it is quoted: with the one before it in ``passage`` if it refers back."""
    parts = _parts(passage)
    index = next((at for at, each in enumerate(parts) if each.passage == sentence), 0)
    return _quote(passage, parts, index, _CERTAIN)


def _best_part(
    passage: Passage, parts: Sequence[_Part], query: str, rarity: dict[str, float]
) -> tuple[Passage, float, float]:
    """The words to quote, their support, and their value for ranking."""
    best = (-1.0, 0.0, 0)
    for index, part in enumerate(parts):
        own = any(word in part.words for word in rarity)
        support = _coverage(parts, index, rarity)
        likely = answer_likelihood(query, part.passage.text)
        value = support + (_EXPECTED * likely if own else 0.0)
        if likely == 0:
            support *= 1 - _DOUBT
        best = max(best, (value, support, -index))
    value, support, index = best[0], best[1], -best[2]
    return _quote(passage, parts, index, support), support, value


def _quote(passage: Passage, parts: Sequence[_Part], index: int, support: float) -> Passage:
    """The sentence, with the one before it where it refers back and the one after it in doubt."""
    first = last = index
    if index > 0 and _REFERS_BACK.match(parts[index].passage.text):
        first -= 1
    elif index + 1 < len(parts) and (support < _CERTAIN):
        last += 1
    start, end = parts[first].passage.start, parts[last].passage.end
    body = passage.text[start - passage.start : end - passage.start]
    return Passage(passage.source, body, start, end, parts[first].passage.line)


def _coverage(parts: Sequence[_Part], index: int, rarity: dict[str, float]) -> float:
    """The share of the words that a sentence holds, those of its passage counted in part."""
    held = sum(
        weight * (1.0 if word in parts[index].words else _share(word, parts, index))
        for word, weight in rarity.items()
    )
    return held / (sum(rarity.values()) or 1.0)


def _share(word: str, parts: Sequence[_Part], index: int) -> float:
    """How much a word counts that another sentence of the passage holds."""
    near = parts[max(0, index - 1) : index + 2]
    if any(word in part.words for part in near):
        return _NEIGHBOUR
    return _ELSEWHERE if any(word in part.words for part in parts) else 0.0


def _rarity(
    wanted: Iterable[str], parts: Sequence[frozenset[str]], told: Mapping[str, float] | None
) -> dict[str, float]:
    if told is not None:
        most = max(told.values(), default=1.0)
        return {word: told.get(word, most) for word in wanted}
    found = {word: sum(1 for part in parts if word in part) for word in wanted}
    count = len(parts)
    return {word: math.log(1 + (count - n + 0.5) / (n + 0.5)) for word, n in found.items()}


def _line_breaks(text: str) -> list[int]:
    return [match.start() for match in re.finditer("\n", text)]


def _passage(source: str, text: str, start: int, end: int, breaks: Sequence[int]) -> Passage:
    line = bisect.bisect_left(breaks, start) + 1
    return Passage(source, text[start:end], start, end, line)
