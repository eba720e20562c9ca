"""The sentences of a text that say most of it: the part of a summary that cannot be wrong.

Which ones is decided by how likely each is after the text and the word "Summary", by how much it
has in common with the rest (Mihalcea & Tarau 2004), by how much it holds and where it stands; then
by what those taken before leave unsaid (Carbonell & Goldstein 1998). The weights were chosen on
`training/summary/points.jsonl`.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from engine.api import TextEngine
from engine.cancel import CancelToken
from engine.library.words import content_words, sentences, words

_PART_CHARACTERS = 5_000
"""A part of a long text: about 1,200 tokens of English, which the model reads in one go."""
_TOGETHER = 4
"""Sentences scored in one call; between calls a summary can be stopped."""
_FEWEST_WORDS = 5
_HAN = re.compile(r"[\u3400-\u9fff]")
_LIST_MARK = re.compile(r"^\s*(?:[-*+]|\d{1,3}[.)]|#{1,6}|>)\s+")
_PROMPT = "{text}\n\nSummary:"


class SummaryLength(StrEnum):
    """How long a summary is to be."""

    SHORT = "short"
    MEDIUM = "medium"
    LONG = "long"


_USUAL_WORDS = {SummaryLength.SHORT: 45, SummaryLength.MEDIUM: 90, SummaryLength.LONG: 180}
_USUAL_SOURCE = 300


@dataclass(frozen=True, slots=True)
class SummaryWeights:
    """What a sentence is worth; each feature is standardised within a part of the text."""

    likelihood: float = 1.0
    centrality: float = 1.0
    position: float = 0.6
    content: float = 0.3
    redundancy: float = 1.0


WEIGHTS = SummaryWeights()


@dataclass(frozen=True, slots=True)
class SummarySentence:
    """A sentence of the text, ``text[start:end]``, and what it is worth for a summary."""

    text: str
    start: int
    end: int
    value: float = 0.0


@dataclass(frozen=True, slots=True)
class ScoredPart:
    """A part of a text with all its sentences, in order; ``share`` of the text is scored now."""

    sentences: tuple[SummarySentence, ...]
    share: float


def word_count(text: str) -> int:
    """Words of a text; two Chinese characters count as one."""
    han = len(_HAN.findall(text))
    return len(_HAN.sub(" ", text).split()) + (han + 1) // 2


def summary_words(length: SummaryLength, source_words: int) -> int:
    """How many words a summary of a text may have: never more than a third of it."""
    usual = _USUAL_WORDS[length] * math.sqrt(max(1.0, source_words / _USUAL_SOURCE))
    return max(1, min(round(usual), source_words // 3))


def parts(text: str) -> list[list[SummarySentence]]:
    """The sentences of a text, in parts that a model can read; headings and fragments are none."""
    found: list[list[SummarySentence]] = []
    size = 0
    for start, end in sentences(text, 0, len(text)):
        line = text[start:end]
        if line.lstrip().startswith(("#", "|", "```", "---")):
            continue
        mark = _LIST_MARK.match(line)
        start += mark.end() if mark else 0
        shown = " ".join(text[start:end].split())
        if word_count(shown) < _FEWEST_WORDS:
            continue
        if not found or size + len(shown) > _PART_CHARACTERS:
            found.append([])
            size = 0
        found[-1].append(SummarySentence(shown, start, end))
        size += len(shown)
    return found


def score_parts(
    text: str,
    engine: TextEngine | None,
    *,
    weights: SummaryWeights = WEIGHTS,
    cancel: CancelToken | None = None,
    progress: Callable[[float], None] | None = None,
) -> Iterator[ScoredPart]:
    """The parts of a text as they are scored (each step blocks); ends early if cancelled.

    Without an engine words and places decide alone. Raises the ``EngineError`` that scoring fails
    with.
    """
    split = parts(text)
    total = sum(len(part) for part in split)
    done = 0
    rarity = _rarity([each.text for part in split for each in part])
    for part in split:
        likelihoods: list[float] = []
        for at in range(0, len(part) if engine is not None else 0, _TOGETHER):
            if cancel is not None and cancel.cancelled():
                return
            assert engine is not None
            likelihoods += _likelihoods(engine, part, at)
            if progress is not None:
                progress((done + len(likelihoods)) / total)
        done += len(part)
        yield ScoredPart(tuple(_valued(part, likelihoods, rarity, weights)), done / total)


def choose_sentences(
    scored: Sequence[ScoredPart],
    *,
    most_words: int | None = None,
    count: int | None = None,
    weights: SummaryWeights = WEIGHTS,
) -> tuple[SummarySentence, ...]:
    """The sentences of a summary in the order of the text.

    Either at most ``most_words`` words, or ``count`` sentences; at least one where there is any.
    """
    left = [each for part in scored for each in part.sentences]
    rarity = _rarity([each.text for each in left])
    chosen: list[SummarySentence] = []
    said: set[str] = set()
    room = most_words if most_words is not None else math.inf
    wanted = count if count is not None else len(left)
    while left and len(chosen) < wanted:
        best = max(left, key=lambda each: _worth(each, said, rarity, weights))
        left.remove(best)
        if word_count(best.text) > room and chosen:
            continue
        chosen.append(best)
        said |= content_words(best.text)
        room -= word_count(best.text)
        left = [each for each in left if word_count(each.text) <= room or not chosen]
    return tuple(sorted(chosen, key=lambda each: each.start))


def _worth(
    sentence: SummarySentence, said: set[str], rarity: dict[str, float], weights: SummaryWeights
) -> float:
    held = content_words(sentence.text)
    total = sum(rarity.get(word, 1.0) for word in held)
    again = sum(rarity.get(word, 1.0) for word in held & said)
    return sentence.value - weights.redundancy * 2 * again / max(total, 1e-9)


def _likelihoods(engine: TextEngine, part: Sequence[SummarySentence], at: int) -> list[float]:
    """How likely sentences are as a summary of their part, in nats a token."""
    prompt = _PROMPT.replace("{text}", " ".join(each.text for each in part))
    texts = [" " + each.text for each in part[at : at + _TOGETHER]]
    return [each.mean_logprob for each in engine.score_candidates(prompt, texts)]


def _valued(
    part: Sequence[SummarySentence],
    likelihoods: Sequence[float],
    rarity: dict[str, float],
    weights: SummaryWeights,
) -> Iterator[SummarySentence]:
    held = [content_words(each.text) for each in part]
    features = [
        (weights.centrality, standardised(centralities(held, rarity))),
        (weights.position, standardised([1 / math.sqrt(1 + place) for place in range(len(part))])),
        (
            weights.content,
            standardised(
                [math.log1p(sum(rarity.get(word, 1.0) for word in each)) for each in held]
            ),
        ),
        (weights.likelihood, standardised(likelihoods) if likelihoods else [0.0] * len(part)),
    ]
    for place, each in enumerate(part):
        yield replace(each, value=sum(weight * values[place] for weight, values in features))


def centralities(held: Sequence[set[str]], rarity: dict[str, float]) -> list[float]:
    """How central each sentence is, by PageRank over the words that sentences share."""
    count = len(held)
    norms = [math.sqrt(sum(rarity.get(word, 1.0) ** 2 for word in each)) or 1.0 for each in held]
    links = [
        [
            sum(rarity.get(word, 1.0) ** 2 for word in one & other) / (norms[a] * norms[b])
            if a != b
            else 0.0
            for b, other in enumerate(held)
        ]
        for a, one in enumerate(held)
    ]
    totals = [sum(row) for row in links]
    rank = [1 / max(1, count)] * count
    for _ in range(30):
        rank = [
            0.15 / count
            + 0.85 * sum(rank[a] * links[a][b] / totals[a] for a in range(count) if totals[a])
            for b in range(count)
        ]
    return rank


def standardised(values: Sequence[float]) -> list[float]:
    """Values with mean 0 and deviation 1; all 0 where they do not differ."""
    if not values:
        return []
    mean = sum(values) / len(values)
    deviation = math.sqrt(sum((each - mean) ** 2 for each in values) / len(values))
    return [(each - mean) / deviation if deviation > 1e-12 else 0.0 for each in values]


def _rarity(texts: Sequence[str]) -> dict[str, float]:
    """Inverse document frequency of the words, a sentence a document."""
    counts = Counter(word for text in texts for word in set(words(text)))
    return {word: math.log(1 + len(texts) / count) for word, count in counts.items()}
