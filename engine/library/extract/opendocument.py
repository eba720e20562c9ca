"""The text of OpenDocument texts (.odt: OASIS OpenDocument 1.3)."""

from __future__ import annotations

from pathlib import Path

from engine.library.extract.archive import Attributes, only_texts, open_archive, read_xml
from engine.library.extract.extracted import CannotExtract, Extracted, Problem, TextBuilder

_SPACE = "urn:oasis:names:tc:opendocument:xmlns:"
_TEXT, _TABLE, _OFFICE = (f"{_SPACE}{name}:1.0 " for name in ("text", "table", "office"))
_TITLE = "http://purl.org/dc/elements/1.1/ title"
_LEFT_OUT = frozenset({f"{_TEXT}tracked-changes", f"{_OFFICE}annotation", f"{_TEXT}sequence-decls"})
_MOST_SPACES = 200


def extract_opendocument(path: Path) -> Extracted:
    """The paragraphs, tables and notes; what was deleted under review and comments are left out.

    Raises ``CannotExtract`` and ``OSError``.
    """
    out = TextBuilder()
    with open_archive(path) as archive:
        if archive.has("META-INF/manifest.xml") and b"encryption-data" in archive.read(
            "META-INF/manifest.xml"
        ):
            raise CannotExtract(Problem.LOCKED)
        title = only_texts(archive.pieces("meta.xml"), _TITLE) if archive.has("meta.xml") else ""
        reader = _Reader(out)
        read_xml(archive.pieces("content.xml"), reader.start, reader.end, reader.text)
    return Extracted(out.text().rstrip(), title)


class _Reader:
    def __init__(self, out: TextBuilder) -> None:
        self._out = out
        self._skipped = self._paragraphs = self._cells = 0

    def start(self, element: str, attributes: Attributes) -> None:
        if self._skipped or element in _LEFT_OUT:
            self._skipped += 1
        elif element in (f"{_TEXT}p", f"{_TEXT}h"):
            self._paragraphs += 1
        elif element == f"{_TABLE}table-cell":
            self._cells += 1
        elif element == f"{_TEXT}s":
            count = attributes.get(f"{_TEXT}c", "1")
            spaces = int(count) if count.isascii() and count.isdecimal() else 1
            self._out.write(" " * min(spaces, _MOST_SPACES))
        elif element == f"{_TEXT}tab":
            self._out.write("\t")
        elif element == f"{_TEXT}line-break":
            self._out.end_line()

    def end(self, element: str) -> None:
        if self._skipped:
            self._skipped -= 1
        elif element in (f"{_TEXT}p", f"{_TEXT}h"):
            self._paragraphs -= 1
            if self._cells:
                self._out.end_cell()
            else:
                self._out.end_paragraph()
        elif element == f"{_TABLE}table-cell":
            self._cells -= 1
            self._out.end_cell()
        elif element == f"{_TABLE}table-row":
            self._out.end_line()
        elif element == f"{_TABLE}table":
            self._out.end_paragraph()

    def text(self, data: str) -> None:
        # White space between elements is the layout of the XML, not of the text.
        if self._paragraphs and not self._skipped:
            self._out.write(data.replace("\n", " "))
