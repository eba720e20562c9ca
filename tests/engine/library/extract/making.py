"""Small files in each format, made by hand."""

from __future__ import annotations

import zipfile
from pathlib import Path

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
    'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{}</dc:title>'
    "</cp:coreProperties>"
)
_ODT = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body><office:text>'
    "{}</office:text></office:body></office:document-content>"
)
_CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="book/content.opf"/></rootfiles></container>'
)
_PACKAGE = (
    '<package xmlns="http://www.idpf.org/2007/opf"><metadata '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title></metadata>'
    "<manifest>{items}</manifest><spine>{order}</spine></package>"
)


def zipped(path: Path, members: dict[str, str | bytes]) -> Path:
    """A zip archive of these members."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in members.items():
            archive.writestr(name, body)
    return path


def word_file(path: Path, body: str, title: str = "") -> Path:
    """A .docx whose document element holds ``body``."""
    document = f"<w:document {WORD}><w:body>{body}</w:body></w:document>"
    members: dict[str, str | bytes] = {"word/document.xml": document}
    if title:
        members["docProps/core.xml"] = _CORE.format(title)
    return zipped(path, members)


def paragraph(text: str) -> str:
    """A paragraph of a .docx."""
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def odt_file(path: Path, body: str) -> Path:
    """An .odt whose text element holds ``body``."""
    return zipped(path, {"content.xml": _ODT.format(body)})


def book_file(path: Path, title: str, chapters: list[str]) -> Path:
    """An .epub of pages with these bodies; the package lists them last first."""
    names = [f"c{number}" for number in range(len(chapters))]
    items = "".join(
        f'<item id="{name}" href="{name}%20.xhtml" media-type="application/xhtml+xml"/>'
        for name in reversed(names)
    )
    order = "".join(f'<itemref idref="{name}"/>' for name in names)
    pages: dict[str, str | bytes] = {
        f"book/{name} .xhtml": f"<!DOCTYPE html><html><body>{body}</body></html>"
        for name, body in zip(names, chapters, strict=True)
    }
    package = _PACKAGE.format(title=title, items=items, order=order)
    return zipped(
        path, {"META-INF/container.xml": _CONTAINER, "book/content.opf": package, **pages}
    )


def pdf_file(path: Path, pages: list[str]) -> Path:
    """A .pdf with a line of text on each page."""
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for at, text in enumerate(pages):
        shown = f"BT /F1 18 Tf 50 700 Td ({text}) Tj ET"
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * at} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>",
            f"<< /Length {len(shown)} >>\nstream\n{shown}\nendstream",
        ]
    out, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    count = len(objects) + 1
    out += f"xref\n0 {count}\n0000000000 65535 f \n{table}trailer\n<< /Size {count} /Root 1 0 R >>"
    path.write_bytes(f"{out}\nstartxref\n{out.index('xref')}\n%%EOF\n".encode("ascii"))
    return path
