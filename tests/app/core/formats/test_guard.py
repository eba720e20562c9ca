"""Documents that are made to harm are refused before they are unpacked, or while they are."""

from __future__ import annotations

import threading
import zipfile
from pathlib import Path

import pytest

from app.core.formats.errors import FormatError, PandocMissing, Stopped
from app.core.formats.exporting import Source, prepare
from app.core.formats.guard import check_archive
from app.core.formats.importing import read_document
from app.core.formats.kinds import format_named
from app.core.formats.pandoc import Limits, Pandoc, find_pandoc, own_folder

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _archive(path: Path, name: str, data: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return path


def test_a_bomb_is_refused_by_what_it_declares(tmp_path: Path):
    bomb = _archive(tmp_path / "bomb.docx", "word/document.xml", bytes(5_000_000))
    assert bomb.stat().st_size < 10_000
    with pytest.raises(FormatError, match="when unpacked"):
        check_archive(bomb, largest=1_000_000)


def test_entities_are_refused(tmp_path: Path):
    xml = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>'
    with pytest.raises(FormatError, match="entities"):
        read_document(_archive(tmp_path / "a.odt", "content.xml", xml), Pandoc(find_pandoc()))


def test_a_document_that_takes_too_much_memory_is_stopped():
    words = b"<p>" + b"a " * 20_000_000 + b"</p>"
    pandoc = Pandoc(find_pandoc(), limits=Limits(memory_mb=64))
    with own_folder() as folder, pytest.raises(FormatError, match="64 MB"):
        pandoc.convert(["-f", "html", "-t", "json"], words, folder, "big.html")


def test_a_stopped_conversion_ends_at_once():
    stop = threading.Event()
    stop.set()
    words = b"> " * 20_000 + b"a\n"
    with own_folder() as folder, pytest.raises((Stopped, FormatError)):
        Pandoc(find_pandoc(), stop, Limits(seconds=0.0)).convert(
            ["-f", "gfm", "-t", "json"], words * 50, folder, "deep.md"
        )


def test_pandoc_reads_no_other_file(tmp_path: Path):
    (tmp_path / "secret.tex").write_text("secret words", encoding="utf-8")
    source = f"\\input{{{tmp_path / 'secret.tex'}}}".encode()
    with own_folder() as folder:
        read = Pandoc(find_pandoc()).convert(["-f", "latex", "-t", "plain"], source, folder, "a")
    assert b"secret words" not in read


def test_without_pandoc_a_sentence_says_what_is_missing(tmp_path: Path):
    word = format_named("docx")
    assert word is not None
    with pytest.raises(PandocMissing, match="Install pandoc"):
        prepare(Source("Text.\n", "a"), word, Pandoc(None))
