"""Finding passages in an index by their words: FTS5 with BM25, Chinese by pairs of characters."""

from __future__ import annotations

import bisect
import json
import math
import sqlite3
from collections.abc import Iterable, Mapping, Sequence

from engine.library.expected import without_question_form
from engine.library.passages import Passage
from engine.library.types import LibraryHit
from engine.library.words import content_words, is_character, words

_TITLE_WEIGHT, _BODY_WEIGHT = 1.0, 1.0
_MOST_TERMS = 48
_FUSION = 60
"""The constant of reciprocal rank fusion (Cormack, Clarke & Buettcher 2009)."""


def match_expression(query: str) -> str:
    """``query`` in FTS5's language: any of its words, of Chinese any pair of characters.

    "" where it has no word. Everything is quoted, so that nothing is an operator.
    """
    asked = without_question_form(query)
    meant = content_words(asked)
    terms: dict[str, None] = {}
    stems = words(asked)
    for at, stem in enumerate(stems):
        if not is_character(stem):
            if stem in meant:
                terms[f'"{stem}"'] = None
            continue
        after = stems[at + 1] if at + 1 < len(stems) else ""
        if is_character(after):
            terms[f'"{stem} {after}"'] = None
        elif at == 0 or not is_character(stems[at - 1]):
            terms[f'"{stem}"'] = None
    return " OR ".join(list(terms)[:_MOST_TERMS])


def best_by_words(database: sqlite3.Connection, query: str, count: int) -> list[tuple[int, float]]:
    """The ids of the ``count`` best passages with their BM25 scores, the best first."""
    expression = match_expression(query)
    if not expression:
        return []
    found = database.execute(
        "SELECT rowid, -bm25(words, ?, ?) FROM words WHERE words MATCH ? ORDER BY 2 DESC LIMIT ?",
        (_TITLE_WEIGHT, _BODY_WEIGHT, expression, count),
    )
    return [(int(row), float(score)) for row, score in found]


def rarities(database: sqlite3.Connection, query: str) -> tuple[tuple[str, float], ...]:
    """How rare each content word of ``query`` is among the passages (its idf)."""
    (count,) = database.execute("SELECT count(*) FROM passages").fetchone()
    found = []
    for stem in sorted(content_words(without_question_form(query))):
        (holding,) = database.execute(
            "SELECT count(*) FROM words WHERE words MATCH ?", (f'body : "{stem}"',)
        ).fetchone()
        found.append((stem, math.log(1 + (count - holding + 0.5) / (holding + 0.5))))
    return tuple(found)


def fused(rankings: Iterable[Sequence[int]], count: int) -> list[tuple[int, float]]:
    """One ranking out of several, by the sum of reciprocal ranks."""
    scores: dict[int, float] = {}
    for ranking in rankings:
        for rank, key in enumerate(ranking, 1):
            scores[key] = scores.get(key, 0.0) + 1 / (_FUSION + rank)
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:count]


def load_hits(
    database: sqlite3.Connection, ranked: Sequence[tuple[int, float]]
) -> tuple[LibraryHit, ...]:
    """The passages of these ids and scores, in this order."""
    scores = dict(ranked)
    marks = ", ".join("?" * len(scores))
    rows = database.execute(
        "SELECT p.id, p.document, p.start, p.stop, p.line, d.path, d.title, d.pages "  # noqa: S608
        "FROM passages p JOIN documents d ON d.id = p.document "
        f"WHERE p.id IN ({marks})",
        tuple(scores),
    ).fetchall()
    bodies: Mapping[int, str] = {
        document: database.execute(
            "SELECT body FROM texts WHERE document = ?", (document,)
        ).fetchone()[0]
        for document in {row[1] for row in rows}
    }
    hits = {
        key: LibraryHit(
            Passage(path, bodies[document][start:stop], start, stop, line),
            title,
            page_of(json.loads(pages), start),
            scores[key],
        )
        for key, document, start, stop, line, path, title, pages in rows
    }
    return tuple(hits[key] for key, _ in ranked if key in hits)


def page_of(pages: Sequence[int], place: int) -> int:
    """The number of the page that ``place`` is on, from 1; 0 where there are no pages."""
    return max(1, bisect.bisect_right(pages, place)) if pages else 0
