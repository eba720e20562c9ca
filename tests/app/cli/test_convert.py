"""``inkling convert``: documents in and out in scripts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.cli.console import Console
from app.cli.main import run

TEXT = "# Light\n\nIt was **dark**, 灯塔.\n"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INKLING_HOME", str(tmp_path / "home"))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "light.md"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("ending", ["docx", "odt", "html", "epub", "pdf", "txt"])
def test_a_text_goes_out_and_comes_back(ending: str, file: Path, tmp_path: Path):
    there, back = tmp_path / f"light.{ending}", tmp_path / "back.md"
    assert run(["convert", str(file), str(there)], Console()) == 0
    assert run(["convert", str(there), str(back)], Console()) == 0
    assert "灯塔" in back.read_text(encoding="utf-8")
    assert file.read_text(encoding="utf-8") == TEXT
    if ending not in ("pdf", "txt"):
        assert back.read_text(encoding="utf-8").endswith(TEXT)


def test_nothing_is_written_over_without_being_told_to(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    there = tmp_path / "there.html"
    there.write_text("mine", encoding="utf-8")
    assert run(["convert", str(file), str(there)], Console()) == 2
    assert "--replace" in capsys.readouterr().err
    assert there.read_text(encoding="utf-8") == "mine"


@pytest.mark.usefixtures("qapp")
def test_losses_are_said(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    file.write_text("$x$ ![p](https://example.org/p.png)\n", encoding="utf-8")
    assert run(["convert", "--json", str(file), str(tmp_path / "a.docx")], Console()) == 0
    record = json.loads(capsys.readouterr().out)
    assert len(record["lost"]) == 2
    assert record["bytes"] == (tmp_path / "a.docx").stat().st_size


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.docx", b"nothing", "damaged"),
        ("a.epub", b"PK\x03\x04", "damaged"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "password"),
        ("a.rtf", b"hello", "damaged"),
        ("a.pdf", b"%PDF-1.7 nothing", "damaged"),
    ],
)
def test_what_is_damaged_is_refused_with_a_sentence(
    name: str, data: bytes, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    (tmp_path / name).write_bytes(data)
    assert run(["convert", str(tmp_path / name), str(tmp_path / "out.md")], Console()) == 1
    error = capsys.readouterr().err
    assert words in error
    assert "Traceback" not in error
    assert not (tmp_path / "out.md").exists()
