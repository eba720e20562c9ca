"""A text with its proposed changes as a Word document in which they are tracked.

Word shows insertions (``w:ins``) and deletions (``w:del``) with author and date and lets the reader
accept or reject each; accepting all of them gives the changed text, rejecting all the old one. The
two texts are compared as trees, so that a change never breaks the marks around it. What has a
reason gets it as a comment. Parts: ISO/IEC 29500-1, 17.13.5.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from difflib import SequenceMatcher
from typing import Any

from app.core.formats.errors import NOT_CONVERTED, FormatError
from app.core.formats.exporting import Source, language_of, prepare
from app.core.formats.kinds import Format, format_named
from app.core.formats.pandoc import Pandoc, own_folder
from app.core.formats.tree import NO_ATTRIBUTES, BadTree, Node, dumps, plain, text
from app.core.messages import Marked

_LEAF = frozenset({"Para", "Plain", "Header"})
_LISTS = frozenset({"BulletList", "OrderedList"})


@dataclass(frozen=True, slots=True)
class TrackedChange:
    """Code points ``start`` to ``end`` of the source give way to ``replacement``, for a reason."""

    start: int
    end: int
    replacement: str
    reason: str = ""


def revised(source: str, changes: Sequence[TrackedChange]) -> str:
    """The source with all changes, which are in order and apart from each other."""
    parts = []
    at = 0
    for change in changes:
        parts += [source[at : change.start], change.replacement]
        at = change.end
    return "".join(parts) + source[at:]


def tracked_docx(
    source: Source,
    changes: Sequence[TrackedChange],
    author: str,
    when: datetime,
    pandoc: Pandoc,
) -> bytes:
    """The Word document. Raises ``FormatError``."""
    target = format_named("docx")
    if target is None:
        raise KeyError("docx")
    old = prepare(source, target, pandoc)
    new = prepare(Source(revised(source.text, changes), source.name, source.base), target, pandoc)
    marker = _Marker(author, when, source.text, changes)
    try:
        blocks = marker.blocks(old.tree["blocks"], new.tree["blocks"])
        lang = {"t": "MetaString", "c": new.front.lang or language_of(new.tree)}
        tree = {**new.tree, "meta": {**new.tree["meta"], "lang": lang}, "blocks": blocks}
        return _written(tree, source.name, target, pandoc)
    except (BadTree, RecursionError) as error:
        raise FormatError(NOT_CONVERTED, format=Marked(target.title)) from error


def _written(tree: Node, name: str, target: Format, pandoc: Pandoc) -> bytes:
    arguments = ["-f", "json", "-t", target.writer, "--standalone", "--no-highlight"]
    with own_folder() as folder:
        return pandoc.convert(arguments, dumps(tree), folder, name, target.title)


class _Marker:
    """Compares two trees and puts what differs between marks."""

    def __init__(
        self, author: str, when: datetime, source: str, changes: Sequence[TrackedChange]
    ) -> None:
        self._author = author
        self._date = when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        self._reasons = [
            (_words(source[each.start : each.end]), _words(each.replacement), each.reason)
            for each in changes
            if each.reason
        ]
        self._comments = 0

    # --- blocks

    def blocks(self, old: list[Node], new: list[Node]) -> list[Node]:
        """The blocks of both, those that differ marked."""
        result: list[Node] = []
        for before, after in _paired(old, new):
            result += self._block(before, after)
        return result

    def _block(self, old: Node | None, new: Node | None) -> list[Node]:
        if old == new and old is not None:
            return [old]
        if old is None or new is None:
            kind = "insertion" if old is None else "deletion"
            block = new or old
            return [] if block is None else self._whole(block, kind)
        kind = old["t"]
        if kind in _LEAF and new["t"] == kind:
            if kind != "Header":
                return [{"t": kind, "c": self._inlines(old["c"], new["c"])}]
            if old["c"][0] == new["c"][0]:
                inlines = self._inlines(old["c"][2], new["c"][2])
                return [{"t": kind, "c": [new["c"][0], new["c"][1], inlines]}]
        if kind == "BlockQuote" and new["t"] == kind:
            return [{"t": kind, "c": self.blocks(old["c"], new["c"])}]
        if kind in _LISTS and new["t"] == kind:
            return [self._list(old, new)]
        return self._whole(old, "deletion") + self._whole(new, "insertion")

    def _list(self, old: Node, new: Node) -> Node:
        ordered = new["t"] == "OrderedList"
        before, after = (each["c"][1] if ordered else each["c"] for each in (old, new))
        items = []
        for one, other in _paired(before, after):
            items.append(self.blocks(one or [], other or []))
        return {"t": new["t"], "c": [new["c"][0], items] if ordered else items}

    def _whole(self, block: Node, kind: str) -> list[Node]:
        """A block that was added or taken out as a whole."""
        name: str = block["t"]
        content: Any = block.get("c")
        if name in _LEAF:
            inlines = content[2] if name == "Header" else content
            marked = [*self._span(kind, inlines), self._end(kind)]
            if name == "Header":
                return [{"t": name, "c": [content[0], content[1], marked]}]
            return [{"t": name, "c": marked}]
        if name == "CodeBlock":
            lines: list[Node] = []
            for line in content[1].split("\n"):
                lines += [{"t": "LineBreak"}] if lines else []
                lines.append({"t": "Code", "c": [NO_ATTRIBUTES, line]})
            return [{"t": "Para", "c": [*self._span(kind, lines), self._end(kind)]}]
        if name == "HorizontalRule":
            return [block] if kind == "insertion" else []
        return [{**block, "c": self._within(content, kind)}]

    def _within(self, content: Any, kind: str) -> Any:
        if isinstance(content, list):
            result = []
            for item in content:
                is_block = isinstance(item, dict) and item.get("t") in (*_LEAF, "CodeBlock")
                if is_block:
                    result += self._whole(item, kind)
                else:
                    result.append(self._within(item, kind))
            return result
        if isinstance(content, dict) and "c" in content:
            return {**content, "c": self._within(content["c"], kind)}
        return content

    # --- words

    def _inlines(self, old: list[Node], new: list[Node]) -> list[Node]:
        before, after = _tokens(old), _tokens(new)
        keys = [[json.dumps(each, sort_keys=True) for each in side] for side in (before, after)]
        result: list[Node] = []
        matcher = SequenceMatcher(None, keys[0], keys[1], autojunk=False)
        for kind, i, j, k, m in _joined(matcher.get_opcodes(), before):
            if kind == "equal":
                result += before[i:j]
                continue
            reason = self._reason(plain(before[i:j]), plain(after[k:m]))
            start, end = self._comment(reason)
            result += start
            result += self._span("deletion", before[i:j]) + self._span("insertion", after[k:m])
            result += end
        return result

    def _span(self, kind: str, inlines: list[Node]) -> list[Node]:
        return [{"t": "Span", "c": [self._attributes(kind), inlines]}] if inlines else []

    def _end(self, kind: str) -> Node:
        """The mark of a paragraph's end that was added or taken out."""
        return {"t": "Span", "c": [self._attributes(f"paragraph-{kind}"), []]}

    def _attributes(self, kind: str) -> list[Any]:
        return ["", [kind], [["author", self._author], ["date", self._date]]]

    def _reason(self, old: str, new: str) -> str:
        """The reason of the change that these words are of, told once."""
        old, new = _words(old), _words(new)
        for number, (before, after, reason) in enumerate(self._reasons):
            if (not old or old in before or before in old) and (
                not new or new in after or after in new
            ):
                del self._reasons[: number + 1]
                return reason
        return ""

    def _comment(self, words: str) -> tuple[list[Node], list[Node]]:
        if not words:
            return [], []
        number = str(self._comments)
        self._comments += 1
        start = [*self._attributes("comment-start")[:2], [["id", number]]]
        start[2] += [["author", self._author], ["date", self._date]]
        end = ["", ["comment-end"], [["id", number]]]
        return (
            [{"t": "Span", "c": [start, [text(words)]]}],
            [{"t": "Span", "c": [end, []]}],
        )


def _paired(old: list[Any], new: list[Any]) -> Iterator[tuple[Any, Any]]:
    """The items of both in order: the same, one for another, or None beside what has no partner."""
    keys = [[json.dumps(each, sort_keys=True) for each in side] for side in (old, new)]
    matcher = SequenceMatcher(None, keys[0], keys[1], autojunk=False)
    for kind, i, j, k, m in matcher.get_opcodes():
        if kind == "equal":
            yield from zip(old[i:j], new[k:m], strict=True)
            continue
        common = min(j - i, m - k)
        yield from zip(old[i : i + common], new[k : k + common], strict=True)
        for each in old[i + common : j]:
            yield each, None
        for each in new[k + common : m]:
            yield None, each


def _tokens(inlines: list[Node]) -> list[Node]:
    """Inlines with words of their own nodes: a Chinese text is one node otherwise."""
    result: list[Node] = []
    for node in inlines:
        if node["t"] == "Str":
            result += [text(part) for part in _parts(node["c"])]
        else:
            result.append(node)
    return result


def _parts(words: str) -> Iterator[str]:
    """Words, single characters of East Asian scripts, and punctuation apart."""
    part = ""
    for character in words:
        single = not character.isalnum() or character >= "\u2e80"
        if single and part:
            yield part
            part = ""
        if single:
            yield character
        else:
            part += character
    if part:
        yield part


def _joined(
    opcodes: list[tuple[str, int, int, int, int]] | Any, before: list[Node]
) -> Iterator[tuple[str, int, int, int, int]]:
    """The opcodes with changes that only a space parts made one, as a person would mark them."""
    waiting: tuple[str, int, int, int, int] | None = None
    held: tuple[str, int, int, int, int] | None = None
    for opcode in opcodes:
        kind, i, j, _, _ = opcode
        if kind == "equal":
            if waiting and all(each["t"] in ("Space", "SoftBreak") for each in before[i:j]):
                held = opcode
                continue
            if waiting:
                yield waiting
                waiting = None
            yield opcode
        elif waiting and held:
            waiting, held = ("replace", waiting[1], opcode[2], waiting[3], opcode[4]), None
        elif waiting:
            yield waiting
            waiting = opcode
        else:
            waiting = opcode
    if waiting:
        yield waiting
    if held:
        yield held


def _words(words: str) -> str:
    return " ".join(words.split())
