"""The training curve as a picture."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree

from engine.train.curve import training_curve

_SVG = "{http://www.w3.org/2000/svg}"


def _drawn(**levels: float | None) -> ElementTree.Element:
    training = [(0, 8.0), (1, float("nan")), (10, 4.0)]
    text = training_curve(
        training, [(10, 4.5)], levels.get("ngram"), "a <b>", levels.get("reached")
    )
    return ElementTree.fromstring(text)


def test_what_is_no_number_is_left_out_and_the_name_is_only_text() -> None:
    drawn = _drawn()
    assert drawn.findtext(f"{_SVG}title") == "Training of a <b>"
    lines = [line.get("points") or "" for line in drawn.iter(f"{_SVG}polyline")]
    assert [len(line.split()) for line in lines] == [2, 1]
    assert not list(drawn.iter(f"{_SVG}circle"))


def test_the_better_of_two_held_out_figures_stands_lower() -> None:
    drawn = _drawn(ngram=67.0, reached=57.0)
    dashed = list(drawn.iter(f"{_SVG}polyline"))[-1]
    level = float((dashed.get("points") or "").split(",")[-1])
    dot = next(drawn.iter(f"{_SVG}circle"))
    assert float(dot.get("cy") or 0) > level
