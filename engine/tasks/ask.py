"""A question answered from named sources: the best passage first, the model's sentence second."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.api import ChatMessage, GenerationRequest, Lane, Role, SamplingParams, TextEngine
from engine.library.passages import Passage, RankedPassage, rank_passages, split_passages
from engine.tasks.quoting import LEAST_SUPPORT, best_quotes, can_score

_SYSTEM = "Answer the question from the passages only, in one short sentence."
_MIN_SUPPORT = 0.4
"""Without a model. Chosen on 90 reading questions, of which 12 in 18 unanswerable and 9 in 72 other
ones are declined; on 210 questions of our own it declines three quarters and four in ten."""
_MAX_PASSAGES = 3
_MAX_QUOTES = 2
"""Sentences that a model is given, once it has chosen them."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The passages that answer best, best first; empty when the sources do not speak of it.

    ``nearest`` are those that come nearest, taken as support or not.
    """

    passages: tuple[RankedPassage, ...]
    nearest: tuple[RankedPassage, ...] = ()

    @property
    def supported(self) -> bool:
        """Whether there is anything to quote, and so any ground for an answer."""
        return bool(self.passages)


def find_evidence(
    sources: Sequence[tuple[str, str]], question: str, engine: TextEngine | None = None
) -> Evidence:
    """Rank the passages of ``sources`` (name, text) for ``question``.

    A passage whose best sentence holds too few of the question's content words (weighted by
    rarity), or nothing of the kind asked for, does not count as support. With an ``engine`` the
    sentence and its support are chosen by the model's scores too, in a second or two (blocking),
    unless the question is in a language that the weights do not hold for.

    Raises ``EngineError`` where the engine does.
    """
    passages: list[Passage] = []
    for name, text in sources:
        passages.extend(split_passages(name, text))
    nearest = tuple(rank_passages(passages, question)[:_MAX_PASSAGES])
    if engine is None or not can_score(question):
        kept = tuple(item for item in nearest if item.support >= _MIN_SUPPORT)
        return Evidence(kept, nearest)
    quotes = tuple(best_quotes(engine, nearest, question, _MAX_PASSAGES))
    supported = bool(quotes) and quotes[0].support >= LEAST_SUPPORT
    return Evidence(quotes[:_MAX_QUOTES] if supported else (), quotes)


def ask_request(
    evidence: Evidence,
    question: str,
    *,
    sampling: SamplingParams | None = None,
    max_tokens: int = 96,
) -> GenerationRequest:
    """The request that answers ``question`` from ``evidence``; greedy unless told otherwise.

    The model gets the quotations only: on the reading questions it is as often right as with the
    whole passages, sooner, and it strays less.
    """
    quoted = "\n\n".join(item.quote.text for item in evidence.passages)
    return GenerationRequest(
        prompt=(
            ChatMessage(Role.SYSTEM, _SYSTEM),
            ChatMessage(Role.USER, f"{quoted}\n\nQuestion: {question}"),
        ),
        lane=Lane.CHAT,
        max_tokens=max_tokens,
        sampling=sampling or SamplingParams(repetition_penalty=1.05),
        stop=("\n",),
    )
