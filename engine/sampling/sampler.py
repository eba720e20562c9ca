"""From logits to the next token: penalties, filters and the draw, all pure functions.

The order is Hugging Face's: repetition penalty, temperature, top-k, top-p, min-p, draw.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from engine.api import SamplingParams
from engine.errors import InvalidRequest
from engine.sampling.avoid import check_words

_FIRST_CANDIDATES = 64

Logits = npt.NDArray[np.float32]
TokenIds = npt.NDArray[np.int64]


def check_params(params: SamplingParams) -> None:
    """Raise ``InvalidRequest`` for settings out of range."""
    rules = (
        ("temperature", params.temperature, 0.0, 100.0),
        ("top_k", params.top_k, 0, 1_000_000),
        ("top_p", params.top_p, 0.0, 1.0),
        ("min_p", params.min_p, 0.0, 1.0),
        ("repetition_penalty", params.repetition_penalty, 0.01, 100.0),
        ("repetition_window", params.repetition_window, 0, 1_000_000),
    )
    for name, value, low, high in rules:
        if not (math.isfinite(value) and low <= value <= high):
            raise InvalidRequest(f"{name} must lie between {low} and {high}; it is {value}.")
    if params.seed is not None and not 0 <= params.seed < 2**63:
        raise InvalidRequest(f"seed must be a whole number from 0 to 2^63 - 1, not {params.seed}.")
    check_words(params.avoid)


def penalise(logits: Logits, recent: Sequence[int], penalty: float) -> Logits:
    """Logits ``[vocab]`` with CTRL's repetition penalty on the ids in ``recent``.

    Positive logits are divided by the penalty, negative ones multiplied (Keskar et al. 2019, as
    Hugging Face applies it). Returns ``logits`` itself when there is nothing to do, else a copy.
    """
    if penalty == 1.0 or not recent:
        return logits
    ids = np.unique(np.asarray(recent, dtype=np.int64))
    values = logits[ids]
    result = logits.copy()
    result[ids] = np.where(values > 0, values / penalty, values * penalty)
    return result


def candidates(logits: Logits, params: SamplingParams) -> tuple[TokenIds, npt.NDArray[np.float64]]:
    """The tokens that may be drawn, most probable first, and their probabilities (sum 1).

    ``logits`` is float32 ``[vocab]``; ``params.temperature`` must be positive. Only as much of the
    vocabulary is sorted as the filters need.
    """
    scaled = logits.astype(np.float64) / params.temperature
    top_k = min(params.top_k or scaled.size, scaled.size)
    if top_k < scaled.size:
        ids = _largest(scaled, top_k)
        weights = np.exp(scaled[ids] - scaled[ids[0]])
        total = float(weights.sum())
    else:
        total = float(np.exp(scaled - scaled.max()).sum())
        ids, weights = _nucleus(scaled, params.top_p, params.min_p, total)
    keep = ids.size
    if params.top_p < 1.0:
        mass = np.cumsum(weights) / total
        keep = min(keep, int(np.searchsorted(mass, params.top_p)) + 1)
    if params.min_p > 0.0:
        keep = min(keep, max(1, int(np.count_nonzero(weights >= params.min_p))))
    weights = weights[:keep]
    return ids[:keep], weights / weights.sum()


def choose(logits: Logits, params: SamplingParams, rng: np.random.Generator) -> int:
    """Draw one token id from logits ``[vocab]``; temperature 0 takes the largest."""
    if params.temperature == 0.0:
        return int(np.argmax(logits))
    ids, probabilities = candidates(logits, params)
    drawn = int(np.searchsorted(np.cumsum(probabilities), rng.random(), side="right"))
    return int(ids[min(drawn, ids.size - 1)])


def log_softmax(logits: Logits) -> npt.NDArray[np.float64]:
    """Natural-log probabilities along the last axis, in float64."""
    wide = logits.astype(np.float64)
    wide -= wide.max(axis=-1, keepdims=True)
    return np.asarray(wide - np.log(np.exp(wide).sum(axis=-1, keepdims=True)))


def _largest(values: npt.NDArray[np.float64], count: int) -> TokenIds:
    """Ids of the ``count`` largest values, largest first; ties by id, so that runs repeat."""
    found = np.argpartition(values, values.size - count)[values.size - count :]
    return np.asarray(found[np.lexsort((found, -values[found]))], dtype=np.int64)


def _nucleus(
    scaled: npt.NDArray[np.float64], top_p: float, min_p: float, total: float
) -> tuple[TokenIds, npt.NDArray[np.float64]]:
    """Enough of the largest values to decide top-p and min-p, found by growing guesses."""
    count = _FIRST_CANDIDATES if top_p < 1.0 or min_p > 0.0 else scaled.size
    while True:
        count = min(count, scaled.size)
        ids = _largest(scaled, count)
        weights = np.exp(scaled[ids] - scaled[ids[0]])
        if (
            count == scaled.size
            or weights[-1] < min_p
            or (top_p < 1.0 and float(weights.sum()) / total >= top_p)
        ):
            return ids, weights
        count *= 8
