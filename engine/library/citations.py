"""A quotation with its place in a text, and the words in it that support the answer."""

from __future__ import annotations

from dataclasses import dataclass

from engine.library.passages import Passage
from engine.library.support import supporting_words


@dataclass(frozen=True, slots=True)
class Citation:
    """Words of a source as they stand there.

    ``source`` is the name it was given, for a library the file's path; ``title`` is what to call
    it. ``quote == text[start:end]``, where ``text`` is the source's (of a file its extracted one:
    ``Library.text``, ``read_document``); places count code points. ``marks`` are the
    stretches of ``quote`` that support the answer. ``line`` and ``page`` count from 1 and
    are 0 where the source has none. ``passage`` is what surrounds the quotation, from ``around``.
    ``support`` is how likely the quotation answers, from 0 to 1.
    """

    source: str
    title: str
    quote: str
    start: int
    end: int
    line: int
    page: int
    marks: tuple[tuple[int, int], ...]
    passage: str
    around: int
    support: float


def cite(
    passage: Passage, quote: Passage, question: str, support: float, title: str = "", page: int = 0
) -> Citation:
    """``quote``, a part of ``passage``, as an answer to ``question``."""
    return Citation(
        source=passage.source,
        title=title or passage.source,
        quote=quote.text,
        start=quote.start,
        end=quote.end,
        line=quote.line if passage.line else 0,
        page=page,
        marks=supporting_words(question, quote.text),
        passage=passage.text,
        around=passage.start,
        support=support,
    )
