"""The comment at the end of a Markdown file that can hold the record of its origins."""

from __future__ import annotations

import re
from pathlib import Path

_BEGIN = "<!-- inkling-origin"
_BLOCK = re.compile(r"\n<!-- inkling-origin\n(\{[^<>\n]*\})\n-->(?:\n|\Z)")
_ENDINGS = frozenset({".md", ".markdown", ".mdown", ".mkd"})


def takes_block(path: Path) -> bool:
    """Whether a file of that name can have a comment that nobody sees."""
    return path.suffix.lower() in _ENDINGS


def as_block(record: str) -> str:
    """What to write behind a text to put a record in JSON, on one line, into its file."""
    # No comment ends, and none begins, within.
    for mark, escape in (("<", "\\u003c"), (">", "\\u003e"), ("--", "-\\u002d")):
        record = record.replace(mark, escape)
    return f"\n{_BEGIN}\n{record}\n-->\n"


def split_block(text: str) -> tuple[str, str]:
    """A file's text without the record, and the record; "" where there is none."""
    if _BEGIN not in text:
        return text, ""
    found = list(_BLOCK.finditer(text))
    if not found:
        return text, ""
    start, end = found[-1].span()
    # What another program wrote behind the record stays on lines of its own.
    rest = f"\n{text[end:]}" if text[end:] else ""
    return text[:start] + rest, found[-1].group(1)
