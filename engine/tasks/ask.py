"""A question answered from sources: the quotation first, the model's sentence second."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.api import ChatMessage, GenerationRequest, Lane, Role, SamplingParams, TextEngine
from engine.cancel import CancelToken
from engine.library.citations import Citation, cite
from engine.library.library import Library
from engine.library.passages import Passage, RankedPassage, rank_passages, split_passages
from engine.library.retrieve import page_of
from engine.library.types import LibraryText
from engine.library.words import content_words, words
from engine.tasks.quoting import LEAST_SUPPORT, best_quotes, can_score

_SYSTEM = "Answer the question from the passages only, in one short sentence."
_MIN_SUPPORT = 0.4
"""Without a model. Chosen on 90 reading questions, of which 12 in 18 unanswerable and 9 in 72 other
ones are declined; on 210 questions of our own it declines three quarters and four in ten."""
_MAX_PASSAGES = 3
_MAX_QUOTES = 2
"""Sentences that a model is given, once it has chosen them."""
_HITS = 24
"""Passages of a library whose sentences are compared."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What sources say to a question.

    ``citations`` are the quotations that answer best, best first; empty when the sources do not
    say ("Not in your documents"). ``nearest`` are those that come nearest, taken as support or not.
    ``support`` is how likely the first one answers, from 0 to 1. ``passages`` is among how many
    passages was looked, ``search_ms`` how long finding them took, and ``score_ms`` how long
    choosing the sentences took, by the model where there is one.
    """

    citations: tuple[Citation, ...]
    nearest: tuple[Citation, ...] = ()
    support: float = 0.0
    passages: int = 0
    search_ms: float = 0.0
    score_ms: float = 0.0

    @property
    def supported(self) -> bool:
        """Whether there is anything to quote, and so any ground for an answer."""
        return bool(self.citations)


def find_evidence(
    sources: Sequence[tuple[str, str] | LibraryText],
    question: str,
    engine: TextEngine | None = None,
    *,
    cancel: CancelToken | None = None,
) -> Evidence:
    """What ``sources``, each a name and a text or a document that was read, say to ``question``.

    A passage whose best sentence holds too few of the question's content words (weighted by
    rarity), or nothing of the kind asked for, does not count as support. With an ``engine`` the
    sentence and its support are chosen by the model's scores too, in a second or two (blocking),
    unless the question is in a language that the weights do not hold for. Once ``cancel`` is set
    the model is not asked any further.

    Raises ``EngineError`` where the engine does.
    """
    started = time.perf_counter()
    passages: list[Passage] = []
    places: dict[str, tuple[str, tuple[int, ...]]] = {}
    for source in sources:
        if isinstance(source, LibraryText):
            name = str(source.path)
            text, places[name] = source.text, (source.title, source.pages)
        else:
            name, text = source
        passages.extend(split_passages(name, text))
    ranked = rank_passages(passages, question)
    if engine is not None and len(passages) <= _MAX_PASSAGES:
        ranked += _others(passages, ranked)
    search_ms = (time.perf_counter() - started) * 1000
    names = {
        each.passage: (title, page_of(pages, each.passage.start))
        for each in ranked
        for title, pages in [places.get(each.passage.source, ("", ()))]
    }
    return _evidence(ranked, None, names, question, engine, cancel, len(passages), search_ms)


def find_in_library(
    library: Library,
    question: str,
    engine: TextEngine | None = None,
    *,
    cancel: CancelToken | None = None,
) -> Evidence:
    """What the files of ``library`` say to ``question``; as ``find_evidence`` in all else.

    The ``source`` of each citation is a file's path; places are those of ``Library.text``. Raises
    ``LibraryError`` too.
    """
    found = library.search(question, _HITS)
    rarity = dict(found.rarity)
    ranked = rank_passages([hit.passage for hit in found.hits], question, rarity)
    names = {hit.passage: (hit.title, hit.page) for hit in found.hits}
    search_ms = found.words_ms + found.meaning_ms
    return _evidence(ranked, rarity, names, question, engine, cancel, found.passages, search_ms)


def _evidence(
    ranked: Sequence[RankedPassage],
    rarity: Mapping[str, float] | None,
    names: Mapping[Passage, tuple[str, int]],
    question: str,
    engine: TextEngine | None,
    cancel: CancelToken | None,
    looked_at: int,
    search_ms: float,
) -> Evidence:
    started = time.perf_counter()
    best = list(ranked[:_MAX_PASSAGES])
    if engine is None or not can_score(question):
        support = best[0].support if best else 0.0
        kept = [item for item in best if item.support >= _MIN_SUPPORT]
    else:
        best = best_quotes(engine, best, question, _MAX_PASSAGES, rarity, cancel)
        support = best[0].support if best else 0.0
        kept = best[:_MAX_QUOTES] if support >= LEAST_SUPPORT else []
    citations = [
        cite(each.passage, each.quote, question, each.support, *names[each.passage])
        for each in best
    ]
    return Evidence(
        citations=tuple(citations[at] for at, each in enumerate(best) if each in kept),
        nearest=tuple(citations),
        support=support,
        passages=looked_at,
        search_ms=search_ms,
        score_ms=(time.perf_counter() - started) * 1000,
    )


def _others(passages: Sequence[Passage], ranked: Sequence[RankedPassage]) -> list[RankedPassage]:
    """The passages of a short text that share no word with a question: a model may see more."""
    found = {each.passage for each in ranked}
    return [RankedPassage(each, 0.0, 0.0, each, 0.0) for each in passages if each not in found]


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
    quoted = "\n\n".join(item.quote for item in evidence.citations)
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


_SAYS_NOTHING = {"answer"}
"""For 'The answer is 81,250.' says no more than '81,250.' does."""


def answer_grounding(answer: str, evidence: Evidence, question: str) -> float:
    """The share of the content words of the model's ``answer`` that stand in what it was given.

    1 where it adds nothing of its own to the quotations and the question. Below about 0.7 its
    sentence is better not believed.
    """
    given = {*words(question), *(word for each in evidence.citations for word in words(each.quote))}
    said = content_words(answer) if answer.strip() else set()
    said -= _SAYS_NOTHING
    return len(said & given) / len(said) if said else 0.0
