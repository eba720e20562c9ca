from __future__ import annotations

import json
import math

import pytest

from app.cli.errors import UsageError
from app.cli.parser import parse
from engine import CandidateScore


@pytest.fixture
def leaning(engine, monkeypatch):
    """An engine that finds the candidates the more probable the later they come."""
    plain = engine.score_candidates

    def scored(prompt, candidates, neutral=(), *, adapter=""):
        plain(prompt, candidates, neutral)
        weights = range(1, len(candidates) + 1)
        return tuple(
            CandidateScore(text, 1, -2.0, -2.0, math.log(0.5), weight / sum(weights))
            for text, weight in zip(candidates, weights, strict=True)
        )

    monkeypatch.setattr(engine, "score_candidates", scored)
    return engine


def test_labels_come_the_most_probable_first(inkling, leaning, capsys) -> None:
    assert inkling("classify", "--labels", "bad,good", "Lovely.") == 0
    assert capsys.readouterr() == ("good   66.7%\nbad    33.3%\n", "")
    prompt, candidates, neutral = leaning.asked[0]
    assert (prompt, candidates) == ("Text: Lovely.\nCategory:", (" bad", " good"))
    assert len(neutral) > 1
    assert leaning.closed


def test_as_json_every_label_has_its_figures(inkling, leaning, capsys) -> None:
    assert inkling("classify", "--labels", " a , b,c", "x", "--json") == 0
    record = json.loads(capsys.readouterr().out)
    assert (record["label"], record["model"]) == ("c", "fake")
    assert [each["label"] for each in record["labels"]] == ["c", "b", "a"]
    assert record["labels"][0] == {
        "label": "c",
        "probability": 0.5,
        "logprob": -2.0,
        "mean_logprob": -2.0,
        "prior_logprob": math.log(0.5),
        "tokens": 1,
    }


def test_the_template_and_the_prior_are_the_persons_choice(
    inkling, leaning, pipe_in, capsys
) -> None:
    pipe_in(b"It has {labels} in it.\n")
    template = "{labels}?\\n{text}\\nSo: "
    assert inkling("classify", "--labels", "a,b", "--template", template, "--no-prior") == 0
    assert leaning.asked == [("a, b?\nIt has {labels} in it.\nSo: ", ("a", "b"), ())]


@pytest.mark.parametrize(
    "argv",
    [
        ["--labels", "a", "x"],
        ["--labels", "a,a", "x"],
        ["--labels", "a,,b", "x"],
        ["--labels", "a,b", "--template", "Category:", "x"],
        ["--labels", "a,b", " "],
    ],
)
def test_what_cannot_be_labelled_is_bad_use(inkling, engine, capsys, argv: list[str]) -> None:
    assert inkling("classify", *argv) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("inkling: ")
    assert err.count("\n") == 1
    assert engine.asked == []


def test_labels_have_to_be_given() -> None:
    with pytest.raises(UsageError, match="--labels"):
        parse(["classify", "x"])
