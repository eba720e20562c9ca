"""The text of each format, as a person reads it."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.library.extract.formats import extract
from tests.engine.library.extract.making import (
    WORD,
    book_file,
    odt_file,
    paragraph,
    pdf_file,
    word_file,
    zipped,
)


def test_word_paragraphs_tables_and_notes(tmp_path: Path) -> None:
    cell = f"<w:tc>{paragraph('Tea')}</w:tc><w:tc>{paragraph('two pounds')}</w:tc>"
    body = (
        paragraph("The kettle.")
        + "<w:p><w:r><w:t>One</w:t><w:tab/><w:t>two</w:t><w:br/><w:t>three</w:t></w:r></w:p>"
        + f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>"
        + "<w:p><w:del><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>"
        + '<w:p><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/'
        'markup-compatibility/2006"><mc:Choice><w:r><w:t>once</w:t></w:r></mc:Choice><mc:Fallback>'
        "<w:r><w:t>twice</w:t></w:r></mc:Fallback></mc:AlternateContent></w:p>"
    )
    found = extract(word_file(tmp_path / "a.docx", body, "On kettles"))
    assert found.title == "On kettles"
    assert found.text == "The kettle.\n\nOne\ttwo\nthree\n\nTea\ttwo pounds\n\nonce"


def test_word_of_the_strict_kind_and_footnotes(tmp_path: Path) -> None:
    strict = WORD.replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    document = f"<w:document {strict}><w:body>{paragraph('Above.')}</w:body></w:document>"
    notes = f"<w:footnotes {WORD}><w:footnote>{paragraph('Below.')}</w:footnote></w:footnotes>"
    path = zipped(tmp_path / "a.docx", {"word/document.xml": document, "word/footnotes.xml": notes})
    assert extract(path).text == "Above.\n\nBelow."


def test_opendocument(tmp_path: Path) -> None:
    body = (
        "<text:tracked-changes><text:p>gone</text:p></text:tracked-changes>"
        '<text:h>Bees</text:h>\n<text:p>They<text:s text:c="2"/>hum<text:line-break/>at '
        "<text:span>noon</text:span>.<office:annotation><text:p>why?</text:p></office:annotation>"
        "</text:p>"
    )
    assert extract(odt_file(tmp_path / "a.odt", body)).text == "Bees\n\nThey  hum\nat noon."


def test_web_page(tmp_path: Path) -> None:
    page = (
        "<html><head><title>Fog &amp; rain</title><style>p {}</style></head><body><h1>Fog</h1>"
        "<p>It  is\n<b>thick</b>.<br>Very.</p><script>var a = '<p>no</p>';</script>"
        "<ul><li>one<li>two</ul><pre>a  b</pre></body></html>"
    )
    path = tmp_path / "a.html"
    path.write_text(page, "utf-8")
    found = extract(path)
    assert found.title == "Fog & rain"
    assert found.text == "Fog\n\nIt is thick.\nVery.\n\none\ntwo\n\na  b"


def test_web_page_in_another_encoding(tmp_path: Path) -> None:
    path = tmp_path / "a.htm"
    path.write_bytes('<meta charset="gb2312"><p>\u8336\u56ed</p>'.encode("gb2312"))
    assert extract(path).text == "\u8336\u56ed"


def test_book_in_the_order_of_reading(tmp_path: Path) -> None:
    path = book_file(tmp_path / "a.epub", "The Book", ["<p>First.</p>", "<p>Second&nbsp;one.</p>"])
    found = extract(path)
    assert (found.title, found.text) == ("The Book", "First.\n\nSecond\xa0one.")


def test_pdf_page_by_page(tmp_path: Path) -> None:
    found = extract(pdf_file(tmp_path / "a.pdf", ["The first page.", "The second page."]))
    assert found.text == "The first page.\n\nThe second page."
    assert [found.text[place:].split("\n")[0] for place in found.pages] == [
        "The first page.",
        "The second page.",
    ]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"a\r\nb\rc", "a\nb\nc"),
        (b"\xef\xbb\xbfcaf\xc3\xa9", "caf\u00e9"),
        ("\u8336".encode("utf-16"), "\u8336"),
        ("\u8336\u56ed\u5f88\u5927".encode("gb18030"), "\u8336\u56ed\u5f88\u5927"),
        (b"caf\xe9 \x93now\x94", "caf\u00e9 \u201cnow\u201d"),
    ],
)
def test_plain_text_in_any_encoding(tmp_path: Path, data: bytes, text: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    assert extract(path).text == text


def test_markdown_is_called_by_its_heading(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("Hm.\n\n## The *pond* ##\n\nWet.", "utf-8")
    assert extract(path).title == "The *pond*"
