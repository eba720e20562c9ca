"""Making emphasis fit the rules of Markdown without changing a letter.

CommonMark (0.31, "Emphasis and strong emphasis") closes no emphasis between a full stop and a
letter, which is usual in Chinese: in ``**\u4e2d\u6587\u3002**\u540e`` the marks would stay visible.
Spaces at the edges stop it as well. Both are put outside of the emphasis, where they look the same.
"""

from __future__ import annotations

import unicodedata
from typing import Any

from app.core.formats.tree import SPACE, Node, changed_inlines, plain, text

_MARKED = frozenset({"Emph", "Strong", "Strikeout"})
_BREAKS = frozenset({"Space", "SoftBreak", "LineBreak"})


def with_fitting_emphasis(blocks: Any) -> Any:
    """The blocks with every emphasis such that Markdown can say it."""
    return changed_inlines(blocks, _fit)


def _fit(inlines: list[Node]) -> list[Node]:
    result: list[Node] = []
    for number, node in enumerate(inlines):
        if node["t"] not in _MARKED:
            result.append(node)
            continue
        inner: list[Node] = list(node["c"])
        before: list[Node] = []
        after: list[Node] = []
        while inner and inner[0]["t"] in _BREAKS:
            before.append(inner.pop(0))
        while inner and inner[-1]["t"] in _BREAKS:
            after.insert(0, inner.pop())
        left = _edge(result, last=True) if not before else " "
        right = _edge(inlines[number + 1 :], last=False) if not after else " "
        while inner and _is_word(right) and (mark := _punctuation(inner, last=True)):
            after.insert(0, text(mark))
            right = mark
        while inner and _is_word(left) and (mark := _punctuation(inner, last=False)):
            before.append(text(mark))
            left = mark
        result += before
        if inner:
            result.append({**node, "c": inner})
        result += after
    return _joined(result)


def _edge(inlines: list[Node], *, last: bool) -> str:
    """The character that stands at that end of the inlines; a space for none."""
    if not inlines:
        return " "
    node = inlines[-1 if last else 0]
    if node["t"] in _BREAKS:
        return " "
    words = plain([node])
    return (words[-1] if last else words[0]) if words else "x"


def _punctuation(inner: list[Node], *, last: bool) -> str:
    """Take the punctuation at that end out of ``inner``; "" where it is none, or not plain text."""
    at = -1 if last else 0
    node = inner[at]
    if node["t"] != "Str" or not node["c"] or not _is_punctuation(node["c"][at]):
        return ""
    mark: str = node["c"][at]
    rest = node["c"][:-1] if last else node["c"][1:]
    if rest:
        inner[at] = text(rest)
    else:
        inner.pop(at)
    return mark


def _is_word(character: str) -> bool:
    return not character.isspace() and not _is_punctuation(character)


def _is_punctuation(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"


def _joined(inlines: list[Node]) -> list[Node]:
    """The inlines with neighbouring words in one node, as pandoc's own readers leave them."""
    result: list[Node] = []
    for node in inlines:
        if result and node["t"] == result[-1]["t"] == "Str":
            result[-1] = text(result[-1]["c"] + node["c"])
        elif result and node["t"] == result[-1]["t"] == "Space":
            continue
        else:
            result.append(node if node["t"] != "Space" else SPACE)
    return result
