"""The commands for the other uses take what the engine has."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.cli.parser import parse
from app.cli.use_options import CODES, KINDS, LENGTHS
from app.core.avoided import avoidable
from engine import LANGUAGES, BrainstormKind, SummaryLength


def test_the_choices_are_those_of_the_engine() -> None:
    assert tuple(SummaryLength) == LENGTHS
    assert tuple(BrainstormKind) == KINDS
    assert tuple(sorted(LANGUAGES)) == CODES


@pytest.mark.parametrize("command", ["summarize", "keywords", "tone", "brainstorm"])
def test_each_takes_a_text_in_any_way(command: str) -> None:
    assert parse([command, "Some text."]).words == "Some text."
    assert parse([command, "--file", "a.txt", "--json"]).json


def test_translating_needs_a_language_or_a_couplet() -> None:
    assert parse(["translate", "--to", "fr", "Hello."]).to == "fr"
    assert parse(["translate", "--couplet", "\u660e\u6708"]).couplet


def test_words_to_avoid_are_tidied() -> None:
    assert avoidable(["  delve ", "delve", "", "in   short", "x" * 101]) == ["delve", "in short"]


def test_a_text_that_is_empty_is_named(inkling, capsys, tmp_path: Path) -> None:
    empty = tmp_path / "empty.md"
    empty.write_text("", "utf-8")
    assert inkling("tone", "--file", str(empty)) == 2
    assert f"There is no text: {empty} is empty." in capsys.readouterr().err
    assert inkling("tone", " ") == 2
    assert "There is no text: the argument is empty." in capsys.readouterr().err
