"""Modified Kneser-Ney: a distribution, and the better for knowing what came before."""

from __future__ import annotations

import random

import pytest

pytest.importorskip("torch")
from engine.train.ngram import KneserNey, tuned


def _walk(length: int, seed: int) -> list[int]:
    """Tokens of which each is mostly settled by the two before it."""
    chance, ids = random.Random(seed), [0, 1]
    while len(ids) < length:
        ids.append((ids[-1] + ids[-2]) % 11 if chance.random() < 0.8 else chance.randrange(11))
    return ids


@pytest.mark.parametrize("order", [1, 2, 3, 4])
@pytest.mark.parametrize("history", [[], [3], [1, 2], [2, 3, 5], [12, 12, 12]])
def test_probabilities_add_up_to_one(order: int, history: list[int]) -> None:
    model = KneserNey([_walk(300, 1)], order, 13)
    probabilities = [model.probability(history, token) for token in range(13)]
    assert sum(probabilities) == pytest.approx(1)
    assert min(probabilities) > 0


def test_a_bigram_model_by_hand() -> None:
    # Bigrams: 01 twice; 10, 12, 20 once. Distinct predecessors: of 0 two, of 1 and 2 one each.
    model = KneserNey([[0, 1, 0, 1, 2, 0]], 2, 3)
    base = 3 / (3 + 2 * 1)
    first, second = 1 - 2 * base * 1 / 3, 2 - 3 * base * 1 / 1
    low = 2 / (2 + 2 * 1)
    low_first, low_second = 1 - 2 * low * 1 / 2, 2 - 3 * low * 1 / 1
    freed = (low_second + 2 * low_first) / 4
    unigram = (1 - low_first) / 4 + freed / 3
    assert model.probability([0], 1) == pytest.approx((2 - second) / 2 + second / 2 * unigram)
    assert model.probability([1], 2) == pytest.approx((1 - first) / 2 + 2 * first / 2 * unigram)


def test_the_order_is_chosen_by_other_text() -> None:
    model, order = tuned([_walk(4000, 1)], [_walk(500, 2)], 11)
    assert order == 3
    held = [_walk(500, 3)]
    assert model.perplexity(held) < 0.6 * KneserNey([_walk(4000, 1)], 1, 11).perplexity(held)
