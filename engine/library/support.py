"""The words of a quotation that answer a question: those asked about, and the thing asked for."""

from __future__ import annotations

from engine.library.expected import expected_words, without_question_form
from engine.library.words import content_words, word_spans

Span = tuple[int, int]
_LONGEST_GAP = 1
"""Marks so near to each other become one: what stands between them is a space."""


def supporting_words(question: str, quote: str) -> tuple[Span, ...]:
    """Start and end, in code points of ``quote``, of the words that support it as an answer.

    They are the words of the question in any form, and what is of the kind asked for: numbers
    for "how many", times for "when", names for "who".
    """
    wanted = content_words(without_question_form(question))
    spans = [(start, end) for start, end, stem in word_spans(quote) if stem in wanted]
    return tuple(_joined(quote, sorted({*spans, *expected_words(question, quote)})))


def _joined(quote: str, spans: list[Span]) -> list[Span]:
    joined: list[Span] = []
    for start, end in spans:
        gap = quote[joined[-1][1] : start] if joined else ""
        if joined and start <= joined[-1][1] + _LONGEST_GAP and not gap.strip():
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined
