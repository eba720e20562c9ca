"""The text of web pages."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from engine.library.extract.decoding import decode_text
from engine.library.extract.extracted import Extracted, TextBuilder

_SILENT = frozenset("script style template noscript svg math head iframe object".split())
_PARAGRAPHS = frozenset(
    "p div section article aside header footer main nav h1 h2 h3 h4 h5 h6 ul ol dl table "
    "blockquote pre figure figcaption form fieldset address hr body".split()
)
_LINES = frozenset("br li tr dt dd option caption".split())
_CHARSET = re.compile(rb"<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
_SPACE = re.compile(r"[ \t\r\n\f]+")


def extract_web(data: bytes) -> Extracted:
    """The words that a page shows, with its title. Raises ``CannotExtract``."""
    found = _CHARSET.search(data[:2048])
    declared = found[1].decode("ascii", "replace") if found else ""
    out = TextBuilder()
    title = write_web(decode_text(data, declared), out)
    return Extracted(out.text().rstrip(), title)


def write_web(page: str, out: TextBuilder) -> str:
    """Write what ``page`` shows to ``out``; the title is returned. Raises ``CannotExtract``."""
    reader = _Reader(out)
    reader.feed(page)
    reader.close()
    out.end_paragraph()
    return " ".join("".join(reader.title).split())


class _Reader(HTMLParser):
    def __init__(self, out: TextBuilder) -> None:
        super().__init__(convert_charrefs=True)
        self.title: list[str] = []
        self._out = out
        self._silent: list[str] = []
        self._in_title = False
        self._preformatted = 0

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        if tag == "title" and self._silent in ([], ["head"]):
            self._in_title = True
        elif tag == "body":
            self._silent.clear()
        if tag in _SILENT:
            self._silent.append(tag)
        self._break(tag)
        if tag == "pre":
            self._preformatted += 1

    def handle_startendtag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self._in_title = False
        if tag in self._silent:
            while self._silent.pop() != tag:
                pass
        self._break(tag)
        if tag == "pre":
            self._preformatted = max(0, self._preformatted - 1)
        elif tag in ("td", "th"):
            self._out.end_cell()

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title.append(data)
        elif self._preformatted:
            self._write(data)
        else:
            self._write(_SPACE.sub(" ", data))

    def _write(self, text: str) -> None:
        if not self._silent:
            self._out.write(text)

    def _break(self, tag: str) -> None:
        if tag in _PARAGRAPHS:
            self._out.end_paragraph()
        elif tag in _LINES:
            self._out.end_line()
