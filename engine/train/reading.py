"""Fits the constants of ``engine/tasks/reading_weights.py`` on questions whose answers are known.

    python -m engine.train.reading training/reading/questions.jsonl --models build/models

Prints the constants, how often the right sentence comes first, and what is declined rightly and
wrongly, in a cross-validation over the texts. Needs no torch: two small regressions.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from engine.api import TextEngine
from engine.evaluate.items import read_items
from engine.evaluate.reading import overlaps, reading_item
from engine.library.passages import rank_sentences, split_passages
from engine.local import LocalEngine
from engine.store.catalog import find_model
from engine.tasks.quoting import features, question_likelihoods
from engine.tasks.reading_weights import ANSWER, RANK

Array = npt.NDArray[np.float64]
_FOLDS = 8
_RIDGE_RANK, _RIDGE_ANSWER = 0.003, 1.0
_DECLINED = 1 / 10
_ANSWER_NAMES = tuple(name for name in ANSWER if name != "intercept")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: its text's number, its sentences' features, and which of them are right."""

    text: int
    ranking: Array
    answering: Array
    right: Array


def ask_all(lines: str, engine: TextEngine) -> list[Asked]:
    """Score the sentences of every question of a file (blocking)."""
    found = []
    for number, item in enumerate(read_items(lines, reading_item)):
        passages = split_passages("", item.passage)
        for each in item.questions:
            sentences = rank_sentences(passages, each.question)
            likely = question_likelihoods(engine, sentences, each.question)
            known = [features(one, two) for one, two in zip(sentences, likely, strict=True)]
            found.append(
                Asked(
                    number,
                    np.array([[row[name] for name in RANK] for row in known]),
                    np.array([[row[name] for name in _ANSWER_NAMES] for row in known]),
                    np.array(
                        [
                            float(each.span is not None and overlaps(one.quote.text, each.span))
                            for one in sentences
                        ]
                    ),
                )
            )
    return found


def fit_rank(asked: Sequence[Asked], steps: int = 300) -> Array:
    """The conditional logit over the sentences of each answerable question."""
    rows = [each for each in asked if each.right.any()]
    scale = np.concatenate([each.ranking for each in rows]).std(axis=0) + 1e-9
    weights = np.zeros(len(scale))
    for _ in range(steps):
        gradient = -_RIDGE_RANK * weights * len(rows)
        for each in rows:
            values = (each.ranking / scale) @ weights
            chances = np.exp(values - values.max())
            wanted = each.right / each.right.sum()
            gradient += (wanted - chances / chances.sum()) @ (each.ranking / scale)
        weights += gradient / len(rows)
    return np.asarray(weights / scale)


def fit_answer(rows: Array, right: Array, steps: int = 40) -> tuple[Array, float]:
    """Logistic regression by Newton's method: weights and intercept."""
    centre, scale = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    inputs = np.c_[(rows - centre) / scale, np.ones(len(rows))]
    ridge = np.diag([_RIDGE_ANSWER] * rows.shape[1] + [0.0])
    weights = np.zeros(inputs.shape[1])
    for _ in range(steps):
        chances = 1 / (1 + np.exp(-inputs @ weights))
        slope = (inputs.T * (chances * (1 - chances))) @ inputs + ridge
        weights += np.linalg.solve(slope, inputs.T @ (right - chances) - ridge @ weights)
    found = weights[:-1] / scale
    return found, float(weights[-1] - found @ centre)


def chosen(asked: Sequence[Asked], rank: Array) -> list[int]:
    """The sentence of each question that comes first."""
    return [int(np.argmax(each.ranking @ rank)) for each in asked]


def main(argv: Sequence[str] | None = None) -> int:
    """Fit and print."""
    parser = argparse.ArgumentParser(description="Fit the constants for answering from texts.")
    parser.add_argument("questions", type=Path)
    parser.add_argument("--models", type=Path, default=Path("build/models"))
    options = parser.parse_args(argv)
    engine = LocalEngine(find_model(None, [options.models]))
    try:
        asked = ask_all(options.questions.read_text("utf-8"), engine)
    finally:
        engine.close()
    sys.stdout.write(report(asked))
    return 0


def report(asked: Sequence[Asked]) -> str:
    """The constants fitted on all questions, and how well such constants do on others."""
    answerable = np.array([each.right.any() for each in asked])
    hits: list[float] = []
    chances = np.zeros(len(asked))
    for fold in range(_FOLDS):
        learnt = [each for each in asked if each.text % _FOLDS != fold]
        held = [at for at, each in enumerate(asked) if each.text % _FOLDS == fold]
        rank = fit_rank(learnt)
        weights, intercept = fit_answer(*_best(learnt, rank))
        others = [asked[at] for at in held]
        rows, _ = _best(others, rank)
        chances[held] = 1 / (1 + np.exp(-(rows @ weights + intercept)))
        places = zip(others, chosen(others, rank), strict=True)
        hits += [float(each.right[at]) for each, at in places if each.right.any()]
    least = float(np.quantile(chances[answerable], _DECLINED))
    rank = fit_rank(asked)
    weights, intercept = fit_answer(*_best(asked, rank))
    return (
        f"RANK {dict(zip(RANK, rank.round(2).tolist(), strict=True))}\n"
        f"ANSWER {{'intercept': {intercept:.2f}}} | "
        f"{dict(zip(_ANSWER_NAMES, weights.round(2).tolist(), strict=True))}\n"
        f"LEAST_SUPPORT {least:.2f}\n"
        f"on texts that were held out: right sentence first {np.mean(hits):.3f}, "
        f"rightly declined {np.mean(chances[~answerable] < least):.3f}, "
        f"wrongly declined {np.mean(chances[answerable] < least):.3f}\n"
    )


def _best(asked: Sequence[Asked], rank: Array) -> tuple[Array, Array]:
    """What is known of the first sentence of each question, and whether the text tells."""
    rows = [each.answering[at] for each, at in zip(asked, chosen(asked, rank), strict=True)]
    return np.array(rows), np.array([float(each.right.any()) for each in asked])


if __name__ == "__main__":
    sys.exit(main())
