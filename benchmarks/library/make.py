"""Makes the documents and questions of this folder from ``texts.in``.

    QT_QPA_PLATFORM=offscreen python -m benchmarks.library.make

The Chinese PDF needs a font with Chinese characters on the machine. What is made is kept in the
repository, since a PDF differs with the fonts.
"""

from __future__ import annotations

import html
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import QFont, QGuiApplication, QPageSize, QPdfWriter, QTextDocument

_HERE = Path(__file__).parent
_MADE = _HERE / "documents"
_THEN = (2026, 1, 1, 0, 0, 0)
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default '
    'Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/><Override PartName="/docProps/core.xml" '
    'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
)
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/officeDocument" Target="word/document.xml"/><Relationship Id="r2" Type="http://'
    'schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" '
    'Target="docProps/core.xml"/></Relationships>'
)
_SPACES = "urn:oasis:names:tc:opendocument:xmlns"
_DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'


def main() -> None:
    """Write everything."""
    app = QGuiApplication.instance() or QGuiApplication([])
    _MADE.mkdir(exist_ok=True)
    records = []
    for part in re.split(r"^=== ", (_HERE / "texts.in").read_text("utf-8"), flags=re.M)[1:]:
        head, *lines = part.splitlines()
        name, _, title = (each.strip() for each in head.partition("|"))
        questions = [line[2:].split(" | ") for line in lines if line.startswith("? ")]
        body = "\n".join(line for line in lines if not line.startswith("? ")).strip()
        if name != "none":
            _MAKERS[Path(name).suffix](_MADE / name, title, body)
        for question, *rest in questions:
            file, answers, span = (name, [rest[0]], rest[1]) if rest else (None, [], None)
            if span is not None and " ".join(span.split()) not in " ".join(body.split()):
                raise ValueError(f"{name} does not hold '{span}'")
            records.append({"q": question, "a": answers, "span": span, "file": file})
    lines = [json.dumps(each, ensure_ascii=False) for each in records]
    (_HERE / "questions.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    del app


def _text(path: Path, _title: str, body: str) -> None:
    path.write_text(body + "\n", "utf-8")


def _markdown(path: Path, title: str, body: str) -> None:
    path.write_text(f"# {title}\n\n{body}\n", "utf-8")


def _paragraphs(body: str, before: str, after: str) -> str:
    return "".join(f"{before}{html.escape(each)}{after}" for each in body.split("\n\n"))


def _page(title: str, body: str) -> str:
    paragraphs = _paragraphs(body, "<p>", "</p>\n")
    return (
        f'<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml"><head><meta charset="utf-8"/>'
        f"<title>{html.escape(title)}</title></head>\n<body><h1>{html.escape(title)}</h1>\n"
        f"{paragraphs}</body></html>\n"
    )


def _web(path: Path, title: str, body: str) -> None:
    path.write_text(_page(title, body), "utf-8")


def _zip(path: Path, members: dict[str, str]) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in members.items():
            kind = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name, _THEN), text, kind)


def _word(path: Path, title: str, body: str) -> None:
    before, after = "<w:p><w:r><w:t>", "</w:t></w:r></w:p>"
    text = _paragraphs(f"{title}\n\n{body}", before, after)
    core = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
    members = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELATIONS,
        "word/document.xml": f'<w:document xmlns:w="{_WORD}"><w:body>{text}</w:body></w:document>',
        "docProps/core.xml": f'<c:coreProperties xmlns:c="{core}" {_DC}><dc:title>'
        f"{html.escape(title)}</dc:title></c:coreProperties>",
    }
    _zip(path, members)


def _open_document(path: Path, title: str, body: str) -> None:
    kind = "application/vnd.oasis.opendocument.text"
    text = _paragraphs(body, "<text:p>", "</text:p>")
    spaces = f'xmlns:office="{_SPACES}:office:1.0" xmlns:text="{_SPACES}:text:1.0"'
    members = {
        "mimetype": kind,
        "META-INF/manifest.xml": f'<m:manifest xmlns:m="{_SPACES}:manifest:1.0" m:version="1.3">'
        f'<m:file-entry m:full-path="/" m:media-type="{kind}"/><m:file-entry '
        'm:full-path="content.xml" m:media-type="text/xml"/></m:manifest>',
        "content.xml": f'<office:document-content {spaces} office:version="1.3"><office:body>'
        f"<office:text><text:h>{html.escape(title)}</text:h>{text}</office:text></office:body>"
        "</office:document-content>",
    }
    _zip(path, members)


def _book(path: Path, title: str, body: str) -> None:
    members = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<container version="1.0" '
        f'xmlns="{_SPACES}:container"><rootfiles><rootfile full-path="book.opf" '
        'media-type="application/oebps-package+xml"/></rootfiles></container>',
        "book.opf": '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata '
        f"{_DC}><dc:title>{html.escape(title)}</dc:title></metadata><manifest>"
        '<item id="one" href="one.xhtml" media-type="application/xhtml+xml"/></manifest><spine>'
        '<itemref idref="one"/></spine></package>',
        "one.xhtml": _page(title, body),
    }
    _zip(path, members)


def _pdf(path: Path, title: str, body: str) -> None:
    writer = QPdfWriter(str(path))
    writer.setTitle(title)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A5))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    writer.setResolution(96)
    document = QTextDocument()
    document.setDefaultFont(QFont("Noto Serif CJK SC" if title[0] >= "\u4e00" else "Literata", 11))
    document.setHtml(_page(title, body))
    document.setPageSize(QSizeF(writer.width(), writer.height()))
    document.print_(writer)


_MAKERS: dict[str, Callable[[Path, str, str], None]] = {
    ".txt": _text,
    ".md": _markdown,
    ".html": _web,
    ".docx": _word,
    ".odt": _open_document,
    ".epub": _book,
    ".pdf": _pdf,
}

if __name__ == "__main__":
    main()
