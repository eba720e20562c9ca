from __future__ import annotations

import itertools
import math
import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.api import SamplingParams
from engine.decode.healing import TokenPrefixes
from engine.decode.spelling import SpellingSearch

_bytes = st.binary(min_size=1, max_size=3).map(
    lambda data: bytes(b"abc"[each % 3] for each in data)
)
_vocabularies = st.lists(_bytes, max_size=12).map(lambda more: [b"", b"a", b"b", b"c", *more])
WORDS = [
    b"",
    b" the",
    b" phil",
    b"os",
    b" philosophy",
    b"ophy",
    b" ",
    b"s",
    b"p",
    b"o",
    b" do",
    b"'",
]


def ids(*spelt: bytes) -> list[int]:
    return [WORDS.index(each) for each in spelt]


@pytest.mark.parametrize(
    ("prompt", "kept", "tail"),
    [
        # " philosophy" goes on from " philos", two tokens back; nothing does from " the philos".
        (ids(b" the", b" phil", b"os"), ids(b" the"), b" philos"),
        # "ophy" goes on from the "o" inside the last token, so all of that is spelt again.
        (ids(b" the", b" do"), ids(b" the"), b" do"),
        # A space is the beginning of any word.
        (ids(b" the", b" "), ids(b" the"), b" "),
        # Nothing begins with what was typed last.
        (ids(b" the", b"'"), ids(b" the", b"'"), b""),
        (ids(b" the", b"s"), ids(b" the", b"s"), b""),
        # A special token is never spelt again, nor is anything before it.
        ([0, *ids(b" phil")], [0], b" phil"),
        ([], [], b""),
    ],
)
def test_the_prompt_is_cut_where_a_longer_token_could_begin(prompt, kept, tail) -> None:
    assert TokenPrefixes(WORDS).split(prompt) == (kept, tail)


def test_what_has_to_stay_is_not_cut() -> None:
    assert TokenPrefixes(WORDS).split(ids(b" phil", b"os"), keep=1) == (ids(b" phil", b"os"), b"")


@given(_vocabularies, st.data())
def test_every_token_across_the_end_of_the_prompt_is_reachable(vocabulary, data) -> None:
    prompt = data.draw(st.lists(st.integers(1, len(vocabulary) - 1), max_size=8))
    kept, tail = TokenPrefixes(vocabulary).split(prompt)
    text = b"".join(vocabulary[each] for each in prompt)
    assert kept == prompt[: len(kept)]
    assert b"".join(vocabulary[each] for each in kept) + tail == text
    for token in vocabulary:
        for size in range(1, min(len(text), len(token) - 1) + 1):
            if token.startswith(text[-size:]):
                assert size <= len(tail)


@given(st.lists(st.binary(max_size=4), min_size=1, max_size=40), st.binary(min_size=1, max_size=5))
def test_tokens_that_agree_with_the_wanted_bytes_are_found(vocabulary, wanted) -> None:
    prefixes = TokenPrefixes(vocabulary)
    finishing = {i for i, token in enumerate(vocabulary) if token.startswith(wanted)}
    beginning = {
        (i, wanted[len(token) :])
        for i, token in enumerate(vocabulary)
        if token and wanted.startswith(token) and token != wanted
    }
    assert set(prefixes.finishing(wanted).tolist()) == finishing
    assert set(prefixes.beginning(wanted)) == beginning


class Model:
    """Logits that depend on the path alone."""

    def __init__(self, size: int, seed: int) -> None:
        self._size = size
        self._seed = seed
        self.passes = 0

    def __call__(self, path: tuple[int, ...]) -> np.ndarray:
        self.passes += 1
        return np.random.default_rng([self._seed, *path]).normal(0, 3, self._size).astype("f4")

    def logprob(self, path: tuple[int, ...]) -> float:
        total = 0.0
        for size in range(len(path)):
            logits = self(path[:size]).astype(float)
            total += logits[path[size]] - math.log(np.exp(logits).sum())
        return total


def spell(vocabulary, wanted: bytes, model: Model, params: SamplingParams) -> tuple[int, ...]:
    search = SpellingSearch(wanted, TokenPrefixes(vocabulary), params)
    while spelling := search.next():
        search.add(spelling, model(spelling.path))
    path, token, _ = search.choose(np.random.default_rng(5))
    return (*path, token)


def spellings(vocabulary, wanted: bytes) -> list[tuple[int, ...]]:
    """Every path that spells ``wanted`` and ends with the token that reaches its end."""
    found = []
    for i, token in enumerate(vocabulary):
        if token.startswith(wanted):
            found.append((i,))
        elif token and wanted.startswith(token):
            found += [(i, *rest) for rest in spellings(vocabulary, wanted[len(token) :])]
    return found


@settings(deadline=None)
@given(_vocabularies, st.lists(_bytes, min_size=1, max_size=3).map(b"".join), st.integers(0, 99))
def test_greedy_spelling_is_the_most_probable_one(vocabulary, wanted, seed) -> None:
    model = Model(len(vocabulary), seed)
    spelt = spell(vocabulary, wanted, model, SamplingParams())
    looked_into = model.passes
    every = spellings(vocabulary, wanted)
    assert spelt in every
    if looked_into <= 8:
        best = max(model.logprob(path) for path in every)
        assert model.logprob(spelt) == pytest.approx(best, abs=1e-4)


def test_a_likely_beginning_that_leads_nowhere_is_not_taken() -> None:
    vocabulary = [b"", b" ", b"v", b"i", b"s", b" vi", b" visit", b"stderr"]
    logits = {(): [0, 0, 0, 0, 0, 9, 7, 0], (5,): [9, 0, 0, 0, -9, 0, 0, -4]}

    class Fixed(Model):
        def __call__(self, path: tuple[int, ...]) -> np.ndarray:
            return np.array(logits.get(path, [0] * 8), dtype=np.float32)

    assert spell(vocabulary, b" vis", Fixed(8, 0), SamplingParams()) == (6,)


def test_sampled_spellings_have_the_probabilities_of_the_model() -> None:
    vocabulary = [b"", b"a", b"b", b"ab", b"abc", b"bc", b"c"]
    every = spellings(vocabulary, b"ab")
    model = Model(len(vocabulary), 1)
    weights = np.exp([model.logprob(path) for path in every])
    expected = weights / weights.sum()
    search = SpellingSearch(b"ab", TokenPrefixes(vocabulary), SamplingParams(temperature=1.0))
    while spelling := search.next():
        search.add(spelling, model(spelling.path))
    rng = np.random.default_rng(3)
    counts = dict.fromkeys(every, 0)
    for _ in range(4000):
        path, token, _ = search.choose(rng)
        counts[(*path, token)] += 1
    for path, share in zip(every, expected, strict=True):
        assert counts[path] / 4000 == pytest.approx(share, abs=0.05)


def test_a_way_that_cannot_be_spelt_to_its_end_is_not_begun() -> None:
    vocabulary = [b"", b"a", b"ab", b"xyz", b"abxyz"]  # neither "b" nor "bx" is a token
    model = Model(len(vocabulary), 0)
    assert spell(vocabulary, b"abx", model, SamplingParams()) in {(2, 3), (4,)}


def test_an_improbable_text_is_spelt_in_few_passes() -> None:
    letters = [bytes([each]) for each in b"abcdefgh"]
    pairs = [left + right for left, right in itertools.product(letters, letters)]
    vocabulary = [b"", *letters, *pairs]
    wanted = bytes(random.Random(4).choice(b"abcdefgh") for _ in range(60))
    model = Model(len(vocabulary), 2)
    spelt = spell(vocabulary, wanted, model, SamplingParams())
    assert b"".join(vocabulary[each] for each in spelt).startswith(wanted)
    assert model.passes < 90
