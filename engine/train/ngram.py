"""An n-gram model to beat: interpolated modified Kneser-Ney smoothing.

Chen and Goodman 1998, "An Empirical Study of Smoothing Techniques for Language Modeling", with
their closed forms for the three discounts.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence

Gram = tuple[int, ...]
_ORDERS = (2, 3, 4, 5)


class KneserNey:
    """Counts of all orders up to ``order`` over sequences of token ids."""

    def __init__(self, sequences: Sequence[Sequence[int]], order: int, vocabulary: int) -> None:
        self._order = order
        self._vocabulary = vocabulary
        counts: Counter[Gram] = Counter()
        for ids in sequences:
            counts.update(tuple(ids[end - order : end]) for end in range(order, len(ids) + 1))
        self._levels: list[_Level] = [_Level(counts)]
        # Of lower orders, how many different tokens came before is what counts.
        for _ in range(order - 1):
            counts = Counter(gram[1:] for gram in counts)
            self._levels.append(_Level(counts))

    def probability(self, history: Sequence[int], token: int) -> float:
        """Of ``token`` after ``history``, of which the last ``order - 1`` tokens count."""
        found = 1.0 / self._vocabulary
        for level in reversed(self._levels):
            size = level.order - 1
            if size <= len(history):
                found = level.mixed(tuple(history[len(history) - size :]), token, found)
        return found

    def perplexity(self, sequences: Sequence[Sequence[int]]) -> float:
        """Of every token that has one before it."""
        total, count = 0.0, 0
        keep = self._order - 1
        for ids in sequences:
            for place in range(1, len(ids)):
                history = ids[max(0, place - keep) : place]
                total -= math.log(self.probability(history, ids[place]))
                count += 1
        return math.exp(total / max(1, count))


def tuned(
    training: Sequence[Sequence[int]], validation: Sequence[Sequence[int]], vocabulary: int
) -> tuple[KneserNey, int]:
    """The model of the order that fits ``validation`` best, and this order."""
    best: tuple[float, int, KneserNey] | None = None
    for order in _ORDERS:
        model = KneserNey(training, order, vocabulary)
        perplexity = model.perplexity(validation)
        if best is not None and perplexity >= best[0]:
            break
        best = perplexity, order, model
    assert best is not None
    return best[2], best[1]


class _Level:
    """One order: what followed each context, and the mass that is given to the order below."""

    def __init__(self, counts: Counter[Gram]) -> None:
        self.order = len(next(iter(counts))) if counts else 1
        self._counts = counts
        self._discounts = _discounts(counts)
        totals: defaultdict[Gram, int] = defaultdict(int)
        freed: defaultdict[Gram, float] = defaultdict(float)
        for gram, count in counts.items():
            totals[gram[:-1]] += count
            freed[gram[:-1]] += self._discounts[min(count, 3)]
        self._totals, self._freed = totals, freed

    def mixed(self, context: Gram, token: int, below: float) -> float:
        """The discounted share of ``token`` after ``context``, joined by ``below``."""
        total = self._totals.get(context)
        if not total:
            return below
        count = self._counts.get((*context, token), 0)
        share = max(0.0, count - self._discounts[min(count, 3)]) / total
        return share + self._freed[context] / total * below


def _discounts(counts: Counter[Gram]) -> tuple[float, float, float, float]:
    """What is taken off a count of none, one, two, and three or more."""
    often = Counter(counts.values())
    once, twice, thrice, four = (max(1, often[number]) for number in (1, 2, 3, 4))
    base = once / (once + 2 * twice)
    pairs = ((1, once, twice), (2, twice, thrice), (3, thrice, four))
    first, second, third = (
        min(float(number), max(0.05, number - (number + 1) * base * more / fewer))
        for number, fewer, more in pairs
    )
    return 0.0, first, second, third
