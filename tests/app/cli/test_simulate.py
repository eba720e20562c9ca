from __future__ import annotations

import json
import os
import xml.etree.ElementTree as ElementTree

import pytest

from app.cli.errors import UsageError
from app.cli.parser import parse
from app.core.paths import app_paths
from app.core.settings import SETTINGS_NAME
from engine import WordOffer, WordOffers

PROSE = ("the ferry leaves the island at seven and the keeper watches it go " * 8).strip()
KEYS = {
    "coverage",
    "precision_when_shown",
    "wrong_show_rate",
    "keystrokes_saved",
    "shows_per_100_words",
    "wrong_shows_per_100_words",
}


@pytest.fixture
def knowing(engine, monkeypatch):
    """An engine that is nearly sure of what comes, and half sure after "the"."""

    def offers(requests, progress=None, cancel=None, *, adapter=""):
        found = []
        for request in requests:
            read = request.prompt
            place = PROSE.index(read[-40:]) + len(read[-40:])
            rest = PROSE[place : PROSE.find(" ", place + 1)]
            sure = 0.5 if read.endswith("the ") else 0.9
            found.append(WordOffers((WordOffer(rest, sure),), 1.0))
            if progress is not None:
                progress(len(found))
        return tuple(found)

    monkeypatch.setattr(engine, "offers", offers)
    return engine


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "ferry.txt"
    path.write_text(PROSE)
    return str(path)


def test_a_table_says_what_the_suggestions_are_worth(inkling, knowing, file, capsys) -> None:
    assert inkling("simulate", file) == 0
    out, err = capsys.readouterr()
    now = next(line.split() for line in out.splitlines() if line.startswith("now"))
    surer = next(line.split() for line in out.splitlines() if line.split()[:1] == ["0.90"])
    assert now[1] == "0.55"
    assert float(now[2].rstrip("%")) >= float(surer[1].rstrip("%"))
    assert now[3] == "100.0%"
    assert any(line.startswith("n-gram") for line in out.splitlines())
    assert "Replaying" in err
    assert knowing.closed


def test_the_gate_is_that_of_the_preferences_or_the_one_given(
    inkling, knowing, file, capsys
) -> None:
    path = app_paths(os.environ).config / SETTINGS_NAME
    path.parent.mkdir(parents=True)
    path.write_text('{"ghost.eagerness": "quiet"}')
    assert inkling("simulate", file, "--json") == 0
    assert json.loads(capsys.readouterr().out)["gate"] == 0.7
    assert inkling("simulate", file, "--json", "--gate", "0.4") == 0
    assert json.loads(capsys.readouterr().out)["gate"] == 0.4


def test_as_json_it_has_the_curve_and_the_baselines(inkling, knowing, file, capsys) -> None:
    assert inkling("simulate", file, file, "--sample", "150", "--seed", "3", "--json") == 0
    record = json.loads(capsys.readouterr().out)
    assert record.keys() >= KEYS | {"curve", "baselines"}
    assert all(each.keys() == KEYS | {"gate"} for each in record["curve"])
    assert record["baselines"]["ngram"].keys() == KEYS | {"curve"}
    assert record["baselines"]["no_gate"].keys() == KEYS
    assert (record["positions"], record["model"]) == (150, "fake")
    assert record["precision_when_shown"] == 1.0
    assert record["keystrokes_saved"] > 0.5


def test_the_curve_is_drawn(inkling, knowing, file, tmp_path, capsys) -> None:
    drawn = tmp_path / "curve.svg"
    assert inkling("simulate", file, "--svg", str(drawn)) == 0
    picture = ElementTree.fromstring(drawn.read_text())
    lines = [each for each in picture.iter() if each.tag.endswith("polyline")]
    assert len(lines) == 2
    points = [tuple(map(float, pair.split(","))) for pair in lines[0].get("points").split()]
    assert all(0 <= x <= 720 and 0 <= y <= 460 for x, y in points)
    assert "fake" in "".join(picture.itertext())


def test_a_curve_that_cannot_be_written_is_said(inkling, knowing, file, tmp_path, capsys) -> None:
    assert inkling("simulate", file, "--svg", str(tmp_path / "no" / "curve.svg")) == 1
    assert "could not be written" in capsys.readouterr().err


def test_a_text_that_is_too_short_is_said(inkling, engine, tmp_path, capsys) -> None:
    path = tmp_path / "short.txt"
    path.write_text("Hello.")
    assert inkling("simulate", str(path)) == 2
    assert "first 200 characters" in capsys.readouterr().err


@pytest.mark.parametrize("options", [[], ["x", "--sample", "0"], ["x", "--gate", "2"]])
def test_what_makes_no_sense_is_refused(options) -> None:
    with pytest.raises(UsageError):
        parse(["simulate", *options])
