"""Continuation measured: how well a model predicts prose, and what its suggestions save."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import partial

import numpy as np

from engine.api import TextEngine
from engine.cancel import CancelToken
from engine.errors import InvalidRequest
from engine.evaluate.intervals import Sums, measured, share
from engine.evaluate.report import Evaluation, Progress
from engine.tasks.complete import GATES
from engine.tasks.simulate import simulate

_SEPARATOR = re.compile(r"^---[ \t]*$", re.MULTILINE)
_SCORING_SHARE = 0.2
"""Of the progress, beside the much longer simulation."""


def documents(text: str) -> list[str]:
    """The documents of a file, which lines of three hyphens part."""
    return [each for part in _SEPARATOR.split(text) if (each := part.strip())]


def evaluate_perplexity(
    text: str,
    engine: TextEngine,
    sample: int,
    progress: Progress | None = None,
    cancel: CancelToken | None = None,
) -> Evaluation | None:
    """Score the documents of ``text``, and type at about ``sample`` carets of them (blocking).

    Each document is read from its beginning. Without a ``sample`` there is no ``next_word`` (the
    share of words whose likeliest guess is right) and no ``keystrokes_saved``. None if it was
    cancelled. Raises ``InvalidRequest`` for a text without documents, and the ``EngineError`` that
    the model fails with.
    """
    texts = documents(text)
    if not texts:
        raise InvalidRequest("The file has no text, so there is nothing to measure.")
    cancel = cancel or CancelToken()
    told = progress or (lambda _: None)
    scoring = _SCORING_SHARE if sample else 1.0
    rows: list[list[float]] = []
    for number, each in enumerate(texts, 1):
        if cancel.cancelled():
            return None
        scored = engine.score(each)
        nats = scored.mean_nll * len(scored.tokens)
        rows.append([nats, len(scored.tokens), len(each.encode())])
        told(number / len(texts) * scoring)
    figures = {
        "perplexity": measured(rows, lambda sums: np.exp(share(sums[..., 0], sums[..., 1]))),
        "bits_per_byte": measured(rows, _bits_per_byte),
    }
    if sample:
        typed = _typed(
            engine, texts, sample, lambda done: told(scoring + (1 - scoring) * done), cancel
        )
        if typed is None:
            return None
        figures["next_word"] = measured(typed, lambda sums: share(sums[..., 0], sums[..., 1]))
        figures["keystrokes_saved"] = measured(
            typed, lambda sums: share(sums[..., 2], sums[..., 3])
        )
    tokens = int(sum(row[1] for row in rows))
    return Evaluation("perplexity", len(texts), {"": figures}, {"tokens": tokens})


def _bits_per_byte(sums: Sums) -> Sums:
    return share(sums[..., 0] / math.log(2), sums[..., 2])


def _typed(
    engine: TextEngine, texts: Sequence[str], sample: int, progress: Progress, cancel: CancelToken
) -> list[list[float]] | None:
    """Of each document the words guessed, all words, the keys saved, and all keys."""
    rows: list[list[float]] = []
    for number, each in enumerate(texts):
        report = simulate(
            engine,
            [each],
            gate=0.0,
            sample=max(1, sample // len(texts)),
            seed=number,
            progress=partial(_told, progress, number, len(texts)),
            cancel=cancel,
        )
        if cancel.cancelled():
            return None
        if report is None:
            rows.append([0.0, 0.0, 0.0, 0.0])  # shorter than what is only read
            continue
        starts = report.word_starts
        gate = GATES["balanced"]
        shown = min(report.curve, key=lambda at: abs(at.gate - gate))
        rows.append(
            [
                starts.positions * starts.coverage * starts.precision_when_shown,
                starts.positions,
                shown.keystrokes_saved * report.positions,
                report.positions,
            ]
        )
    return rows


def _told(progress: Progress, number: int, total: int, share_done: float) -> None:
    progress((number + share_done) / total)
