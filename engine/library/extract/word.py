"""The text of Word documents (.docx: Office Open XML, ECMA-376)."""

from __future__ import annotations

from pathlib import Path

from engine.library.extract.archive import Archive, Attributes, only_texts, open_archive, read_xml
from engine.library.extract.extracted import Extracted, TextBuilder

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main "
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main "
_FALLBACK = "http://schemas.openxmlformats.org/markup-compatibility/2006 Fallback"
_TITLE = "http://purl.org/dc/elements/1.1/ title"
_CORE = "docProps/core.xml"
_SIGNS = {"tab": "\t", "noBreakHyphen": "\u2011"}
_BODIES = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")


def extract_word(path: Path) -> Extracted:
    """The paragraphs, tables and notes; what was deleted under review is left out.

    Raises ``CannotExtract`` and ``OSError``.
    """
    out = TextBuilder()
    with open_archive(path) as archive:
        title = only_texts(archive.pieces(_CORE), _TITLE) if archive.has(_CORE) else ""
        for index, name in enumerate(_BODIES):
            if index == 0 or archive.has(name):
                _read_body(archive, name, out)
    return Extracted(out.text().rstrip(), title)


def _read_body(archive: Archive, name: str, out: TextBuilder) -> None:
    reader = _Reader(out)
    read_xml(archive.pieces(name), reader.start, reader.end, reader.text)
    out.end_paragraph()


class _Reader:
    def __init__(self, out: TextBuilder) -> None:
        self._out = out
        self._inside_text = False
        self._cells = self._skipped = 0

    def start(self, element: str, _: Attributes) -> None:
        if self._skipped or element == _FALLBACK:
            self._skipped += 1
            return
        tag = _local(element)
        self._inside_text = tag == "t"
        if tag == "tc":
            self._cells += 1
        elif tag in ("br", "cr"):
            self._out.end_line()
        elif tag in _SIGNS:
            self._out.write(_SIGNS[tag])

    def end(self, element: str) -> None:
        if self._skipped:
            self._skipped -= 1
            return
        tag = _local(element)
        self._inside_text = False
        if tag == "tc":
            self._cells -= 1
            self._out.end_cell()
        elif tag == "tr":
            self._out.end_line()
        elif tag == "tbl" or (tag == "p" and not self._cells):
            self._out.end_paragraph()
        elif tag == "p":
            self._out.end_cell()

    def text(self, data: str) -> None:
        if self._inside_text and not self._skipped:
            self._out.write(data)


def _local(element: str) -> str:
    return element.removeprefix(_WORD).removeprefix(_STRICT)
