"""Summaries measured: how many of a text's key points they tell, beside two simple ways."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from engine.api import TextEngine
from engine.cancel import CancelToken
from engine.evaluate.intervals import Interval, measured, share
from engine.evaluate.items import read_items, text_field, texts_field
from engine.evaluate.report import Evaluation, Progress
from engine.library.words import content_words, words
from engine.tasks.keywords import keywords
from engine.tasks.summarise import summarise
from engine.tasks.summary import (
    SummaryLength,
    SummarySentence,
    SummaryWeights,
    choose_sentences,
    parts,
    score_parts,
    summary_words,
    word_count,
)

_TEXT_RANK = SummaryWeights(
    likelihood=0.0, centrality=1.0, position=0.0, content=0.0, redundancy=0.0
)
_KEYWORDS = 10


@dataclass(frozen=True, slots=True)
class SummaryItem:
    """A text, its key points, and words that stand for what it is about."""

    source: str
    key_points: tuple[str, ...]
    keywords: tuple[str, ...]


def summary_item(record: dict[str, Any]) -> SummaryItem:
    """An item from its JSON object. Raises ``KeyError`` and ``TypeError``."""
    return SummaryItem(
        text_field(record, "source"),
        texts_field(record, "key_points"),
        texts_field(record, "keywords") if "keywords" in record else (),
    )


def evaluate_summary(
    text: str,
    engine: TextEngine,
    progress: Progress | None = None,
    cancel: CancelToken | None = None,
) -> Evaluation | None:
    """Summaries of the texts of a file beside two simple ways (blocking); None if cancelled.

    The ways beside the model are "lead" (the first sentences) and "textrank" (sentences by shared
    words alone); all are at most a third of the text in words. ``key_points`` is the share of the
    points of which half or more of the content words are in one sentence. ``keywords`` is the share
    of the given keywords that the summary holds, ``named`` of those among the ten of ``keywords``.
    It raises ``InvalidRequest`` and the model's ``EngineError``.
    """
    items = read_items(text, summary_item)
    rows: dict[str, list[list[float]]] = {"lead": [], "textrank": [], "": []}
    named: list[list[float]] = []
    own = 0
    for number, item in enumerate(items):
        found = summarise(item.source, engine, cancel=cancel)
        if found is None or (cancel is not None and cancel.cancelled()):
            return None
        own += bool(found.own)
        told = [found.own] if found.own else []
        rows[""].append(_row(item, [*told, *_texts(found.sentences)]))
        rows["lead"].append(_row(item, _texts(_lead(item.source))))
        ranked = list(score_parts(item.source, None, weights=_TEXT_RANK))
        most = summary_words(SummaryLength.MEDIUM, word_count(item.source))
        rows["textrank"].append(
            _row(item, _texts(choose_sentences(ranked, most_words=most, weights=_TEXT_RANK)))
        )
        best = keywords(item.source, engine, count=_KEYWORDS)
        shown = " / ".join(each.text for each in best).casefold()
        named.append([sum(each.casefold() in shown for each in item.keywords), len(item.keywords)])
        if progress is not None:
            progress((number + 1) / len(items))
    figures = {way: _figures(each) for way, each in rows.items()}
    details = {
        "own_sentences": own,
        "keywords_named": measured(named, lambda sums: share(sums[..., 0], sums[..., 1])).value,
    }
    return Evaluation("summary", len(items), figures, details)


def _lead(source: str) -> list[SummarySentence]:
    """The first sentences, as many as fit a summary."""
    room = summary_words(SummaryLength.MEDIUM, word_count(source))
    found: list[SummarySentence] = []
    for sentence in (each for part in parts(source) for each in part):
        room -= word_count(sentence.text)
        if room < 0 and found:
            break
        found.append(sentence)
    return found


def _texts(found: Sequence[SummarySentence]) -> list[str]:
    return [each.text for each in found]


def _row(item: SummaryItem, told: Sequence[str]) -> list[float]:
    held = [set(words(each)) for each in told]
    points = [content_words(point) for point in item.key_points]
    covered = sum(any(2 * len(point & each) >= len(point) for each in held) for point in points)
    whole = " ".join(told).casefold()
    present = sum(each.casefold() in whole for each in item.keywords)
    length = sum(map(word_count, told))
    return [
        covered,
        len(points),
        present,
        len(item.keywords),
        length,
        word_count(item.source),
    ]


def _figures(rows: Sequence[Sequence[float]]) -> dict[str, Interval]:
    return {
        "key_points": measured(rows, lambda sums: share(sums[..., 0], sums[..., 1])),
        "keywords": measured(rows, lambda sums: share(sums[..., 2], sums[..., 3])),
        "length": measured(rows, lambda sums: share(sums[..., 4], sums[..., 5])),
    }
