"""``inkling rewrite --in-place --review-file``: what a script needs of a proofreader."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.cli.console import Console
from app.cli.main import run
from app.core.formats.importing import Changes, read_document
from app.core.formats.pandoc import Pandoc, find_pandoc

pytestmark = pytest.mark.model
TEXT = "She have went to the shop.\r\nIt was closed.\r\n"


@pytest.fixture
def file(tmp_path: Path, default_model: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("INKLING_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("INKLING_MODELS", str(default_model.parent))
    path = tmp_path / "letter.txt"
    path.write_bytes(TEXT.encode("utf-8-sig"))
    return path


def test_a_file_is_proofread_in_place_and_its_changes_are_written_for_word(
    file: Path, tmp_path: Path
):
    review = tmp_path / "review.docx"
    command = ["rewrite", "--action", "proofread", "--file", str(file)]
    assert run([*command, "--in-place", "--review-file", str(review)], Console()) == 0
    after = file.read_bytes()
    assert after.startswith(b"\xef\xbb\xbf")
    assert after.endswith(b"It was closed.\r\n")
    assert b"have went" not in after
    pandoc = Pandoc(find_pandoc())
    old = read_document(review, pandoc, changes=Changes.REJECT).text
    new = read_document(review, pandoc, changes=Changes.ACCEPT).text
    assert old.split() == TEXT.split()
    assert new.split() == after.decode("utf-8-sig").split()


def test_without_in_place_the_file_stays(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    review = tmp_path / "review.json"
    command = ["rewrite", "--action", "proofread", "--file", str(file)]
    assert run([*command, "--review-file", str(review)], Console()) == 0
    assert file.read_bytes() == TEXT.encode("utf-8-sig")
    changes = json.loads(review.read_text(encoding="utf-8"))
    assert changes
    assert all({"start", "end", "old", "new", "reason"} == set(each) for each in changes)
    assert "have went" not in capsys.readouterr().out
