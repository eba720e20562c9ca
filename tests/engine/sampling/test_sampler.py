from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from engine import InvalidRequest, SamplingParams
from engine.sampling.sampler import candidates, check_params, choose, log_softmax, penalise

LOGITS = hnp.arrays(np.float32, st.integers(1, 300), elements=st.floats(-30, 30, width=32))
NO_TIES = hnp.arrays(
    np.float32, st.integers(1, 300), elements=st.floats(-30, 30, width=16), unique=True
)


def softmax(values: np.ndarray) -> np.ndarray:
    weights = np.exp(values - values.max())
    return weights / weights.sum()


def reference(logits: np.ndarray, params: SamplingParams) -> set[int]:
    """The kept tokens by the slow definition: sort all, filter one after the other."""
    scaled = logits.astype(np.float64) / params.temperature
    order = np.lexsort((np.arange(scaled.size), -scaled))
    if params.top_k:
        order = order[: params.top_k]
    p = softmax(scaled[order])
    if params.top_p < 1:
        p = p[: int(np.searchsorted(np.cumsum(p), params.top_p)) + 1]
    keep = p >= params.min_p * p[0] if params.min_p else np.ones(p.size, bool)
    keep[0] = True
    return set(order[: p.size][keep].tolist())


@given(NO_TIES, st.floats(0.1, 3), st.integers(0, 60), st.floats(0.05, 1), st.floats(0, 0.9))
@example(np.arange(25, dtype=np.float32), 0.5, 0, 0.9999999999999999, 0.0)
def test_filters_keep_what_the_definitions_keep(logits, temperature, top_k, top_p, min_p) -> None:
    params = SamplingParams(temperature=temperature, top_k=top_k, top_p=top_p, min_p=min_p)
    ids, probabilities = candidates(logits, params)
    assert probabilities.sum() == pytest.approx(1)
    assert (np.diff(probabilities) <= 1e-12).all()
    difference = sorted(set(ids.tolist()) ^ reference(logits, params))
    # By rounding a token on the very border may differ, or a tail too light to reach it.
    mass = softmax(logits.astype(np.float64) / temperature)[difference].sum()
    assert len(difference) <= 1 or mass < 1e-12


@given(LOGITS)
def test_temperature_zero_is_the_largest_logit(logits) -> None:
    token = choose(logits, SamplingParams(), np.random.default_rng(0))
    assert logits[token] == logits.max()


def test_a_seed_repeats_and_draws_follow_the_softmax() -> None:
    logits = np.array([2.0, 1.0, 0.0, -1.0], dtype=np.float32)
    params = SamplingParams(temperature=1.0)
    draws = [choose(logits, params, rng) for rng in [np.random.default_rng(5)] for _ in range(8000)]
    again = [choose(logits, params, rng) for rng in [np.random.default_rng(5)] for _ in range(8000)]
    assert draws == again
    expected = softmax(logits.astype(np.float64)) * 8000
    chi_square = (((np.bincount(draws, minlength=4) - expected) ** 2) / expected).sum()
    assert chi_square < 16.3  # the 99.9% point for three degrees of freedom


def test_penalty_lowers_seen_tokens_and_leaves_the_caller_s_logits_alone() -> None:
    logits = np.array([2.0, -2.0, 1.0], dtype=np.float32)
    changed = penalise(logits, [0, 0, 1], 2.0)
    assert changed.tolist() == [1.0, -4.0, 1.0]
    assert logits.tolist() == [2.0, -2.0, 1.0]


@given(LOGITS)
def test_log_softmax_sums_to_one(logits) -> None:
    assert np.exp(log_softmax(logits)).sum() == pytest.approx(1)


@pytest.mark.parametrize(
    "params",
    [
        SamplingParams(temperature=-1),
        SamplingParams(temperature=float("nan")),
        SamplingParams(top_p=1.5),
        SamplingParams(repetition_penalty=0),
        SamplingParams(seed=-1),
    ],
)
def test_settings_out_of_range_are_refused_with_a_sentence(params) -> None:
    with pytest.raises(InvalidRequest, match="must"):
        check_params(params)
