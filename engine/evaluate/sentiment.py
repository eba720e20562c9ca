"""Sentiment measured: which of the labels of a file the model finds to fit each text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from engine.api import TextEngine
from engine.cancel import CancelToken
from engine.errors import InvalidRequest
from engine.evaluate.intervals import measured, share
from engine.evaluate.items import read_items, text_field
from engine.evaluate.report import Evaluation, Progress
from engine.tasks.classify import classify, classify_request

SENTIMENT_TEMPLATE = (
    "Review: The soup was cold and the waiter rude.\nSentiment: negative\n\n"
    "Review: Quick, friendly and cheap. I will be back.\nSentiment: positive\n\n"
    "Review: It broke after a week and nobody answers my emails.\nSentiment: negative\n\n"
    "Review: The room was small, but the bed was the best I have slept in.\nSentiment: positive\n\n"
    "Review: {text}\nSentiment:"
)
"""What a model without an adapter for sentiment is asked with."""
_EVEN = 0.5


@dataclass(frozen=True, slots=True)
class SentimentItem:
    """A text and its label."""

    text: str
    label: str


def sentiment_item(record: dict[str, Any]) -> SentimentItem:
    """An item from its JSON object. Raises ``KeyError`` and ``TypeError``."""
    return SentimentItem(text_field(record, "text"), text_field(record, "label"))


def evaluate_sentiment(
    text: str,
    engine: TextEngine,
    template: str = SENTIMENT_TEMPLATE,
    *,
    divide_prior: bool = True,
    positive: Callable[[str], float] | None = None,
    progress: Progress | None = None,
    cancel: CancelToken | None = None,
) -> Evaluation | None:
    """Label the texts of a file by the labels' probabilities after ``template`` (blocking).

    ``divide_prior`` compares them with those after no text (see ``classify_request``). Where the
    labels are "positive" and "negative", ``positive``, if given, tells how probably a text is the
    former, and the template does not matter (see ``ToneReader``). None if it was cancelled. Raises
    ``InvalidRequest`` for a file of something else, and the ``EngineError`` that the model fails
    with.
    """
    items = read_items(text, sentiment_item)
    labels = sorted({item.label for item in items})
    if len(labels) < 2:
        raise InvalidRequest("All items have the same label, so there is nothing to tell apart.")
    rows: list[list[float]] = []
    found: dict[str, list[int]] = {label: [0, 0] for label in labels}
    for item in items:
        if cancel is not None and cancel.cancelled():
            return None
        if positive is not None and labels == ["negative", "positive"]:
            best = labels[positive(item.text) > _EVEN]
        else:
            request = classify_request(
                item.text, labels, template=template, divide_prior=divide_prior
            )
            scores = classify(engine, request)
            best = labels[max(range(len(labels)), key=lambda place: scores[place].probability)]
        right = best == item.label
        rows.append([right, 1])
        found[item.label][0] += right
        found[item.label][1] += 1
        if progress is not None:
            progress(len(rows) / len(items))
    accuracy = measured(rows, lambda sums: share(sums[..., 0], sums[..., 1]))
    return Evaluation(
        "sentiment", len(items), {"": {"accuracy": accuracy}}, {"right_by_label": found}
    )
