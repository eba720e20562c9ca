"""What changed between two texts, word by word."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import Literal

DiffKind = Literal["equal", "delete", "insert", "replace"]

_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_TOKEN = re.compile(rf"[{_CJK}]|[^\W_{_CJK}]+(?:['\u2019][^\W_]+)*|\s+|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class DiffSpan:
    """A stretch of both texts; ``old`` is "" for an insertion and ``new`` for a deletion."""

    kind: DiffKind
    old: str
    new: str


def word_diff(old: str, new: str) -> list[DiffSpan]:
    """The spans that turn ``old`` into ``new``; their parts put together are the texts exactly.

    Words are compared whole, Chinese and kana by character. Two changes that only white space
    parts are one, since nobody reads them as two.
    """
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    spans: list[DiffSpan] = []
    for kind, a0, a1, b0, b1 in matcher.get_opcodes():
        spans.append(_span("".join(before[a0:a1]), "".join(after[b0:b1]), kind == "equal"))
    return _merge(spans)


def _span(old: str, new: str, equal: bool) -> DiffSpan:
    if equal:
        return DiffSpan("equal", old, new)
    if not old:
        return DiffSpan("insert", old, new)
    return DiffSpan("delete" if not new else "replace", old, new)


def _merge(spans: list[DiffSpan]) -> list[DiffSpan]:
    merged: list[DiffSpan] = []
    for index, span in enumerate(spans):
        between = span.kind == "equal" and span.old.isspace() and 0 < index < len(spans) - 1
        if merged and merged[-1].kind != "equal" and (span.kind != "equal" or between):
            last = merged.pop()
            merged.append(_span(last.old + span.old, last.new + span.new, False))
        else:
            merged.append(span)
    return merged
