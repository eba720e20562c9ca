"""The text of electronic books (.epub: EPUB 3.3 and 2)."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from engine.library.extract.archive import Archive, Attributes, open_archive, read_xml
from engine.library.extract.decoding import decode_text
from engine.library.extract.extracted import CannotExtract, Extracted, Problem, TextBuilder
from engine.library.extract.web import write_web

_CONTAINER = "META-INF/container.xml"
_ROOT_FILE = "urn:oasis:names:tc:opendocument:xmlns:container rootfile"
_PACKAGE = "http://www.idpf.org/2007/opf "
_TITLE = "http://purl.org/dc/elements/1.1/ title"
_PAGES = ("application/xhtml+xml", "text/html")


@dataclass(slots=True)
class _Contents:
    title: list[str] = field(default_factory=list)
    items: dict[str, tuple[str, str]] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)
    in_title: bool = False

    def start(self, element: str, attributes: Attributes) -> None:
        if element == f"{_PACKAGE}item":
            kind = attributes.get("media-type", "")
            self.items[attributes.get("id", "")] = (attributes.get("href", ""), kind)
        elif element == f"{_PACKAGE}itemref":
            self.order.append(attributes.get("idref", ""))
        elif element == _TITLE:
            self.in_title = not self.title

    def end(self, element: str) -> None:
        self.in_title = self.in_title and element != _TITLE

    def text(self, data: str) -> None:
        if self.in_title:
            self.title.append(data)


def extract_book(path: Path) -> Extracted:
    """The chapters in the order of reading. Raises ``CannotExtract`` and ``OSError``."""
    out = TextBuilder()
    with open_archive(path) as archive:
        package = _package(archive)
        contents = _Contents()
        read_xml(archive.pieces(package), contents.start, contents.end, contents.text)
        for name in dict.fromkeys(contents.order):
            href, kind = contents.items.get(name, ("", ""))
            member = posixpath.normpath(posixpath.join(posixpath.dirname(package), unquote(href)))
            if kind in _PAGES and archive.has(member):
                write_web(decode_text(archive.read(member)), out)
                out.end_paragraph()
    return Extracted(out.text().rstrip(), " ".join("".join(contents.title).split()))


def _package(archive: Archive) -> str:
    if archive.has("META-INF/rights.xml"):
        raise CannotExtract(Problem.LOCKED)
    found: list[str] = []

    def start(element: str, attributes: Attributes) -> None:
        if element == _ROOT_FILE and "full-path" in attributes:
            found.append(attributes["full-path"])

    read_xml(archive.pieces(_CONTAINER), start, lambda _: None, lambda _: None)
    if not found:
        raise CannotExtract(Problem.DAMAGED)
    return found[0]
