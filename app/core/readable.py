"""A word diff made fit to be read: scattered small agreements are joined to the changes around."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.core.diff import DiffSpan, word_diff

_MIN_KEPT = 0.3
"""Below this share of kept letters the two texts are shown one after the other."""
_SENTENCE_END = re.compile(r"[.!?\u2026][\"'\u201d\u2019)]*\s|[\u3002\uff01\uff1f\n]")
_ISLAND_SHARE = 4
"""Kept words between two changes with this many times their letters do not help a reader."""


def readable_changes(source: str, result: str) -> list[DiffSpan]:
    """What to show of ``source`` turned into ``result``; the parts still add up to both."""
    spans = word_diff(source, result)
    kept = sum(len(_letters(span.old)) for span in spans if span.kind == "equal")
    # Of the shorter text: one that lost or gained much may still hold all of the other.
    shorter = max(1, min(len(_letters(source)), len(_letters(result))))
    if kept < _MIN_KEPT * shorter and source != result:
        return [DiffSpan("replace", source, result)]
    return _join_islands(spans)


def count_changes(spans: Sequence[DiffSpan]) -> int:
    """How many stretches differ."""
    return sum(span.kind != "equal" for span in spans)


def _join_islands(spans: Sequence[DiffSpan]) -> list[DiffSpan]:
    joined: list[DiffSpan] = []
    for index, span in enumerate(spans):
        following = spans[index + 1] if index + 1 < len(spans) else None
        island = (
            span.kind == "equal"
            and following is not None
            and bool(joined)
            and joined[-1].kind == following.kind == "replace"
            and _ISLAND_SHARE * len(_letters(span.old)) <= _size(joined[-1]) + _size(following)
            and _SENTENCE_END.search(span.old) is None
        )
        if joined and joined[-1].kind == "replace" and (island or span.kind == "replace"):
            last = joined.pop()
            joined.append(DiffSpan("replace", last.old + span.old, last.new + span.new))
        else:
            joined.append(span)
    return joined


def _size(span: DiffSpan) -> int:
    return max(len(_letters(span.old)), len(_letters(span.new)))


def _letters(text: str) -> str:
    return "".join(text.split())
