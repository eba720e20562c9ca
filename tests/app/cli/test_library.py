"""``library`` from the command line, and answers from it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "papers"
    made.mkdir()
    (made / "boiler.md").write_text("# Boiler\n\nThe boiler is checked every October.\n", "utf-8")
    (made / "broken.odt").write_bytes(b"no archive")
    return made


def test_folders_are_added_searched_and_removed(inkling, capsys, folder: Path) -> None:
    assert inkling("library", "add", str(folder), "--json") == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["added"], report["finished"]) == (2, True)
    assert [Path(each["path"]).name for each in report["problems"]] == ["broken.odt"]
    assert inkling("library", "list", "--files") == 0
    shown = capsys.readouterr().out
    assert f"{folder}  2 files, 1 passages" in shown
    assert "broken.odt  left out: damaged" in shown
    assert inkling("library", "search", "boiler") == 0
    out, err = capsys.readouterr()
    assert out.startswith(f"{folder / 'boiler.md'}, line 1\n")
    assert "1 of 1 passages in " in err
    assert inkling("library", "search", "boiler", "--json") == 0
    hit = json.loads(capsys.readouterr().out)["hits"][0]
    assert hit["text"] == (folder / "boiler.md").read_text("utf-8")[hit["start"] : hit["end"]]
    (folder / "new.txt").write_text("Kestrels nest here.", "utf-8")
    assert inkling("library", "refresh") == 0
    assert capsys.readouterr().out.startswith("1 new, 0 changed, 0 gone, 2 unchanged")
    assert inkling("library", "remove", str(folder)) == 0
    capsys.readouterr()
    assert inkling("library", "list", "--json") == 0
    assert json.loads(capsys.readouterr().out) == {"folders": [], "documents": []}


def test_what_was_read_and_left_out_is_said(inkling, capsys, folder: Path) -> None:
    assert inkling("library", "add", str(folder)) == 0
    out = capsys.readouterr().out
    assert out.startswith("2 new")
    assert "left out" in out
    assert "The file is damaged" in out


def test_a_folder_that_is_not_in_it_cannot_be_removed(inkling, capsys, folder: Path) -> None:
    assert inkling("library", "remove", str(folder)) == 1
    assert "not in the library" in capsys.readouterr().err


def test_what_is_no_embedding_model_is_refused(inkling, capsys, folder: Path) -> None:
    assert inkling("library", "embeddings", str(folder)) == 1
    assert "no embedding model" in capsys.readouterr().err


def test_ask_cites_files_of_the_library(inkling, engine, capsys, folder: Path) -> None:
    assert inkling("ask", "--library", "When is the boiler checked?") == 2
    assert "library is empty" in capsys.readouterr().err
    assert inkling("library", "add", str(folder)) == 0
    capsys.readouterr()
    assert inkling("ask", "--library", "When is the boiler checked?", "--json") == 0
    record = json.loads(capsys.readouterr().out)
    citation = record["citations"][0]
    assert (citation["source"], citation["line"]) == (str(folder / "boiler.md"), 3)
    assert citation["quote"] == "The boiler is checked every October."
    assert record["search_ms"] > 0


def test_ask_reads_other_formats(inkling, engine, capsys, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<title>T</title><p>The boiler is checked every <b>October</b>.</p>", "utf-8")
    assert inkling("ask", "--file", str(page), "When is the boiler checked?", "--json") == 0
    citation = json.loads(capsys.readouterr().out)["citations"][0]
    assert citation["quote"] == "The boiler is checked every October."


def test_a_library_is_measured(inkling, engine, capsys, folder: Path) -> None:
    questions = [
        {"q": "When is the boiler checked?", "file": "boiler.md", "span": "every October"},
        {"q": "Who paints the zebras?", "file": None, "span": None},
    ]
    lines = "\n".join(map(json.dumps, questions))
    (folder / "questions.jsonl").write_text(lines, "utf-8")
    assert inkling("eval", "library", str(folder), "--json") == 0
    record = json.loads(capsys.readouterr().out)
    assert (record["task"], record["items"], record["files"]) == ("library", 2, 2)
    assert (record["file_hit"], record["quote_hit"], record["abstain_right"]) == (1, 1, 1)
    assert record["search_ms"] >= 0
    assert inkling("eval", "library", str(folder / "questions.jsonl")) == 0
    assert "right file first" in capsys.readouterr().out
    assert inkling("eval", "library", str(folder / "nothing")) == 1
    assert "no questions" in capsys.readouterr().err
