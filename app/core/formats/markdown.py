"""Pandoc's tree of a foreign document, made into Markdown as a person would write it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.core.formats.critic import shown_changes
from app.core.formats.emphasis import with_fitting_emphasis
from app.core.formats.maths import left_alone
from app.core.formats.pandoc import Pandoc
from app.core.formats.simple_tables import simple_table
from app.core.formats.tree import (
    NO_ATTRIBUTES,
    Node,
    changed,
    changed_inlines,
    dumps,
    nodes,
    paragraph,
    plain,
    raw,
    raw_block,
    text,
)

_WRITER = "gfm-tex_math_dollars-tex_math_gfm-emoji-alerts"
_ENTITY = re.compile(r"&(?=#?\w+;)")
_INNER_TARGET = re.compile(r"#|$")
_EAST = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")
_SEPARATOR = re.compile(r"\n<!-- -->\n\n(?=(\S+))")
_LIST_LINE = re.compile(r"^(\s*)([-*+]|\d+[.)]) ")

Placed = Callable[[str], str]
"""The address of a picture for that in the tree, "" to leave it out."""


def to_markdown(tree: Node, pandoc: Pandoc, folder: Path, name: str, placed: Placed) -> str:
    """Markdown of a tree, without front matter. Raises ``FormatError``."""
    blocks = cleaned(tree["blocks"], placed)
    given = dumps({**tree, "meta": {}, "blocks": blocks})
    written = pandoc.convert(["-f", "json", "-t", _WRITER, "--wrap=none"], given, folder, name)
    return _tidied(written.decode("utf-8"))


def cleaned(blocks: Any, placed: Placed) -> Any:
    """The blocks with nothing in them that Markdown has no plain words for."""
    blocks = shown_changes(blocks)
    blocks = changed(blocks, _simple)
    blocks = changed(blocks, lambda node: _picture(node, placed))
    blocks = left_alone(blocks)
    blocks = changed_inlines(with_fitting_emphasis(blocks), _unbroken)
    return changed(blocks, _entity)


def _simple(node: Node) -> list[Node] | None:
    kind: str = node["t"]
    content: Any = node.get("c")
    if kind == "Header":
        if not plain(content[2]).strip():
            return []
        return [{"t": "Header", "c": [content[0], NO_ATTRIBUTES, content[2]]}]
    simple = _SIMPLE.get(kind)
    return simple(content) if simple else None


def _figure(content: Any) -> list[Node]:
    _, caption, blocks = content
    words = caption[1]
    pictures = [each for block in blocks for each in _images(block)]
    if len(pictures) == 1 and plain(words).strip() == plain(pictures[0]["c"][1]).strip():
        words = []
    return [*blocks, *words]


def _images(content: Any) -> list[Node]:
    return [node for node in nodes(content) if node["t"] == "Image"]


def _link(content: Any) -> list[Node]:
    _, inlines, target = content
    if _INNER_TARGET.match(target[0]):
        return list(inlines)  # a place in the document, which Markdown has no names for
    return [{"t": "Link", "c": [NO_ATTRIBUTES, inlines, target]}]


def _code_block(content: Any) -> list[Node]:
    attributes, code = content
    language = next((each for each in attributes[1] if re.fullmatch(r"[\w+#.-]+", each)), "")
    longest = max(map(len, re.findall(r"^ *(`{3,})", code, re.MULTILINE)), default=2)
    fence = "`" * (longest + 1)
    return [raw_block(f"{fence}{language}\n{code}\n{fence}")]


def _raw(content: Any) -> list[Node] | None:
    return None if content[0] == "markdown" else []


def _division(content: Any) -> list[Node]:
    """The blocks within; none of the head that repeats what the page says of itself."""
    attributes, blocks = content
    return [] if attributes[0] == "title-block-header" else list(blocks)


def _paragraph(content: Any) -> list[Node] | None:
    """A block of code where the lines are nothing but code, as office formats have it."""
    if content and all(each["t"] in ("Code", "LineBreak") for each in content):
        lines = "".join("\n" if each["t"] == "LineBreak" else each["c"][1] for each in content)
        return _code_block([NO_ATTRIBUTES, lines])
    return None if plain(content).strip() or _images(content) else []


def _quoted(content: Any) -> list[Node]:
    left, right = ("\u2018", "\u2019") if content[0]["t"] == "SingleQuote" else ("\u201c", "\u201d")
    return [text(left), *content[1], text(right)]


def _lines(content: Any) -> list[Node]:
    joined: list[Node] = []
    for line in content:
        joined += [{"t": "LineBreak"}, *line] if joined else line
    return joined


def _definitions(content: Any) -> list[Node]:
    blocks: list[Node] = []
    for term, definitions in content:
        blocks.append(paragraph([{"t": "Strong", "c": term}]))
        blocks += [block for definition in definitions for block in definition]
    return blocks


_SIMPLE: dict[str, Callable[[Any], list[Node] | None]] = {
    "Span": lambda content: list(content[1]),
    "SmallCaps": list,
    "Quoted": _quoted,
    "Cite": lambda content: list(content[1]),
    "Underline": lambda content: [raw("<u>"), *content, raw("</u>")],
    "Superscript": lambda content: [raw("<sup>"), *content, raw("</sup>")],
    "Subscript": lambda content: [raw("<sub>"), *content, raw("</sub>")],
    "Code": lambda content: [{"t": "Code", "c": [NO_ATTRIBUTES, content[1]]}],
    "Link": _link,
    "Div": _division,
    "Figure": _figure,
    "CodeBlock": _code_block,
    "RawInline": _raw,
    "RawBlock": _raw,
    "Table": simple_table,
    "HorizontalRule": lambda _: [raw_block("* * *")],
    "Para": _paragraph,
    "LineBlock": lambda content: [paragraph(_lines(content))],
    "DefinitionList": _definitions,
}


def _picture(node: Node, placed: Placed) -> list[Node] | None:
    if node["t"] != "Image":
        return None
    _, words, (address, title) = node["c"]
    address = placed(address)
    if not address:
        return list(words)
    return [{"t": "Image", "c": [NO_ATTRIBUTES, words, [address, title]]}]


def _unbroken(inlines: list[Node]) -> list[Node]:
    """Lines broken between Chinese characters, without the space that would come there."""
    result: list[Node] = []
    for number, node in enumerate(inlines):
        if node["t"] == "SoftBreak" and 0 < number < len(inlines) - 1:
            before, after = plain([inlines[number - 1]]), plain([inlines[number + 1]])
            if _EAST.match(before[-1:]) and _EAST.match(after[:1]):
                continue
        result.append(node)
    return result


def _entity(node: Node) -> list[Node] | None:
    """Words that read like a character's name in HTML stay those words."""
    if node["t"] != "Str" or not _ENTITY.search(node["c"]):
        return None
    parts = _ENTITY.split(node["c"])
    result = [text(parts[0])] if parts[0] else []
    for part in parts[1:]:
        result += [raw("\\&"), text(part)]
    return result


def _tidied(written: str) -> str:
    """Without the comments that pandoc puts between lists that nobody would take for one."""

    def needless(found: re.Match[str]) -> str:
        above = written[: found.start()].rstrip("\n").split("\n")
        last = next((_LIST_LINE.match(line) for line in reversed(above) if line[:1].strip()), None)
        below = _LIST_LINE.match(written[found.end() :].split("\n", 1)[0])
        same = last is None or below is None or last[2][-1] == below[2][-1]
        return found[0] if same else "\n"

    return _SEPARATOR.sub(needless, written).strip("\n") + "\n"
