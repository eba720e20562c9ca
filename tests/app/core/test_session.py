"""The session's file: one program has it at a time, and what was kept comes back."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from app.core.session import OpenDocument, Session, SessionFile, View


def test_what_was_kept_comes_back_even_of_a_name_that_is_no_text(tmp_path: Path):
    documents = (
        OpenDocument(tmp_path / "a.md", None, View(7, 3)),
        OpenDocument(Path(os.fsdecode(b"/na\xffme \xe7\x81\xaf.md")), "id"),
        OpenDocument(None, "other"),
    )
    session = Session(documents, 2, True)
    file = SessionFile(tmp_path)
    file.save(session)
    assert file.load() == session
    file.release()
    later = SessionFile(tmp_path)
    assert later.load() == session
    later.release()


def test_only_the_first_program_has_the_session(tmp_path: Path):
    first = SessionFile(tmp_path)
    first.save(Session((OpenDocument(tmp_path / "a.md"),)))
    second = SessionFile(tmp_path)
    assert first.is_ours()
    assert not second.is_ours()
    assert second.load() == Session()
    first.release()
    third = SessionFile(tmp_path)
    assert third.is_ours()
    third.release()


def test_a_folder_that_cannot_be_used_gives_no_session(tmp_path: Path):
    (tmp_path / "file").write_text("")
    file = SessionFile(tmp_path / "file")
    assert not file.is_ours()
    assert file.load() == Session()


@pytest.mark.parametrize("content", [b"\xff\xfe", b"{", b'"text"', b'{"documents": 3}'])
def test_what_is_no_session_is_an_empty_one(tmp_path: Path, content: bytes):
    (tmp_path / "session.json").write_bytes(content)
    file = SessionFile(tmp_path)
    assert file.load() == Session()
    file.release()
