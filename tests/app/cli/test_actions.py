"""Actions on the command line: listed, shown, imported, exported, removed, and used."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

PIRATE = 'title = "Pirate"\ninstruction = "Say this like a pirate. {text}"\n'


@pytest.fixture
def pirate(tmp_path: Path) -> Path:
    file = tmp_path / "pirate.toml"
    file.write_text(PIRATE, encoding="utf-8")
    return file


def test_own_actions_are_listed_beside_the_built_in_ones(inkling, engine, capsys, pirate):
    assert inkling("actions", "import", str(pirate)) == 0
    assert "pirate" in capsys.readouterr().out
    assert inkling("actions", "list", "--json") == 0
    record = json.loads(capsys.readouterr().out)
    names = [each["name"] for each in record["actions"]]
    assert names[:3] == ["proofread", "clearer", "shorter"]
    assert names[-1] == "pirate"
    assert [each["own"] for each in record["actions"]][-2:] == [False, True]


def test_an_imported_action_rewrites(inkling, engine, capsys, pirate):
    assert inkling("actions", "import", str(pirate)) == 0
    capsys.readouterr()
    engine.answer = "Ahoy, my friend."
    assert inkling("rewrite", "--action", "pirate", "Hello, my friend.") == 0
    assert capsys.readouterr().out == "Ahoy, my friend.\n"
    assert "like a pirate. Hello, my friend." in str(engine.requests[0].prompt)


def test_what_is_exported_can_be_imported_again(inkling, engine, capsys, tmp_path):
    file = tmp_path / "mine.toml"
    assert inkling("actions", "export", "shorter", str(file)) == 0
    assert inkling("actions", "export", "shorter", str(file)) == 1, "it is there already"
    assert inkling("actions", "import", str(file), "--json") == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["name"] == "shorter-2"
    assert inkling("actions", "show", "shorter-2") == 0
    assert 'title = "Shorter"' in capsys.readouterr().out


def test_only_own_actions_are_removed(inkling, engine, capsys, pirate):
    inkling("actions", "import", str(pirate))
    assert inkling("actions", "remove", "pirate") == 0
    assert inkling("actions", "remove", "shorter") == 1
    assert "comes with Inkling" in capsys.readouterr().err
    assert inkling("actions", "show", "pirate") == 1


def test_a_bad_file_is_told_of_by_its_line_and_breaks_nothing(inkling, engine, capsys, home):
    folder = home / "actions"
    folder.mkdir(parents=True)
    (folder / "bad.toml").write_text('title = "A"\ninstruction = oops\n', encoding="utf-8")
    assert inkling("actions", "list") == 0
    seen = capsys.readouterr()
    assert "shorter" in seen.out
    assert "bad.toml" in seen.err
    assert "line 2" in seen.err
    assert inkling("actions", "import", str(folder / "bad.toml")) == 1


def test_a_long_text_is_rewritten_part_by_part(inkling, engine, capsys):
    engine.answer = "Here all is well again."
    text = "# One\n\nAll is well here.\n\n- All is well here.\n"
    assert inkling("rewrite", "--instruction", "Change it.", text) == 0
    assert capsys.readouterr().out == (
        "# One\n\nHere all is well again.\n\n- Here all is well again.\n"
    )


def test_a_part_without_a_usable_result_stays_and_is_told(inkling, engine, capsys):
    engine.answer = ""
    assert inkling("rewrite", "--instruction", "Change it.", "All is well here.") == 1
    seen = capsys.readouterr()
    assert seen.out == ""
    assert "not usable: the model gave no text" in seen.err


def test_findings_are_told(inkling, engine, capsys):
    engine.answer = "Ask Mr Penn for 42 pounds."
    assert inkling("rewrite", "--instruction", "Change it.", "Ask Mr Venn for 42 pounds.") == 0
    assert "changed: Mr Venn to Mr Penn" in capsys.readouterr().err


def test_translating_needs_a_language(inkling, engine, capsys):
    assert inkling("rewrite", "--action", "translate", "Hello.") == 2
    assert "--language" in capsys.readouterr().err
    engine.answer = "The train that we wait for is late."
    code = inkling(
        "rewrite", "--action", "translate", "--language", "Chinese", "The train we await is late."
    )
    assert code == 1
    assert "not in the language asked for" in capsys.readouterr().err
