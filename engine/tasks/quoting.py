"""The sentence that answers a question, and how likely it does, by words and by the model's scores.

These tell: how much of the question the sentence holds, whether it holds the kind of thing asked
for, how much likelier the question becomes after it (query likelihood, Ponte & Croft 1998, against
a prompt that says nothing), and its length. What they weigh stands in ``reading_weights.py``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence

from engine.api import TextEngine
from engine.cancel import CancelToken
from engine.library.passages import (
    Passage,
    RankedPassage,
    RankedSentence,
    quote_of,
    rank_sentences,
)
from engine.library.words import words
from engine.tasks.reading_weights import ANSWER, LEAST_SUPPORT, RANK

__all__ = [
    "LEAST_SUPPORT",
    "answer_probability",
    "best_quotes",
    "can_score",
    "features",
    "question_likelihoods",
    "sentence_value",
]

_NOTHING = "..."
_MOST_SCORED = 10
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def can_score(question: str) -> bool:
    """Whether the weights hold for ``question``: they were chosen on English."""
    return not _HAN.search(question)


def best_quotes(
    engine: TextEngine,
    passages: Sequence[RankedPassage],
    question: str,
    count: int,
    rarity: Mapping[str, float] | None = None,
    cancel: CancelToken | None = None,
) -> list[RankedPassage]:
    """The ``count`` sentences of ``passages`` that answer best, best first (blocking).

    Each comes as a ``RankedPassage`` whose ``quote`` is the sentence, with the one before it where
    it refers back. ``support`` is the probability that the first one answers; it is the same for
    all of them. ``rarity`` as in ``rank_passages``. Once ``cancel`` is set the rest is taken to be
    neither likely nor not.

    Raises ``EngineError`` as ``TextEngine.score_candidates`` does.
    """
    sentences = rank_sentences([item.passage for item in passages], question, rarity)
    if not sentences:
        return []
    # The model takes some 50 ms a sentence, and those that words speak against do not win.
    sentences.sort(key=lambda each: -sentence_value(each, 0.0))
    del sentences[_MOST_SCORED:]
    likely = question_likelihoods(engine, sentences, question, cancel)
    order = sorted(range(len(sentences)), key=lambda at: -sentence_value(sentences[at], likely[at]))
    support = answer_probability(sentences[order[0]], likely[order[0]])
    of = {item.passage: item for item in passages}
    found: list[RankedPassage] = []
    for at in order:
        passage = sentences[at].passage
        quote = quote_of(passage, sentences[at].quote)
        if any(_overlap(quote, each.quote) for each in found):
            continue
        found.append(
            RankedPassage(passage, of[passage].score, of[passage].coverage, quote, support)
        )
        if len(found) == count:
            break
    return found


def features(sentence: RankedSentence, likelihood: float) -> dict[str, float]:
    """What is known of a sentence, by the names in ``reading_weights.py``.

    ``likelihood`` is in nats a token; 0 where the question is as likely as after nothing.
    """
    return {
        "coverage": sentence.coverage,
        "nothing_expected": float(sentence.expected == 0),
        "expected": float(sentence.expected == 1),
        "likelihood": likelihood,
        "length": math.log1p(len(words(sentence.quote.text))),
        "missing": sentence.missing,
    }


def sentence_value(sentence: RankedSentence, likelihood: float) -> float:
    """How well a sentence answers, for comparing the sentences of one question."""
    known = features(sentence, likelihood)
    return sum(weight * known[name] for name, weight in RANK.items())


def answer_probability(sentence: RankedSentence, likelihood: float) -> float:
    """How likely the best sentence answers."""
    known = {"intercept": 1.0, **features(sentence, likelihood)}
    logit = sum(weight * known[name] for name, weight in ANSWER.items())
    return 1 / (1 + math.exp(-logit))


def question_likelihoods(
    engine: TextEngine,
    sentences: Sequence[RankedSentence],
    question: str,
    cancel: CancelToken | None = None,
) -> list[float]:
    """How much likelier the question is after each sentence and the one before it (blocking).

    In nats a token, against what it is after nothing.
    """
    found = []
    for sentence in sentences:
        if cancel is not None and cancel.cancelled():
            found.append(0.0)
            continue
        context = " ".join(sentence.with_previous.split())
        (likely,) = engine.score_candidates(
            f"{context}\nQuestion:", [f" {question}"], (f"{_NOTHING}\nQuestion:",)
        )
        found.append((likely.logprob - (likely.prior_logprob or 0.0)) / likely.tokens)
    return found


def _overlap(one: Passage, other: Passage) -> bool:
    return one.source == other.source and one.start < other.end and other.start < one.end
