"""Pandoc's tree of a document as JSON, and going through it.

A node is ``{"t": type, "c": content}`` (pandoc-types 1.23, ``Text.Pandoc.Definition``); a tree is
``{"pandoc-api-version": ..., "meta": ..., "blocks": ...}``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

Node = dict[str, Any]
Change = Callable[[Node], "list[Node] | None"]
"""What a node is replaced by, None to keep it."""


class BadTree(ValueError):
    """What pandoc gave is no tree that can be worked with."""


def loads(data: bytes) -> Node:
    """Read a tree. Raises ``BadTree``, also for one that is nested too deeply."""
    try:
        tree = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise BadTree(str(error)) from error
    if not isinstance(tree, dict) or "blocks" not in tree:
        raise BadTree("not a document")
    return tree


def dumps(tree: Node) -> bytes:
    """Write a tree."""
    try:
        return json.dumps(tree, ensure_ascii=False).encode()
    except (RecursionError, UnicodeEncodeError) as error:
        raise BadTree(str(error)) from error


def changed(content: Any, change: Change) -> Any:
    """``content`` with every node, the inner ones first, replaced as ``change`` says."""
    if isinstance(content, list):
        result: list[Any] = []
        for item in content:
            if isinstance(item, dict) and "t" in item:
                node = {**item, "c": changed(item["c"], change)} if "c" in item else item
                replacement = change(node)
                result += [node] if replacement is None else replacement
            else:
                result.append(changed(item, change))
        return result
    if isinstance(content, dict):
        return {key: changed(value, change) for key, value in content.items()}
    return content


def changed_inlines(content: Any, change: Callable[[list[Node]], list[Node]]) -> Any:
    """``content`` with every list of inlines, the inner ones first, replaced."""
    if isinstance(content, list):
        inner = [changed_inlines(item, change) for item in content]
        return change(inner) if inner and all(map(is_inline, inner)) else inner
    if isinstance(content, dict):
        return {key: changed_inlines(value, change) for key, value in content.items()}
    return content


def nodes(content: Any) -> Iterator[Node]:
    """Every node within, the outer ones first."""
    waiting = [content]
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            if "t" in item:
                yield item
            waiting.extend(reversed(list(item.values())))
        elif isinstance(item, list):
            waiting.extend(reversed(item))


_INLINES = frozenset(
    (
        "Str Emph Underline Strong Strikeout Superscript Subscript SmallCaps Quoted Cite Code "
        "Space SoftBreak LineBreak Math RawInline Link Image Note Span"
    ).split()
)


def is_inline(node: Any) -> bool:
    """Whether this is a node that stands within a line."""
    return isinstance(node, dict) and node.get("t") in _INLINES


def plain(content: Any) -> str:
    """The words of inlines or blocks, without footnotes; a space for each kind of break."""
    parts = []
    for node in _without_notes(content):
        kind = node["t"]
        if kind == "Str":
            parts.append(node["c"])
        elif kind in ("Space", "SoftBreak", "LineBreak"):
            parts.append(" ")
        elif kind in ("Code", "Math", "CodeBlock"):
            parts.append(node["c"][1])
        if kind in _PARAGRAPHS and parts:
            parts.append(" ")
    return "".join(parts)


_PARAGRAPHS = frozenset({"Para", "Plain", "Header"})


def _without_notes(content: Any) -> Iterator[Node]:
    if isinstance(content, dict):
        if content.get("t") == "Note":
            return
        if "t" in content:
            yield content
        for value in content.values():
            yield from _without_notes(value)
    elif isinstance(content, list):
        for item in content:
            yield from _without_notes(item)


# --- making nodes


def text(words: str) -> Node:
    """Words as they are."""
    return {"t": "Str", "c": words}


def raw(words: str) -> Node:
    """Markdown as it is, for a line."""
    return {"t": "RawInline", "c": ["markdown", words]}


def raw_block(words: str) -> Node:
    """Markdown as it is, for lines of their own."""
    return {"t": "RawBlock", "c": ["markdown", words]}


def paragraph(inlines: Sequence[Node]) -> Node:
    """A paragraph."""
    return {"t": "Para", "c": list(inlines)}


SPACE: Node = {"t": "Space"}
NO_ATTRIBUTES: list[Any] = ["", [], []]
