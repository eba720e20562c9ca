"""The constants for answering from texts are fitted to what is told."""

from __future__ import annotations

import json

import numpy as np
import pytest

from engine import FakeEngine, TextEngine
from engine.api import CandidateScore
from engine.tasks.reading_weights import RANK
from engine.train.reading import ask_all, fit_answer, fit_rank, report


class EvenEngine(FakeEngine):
    """Finds every question as likely as any other."""

    def score_candidates(self, prompt, candidates, neutral=(), *, adapter=""):
        return tuple(CandidateScore(each, 4, -8.0, -2.0, -9.0, 1.0) for each in candidates)


@pytest.fixture
def engine() -> TextEngine:
    return EvenEngine()


def _items(count: int) -> str:
    return "\n".join(
        json.dumps(
            {
                "passage": f"The mill is old. The ferry takes {n + 2} cars. A dog sleeps there.",
                "questions": [
                    {"q": "How many cars?", "a": ["x"], "span": f"takes {n + 2} cars"},
                    {"q": "How many geese fly?", "a": [], "span": None},
                ],
            }
        )
        for n in range(count)
    )


def test_what_tells_the_right_sentence_gets_weight(engine: TextEngine) -> None:
    asked = ask_all(_items(16), engine)
    assert len(asked) == 32
    rank = fit_rank(asked)
    assert rank[list(RANK).index("coverage")] > 0
    shown = report(asked)
    assert "right sentence first 1.000" in shown
    assert "rightly declined 1.000" in shown


def test_the_regression_finds_what_made_the_data() -> None:
    random = np.random.default_rng(5)
    rows = random.standard_normal((4000, 2))
    chances = 1 / (1 + np.exp(-(2 * rows[:, 0] - 1 * rows[:, 1] + 0.5)))
    weights, intercept = fit_answer(rows, (random.random(4000) < chances).astype(float))
    assert np.allclose([*weights, intercept], [2, -1, 0.5], atol=0.25)
