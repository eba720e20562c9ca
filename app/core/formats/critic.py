"""Tracked changes of an imported document, marked in its text as CriticMarkup does.

``{++added++}``, ``{--deleted--}``, ``{>>a comment<<}``: marks that can be read and searched.
"""

from __future__ import annotations

from typing import Any

from app.core.formats.tree import Node, changed, plain, raw

_MARKS = {"insertion": ("{++", "++}"), "deletion": ("{--", "--}")}
CHANGES = frozenset(_MARKS)


def shown_changes(blocks: Any) -> Any:
    """The blocks with insertions, deletions and comments between their marks."""
    return changed(blocks, _shown)


def _shown(node: Node) -> list[Node] | None:
    if node["t"] != "Span":
        return None
    classes = node["c"][0][1]
    for name, (before, after) in _MARKS.items():
        if name in classes:
            return [raw(before), *node["c"][1], raw(after)]
    if "comment-start" in classes:
        words = " ".join(plain(node["c"][1]).split())
        return [raw(f"{{>>{words}<<}}")] if words else []
    if classes and classes[0] in ("comment-end", "paragraph-insertion", "paragraph-deletion"):
        return []
    return None
