"""Typographic quotes, dashes and dots in place of those on the keyboard, in English and Chinese."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.core.characters import HAN, KANA

_OPENING_FOLLOWS = re.compile(r"(?:^|[\s(\[{<\u2014\u2013\-/*_~>\u201c\u2018\u300a\uff08])$")
_WIDE = re.compile(rf"[{HAN}{KANA}\u3001-\u303f\uff01-\uffee]")
_CODE = re.compile(r"`[^`]*`")
_ADDRESS = re.compile(r"(?:https?://|www\.|mailto:|\]\(|<)[^\s)>]*$", re.IGNORECASE)
_ONLY_MARKS = re.compile(r"[\s|:\-=>*_+]*$")


@dataclass(frozen=True, slots=True)
class Replacement:
    """The last ``removed`` characters before the caret give way to ``inserted``."""

    removed: int
    inserted: str


def smart_replacement(before: str) -> Replacement | None:
    """What to make of the end of ``before``, a line up to the key just typed; None for nothing.

    Never in code, comments, addresses and tags, nor in tables and lines of marks only.
    """
    typed = before[-1:]
    if typed not in ("'", '"', "-", "."):
        return None
    if _in_code(before) or _ADDRESS.search(before[:-1]) or before.lstrip().startswith("|"):
        return None
    rest = before[:-1]
    if typed in ("'", '"'):
        return Replacement(1, _quote(typed, rest))
    chinese = bool(_WIDE.search(before.rstrip("-.")[-1:]))
    if typed == ".":
        if not before.endswith("...") or before.endswith("...."):
            return None
        return Replacement(3, "\u2026\u2026" if chinese else "\u2026")
    if _ONLY_MARKS.match(before) or rest.endswith("<!-"):
        return None
    if chinese:
        return Replacement(2, "\u2014\u2014") if before.endswith("--") else None
    if rest.endswith("\u2013"):
        return Replacement(2, "\u2014")
    return Replacement(2, "\u2013") if before.endswith("--") else None


def _quote(typed: str, before: str) -> str:
    opening, closing = ("\u201c", "\u201d") if typed == '"' else ("\u2018", "\u2019")
    if before[-1:].strip() and _WIDE.search(before[-2:]):
        # No spaces tell in Chinese: a quotation that is open is closed, else one begins.
        is_open = before.rfind(opening) > before.rfind(closing)
        return closing if is_open else opening
    return opening if _OPENING_FOLLOWS.search(before) else closing


def _in_code(before: str) -> bool:
    comment = before.rfind("<!--") > before.rfind("-->")
    return comment or "`" in _CODE.sub("", before)
