from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core import files
from app.core.document import (
    ChangedOnDisk,
    DocumentError,
    EncodingLoss,
    TextFormat,
    load_text,
    save_text,
)

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), max_size=80)


@given(TEXTS, st.sampled_from(["\n", "\r\n", "\r"]), st.booleans())
def test_a_utf8_file_comes_back_byte_for_byte(tmp_path_factory, text, ending, bom) -> None:
    path = tmp_path_factory.mktemp("t") / "a.md"
    data = (b"\xef\xbb\xbf" if bom else b"") + text.replace("\n", ending).encode()
    path.write_bytes(data)
    loaded = load_text(path)
    save_text(path, loaded.text, loaded.format, loaded.fingerprint)
    assert path.read_bytes() == data


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_with_a_mark_comes_back(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.txt"
    data = "\ufeffTwo\r\nlines \U0001f58b".encode(encoding)
    path.write_bytes(data)
    loaded = load_text(path)
    assert loaded.text == "Two\nlines \U0001f58b"
    save_text(path, loaded.text, loaded.format)
    assert path.read_bytes() == data


@pytest.mark.parametrize(
    ("text", "encoding"),
    [("Caf\xe9 \u2013 na\xefve", "cp1252"), ("\u4f60\u597d\uff0c\u4e16\u754c\u3002", "gb18030")],
)
def test_older_encodings_are_kept(tmp_path: Path, text: str, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode(encoding))
    loaded = load_text(path)
    assert loaded.text == text
    save_text(path, loaded.text + "!", loaded.format)
    assert path.read_bytes() == (text + "!").encode(encoding)


def test_a_character_the_encoding_lacks_is_not_lost_silently(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    with pytest.raises(EncodingLoss, match="UTF-8"):
        save_text(path, "\u4f60", TextFormat("cp1252"))
    assert path.read_bytes() == b"old"


def test_another_programs_change_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"mine")
    loaded = load_text(path)
    path.write_bytes(b"theirs")
    with pytest.raises(ChangedOnDisk):
        save_text(path, "mine too", loaded.format, loaded.fingerprint)
    assert path.read_bytes() == b"theirs"


def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "_write", full)
    with pytest.raises(DocumentError, match="no space left"):
        save_text(path, "new", TextFormat())
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["a.txt"]


def test_a_link_is_followed_and_the_mode_kept(tmp_path: Path) -> None:
    target, link = tmp_path / "a.txt", tmp_path / "link.txt"
    target.write_bytes(b"old")
    target.chmod(0o640)
    link.symlink_to(target)
    save_text(link, "new", TextFormat())
    assert link.is_symlink()
    assert target.read_bytes() == b"new"
    assert target.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("data", [b"\x7fELF\x00\x01", b"\xff\xfe\x00\xd8"])
def test_what_is_no_text_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(data)
    with pytest.raises(DocumentError):
        load_text(path)
