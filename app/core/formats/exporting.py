"""Writing a Markdown text in other programs' formats: first what would be lost, then the file."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from app.core.formats.emphasis import with_fitting_emphasis
from app.core.formats.errors import NOT_CONVERTED, FormatError
from app.core.formats.front import Front, front_of, meta_of, other_fields
from app.core.formats.kinds import CONTEXT, Format
from app.core.formats.losses import Loss, losses_in
from app.core.formats.maths import written_out
from app.core.formats.page_html import as_page
from app.core.formats.pandoc import Pandoc, own_folder
from app.core.formats.pictures import is_remote, local_file, read_picture
from app.core.formats.tree import NO_ATTRIBUTES, BadTree, Node, changed, dumps, loads, plain, text
from app.core.messages import Marked

__all__ = ["CONTEXT", "Prepared", "Source", "prepare", "written"]

READER = "gfm-emoji-tex_math_gfm-alerts+east_asian_line_breaks"
_MOST_PICTURES_BYTES = 128 << 20
_TAG = re.compile(r"<(/?)(u|sup|sub|br)\s*/?>", re.IGNORECASE)
_PAIRED = {"u": "Underline", "sup": "Superscript", "sub": "Subscript"}


@dataclass(frozen=True, slots=True)
class Source:
    """A text to be written elsewhere; ``base`` is where the addresses of its pictures begin."""

    text: str
    name: str
    base: Path | None = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """A text read into pandoc's tree, with its pictures in it, and what the format cannot keep."""

    source: Source
    tree: Node
    front: Front
    losses: tuple[Loss, ...]

    @property
    def title(self) -> str:
        """The title that the text has, else its first heading, else its name."""
        return self.front.title or first_heading(self.tree["blocks"]) or self.source.name


def prepare(source: Source, target: Format, pandoc: Pandoc) -> Prepared:
    """Read the text and find out what ``target`` cannot keep. Raises ``FormatError``."""
    counts: Counter[str] = Counter()
    front = front_of(source.text)
    try:
        with own_folder() as folder:
            given = source.text.encode("utf-8", "replace")
            arguments = ["-f", READER, "-t", "json"]
            tree = loads(pandoc.convert(arguments, given, folder, source.name, target.title))
        losses = losses_in(tree["blocks"], target.name, other_fields(source.text))
        blocks = _with_plain_marks(tree["blocks"])
        blocks = written_out(blocks)
        blocks = _with_pictures(blocks, source.base, counts)
        tree = {**tree, "meta": meta_of(front), "blocks": with_fitting_emphasis(blocks)}
    except (BadTree, RecursionError) as error:
        raise FormatError(NOT_CONVERTED, format=Marked(target.title)) from error
    pictures = tuple(Loss(name, number) for name, number in counts.items() if number)
    return Prepared(source, tree, front, (*pictures, *losses))


def written(prepared: Prepared, target: Format, pandoc: Pandoc) -> bytes:
    """The file's bytes in a format that pandoc writes. Raises ``FormatError``."""
    arguments = ["-f", "json", "-t", target.writer, "--wrap=none", "--no-highlight"]
    front = prepared.front
    if target.name in ("docx", "odt", "epub"):
        arguments.append("--standalone")
    if target.name == "epub":
        front = replace(front, title=prepared.title, lang=front.lang or language_of(prepared.tree))
    if target.name == "docx" and not front.lang:
        front = replace(front, lang=language_of(prepared.tree))
    blocks = prepared.tree["blocks"]
    if target.name == "odt":
        blocks = changed(blocks, _code_as_lines)
    if target.name in ("html", "txt"):
        front = replace(front, title="", subtitle="", author=(), date="")
    tree = {**prepared.tree, "meta": meta_of(front), "blocks": blocks}
    with own_folder() as folder:
        try:
            data = pandoc.convert(
                arguments, dumps(tree), folder, prepared.source.name, target.title
            )
        except BadTree as error:
            raise FormatError(NOT_CONVERTED, format=Marked(target.title)) from error
    if target.name == "html":
        lang = prepared.front.lang or language_of(tree)
        return as_page(data.decode("utf-8"), prepared.title, prepared.front, lang).encode("utf-8")
    if target.name == "txt":
        return data.decode("utf-8").strip("\n").encode("utf-8") + b"\n"
    return data


def html_of(prepared: Prepared, pandoc: Pandoc) -> str:
    """The text as HTML without head and style, for a clipboard or pages. Raises ``FormatError``."""
    arguments = ["-f", "json", "-t", "html5", "--wrap=none", "--no-highlight"]
    with own_folder() as folder:
        tree = {**prepared.tree, "meta": {}}
        return pandoc.convert(arguments, dumps(tree), folder, prepared.source.name).decode("utf-8")


def _code_as_lines(node: Node) -> list[Node] | None:
    """A block of code as one paragraph, whose indents OpenDocument keeps."""
    if node["t"] != "CodeBlock":
        return None
    inlines: list[Node] = []
    for line in node["c"][1].split("\n"):
        inlines += [{"t": "LineBreak"}] if inlines else []
        inlines.append({"t": "Code", "c": [NO_ATTRIBUTES, line]})
    return [{"t": "Para", "c": inlines}]


def first_heading(blocks: Any) -> str:
    """The words of the first heading, "" without one."""
    return next((plain(each["c"][2]).strip() for each in blocks if each["t"] == "Header"), "")


def language_of(tree: Node) -> str:
    """The language that the characters of a text tell, for what has to name one."""
    words = plain(tree["blocks"])[:20_000]
    scripts = Counter(
        "ja"
        if "\u3040" <= each <= "\u30ff"
        else "ko"
        if "\uac00" <= each <= "\ud7a3"
        else "zh-CN"
        if "\u4e00" <= each <= "\u9fff"
        else "ar"
        if "\u0600" <= each <= "\u06ff"
        else "he"
        if "\u0590" <= each <= "\u05ff"
        else "ru"
        if "\u0400" <= each <= "\u04ff"
        else "en"
        for each in words
        if each.isalpha()
    )
    if scripts["ja"] * 10 > scripts["zh-CN"] > 0 or scripts["ja"] > scripts["en"]:
        return "ja"
    return scripts.most_common(1)[0][0] if scripts else "en"


def _with_plain_marks(blocks: Any) -> Any:
    """The blocks with underlines, raised and lowered letters for HTML's, and no other HTML."""

    def pair(content: Any) -> Any:
        if isinstance(content, dict):
            return {key: pair(value) for key, value in content.items()}
        if not isinstance(content, list):
            return content
        return _paired([pair(item) for item in content])

    def drop(node: Node) -> list[Node] | None:
        return [] if node["t"] in ("RawInline", "RawBlock") else None

    return changed(pair(blocks), drop)


def _paired(items: list[Any]) -> list[Any]:
    result: list[Any] = []
    opened: list[tuple[str, int]] = []
    for item in items:
        tag = _tag(item)
        if tag is None:
            result.append(item)
            continue
        closes, name = tag
        if name == "br":
            result.append({"t": "LineBreak"})
        elif not closes:
            opened.append((name, len(result)))
        elif opened and opened[-1][0] == name:
            _, start = opened.pop()
            result[start:] = [{"t": _PAIRED[name], "c": result[start:]}]
    return result


def _tag(item: Any) -> tuple[bool, str] | None:
    if not isinstance(item, dict) or item.get("t") != "RawInline" or item["c"][0] != "html":
        return None
    found = _TAG.fullmatch(item["c"][1].strip())
    return (bool(found[1]), found[2].lower()) if found else None


def _with_pictures(blocks: Any, base: Path | None, counts: Counter[str]) -> Any:
    """The blocks with every picture in them; those that cannot be are named in their place."""
    left = _MOST_PICTURES_BYTES

    def put(node: Node) -> list[Node] | None:
        nonlocal left
        if node["t"] != "Image":
            return None
        _, words, (address, title) = node["c"]
        if address.startswith("data:"):
            return None
        named = words or [text(Path(address).name or address)]
        if is_remote(address):
            counts["remote pictures"] += 1
            return [{"t": "Link", "c": [NO_ATTRIBUTES, named, [address, title]]}]
        file = local_file(address, base)
        picture = read_picture(file) if file else None
        if picture is None or len(picture.data) > left:
            counts["missing pictures"] += 1
            return [text("["), *named, text("]")]
        left -= len(picture.data)
        return [{"t": "Image", "c": [NO_ATTRIBUTES, words, [picture.as_address(), title]]}]

    return changed(blocks, put)
