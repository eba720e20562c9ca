from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree

import pytest

from app.cli.errors import UsageError
from app.cli.parser import parse

ITEMS = [
    {"source": "She have an cat.", "target": "She has a cat.", "errors": ["agreement", "article"]},
    {"source": "He is well.", "target": "He is well.", "errors": []},
]


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "items.jsonl"
    path.write_text("\n".join(map(json.dumps, ITEMS)))
    return str(path)


def test_rules_model_and_both_are_measured(inkling, engine, file, capsys) -> None:
    engine.answer = " She has an cat."
    assert inkling("eval", "proofread", file, "--json") == 0
    out, err = capsys.readouterr()
    record = json.loads(out)
    assert (record["task"], record["items"], record["name"]) == ("proofread", 2, "fake")
    for way in ("rules", "model", "both"):
        figures = record[way]
        assert figures.keys() >= {"precision", "recall", "f05", "over_correction", "exact"}
        low, high = figures["intervals"]["recall"]
        assert 0 <= low <= figures["recall"] <= high <= 1
    assert record["rules"]["recall"] == 1.0
    assert record["recall_by_type"]["rules"] == {"agreement": [1, 1], "article": [1, 1]}
    assert "Measuring fake" in err
    assert engine.closed


def test_a_table_compares_the_models(inkling, engine, file, capsys, tmp_path) -> None:
    chart = tmp_path / "chart.svg"
    assert (
        inkling("eval", "proofread", file, "--model", "a", "--model", "b", "--svg", str(chart)) == 0
    )
    lines = capsys.readouterr().out.splitlines()
    assert sum(line.startswith("fake, both") for line in lines) == 2
    assert any(line.split()[:1] == ["article"] for line in lines)
    picture = ElementTree.fromstring(chart.read_text())
    assert "right texts changed" in "".join(picture.itertext())


def test_several_models_as_json_are_a_list(inkling, engine, file, capsys) -> None:
    assert inkling("eval", "proofread", file, "--json", "--model", "a", "--model", "b") == 0
    assert [each["name"] for each in json.loads(capsys.readouterr().out)["runs"]] == ["fake"] * 2


def test_prose_is_measured_without_ways(inkling, engine, tmp_path, capsys) -> None:
    prose = tmp_path / "prose.txt"
    prose.write_text("the ferry leaves the island at seven " * 12)
    assert inkling("eval", "perplexity", str(prose), "--json", "--sample", "50") == 0
    record = json.loads(capsys.readouterr().out)
    assert record["perplexity"] == pytest.approx(2.718, abs=0.001)
    assert record["keystrokes_saved"] == 0.0
    assert record["intervals"].keys() == {
        "perplexity", "bits_per_byte", "next_word", "keystrokes_saved"
    }  # fmt: skip
    assert inkling("eval", "perplexity", str(prose), "--model", "a", "--sample", "0") == 0
    out = capsys.readouterr().out
    assert "bits per byte" in out
    assert "keys saved" not in out


def test_a_file_of_something_else_and_a_bad_place_are_said(
    inkling, engine, file, tmp_path, capsys
) -> None:
    other = tmp_path / "other.txt"
    other.write_text("Once upon a time.")
    assert inkling("eval", "proofread", str(other)) == 1
    assert "Line 1 is no item" in capsys.readouterr().err
    assert inkling("eval", "proofread", file, "--svg", str(tmp_path / "no" / "c.svg")) == 1
    assert "could not be written" in capsys.readouterr().err


@pytest.mark.parametrize("options", [[], ["proofread"], ["dancing", "x"]])
def test_a_task_and_a_file_have_to_be_given(options) -> None:
    with pytest.raises(UsageError):
        parse(["eval", *options])
