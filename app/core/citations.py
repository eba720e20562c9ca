"""Words quoted from a source, and finding them again in the source as it is now."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

UNSAVED = "unsaved:"
"""What the place of a document without a file begins with; its name in the journal follows."""
LIBRARY_PLACE = "library:"
"""The place of the library as a whole, which only a question has."""


@dataclass(frozen=True, slots=True)
class AskedSource:
    """Where an answer was looked for: all of a text, or the code points ``start`` to ``end`` of it.

    ``place`` is a file's path, ``UNSAVED`` with a document's name, or ``LIBRARY_PLACE``.
    """

    title: str
    place: str
    start: int = 0
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """A quotation: ``quote`` stood at code points ``start`` to ``end`` of its source's text.

    ``place`` is as in ``AskedSource``; ``line`` and ``page`` count from 1, 0 where there are
    none. ``marks`` are the stretches of ``quote`` that support the answer.
    """

    title: str
    place: str
    quote: str
    start: int
    end: int
    line: int = 0
    marks: tuple[tuple[int, int], ...] = ()
    page: int = 0


def find_quote(citation: Citation, text: str) -> tuple[int, int] | None:
    """Where the quotation stands in ``text`` now, in code points; None where it does not.

    Its old place comes first, then the same words nearest to it, then the same words with other
    white space between them.
    """
    quote = citation.quote
    if not quote.strip():
        return None
    if text[citation.start : citation.end] == quote:
        return citation.start, citation.end
    exact = re.finditer(re.escape(quote), text)
    found = [match.span() for match in exact] or [
        match.span() for match in re.finditer(_loosely(quote), text)
    ]
    return min(found, key=lambda span: abs(span[0] - citation.start), default=None)


def marked_words(citation: Citation, text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The supporting words of a quotation that stands at ``start`` to ``end`` of ``text``."""
    if text[start:end] == citation.quote:
        return [(start + first, start + last) for first, last in citation.marks]
    words = [citation.quote[first:last] for first, last in citation.marks]
    return [
        match.span()
        for word in dict.fromkeys(words)
        for match in re.compile(_loosely(word)).finditer(text, start, end)
    ]


def citation_record(citation: Citation) -> dict[str, Any]:
    """What a conversation's file keeps of it."""
    return {
        "title": citation.title,
        "place": citation.place,
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
        "line": citation.line,
        "page": citation.page,
        "marks": [list(mark) for mark in citation.marks],
    }


def citation_from(record: dict[str, Any]) -> Citation:
    """The opposite; raises ``KeyError``, ``TypeError`` or ``ValueError``."""
    return Citation(
        str(record["title"]),
        str(record["place"]),
        str(record["quote"]),
        int(record["start"]),
        int(record["end"]),
        int(record["line"]),
        tuple((int(first), int(last)) for first, last in record["marks"]),
        int(record.get("page", 0)),
    )


def source_record(source: AskedSource) -> dict[str, Any]:
    """What a conversation's file keeps of it."""
    return {
        "title": source.title,
        "place": source.place,
        "start": source.start,
        "end": source.end,
    }


def source_from(record: dict[str, Any]) -> AskedSource:
    """The opposite; raises as ``citation_from``."""
    end = record["end"]
    return AskedSource(
        str(record["title"]),
        str(record["place"]),
        int(record["start"]),
        None if end is None else int(end),
    )


def _loosely(words: str) -> str:
    return r"\s+".join(re.escape(part) for part in words.split())


def shown_quote(citation: Citation) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The quotation with its white space made one space each, and its marks there."""
    places = [0] * (len(citation.quote) + 1)
    parts: list[str] = []
    length = 0
    for match in re.finditer(r"\s+|\S+", citation.quote):
        part = match.group()
        if part.isspace():
            part = " " if parts and match.end() < len(citation.quote) else ""
        for at in range(match.start(), match.end()):
            places[at] = length + min(at - match.start(), len(part))
        parts.append(part)
        length += len(part)
    places[len(citation.quote)] = length
    marks = tuple((places[first], places[last]) for first, last in citation.marks)
    return "".join(parts), marks
