"""A file comes back as it was, and a save that fails harms nothing."""

from __future__ import annotations

import codecs
import errno
import os
import stat
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core import files
from app.core.document import (
    ChangedOnDisk,
    DocumentError,
    EncodingLoss,
    TextFormat,
    encode_text,
    load_text,
    save_text,
)
from app.core.files import replace_file, set_aside, sweep_temporaries
from app.core.locks import try_lock

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="POSIX modes and links")
not_root = pytest.mark.skipif(
    sys.platform != "win32" and os.geteuid() == 0, reason="root may write anywhere"
)

WILD = "abc \t\u00a0\u2028\u2029\x0b\x0c\x85\u0301\u6587\U0001f600\ufeff"
texts = st.text(st.one_of(st.sampled_from(WILD), st.characters(exclude_categories=["Cs"])))
texts = texts.map(lambda text: text.replace("\0", "").replace("\r", ""))
formats = st.builds(
    TextFormat,
    st.sampled_from(["utf-8", "utf-16-le", "utf-16-be"]),
    st.just(True),
    st.sampled_from(["\n", "\r\n", "\r"]),
) | st.builds(TextFormat, line_ending=st.sampled_from(["\n", "\r\n", "\r"]))
lines = st.lists(
    st.tuples(st.sampled_from(["", "a", "b", "c d", "\u4e2d"]), st.sampled_from(["\n", "\r\n"])),
    max_size=12,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("documents")


@settings(deadline=None)
@given(text=texts, text_format=formats)
def test_a_saved_text_is_loaded_again_with_its_format(
    folder: Path, text: str, text_format: TextFormat
):
    path = folder / "text.md"
    print_ = save_text(path, text, text_format)
    loaded = load_text(path)
    assert loaded.fingerprint == print_
    if text_format.bom or not text.startswith("\ufeff"):
        assert loaded.text == text
        assert loaded.format.encoding == text_format.encoding
        assert loaded.format.bom == text_format.bom
        assert loaded.format.line_ending == (text_format.line_ending if "\n" in text else "\n")
        assert not loaded.mixed


@settings(deadline=None)
@given(data=st.binary() | st.text().map(lambda text: text.encode("utf-8", "replace")))
def test_saving_what_was_loaded_gives_the_same_bytes(folder: Path, data: bytes):
    path = folder / "bytes.txt"
    path.write_bytes(data)
    try:
        loaded = load_text(path)
    except DocumentError:
        assert b"\0" in data or data.startswith((codecs.BOM_UTF8, b"\xff\xfe", b"\xfe\xff"))
        return
    assert "\r" not in loaded.text
    save_text(path, loaded.text, loaded.format, loaded.fingerprint)
    assert path.read_bytes() == data


@settings(deadline=None)
@given(parts=lines, changed=st.integers(0, 11))
def test_unchanged_lines_keep_their_own_ends(
    folder: Path, parts: list[tuple[str, str]], changed: int
):
    path = folder / "mixed.txt"
    path.write_bytes("".join(line + end for line, end in parts).encode())
    loaded = load_text(path)
    if changed < len(parts):
        parts[changed] = ("changed", parts[changed][1])
    text = "".join(line + "\n" for line, _ in parts)
    save_text(path, text, loaded.format, loaded.fingerprint)
    assert path.read_bytes() == "".join(line + end for line, end in parts).encode()


def test_new_lines_in_a_mixed_file_get_the_commonest_end(tmp_path: Path):
    path = tmp_path / "mixed.txt"
    path.write_bytes(b"one\r\ntwo\r\nthree\rfour\nfive")
    loaded = load_text(path)
    assert loaded.mixed
    assert loaded.format.line_ending == "\r\n"
    text = loaded.text.replace("three", "two and a half\nthree") + "\nsix"
    save_text(path, text, loaded.format, loaded.fingerprint)
    assert path.read_bytes() == b"one\r\ntwo\r\ntwo and a half\r\nthree\rfour\nfive\r\nsix"


@pytest.mark.parametrize(
    ("data", "encoding", "text"),
    [
        ("caf\u00e9 \u2013 \u20ac".encode("cp1252"), "cp1252", "caf\u00e9 \u2013 \u20ac"),
        ("\u7b2c\u4e00\u7ae0\uff1a\u7075\u611f".encode("gb18030"), "gb18030", None),
        (b"caf\xe9 \x81", "latin-1", "caf\u00e9 \x81"),
        (b"", "utf-8", ""),
    ],
)
def test_an_old_encoding_is_guessed_and_kept(
    tmp_path: Path, data: bytes, encoding: str, text: str | None
):
    path = tmp_path / "old.txt"
    path.write_bytes(data)
    loaded = load_text(path)
    assert loaded.format.encoding == encoding
    assert loaded.guessed == (encoding != "utf-8")
    assert loaded.text == (data.decode(encoding) if text is None else text)


@pytest.mark.parametrize(
    "data",
    [b"\x89PNG\0\0", "text".encode("utf-32"), b"\xff\xfeodd", b"\xef\xbb\xbf\xff", b"\xff\xfe\0\0"],
)
def test_what_is_no_text_is_refused_in_a_sentence(tmp_path: Path, data: bytes):
    path = tmp_path / "thing.bin"
    path.write_bytes(data)
    with pytest.raises(DocumentError, match=r"thing\.bin is not a text file"):
        load_text(path)


def test_folders_pipes_and_missing_files_are_refused(tmp_path: Path):
    with pytest.raises(DocumentError, match="folder"):
        load_text(tmp_path)
    with pytest.raises(DocumentError, match="could not be opened"):
        load_text(tmp_path / "none.txt")
    with pytest.raises(DocumentError, match="could not be saved"):
        save_text(tmp_path, "text", TextFormat())
    if sys.platform != "win32":
        os.mkfifo(tmp_path / "pipe")
        with pytest.raises(DocumentError, match="ordinary"):
            load_text(tmp_path / "pipe")
        with pytest.raises(DocumentError, match="ordinary"):
            save_text(tmp_path / "pipe", "text", TextFormat())


def test_a_character_the_encoding_lacks_is_not_replaced(tmp_path: Path):
    path = tmp_path / "old.txt"
    path.write_bytes(b"caf\xe9")
    with pytest.raises(EncodingLoss, match="\u4e2d"):
        save_text(path, "caf\u00e9 \u4e2d", TextFormat("cp1252"))
    assert path.read_bytes() == b"caf\xe9"


def test_half_a_character_is_named_by_its_line_and_utf_8_is_not_offered():
    with pytest.raises(DocumentError, match="Line 3 ") as caught:
        encode_text("one\ntwo\nth\ud83dree", TextFormat(line_ending="\r\n"))
    assert not isinstance(caught.value, EncodingLoss)


def test_a_file_another_program_changed_is_not_overwritten(tmp_path: Path):
    path = tmp_path / "shared.md"
    first = save_text(path, "mine", TextFormat())
    path.write_text("theirs")
    with pytest.raises(ChangedOnDisk):
        save_text(path, "mine again", TextFormat(), first)
    assert path.read_text() == "theirs"
    path.unlink()
    save_text(path, "mine again", TextFormat(), first)
    assert path.read_text() == "mine again"


def test_a_full_disk_leaves_the_original_and_no_rubbish(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    path = tmp_path / "novel.md"
    save_text(path, "the good text", TextFormat())

    def half(stream, data):
        stream.write(data[: len(data) // 2])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(files, "_write", half)
    with pytest.raises(DocumentError, match=r"no space left.*your text is still here"):
        save_text(path, "a longer and better text", TextFormat())
    assert path.read_text() == "the good text"
    assert os.listdir(tmp_path) == ["novel.md"]


@not_root
@posix_only
def test_a_read_only_folder_or_file_gives_a_sentence(tmp_path: Path):
    path = tmp_path / "note.md"
    path.write_text("old")
    path.chmod(0o444)
    with pytest.raises(DocumentError, match="protected"):
        save_text(path, "new", TextFormat())
    path.chmod(0o644)
    tmp_path.chmod(0o555)
    try:
        with pytest.raises(DocumentError, match="permission denied"):
            save_text(path, "new", TextFormat())
    finally:
        tmp_path.chmod(0o755)
    assert path.read_text() == "old"


def test_a_refused_folder_gives_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def refuse(*_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(files, "_temporary", refuse)
    with pytest.raises(DocumentError, match="permission denied"):
        save_text(tmp_path / "note.md", "new", TextFormat())
    assert os.listdir(tmp_path) == []


@posix_only
def test_modes_and_links_survive(tmp_path: Path):
    real, link = tmp_path / "real.md", tmp_path / "link.md"
    real.write_text("old")
    real.chmod(0o640)
    link.symlink_to(real.name)
    save_text(link, "new", TextFormat())
    assert link.is_symlink()
    assert real.read_text() == "new"
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    (tmp_path / "plain").write_text("")
    replace_file(tmp_path / "usual", b"")
    replace_file(tmp_path / "private", b"", private=True)
    assert (tmp_path / "usual").stat().st_mode == (tmp_path / "plain").stat().st_mode
    assert stat.S_IMODE((tmp_path / "private").stat().st_mode) == 0o600


def test_left_over_temporaries_are_swept_and_running_saves_are_not(tmp_path: Path):
    (tmp_path / ".inkling-dead.saving").write_bytes(b"half")
    (tmp_path / "novel.md").write_bytes(b"whole")
    running = tmp_path / ".inkling-alive.saving"
    with running.open("wb") as stream:
        assert try_lock(stream)
        sweep_temporaries(tmp_path)
        assert sorted(os.listdir(tmp_path)) == [running.name, "novel.md"]
    sweep_temporaries(tmp_path)
    assert os.listdir(tmp_path) == ["novel.md"]
    sweep_temporaries(tmp_path / "missing")


def test_every_damaged_file_is_kept(tmp_path: Path):
    path = tmp_path / "settings.json"
    for content in ("first", "second"):
        path.write_text(content)
        kept = set_aside(path)
        assert kept is not None
        assert kept.read_text() == content
    assert len(os.listdir(tmp_path)) == 2
    assert set_aside(path) is None
