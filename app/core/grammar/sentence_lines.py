"""Which lines share a sentence, in a text whose lines were broken by hand."""

from __future__ import annotations

import re

from app.core.lines import Lines

_MOST = 12
"""Lines to each side."""
_LONGEST = 400
"""Code points of a line that may be one of several; longer ones were not broken by hand."""
_END = re.compile(r"[.!?:;\u2026\u3002\uff01\uff1f][\"'\u2019\u201d\u300d)\]*_~]*\s*$|\\$|\s\s$")
_BEGINS = re.compile(
    r"\s*(?:[-*+]\s|\d{1,9}[.)]\s|#{1,6}\s|>|\||`{3}|~{3}|<|\[[^\]]+\]:|(?:[-*_=]\s*){3,}$)"
)
_ALONE = re.compile(r"\s*(?:#{1,6}\s|\||`{3}|~{3}|\[[^\]]+\]:|(?:[-*_=]\s*){3,}$)")


def lines_of_sentence(lines: Lines, number: int) -> tuple[int, int]:
    """The first and the last line of those that are read together with line ``number``."""
    first = last = number
    while first and number - first < _MOST and _goes_on(lines[first - 1], lines[first]):
        first -= 1
    while (
        last + 1 < len(lines) and last - number < _MOST and _goes_on(lines[last], lines[last + 1])
    ):
        last += 1
    return first, last


def may_share(line: str) -> bool:
    """Whether a line may have a sentence in common with another one."""
    return bool(line.strip()) and len(line) <= _LONGEST


def _goes_on(above: str, below: str) -> bool:
    """Whether a sentence may go from one line to the next."""
    if not (may_share(above) and may_share(below)):
        return False
    return not (_END.search(above) or _ALONE.match(above) or _BEGINS.match(below))
