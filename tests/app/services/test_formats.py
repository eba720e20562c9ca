"""Without pandoc Qt writes what it can; with or without it, pages are as they were set up."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pypdfium2
import pytest

from app.core.formats.errors import PandocMissing
from app.core.formats.exporting import Source
from app.core.formats.importing import read_document
from app.core.formats.kinds import format_named
from app.core.formats.page_setup import PageSetup
from app.core.formats.pandoc import Pandoc, find_pandoc
from app.services.fonts import register_fonts
from app.services.formats import data_of, plan

pytestmark = pytest.mark.usefixtures("qapp")
WITHOUT = Pandoc(None)
SETUP = PageSetup()
TEXT = "---\ntitle: Light\n---\n\n# One\n\nIt was **dark**, 灯塔.\n\n- a\n- b\n"


def _made(text: str, name: str, pandoc: Pandoc, setup: PageSetup = SETUP) -> bytes:
    target = format_named(name)
    assert target is not None
    return data_of(plan(Source(text, "light"), target, pandoc), setup, pandoc)


def test_without_pandoc_qt_writes_four_formats(tmp_path: Path):
    assert b"<strong>" in _made(TEXT, "html", WITHOUT) or b"font-weight" in _made(
        TEXT, "html", WITHOUT
    )
    assert "灯塔" in _made(TEXT, "txt", WITHOUT).decode()
    (tmp_path / "a.odt").write_bytes(_made(TEXT, "odt", WITHOUT))
    assert "content.xml" in zipfile.ZipFile(tmp_path / "a.odt").namelist()
    assert _made(TEXT, "pdf", WITHOUT).startswith(b"%PDF")
    with pytest.raises(PandocMissing):
        _made(TEXT, "epub", WITHOUT)


@pytest.mark.parametrize("program", [None, find_pandoc()])
def test_a_pdf_has_the_paper_the_header_the_numbers_and_the_words(program: Path | None):
    register_fonts()
    text = TEXT + "\nWords and words again. " * 1500
    setup = PageSetup("A5", margins=(15, 20, 15, 20), header="title", numbers="page of pages")
    with pypdfium2.PdfDocument(_made(text, "pdf", Pandoc(program), setup)) as pdf:
        width, height = pdf[0].get_size()
        assert (round(width), round(height)) == (420, 595)
        pages = [page.get_textpage().get_text_range() for page in pdf]
    assert len(pages) > 3
    assert pages[0].count("Light") == 1
    assert all("Light" in page for page in pages[1:])
    assert f"2 / {len(pages)}" in pages[1]
    assert "灯塔" in pages[0]


def test_no_heading_stands_alone_at_the_end_of_a_page():
    register_fonts()
    setup = PageSetup(header="none")
    text = "".join(
        f"## Part {n}\n\n" + "Some more words. " * (20 + 7 * n) + "\n\n" for n in range(30)
    )
    with pypdfium2.PdfDocument(_made(text, "pdf", Pandoc(find_pandoc()), setup)) as pdf:
        pages = [page.get_textpage().get_text_range().split("\r\n") for page in pdf]
    lasts = [[line for line in page if not line.strip().isdigit()][-1] for page in pages]
    assert not any(line.startswith("Part ") for line in lasts)


def test_the_text_of_a_pdf_comes_back_in_paragraphs(tmp_path: Path):
    register_fonts()
    text = "# The Lamp\n\n" + "It was dark and the sea was loud. " * 12 + "\n\nIt was morning.\n"
    (tmp_path / "a.pdf").write_bytes(_made(text, "pdf", Pandoc(find_pandoc())))
    back = read_document(tmp_path / "a.pdf", WITHOUT).text
    assert [" ".join(part.split()) for part in back.split("\n\n")] == [
        " ".join(part.split()) for part in text.split("\n\n")
    ]


def test_every_letter_of_a_pdf_can_be_searched():
    register_fonts()
    text = "A list And Apple BAT The Then office flag.\n\n**A bold** *An italic* 看守人.\n"
    with pypdfium2.PdfDocument(_made(text, "pdf", Pandoc(find_pandoc()))) as pdf:
        page = pdf[0].get_textpage().get_text_range()
    assert "A list And Apple BAT The Then office flag." in page
    assert "A bold An italic" in page
