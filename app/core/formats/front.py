"""Title, author and language of a document: its front matter, and a file's own."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from app.core.formats.tree import Node, plain

_FENCE = re.compile(r"---[ \t]*\n(.*?)(?:\A|(?<=\n))(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^(\w[\w-]*)[ \t]*:[ \t]*(.*?)[ \t]*$")
_ITEM = re.compile(r"^[ \t]*-[ \t]+(.*?)[ \t]*$")
_KEPT = ("title", "subtitle", "author", "date", "lang")
_PLAIN = re.compile(r"[^\W\d_][^:#\[\]{}&*!|>'\"%@`,\\\n]*")


@dataclass(frozen=True, slots=True)
class Front:
    """What a document says about itself; "" and () where it does not."""

    title: str = ""
    author: tuple[str, ...] = ()
    lang: str = ""
    date: str = ""
    subtitle: str = ""


def split_front(source: str) -> tuple[dict[str, list[str]], str]:
    """The fields of the front matter as lists of texts, and the text after it.

    Only the simple forms of YAML that people write there: ``name: value``, quoted or not, and
    lists in brackets or one item a line. Anything else in it is left out.
    """
    found = _FENCE.match(source)
    if not found:
        return {}, source
    fields: dict[str, list[str]] = {}
    last = ""
    for line in found[1].splitlines():
        field, item = _FIELD.match(line), _ITEM.match(line)
        if field:
            last = field[1].lower()
            fields[last] = _values(field[2])
        elif item and last:
            fields[last].append(_unquoted(item[1]))
    return fields, source[found.end() :]


def front_of(source: str) -> Front:
    """What the front matter of a Markdown text says."""
    fields, _ = split_front(source)

    def first(*names: str) -> str:
        return next((fields[name][0] for name in names if fields.get(name)), "")

    authors = tuple(each for name in ("author", "authors") for each in fields.get(name, []))
    return Front(
        first("title"), authors, first("lang", "language"), first("date"), first("subtitle")
    )


def other_fields(source: str) -> list[str]:
    """The names in the front matter that no other format has a place for."""
    known = {*_KEPT, "authors", "language"}
    return [name for name in split_front(source)[0] if name not in known]


def front_matter(front: Front) -> str:
    """The front matter that says ``front``, with an empty line after it; "" for nothing."""
    lines = []
    for name in _KEPT:
        value = getattr(front, name)
        if isinstance(value, tuple):
            if len(value) == 1:
                lines.append(f"{name}: {_quoted(value[0])}")
            elif value:
                lines.append(f"{name}:")
                lines += [f"- {_quoted(each)}" for each in value]
        elif value:
            lines.append(f"{name}: {_quoted(value)}")
    return "\n".join(("---", *lines, "---", "", "")) if lines else ""


def front_in(meta: Node) -> Front:
    """What pandoc's metadata says."""

    def texts(name: str) -> list[str]:
        value: Any = meta.get(name)
        if not isinstance(value, dict):
            return []
        items = value["c"] if value.get("t") == "MetaList" else [value]
        found = [each["c"] if isinstance(each["c"], str) else plain(each["c"]) for each in items]
        return [" ".join(each.split()) for each in found if each.strip()]

    def first(name: str) -> str:
        return next(iter(texts(name)), "")

    authors = tuple(texts("author")) or tuple(texts("creator"))
    lang = first("lang") or first("language")
    return Front(first("title"), authors, lang, first("date"), first("subtitle"))


def meta_of(front: Front) -> Node:
    """Pandoc's metadata that say ``front``."""

    def inlines(value: str) -> Node:
        return {"t": "MetaInlines", "c": [{"t": "Str", "c": value}]}

    meta: Node = {}
    for name in _KEPT:
        value = getattr(front, name)
        if isinstance(value, tuple):
            if value:
                meta[name] = {"t": "MetaList", "c": [inlines(each) for each in value]}
        elif value:
            meta[name] = inlines(value)
    return meta


def _values(written: str) -> list[str]:
    if written.startswith("[") and written.endswith("]"):
        return [_unquoted(each.strip()) for each in written[1:-1].split(",") if each.strip()]
    return [_unquoted(written)] if written else []


def _unquoted(written: str) -> str:
    if len(written) >= 2 and written[0] == written[-1] == '"':
        try:
            return str(json.loads(written))
        except ValueError:
            return written[1:-1]
    if len(written) >= 2 and written[0] == written[-1] == "'":
        return written[1:-1].replace("''", "'")
    return written


def _quoted(value: str) -> str:
    """The value as YAML reads it back: as it is where nothing in it could mean anything."""
    words = {"true", "false", "yes", "no", "on", "off", "null", "y", "n"}
    if _PLAIN.fullmatch(value) and not value.endswith(" ") and value.lower() not in words:
        return value
    return json.dumps(value, ensure_ascii=False)
