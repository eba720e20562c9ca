"""``inkling origin`` says where the words of a file came from."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.cli.commands import run_command
from app.cli.console import Console
from app.cli.parser import parse
from app.core.provenance.kept import keep
from app.core.provenance.runs import TYPED, Runs
from app.core.provenance.sources import Kind, Source
from app.core.provenance.store import OriginStore, file_key

TEXT = "Typed and made."


@pytest.fixture
def essay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("INKLING_HOME", str(tmp_path / "home"))
    path = tmp_path / "essay.md"
    path.write_text(TEXT, encoding="utf-8")
    store = OriginStore(tmp_path / "home" / "origins.sqlite")
    runs = Runs([(10, TYPED), (5, "m1")])
    kept = keep(TEXT, runs, {"m1": Source(Kind.ANSWER, 0.0, "", None, "m1")})
    store.save(file_key(path), path, kept)
    store.close()
    return path


def said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert run_command(parse(["origin", *words]), Console()) == 0
    return capsys.readouterr().out


def test_shares_and_parts_are_printed(essay: Path, capsys) -> None:
    lines = said(capsys, str(essay)).splitlines()
    assert lines[0].split("   ")[:2] == ["typed 67%", "from the model 33%"]
    assert lines[1].endswith("made.")
    assert "answer" in lines[1]


def test_json_is_for_other_programs(essay: Path, capsys) -> None:
    found = json.loads(said(capsys, str(essay), "--json"))
    assert found["percent"] == {"typed": 67, "accepted": 33, "pasted": 0, "unknown": 0}
    assert found["spans"][0]["text"] == "made."


def test_a_file_without_a_record_is_not_known(essay: Path, capsys) -> None:
    other = essay.with_name("other.md")
    other.write_text("Nobody knows.", encoding="utf-8")
    assert "not known 100%" in said(capsys, str(other))
