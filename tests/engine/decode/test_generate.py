from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from engine import FinishReason, GenerationRequest, SamplingParams
from engine.cancel import CancelToken
from engine.decode.generate import Generation, Prompt, Vocabulary
from engine.decode.healing import TokenPrefixes
from engine.runtime.kv_cache import KVCache, KVShape

LETTERS = (b"a", b"b", b"c", b"d", b"e", b"f")
VOCABULARY = Vocabulary(LETTERS, frozenset(), TokenPrefixes(LETTERS))
PROMPT = [0, 1, 2, 3, 0, 1, 2, 4]


class NoBinding:
    """Takes buffers and forgets them."""

    def bind_ortvalue_input(self, name: str, value: object) -> None: ...

    def bind_ortvalue_output(self, name: str, value: object) -> None: ...


class MarkovSession:
    """A model of which each token's logits depend on the one before it alone."""

    shape = KVShape(1, 1, 8, 64)

    def __init__(self) -> None:
        self.logits = np.random.default_rng(3).normal(0, 1.2, (6, 6)).astype(np.float32)
        self.passes: list[int] = []

    def forward(self, cache, token_ids, num_logits, cancel):
        cache.append(token_ids, settled=True)
        self.passes.append(len(token_ids))
        return self.logits[token_ids[-num_logits:]]


def generate(request: GenerationRequest, session: MarkovSession, seed: int = 0) -> Generation:
    cache = KVCache(NoBinding, session.shape)
    texts: list[str] = []
    generation = Generation(
        request, Prompt(PROMPT), session, cache, VOCABULARY, CancelToken(), texts.append, seed
    )
    for _ in generation.steps():
        pass
    assert "".join(texts) == "".join(LETTERS[token].decode() for token in generation.token_ids)
    return generation


@pytest.mark.parametrize(
    "sampling",
    [
        SamplingParams(),
        SamplingParams(repetition_penalty=1.3),
        SamplingParams(temperature=1.0, top_k=4, repetition_penalty=1.1),
    ],
)
def test_speculation_changes_the_passes_and_not_the_text(sampling: SamplingParams) -> None:
    plain, drafting = MarkovSession(), MarkovSession()
    request = GenerationRequest("", max_tokens=40, sampling=sampling, logprobs=2)
    for seed in range(5):
        alone = generate(request, plain, seed)
        drafted = generate(replace(request, speculation=True), drafting, seed)
        assert drafted.token_ids == alone.token_ids
        assert drafted.logprobs == alone.logprobs
        assert drafted.finish_reason is alone.finish_reason is FinishReason.LENGTH
        assert drafted.cache.tokens[: len(PROMPT)] == PROMPT
    assert len(drafting.passes) < len(plain.passes)
    assert max(drafting.passes[1:]) > 2


def test_sampling_with_drafts_has_the_distribution_of_sampling_without() -> None:
    session = MarkovSession()
    request = GenerationRequest(
        "", max_tokens=4, sampling=SamplingParams(temperature=1.0), speculation=True
    )
    weights = np.exp(session.logits.astype(np.float64))
    chain = weights / weights.sum(axis=1, keepdims=True)
    runs = 4000
    drawn = Counter(tuple(generate(request, session, seed).token_ids[:3]) for seed in range(runs))
    chi_square, cells, rest_expected, rest_drawn = 0.0, 0, 0.0, 0
    for first in range(6):
        for second in range(6):
            for third in range(6):
                p = chain[PROMPT[-1], first] * chain[first, second] * chain[second, third]
                if p * runs < 8:
                    rest_expected, rest_drawn = (
                        rest_expected + p * runs,
                        rest_drawn + drawn[first, second, third],
                    )
                else:
                    cells += 1
                    chi_square += (drawn[first, second, third] - p * runs) ** 2 / (p * runs)
    chi_square += (rest_drawn - rest_expected) ** 2 / rest_expected
    assert any(size > 2 for size in session.passes[1:])
    # The 99.9% point for so many degrees of freedom (Wilson and Hilferty 1931).
    assert chi_square < cells * (1 - 2 / (9 * cells) + 3.09 * (2 / (9 * cells)) ** 0.5) ** 3


@pytest.mark.parametrize(("pass_ms", "tokens"), [(1.0, 16), (20.0, 6), (500.0, 2)])
def test_a_slow_machine_gives_fewer_tokens_in_the_same_time(
    monkeypatch: pytest.MonkeyPatch, pass_ms: float, tokens: int
) -> None:
    now = 0.0

    class SlowSession(MarkovSession):
        def forward(self, *arguments, **options):
            nonlocal now
            now += pass_ms / 1000
            return super().forward(*arguments, **options)

    monkeypatch.setattr("engine.decode.generate.time.perf_counter", lambda: now)
    generation = generate(GenerationRequest("", max_tokens=16, max_ms=100), SlowSession())
    assert len(generation.token_ids) == tokens
    reason = FinishReason.LENGTH if tokens == 16 else FinishReason.TIME
    assert generation.finish_reason is reason


def test_a_stop_string_inside_a_draft_ends_the_text_before_it() -> None:
    session = MarkovSession()
    request = GenerationRequest("", max_tokens=40, sampling=SamplingParams(repetition_penalty=1.3))
    whole = generate(request, session).token_ids
    text = "".join(LETTERS[token].decode() for token in whole)
    stop = text[12:15]
    shown: list[str] = []
    drafted = Generation(
        replace(request, speculation=True, stop=(stop,)),
        Prompt(PROMPT),
        session,
        KVCache(NoBinding, session.shape),
        VOCABULARY,
        CancelToken(),
        shown.append,
        0,
    )
    for _ in drafted.steps():
        pass
    assert drafted.finish_reason is FinishReason.STOP
    assert "".join(shown) == text[: text.index(stop)]
