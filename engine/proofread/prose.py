"""What of a Markdown text is prose, at the places where it stands."""

from __future__ import annotations

import itertools

from engine.rewriting.pieces import Part, split_parts

_BROKEN_BY_HAND = 45
"""Code points; a longer line goes on in the next one, a shorter one is a line of its own."""


def prose_of(text: str, *, headings: bool = True) -> str:
    """``text`` with line feeds in place of all that is no prose; everything else stays in place.

    Without ``headings`` they are none: a model that was taught on sentences would make some of
    them. Where a sentence goes on in the next line there is a space in place of the line feed.
    """
    return "".join(
        _joined(part) if part.rewritable else "\n" * len(part.text)
        for part in split_parts(text, headings=headings)
    )


def _joined(part: Part) -> str:
    lines = part.text.split("\n")
    joined = lines[0]
    for above, line in itertools.pairwise(lines):
        prefix = len(part.prefix) if line.startswith(part.prefix) else 0
        goes_on = len(above) > _BROKEN_BY_HAND and not part.prefix.strip()
        mark = " " if goes_on else "\n"
        joined += mark + mark * prefix + line[prefix:]
    return joined
