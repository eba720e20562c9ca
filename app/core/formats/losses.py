"""What a format cannot keep of a text, found before it is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from app.core.formats.tree import Node, nodes
from app.core.marks import QT_TRANSLATE_NOOP

CONTEXT = "Losses"


@dataclass(frozen=True, slots=True)
class Loss:
    """One kind of loss, a name in ``SENTENCES``, and how often it is in the text."""

    kind: str
    count: int
    what: str = ""

    @property
    def template(self) -> str:
        """The sentence in English, marked in the context "Losses"."""
        return SENTENCES[self.kind]

    def sentence(self, template: str = "") -> str:
        """The sentence, in English or as ``template`` has it in another language."""
        return (template or self.template).format(count=self.count, what=self.what)


SENTENCES = MappingProxyType(
    {
        "remote pictures": QT_TRANSLATE_NOOP(
            "Losses",
            "Pictures on the web are not fetched: {count} become links.",
        ),
        "missing pictures": QT_TRANSLATE_NOOP(
            "Losses",
            "Pictures that are missing, too large or of an unknown kind: {count}. Their "
            "descriptions stand in their place.",
        ),
        "pictures": QT_TRANSLATE_NOOP(
            "Losses", "Pictures: {count}. Their descriptions stand in their place."
        ),
        "html": QT_TRANSLATE_NOOP(
            "Losses", "HTML in the text, comments too, is left out: {count} places."
        ),
        "maths": QT_TRANSLATE_NOOP(
            "Losses", "Formulas stay as they are written, between dollar signs: {count}."
        ),
        "fields": QT_TRANSLATE_NOOP(
            "Losses", "The front matter's other fields are left out: {what}."
        ),
        "languages of code": QT_TRANSLATE_NOOP(
            "Losses", "The languages of blocks of code are not kept: {count}."
        ),
        "nested quotes": QT_TRANSLATE_NOOP(
            "Losses", "Quotes within quotes become plain quotes: {count}."
        ),
        "paragraphs of items": QT_TRANSLATE_NOOP(
            "Losses",
            "Further paragraphs of list items come back as items of their own: {count}.",
        ),
        "emphasis": QT_TRANSLATE_NOOP(
            "Losses", "Bold, italics and other marks are left out: {count} places."
        ),
        "addresses": QT_TRANSLATE_NOOP(
            "Losses", "The addresses of links are left out, their words stay: {count}."
        ),
        "headings": QT_TRANSLATE_NOOP("Losses", "Headings become lines like any other: {count}."),
        "tasks": QT_TRANSLATE_NOOP(
            "Losses", "Boxes of tasks become characters that cannot be ticked: {count}."
        ),
        "underlined": QT_TRANSLATE_NOOP(
            "Losses", "Underlined words come back as emphasis: {count}."
        ),
        "rules": QT_TRANSLATE_NOOP("Losses", "Rules between parts are not kept: {count}."),
        "alignment": QT_TRANSLATE_NOOP(
            "Losses", "The alignment of columns is not kept: {count} tables."
        ),
        "descriptions": QT_TRANSLATE_NOOP(
            "Losses", "The descriptions of pictures are not kept for reading back: {count}."
        ),
        "footnotes as typed": QT_TRANSLATE_NOOP(
            "Losses",
            "Without pandoc, footnotes stay as they are typed: {count}.",
        ),
    }
)

_OFFICE = frozenset({"docx", "odt", "epub", "pdf", "html"})
_WHERE: dict[str, frozenset[str]] = {
    "maths": frozenset({"docx", "odt", "epub", "pdf", "html"}),
    "languages of code": frozenset({"docx", "odt", "pdf", "txt"}),
    "nested quotes": frozenset({"docx", "odt"}),
    "paragraphs of items": frozenset({"docx"}),
    "emphasis": frozenset({"txt"}),
    "addresses": frozenset({"txt"}),
    "headings": frozenset({"txt"}),
    "pictures": frozenset({"txt"}),
    "descriptions": frozenset({"odt"}),
    "underlined": frozenset({"odt", "txt"}),
    "rules": frozenset({"odt"}),
    "alignment": frozenset({"odt", "txt"}),
    "tasks": frozenset({"docx", "odt", "epub", "pdf"}),
    "html": frozenset({"docx", "odt", "epub", "pdf", "html", "txt"}),
}
"""The formats that lose each kind; the tests of round trips hold them to it."""


def losses_in(blocks: Any, target: str, fields: Sequence[str] = ()) -> list[Loss]:
    """What the format of that name cannot keep of the blocks; ``fields`` are of front matter."""
    counts: Counter[str] = Counter()
    for node in nodes(blocks):
        count = _COUNTED.get(node["t"])
        if count:
            count(node, counts)
    found = [
        Loss(kind, counts[kind]) for kind in SENTENCES if counts[kind] and target in _WHERE[kind]
    ]
    if fields:
        found.append(Loss("fields", len(fields), ", ".join(fields)))
    return found


def losses_without_pandoc(text: str, target: str, fields: Sequence[str]) -> list[Loss]:
    """What is known to be lost where Qt alone writes the format."""
    notes = text.count("[^") if target != "txt" else 0
    found = [Loss("footnotes as typed", notes)] if notes else []
    if fields:
        found.append(Loss("fields", len(fields), ", ".join(fields)))
    return found


def _mark(_: Node, counts: Counter[str]) -> None:
    counts["emphasis"] += 1


def _table(node: Node, counts: Counter[str]) -> None:
    if any(column[0]["t"] != "AlignDefault" for column in node["c"][2]):
        counts["alignment"] += 1


def _html(node: Node, counts: Counter[str]) -> None:
    if node["c"][1].strip().lower() == "<u>":
        counts["underlined"] += 1
    kept = ("<u>", "</u>", "<sup>", "</sup>", "<sub>", "</sub>", "<br>", "<br/>", "<br />")
    if node["c"][1].strip().lower() not in kept:
        counts["html"] += 1


def _code(node: Node, counts: Counter[str]) -> None:
    if node["c"][0][1]:
        counts["languages of code"] += 1


def _quote(node: Node, counts: Counter[str]) -> None:
    counts["nested quotes"] += sum(each["t"] == "BlockQuote" for each in node["c"])


def _items(node: Node, counts: Counter[str]) -> None:
    items = node["c"] if node["t"] == "BulletList" else node["c"][1]
    for item in items:
        paragraphs = [each for each in item if each["t"] in ("Para", "Plain")]
        counts["paragraphs of items"] += len(paragraphs) - 1 if paragraphs else 0
        first = paragraphs[0]["c"][:1] if paragraphs else []
        if first and first[0].get("c") in ("\u2610", "\u2612"):
            counts["tasks"] += 1


def _one(kind: str) -> Callable[[Node, Counter[str]], None]:
    def count(_: Node, counts: Counter[str]) -> None:
        counts[kind] += 1

    return count


def _picture(_: Node, counts: Counter[str]) -> None:
    counts["pictures"] += 1
    counts["descriptions"] += 1


_COUNTED: dict[str, Callable[[Node, Counter[str]], None]] = {
    **dict.fromkeys(("Emph", "Strong", "Strikeout"), _mark),
    **dict.fromkeys(("RawInline", "RawBlock"), _html),
    **dict.fromkeys(("BulletList", "OrderedList"), _items),
    "CodeBlock": _code,
    "BlockQuote": _quote,
    "Math": _one("maths"),
    "Link": _one("addresses"),
    "Header": _one("headings"),
    "Image": _picture,
    "Table": _table,
    "HorizontalRule": _one("rules"),
}
