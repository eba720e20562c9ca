"""Formulas stay as they are written: between dollars, in every format and on the way back."""

from __future__ import annotations

import re
from typing import Any

from app.core.formats.tree import Node, changed, changed_inlines, is_inline, raw, text

_FORMULA = re.compile(r"\$\$[^$]+\$\$|(?<![\\$\w])\$(?=[^\s$])[^$]*[^\s\\$]\$(?![\d$])")


def written_out(blocks: Any) -> Any:
    """The blocks with each formula as the words it was written in."""

    def write(node: Node) -> list[Node] | None:
        if node["t"] != "Math":
            return None
        kind, formula = node["c"]
        mark = "$$" if kind["t"] == "DisplayMath" else "$"
        return [text(f"{mark}{' '.join(formula.split())}{mark}")]

    return changed(blocks, write)


def left_alone(blocks: Any) -> Any:
    """The blocks with each formula, written in words or not, as Markdown that nothing escapes."""

    def keep(node: Node) -> list[Node] | None:
        if node["t"] != "Math":
            return None
        kind, formula = node["c"]
        mark = "$$" if kind["t"] == "DisplayMath" else "$"
        return [raw(f"{mark}{formula}{mark}")]

    return changed_inlines(changed(blocks, keep), _found)


def _found(inlines: list[Node]) -> list[Node]:
    """Formulas among words; one may hold spaces, so words and spaces are looked at together."""
    result: list[Node] = []
    words: list[str] = []

    def flush() -> None:
        result.extend(_split("".join(words)))
        words.clear()

    for node in inlines:
        if node["t"] == "Str":
            words.append(node["c"])
        elif node["t"] in ("Space", "SoftBreak"):
            words.append(" " if node["t"] == "Space" else "\n")
        else:
            flush()
            result.append(node)
    flush()
    return (
        result
        if any(not is_inline(node) or node["t"] == "RawInline" for node in result)
        else inlines
    )


def _split(words: str) -> list[Node]:
    nodes: list[Node] = []
    at = 0
    for formula in _FORMULA.finditer(words):
        nodes += _words(words[at : formula.start()])
        nodes.append(raw(formula[0].replace("\n", " ")))
        at = formula.end()
    return nodes + _words(words[at:])


def _words(words: str) -> list[Node]:
    nodes: list[Node] = []
    for part in re.split(r"([ \n])", words):
        if part == " ":
            nodes.append({"t": "Space"})
        elif part == "\n":
            nodes.append({"t": "SoftBreak"})
        elif part:
            nodes.append(text(part))
    return nodes
