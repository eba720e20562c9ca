"""Answers from a text measured: the right quotation, the right words, and when to decline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from engine.api import TextEngine
from engine.cancel import CancelToken
from engine.evaluate.intervals import Interval, measured, share
from engine.evaluate.items import read_items, text_field, texts_field
from engine.evaluate.report import Evaluation, Progress
from engine.tasks.ask import Evidence, ask_request, find_evidence

_ARTICLES = frozenset({"a", "an", "the"})
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_\u3040-\u30ff\u3400-\u9fff]+")


@dataclass(frozen=True, slots=True)
class ReadingQuestion:
    """A question, its right answers, and the words of the text that hold them.

    ``span`` is None and there are no ``answers`` where the text does not say.
    """

    question: str
    answers: tuple[str, ...]
    span: str | None


@dataclass(frozen=True, slots=True)
class ReadingItem:
    """A text and questions about it."""

    passage: str
    questions: tuple[ReadingQuestion, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What was shown for a question: the quotation, whether as support, and the model's words."""

    quote: str
    supported: bool
    answer: str = ""


def reading_item(record: dict[str, Any]) -> ReadingItem:
    """An item from its JSON object. Raises ``KeyError``, ``TypeError`` and ``ValueError``."""
    passage = text_field(record, "passage")
    questions = record["questions"]
    if not isinstance(questions, list):
        raise TypeError("'questions' has to be a list")
    found = tuple(reading_question(each) for each in questions)
    for each in found:
        if each.span is not None and each.span not in passage:
            raise ValueError(f"the span of '{each.question}' is not in the passage")
    return ReadingItem(passage, found)


def reading_question(record: dict[str, Any]) -> ReadingQuestion:
    """A question from its JSON object. Raises ``KeyError`` and ``TypeError``."""
    span = None if record["span"] is None else text_field(record, "span")
    return ReadingQuestion(text_field(record, "q"), texts_field(record, "a"), span)


def evaluate_reading(
    text: str,
    engine: TextEngine,
    progress: Progress | None = None,
    cancel: CancelToken | None = None,
) -> Evaluation | None:
    """Ask every question of a file's ``text`` of its own passage (blocking).

    None if it was cancelled. Raises ``InvalidRequest`` for a file of something else, and the
    ``EngineError`` that the model fails with.
    """
    items = read_items(text, reading_item)
    asked = [(item.passage, question) for item in items for question in item.questions]
    readings: list[Reading] = []
    for passage, question in asked:
        if cancel is not None and cancel.cancelled():
            return None
        evidence = find_evidence([("", passage)], question.question, engine)
        readings.append(read_aloud(evidence, question.question, engine))
        if progress is not None:
            progress(len(readings) / len(asked))
    figures = score_reading([question for _, question in asked], readings)
    return Evaluation("reading", len(asked), {"": figures})


def read_aloud(evidence: Evidence, question: str, engine: TextEngine) -> Reading:
    """What a person is shown of ``evidence`` (blocking); the model is asked where it supports."""
    quote = evidence.nearest[0].quote if evidence.nearest else ""
    if not evidence.supported:
        return Reading(quote, supported=False)
    answer = engine.generate(ask_request(evidence, question)).text
    return Reading(quote, supported=True, answer=answer)


def score_reading(
    questions: Sequence[ReadingQuestion], readings: Sequence[Reading]
) -> dict[str, Interval]:
    """Judge what was shown, one reading for each question.

    ``quote_hit`` is the share of the answerable questions whose first quotation overlaps the right
    words, taken as support or not; ``answer_match`` that of those whose answer was given and holds
    a right one; ``abstain_false`` that of those declined. ``abstain_right`` is the share of the
    other questions that were declined.
    """
    rows = [
        [
            question.span is not None,
            question.span is not None and overlaps(reading.quote, question.span),
            question.span is not None and holds_answer(reading.answer, question.answers),
            question.span is not None and not reading.supported,
            question.span is None,
            question.span is None and not reading.supported,
        ]
        for question, reading in zip(questions, readings, strict=True)
    ]
    return {
        "quote_hit": measured(rows, lambda sums: share(sums[..., 1], sums[..., 0])),
        "abstain_right": measured(rows, lambda sums: share(sums[..., 5], sums[..., 4])),
        "abstain_false": measured(rows, lambda sums: share(sums[..., 3], sums[..., 0])),
        "answer_match": measured(rows, lambda sums: share(sums[..., 2], sums[..., 0])),
    }


def overlaps(quote: str, span: str) -> bool:
    """Whether two stretches of one text have words in common where they lie.

    Either holds the other, or the end of one is the beginning of the other, by three words or more.
    """
    one, other = _plain(quote), _plain(span)
    if not one or not other:
        return False
    if _within(one, other) or _within(other, one):
        return True
    shared = range(3, min(len(one), len(other)))
    return any(one[-n:] == other[:n] or other[-n:] == one[:n] for n in shared)


def holds_answer(answer: str, right: Sequence[str]) -> bool:
    """Whether ``answer`` holds one of the ``right`` ones as whole words.

    Capitals, punctuation and articles do not count.
    """
    words = _plain(answer)
    return any(_within(_plain(each), words) for each in right)


def _plain(text: str) -> list[str]:
    return [word for word in _WORD.findall(text.casefold()) if word not in _ARTICLES]


def _within(part: list[str], whole: list[str]) -> bool:
    starts = range(len(whole) - len(part) + 1)
    return bool(part) and any(whole[at : at + len(part)] == part for at in starts)
