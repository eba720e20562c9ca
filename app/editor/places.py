"""Where in a Markdown text a suggestion would be unwelcome."""

from __future__ import annotations

import re

_HEADING = re.compile(r" {0,3}#{1,6}(?:\s|$)")
_FENCE = re.compile(r"\s*(?:`{3,}|~{3,})")
_ADDRESS = re.compile(
    r"(?:\b[a-z][a-z0-9+.-]*://|\bwww\.|\bmailto:|\]\(|<)[^\s>)]*$", re.IGNORECASE
)
_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])\s")
_ROW = re.compile(r"\s*\|")


def tab_belongs_to_text(line_before: str, *, lists: bool) -> bool:
    """Whether Tab indents here, or goes to the next cell, rather than taking a suggestion.

    So it does at the start of a line and, with ``lists``, in items of lists and rows of tables.
    """
    if not line_before.strip():
        return True
    return lists and bool(_ITEM.match(line_before) or _ROW.match(line_before))


def allows_suggestion(line_after: str) -> bool:
    """Whether what follows on the line leaves room: nothing, white space or punctuation."""
    return not line_after[:1].isalnum()


def welcomes_suggestion(line_before: str) -> bool:
    """Whether a suggestion fits in ordinary paragraphs, given what stands before it on the line.

    Not in a heading, a fence's own line, a code span or an address.
    """
    if _HEADING.match(line_before) or _FENCE.match(line_before):
        return False
    if line_before.count("`") % 2:
        return False
    return _ADDRESS.search(line_before) is None
