"""Files that lie, explode or never end cost one file and nothing else."""

from __future__ import annotations

import os
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import LibraryError, Problem, read_document
from engine.library.extract import archive as archive_module
from engine.library.extract.extracted import CannotExtract
from engine.library.extract.formats import LIBRARY_SUFFIXES, extract
from engine.library.extract.process import ExtractingProcess
from engine.library.extract.server import answer
from tests.engine.library.extract.making import book_file, paragraph, pdf_file, word_file, zipped


def _problem(path: Path) -> Problem:
    with pytest.raises(CannotExtract) as caught:
        extract(path)
    return caught.value.problem


def test_entities_are_refused(tmp_path: Path) -> None:
    laughs = (
        '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><a>&b;&b;&b;</a>'
    )
    outside = '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/hostname">]><a>&a;</a>'
    for body in (laughs, outside):
        assert _problem(zipped(tmp_path / "a.docx", {"word/document.xml": body})) == "damaged"


def test_a_zip_bomb_is_cut_off_by_what_comes_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive_module, "MOST_BYTES", 1 << 20)
    path = word_file(tmp_path / "a.docx", paragraph("a" * (2 << 20)))
    assert path.stat().st_size < 1 << 16
    assert _problem(path) == "too_large"


def test_sizes_that_lie_are_not_believed(tmp_path: Path) -> None:
    path = word_file(tmp_path / "a.docx", paragraph("b" * 100_000))
    data = bytearray(path.read_bytes())
    at = data.rindex(b"PK\1\2")
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")  # "ten bytes when unpacked"
    path.write_bytes(bytes(data))
    assert _problem(path) == "damaged"


def test_elements_that_nest_too_deep(tmp_path: Path) -> None:
    body = "<a>" * 5_000 + "</a>" * 5_000
    assert _problem(zipped(tmp_path / "a.docx", {"word/document.xml": body})) == "damaged"


def test_more_text_than_is_indexed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from engine.library.extract import extracted

    monkeypatch.setattr(extracted, "MOST_CHARACTERS", 1000)
    assert _problem(word_file(tmp_path / "a.docx", paragraph("c" * 2000))) == "too_large"


def test_locked_files_are_told_from_damaged_ones(tmp_path: Path) -> None:
    office = tmp_path / "a.docx"
    office.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    assert _problem(office) == "locked"
    book = book_file(tmp_path / "a.epub", "Locked", ["<p>x</p>"])
    with zipfile.ZipFile(book, "a") as archive:
        archive.writestr("META-INF/rights.xml", "<rights/>")
    assert _problem(book) == "locked"


def test_pictures_of_pages_have_no_text(tmp_path: Path) -> None:
    assert _problem(pdf_file(tmp_path / "a.pdf", [""])) == "no_text"


def test_links_pipes_and_what_may_not_be_read(tmp_path: Path) -> None:
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "a.txt")
        assert _problem(tmp_path / "a.txt") == "unreadable"
    assert _problem(tmp_path / "missing.md") == "unreadable"


@pytest.mark.parametrize("suffix", sorted(LIBRARY_SUFFIXES))
@settings(max_examples=25, deadline=None)
@given(data=st.binary(max_size=400))
def test_no_bytes_get_through(
    suffix: str, data: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / f"wild{suffix}"
    path.write_bytes(data)
    found = answer({"path": str(path)})
    assert "problem" in found or found["text"]


@settings(max_examples=60, deadline=None)
@given(cut=st.integers(0, 900), noise=st.binary(min_size=1, max_size=8))
def test_a_spoiled_office_file_is_read_or_told(
    cut: int, noise: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = word_file(tmp_path_factory.getbasetemp() / "spoiled.docx", paragraph("Some words."))
    data = path.read_bytes()
    path.write_bytes(data[:cut] + noise + data[cut + len(noise) :])
    found = answer({"path": str(path)})
    assert "problem" in found or "text" in found


def test_a_file_that_takes_forever_is_given_up_and_the_next_is_read(tmp_path: Path) -> None:
    slow = [
        sys.executable,
        "-c",
        "import sys, json\n"
        "for line in sys.stdin:\n"
        "    if 'slow' in line:\n"
        "        while True: pass\n"
        "    print(json.dumps({'problem': 'no_text'}), flush=True)",
    ]
    process = ExtractingProcess(patience=1.0, command=slow)
    assert process.read(tmp_path / "slow.pdf").problem == "too_slow"
    assert process.read(tmp_path / "quick.pdf").problem == "no_text"
    process.close()


def test_a_crash_of_the_reader_is_a_damaged_file(tmp_path: Path) -> None:
    process = ExtractingProcess(command=[sys.executable, "-c", "import os; os.abort()"])
    assert process.read(tmp_path / "a.pdf").problem == "damaged"
    process.close()


def test_the_process_reads_files_of_a_window(tmp_path: Path) -> None:
    document = read_document(pdf_file(tmp_path / "a.pdf", ["One.", "Two."]))
    assert (document.text, document.pages, document.stale) == ("One.\n\nTwo.", (0, 6), False)
    (tmp_path / "b.docx").write_bytes(b"no")
    with pytest.raises(LibraryError, match="damaged"):
        read_document(tmp_path / "b.docx")
