"""``inkling proofread``: what is wrong in a file, and the file put right."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from app.cli.console import Console
from app.cli.main import run
from app.core.paths import app_paths
from app.core.settings import SETTINGS_NAME, SettingsStore

TEXT = "# An letter\n\nWe saw `an test` of the the parcel.\n\n```\nan test\n```\nI recieved it.\n"
FIXED = TEXT.replace("the the", "the").replace("An letter", "A letter")
FIXED = FIXED.replace("recieved", "received")


@pytest.fixture
def letter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("INKLING_HOME", str(tmp_path / "home"))
    path = tmp_path / "letter.md"
    path.write_bytes(TEXT.replace("\n", "\r\n").encode("utf-16"))
    return path


def test_each_finding_says_where_it_is_and_what_is_better(
    letter: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["proofread", "--rules", str(letter)], Console()) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.removeprefix(f"{letter}:").split(" (")[0] for line in lines] == [
        "1:3: article: 'An' \u2192 'A'",
        "3:25: doubled word: 'the ' \u2192 ''",
        "8:3: spelling: 'recieved' \u2192 'received'",
    ]


def test_fixing_keeps_encoding_and_line_ends_and_writes_the_list(
    letter: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    listing = tmp_path / "changes.txt"
    arguments = ["proofread", "--rules", "--fix", "--review-file", str(listing), str(letter)]
    assert run(arguments, Console()) == 0
    assert letter.read_bytes().decode("utf-16") == FIXED.replace("\n", "\r\n")
    assert len(listing.read_text(encoding="utf-8").splitlines()) == 3
    assert "3 corrections made" in capsys.readouterr().err
    assert run(["proofread", "--rules", "--json", str(letter)], Console()) == 0
    assert json.loads(capsys.readouterr().out)["findings"] == []


def test_ones_own_words_and_rules_that_are_off_are_heeded(
    letter: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = app_paths(os.environ)
    paths.data.mkdir(parents=True)
    (paths.data / "personal-dictionary.txt").write_text("recieved\n", encoding="utf-8")
    settings = SettingsStore(paths.config / SETTINGS_NAME)
    settings.set("grammar.rules", {"AnA": "off"})
    settings.save()
    assert run(["proofread", "--rules", "--json", str(letter)], Console()) == 0
    record = json.loads(capsys.readouterr().out)
    assert [each["rule"] for each in record["findings"]] == ["RepeatedWords"]
    assert (record["model"], record["fixed"]) == (None, False)


def test_standard_input_cannot_be_fixed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["proofread", "--fix", "-"], Console()) == 2
    assert "name a file" in capsys.readouterr().err


@pytest.mark.model
def test_the_model_finds_what_rules_do_not(
    letter: Path,
    default_model: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("INKLING_MODELS", str(default_model.parent))
    letter.write_text("My friends was at the gallery all day.", encoding="utf-8")
    assert run(["proofread", "--json", str(letter)], Console()) == 0
    record = json.loads(capsys.readouterr().out)
    assert [(each["old"], each["new"]) for each in record["findings"]] == [("was", "were")]
    assert record["adapter"] == "proofread"
