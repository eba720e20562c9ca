"""Reading documents of other programs as Markdown; the file itself is only read."""

from __future__ import annotations

import re
import stat
import zipfile
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from app.core.charset import decoded_html
from app.core.document import load_text
from app.core.formats.errors import DAMAGED, UNKNOWN, FormatError
from app.core.formats.front import front_in, front_matter
from app.core.formats.guard import check_archive, check_size
from app.core.formats.kinds import TEXT_FORMATS, Format, format_of
from app.core.formats.markdown import to_markdown
from app.core.formats.pandoc import Pandoc, own_folder
from app.core.formats.pdf import pdf_as_markdown
from app.core.formats.pictures import MediaFolder
from app.core.formats.tree import BadTree, Node, changed, loads, plain
from app.core.marks import QT_TRANSLATE_NOOP
from app.core.messages import Marked, reason

_NOT_OPENED = QT_TRANSLATE_NOOP(
    "Errors", "{name} could not be opened: {reason}. Nothing was changed."
)
_OPEN = Marked(QT_TRANSLATE_NOOP("Errors", "open"))
_TRACKED = re.compile(rb"<w:(?:ins|del)[ />]")
_READERS = {
    "html": "html-native_spans",
    "epub": "epub-native_divs-native_spans",
}
_EAST = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uff00-\uffef]")
_SCHEME = re.compile(r"[a-zA-Z][\w+.-]+:")


class Changes(StrEnum):
    """What becomes of tracked changes."""

    ACCEPT = "accept"
    REJECT = "reject"
    ALL = "all"
    """Both are kept, between marks."""


@dataclass(frozen=True, slots=True)
class Imported:
    """A document as Markdown; ``pictures`` were written to the folder that was given for them."""

    path: Path
    text: str
    format: Format
    pictures: tuple[Path, ...] = ()
    lost_pictures: int = 0
    """Pictures without a folder to keep them in, or too large."""

    @property
    def name(self) -> str:
        """A name for the Markdown file."""
        return f"{self.path.stem}.md"


def has_tracked_changes(path: Path) -> bool:
    """Whether a Word document has insertions or deletions that nobody has accepted yet.

    Raises ``FormatError``, ``OSError``.
    """
    found = format_of(path)
    if found is None or found.name != "docx":
        return False
    check_archive(path)
    try:
        with zipfile.ZipFile(path) as archive, archive.open("word/document.xml") as member:
            tail = b""
            while piece := member.read(1 << 20):
                if _TRACKED.search(tail + piece):
                    return True
                tail = piece[-16:]
    except KeyError:
        return False
    return False


def read_document(
    path: Path, pandoc: Pandoc, media: Path | None = None, changes: Changes = Changes.ACCEPT
) -> Imported:
    """Read a document of any format of the table as Markdown.

    ``media`` is where its pictures are kept, a folder that is made when there are any. Raises
    ``FormatError`` and ``DocumentError`` with a sentence.
    """
    found = format_of(path)
    if found is None:
        return Imported(path, load_text(path).text, _MARKDOWN)
    if not found.reads:
        raise FormatError(UNKNOWN, name=path.name, act=_OPEN)
    if found.name in TEXT_FORMATS:
        return Imported(path, load_text(path).text, found)
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise FormatError(UNKNOWN, name=path.name, act=_OPEN)
        check_size(path, status.st_size)
        if found.archive:
            check_archive(path)
        data = path.read_bytes()
    except OSError as error:
        raise FormatError(_NOT_OPENED, name=path.name, reason=reason(error)) from error
    if found.name == "pdf":
        return Imported(path, pdf_as_markdown(path), found)
    return _by_pandoc(path, data, found, pandoc, media, changes)


_MARKDOWN = Format("md", "", (".md",))


def _by_pandoc(
    path: Path,
    data: bytes,
    found: Format,
    pandoc: Pandoc,
    media: Path | None,
    changes: Changes,
) -> Imported:
    if found.name == "html":
        data = decoded_html(data).encode("utf-8", "replace")
    elif found.name == "rtf" and not data.lstrip()[:5].startswith(b"{\\rtf"):
        raise FormatError(DAMAGED, name=path.name)
    reader = _READERS.get(found.name, found.reader)
    arguments = ["-f", reader, "-t", "json", "--extract-media=media"]
    if found.name == "docx":
        arguments.append(f"--track-changes={changes.value}")
    with own_folder() as folder:
        try:
            tree = loads(pandoc.convert(arguments, data, folder, path.name, found.title))
            if found.name == "odt":
                tree["blocks"] = _joined_quotes(tree["blocks"])
            elif found.name == "epub":
                tree["blocks"] = _without_made_headings(tree)
            kept = MediaFolder(folder, media)

            def placed(address: str) -> str:
                if address.startswith(("media/", "data:")):
                    return kept.keep(address)
                if found.name != "html":
                    return address if _SCHEME.match(address) else ""
                return _beside(path, address)

            body = to_markdown(tree, pandoc, folder, path.name, placed)
            front = front_in(tree["meta"])
            if front.date.startswith("1970-01-01T"):  # what a program writes that has no clock
                front = replace(front, date="")
            if found.name == "docx" and (front.title or front.author) and not front.lang:
                front = replace(front, lang=_word_language(path, body))
            head = front_matter(front)
        except (BadTree, RecursionError, UnicodeDecodeError, KeyError, IndexError) as error:
            raise FormatError(DAMAGED, name=path.name) from error
    return Imported(path, head + body, found, tuple(kept.kept), kept.lost)


def _joined_quotes(blocks: list[Node]) -> list[Node]:
    """OpenDocument has each paragraph of a quote for itself."""
    result: list[Node] = []
    for block in blocks:
        if result and block["t"] == result[-1]["t"] == "BlockQuote":
            result[-1] = {"t": "BlockQuote", "c": [*result[-1]["c"], *block["c"]]}
        else:
            result.append(block)
    return result


def _without_made_headings(tree: Node) -> Any:
    """The blocks without the heading that pandoc gives a chapter that has none."""
    title = front_in(tree["meta"]).title

    def drop(node: Node) -> list[Node] | None:
        made = node["t"] == "Header" and "unnumbered" in node["c"][1][1]
        return [] if made and plain(node["c"][2]).strip() == title else None

    return changed(tree["blocks"], drop)


def _word_language(path: Path, text: str) -> str:
    """The language that a Word document is set to, for the script that most of it is in."""
    east = len(_EAST.findall(text)) * 2 > len(text)
    with zipfile.ZipFile(path) as archive:
        try:
            with archive.open("word/styles.xml") as member:
                styles = member.read(1 << 20).decode("utf-8", "replace")
        except KeyError:
            return ""
    element = re.search(r"<w:lang\b[^>]*>", styles)
    named = re.search(
        rf'w:{"eastAsia" if east else "val"}="([\w-]+)"', element[0] if element else ""
    )
    return named[1] if named else ""


def _beside(path: Path, address: str) -> str:
    """The address of a page's picture as seen from anywhere."""
    if _SCHEME.match(address) or address.startswith("//"):
        return address if address.startswith(("http:", "https:")) else ""
    local = path.parent / unquote(address)
    return str(local.resolve()) if local.is_file() else address
