"""The sentence that answers a question, and how likely it does, by words and by the model's scores.

Four things tell: how much of the question the sentence holds, whether it holds the kind of thing
asked for, how much likelier the question becomes after it (query likelihood, Ponte & Croft 1998,
against a prompt that says nothing), and how much likelier it becomes after the question.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.api import TextEngine
from engine.cancel import CancelToken
from engine.library.passages import RankedPassage, RankedSentence, rank_sentences

_NOTHING = "..."
_EXPECTED, _LIKELIHOOD = 0.4, 0.5
"""Weights beside the words held; chosen, as the constants below, on 138 answerable and 72
unanswerable English questions that were written for it about 36 short texts."""
_COVERAGE_LOGIT, _EXPECTED_LOGIT, _LIKELIHOOD_LOGIT, _SENTENCE_LOGIT = 1.41, 1.87, 0.12, 1.01
_INTERCEPT = -2.16
LEAST_SUPPORT = 0.43
"""The probability below which the text is taken not to say; of the questions above it declines 4
in 10 unanswerable ones, and fewer than 1 in 10 of the others."""
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@dataclass(frozen=True, slots=True)
class SentenceScores:
    """What the model says of a sentence and a question, in nats a token; 0 is no difference.

    ``question`` is how much likelier the question is after the sentence and the one before it,
    ``sentence`` how much likelier the sentence is after the question.
    """

    question: float
    sentence: float


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

    Each comes as a ``RankedPassage`` whose ``quote`` is the sentence. ``support`` is the
    probability that the first one answers; it is the same for all of them. ``rarity`` as in
    ``rank_passages``. Once ``cancel`` is set the rest is taken to be neither likely nor not.

    Raises ``EngineError`` as ``TextEngine.score_candidates`` does.
    """
    sentences = rank_sentences([item.passage for item in passages], question, rarity)
    if not sentences:
        return []
    scored = score_sentences(engine, sentences, question, cancel)
    order = sorted(range(len(sentences)), key=lambda at: -sentence_value(sentences[at], scored[at]))
    support = answer_probability(sentences[order[0]], scored[order[0]])
    of = {item.passage: item for item in passages}
    return [
        RankedPassage(
            passage=sentences[at].passage,
            score=of[sentences[at].passage].score,
            coverage=of[sentences[at].passage].coverage,
            quote=sentences[at].quote,
            support=support,
        )
        for at in order[:count]
    ]


def sentence_value(sentence: RankedSentence, scores: SentenceScores) -> float:
    """How well a sentence answers, for comparing the sentences of one question."""
    return sentence.coverage + _EXPECTED * sentence.expected + _LIKELIHOOD * scores.question


def answer_probability(sentence: RankedSentence, scores: SentenceScores) -> float:
    """How likely the best sentence answers, by logistic regression."""
    logit = (
        _INTERCEPT
        + _COVERAGE_LOGIT * sentence.coverage
        + _EXPECTED_LOGIT * sentence.expected
        + _LIKELIHOOD_LOGIT * scores.question
        + _SENTENCE_LOGIT * scores.sentence
    )
    return 1 / (1 + math.exp(-logit))


def score_sentences(
    engine: TextEngine,
    sentences: Sequence[RankedSentence],
    question: str,
    cancel: CancelToken | None = None,
) -> list[SentenceScores]:
    """The model's scores of each sentence (blocking)."""
    asked = " " + question
    texts = [" " + " ".join(each.quote.text.split()) for each in sentences]
    after = engine.score_candidates(
        f"Question: {question}\nAnswer:", texts, (f"Question: {_NOTHING}\nAnswer:",)
    )
    found = []
    for sentence, told in zip(sentences, after, strict=True):
        if cancel is not None and cancel.cancelled():
            found.append(SentenceScores(0.0, 0.0))
            continue
        context = " ".join(sentence.with_previous.split())
        (likely,) = engine.score_candidates(
            f"{context}\nQuestion:", [asked], (f"{_NOTHING}\nQuestion:",)
        )
        found.append(
            SentenceScores(
                (likely.logprob - (likely.prior_logprob or 0.0)) / likely.tokens,
                (told.logprob - (told.prior_logprob or 0.0)) / told.tokens,
            )
        )
    return found
