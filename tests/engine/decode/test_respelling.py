"""What is generated after a text that stops inside a word, on the tiny and on the real model."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.api import FinishReason, GenerationRequest, Lane, SamplingParams
from engine.cancel import CancelToken
from engine.decode.generate import Generation
from engine.decode.model import LoadedModel, load_model
from engine.runtime.kv_cache import KVCache

PROSE = """The ferry had been late all week, and nobody at the harbour expected an apology any more.
Mrs Lindqvist opened the office at seven, put the kettle on and counted the tickets that were left
from the evening before. There were eleven. She wrote the number in the book, underlined it and went
to the window. Two children were sitting on the wall with a suitcase between them, waiting for
someone who didn't come. The weather forecast promised sunshine for the afternoon, but the clouds
above the islands looked like a different opinion. She remembered another morning like this, when
the captain had telephoned to explain that the engine was broken and that the passengers would have
to wait until Thursday. Everybody had complained, of course, and then everybody had stayed for
breakfast. The baker made more money that day than in the whole of November.
"""
_WORD = re.compile(r"[^\W\d_]{3,}")


@pytest.fixture(scope="module")
def tiny(tiny_model: Path) -> LoadedModel:
    return load_model(tiny_model, 1, lambda _: None, CancelToken())


@pytest.fixture(scope="module")
def real(default_model: Path) -> LoadedModel:
    return load_model(default_model, 2, lambda _: None, CancelToken())


def run(model: LoadedModel, request: GenerationRequest, cache: KVCache) -> tuple[bytes, str]:
    """All bytes the model has read and written for ``request``, and the text that came out."""
    prompt = model.prepare(request)
    parts: list[str] = []
    generation = Generation(
        request, prompt, model.session, cache, model.vocabulary, CancelToken(), parts.append, 3
    )
    for _ in generation.steps():
        pass
    assert generation.finish_reason is not None
    assert len(generation.reported_ids()) <= request.max_tokens
    spelt = model.tokenizer.joined_bytes([*prompt.token_ids, *generation.token_ids])
    return spelt, "".join(parts)


def check_what_was_typed_is_spelt(model: LoadedModel, typed: str, params: SamplingParams) -> None:
    request = GenerationRequest(typed, Lane.COMPLETE, max_tokens=3, sampling=params, heal=True)
    spelt, text = run(model, request, model.session.new_cache())
    # As the vocabulary spells it: some lack a few bytes.
    assert spelt.startswith(model.tokenizer.joined_bytes(model.tokenizer.encode(typed)))
    assert spelt.decode(errors="replace").startswith(
        model.tokenizer.decode(model.tokenizer.encode(typed))
        + text.rstrip("\N{REPLACEMENT CHARACTER}")
    )


_typed = st.one_of(
    st.text(min_size=1, max_size=30),
    st.lists(
        st.sampled_from(
            ["the ", "keeper", "'", "s", " ", "1", "98", "海", "边的", "\U0001f469\u200d", "\n"]
        ),
        min_size=1,
        max_size=8,
    ).map("".join),
)  # fmt: skip
_params = st.sampled_from([SamplingParams(), SamplingParams(temperature=1.5, seed=1)])


@settings(deadline=None)
@given(typed=_typed, params=_params)
def test_what_was_typed_is_spelt_and_the_rest_comes_out(
    tiny: LoadedModel, typed: str, params: SamplingParams
) -> None:
    check_what_was_typed_is_spelt(tiny, typed, params)


@pytest.mark.model
@pytest.mark.parametrize(
    "typed",
    [
        "the philos", "He said he didn'", "I am 2", "in 20", "It was a dark and stormy ",
        "海边的灯", "Well done! \U0001f469\u200d", "Great job ", "a\n", "She opened the do", "xqz",
        "Th", "misunderst",
    ],
)  # fmt: skip
def test_the_real_model_spells_what_was_typed(real: LoadedModel, typed: str) -> None:
    check_what_was_typed_is_spelt(real, typed, SamplingParams())
    check_what_was_typed_is_spelt(real, typed, SamplingParams(temperature=0.8, seed=4))


@pytest.mark.model
@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("He taught Plato, Kant and the whole history of philos", "ophy"),
        ("Please sign the visitors' book before your vis", "it"),
        ("I am sorry that I misunderst", "ood"),
        ("It was late, and he said he didn'", "t"),
        ("It was a dark and stormy ", "night"),
    ],
)
def test_the_word_that_was_begun_is_finished(real: LoadedModel, typed: str, wanted: str) -> None:
    request = GenerationRequest(typed, Lane.COMPLETE, max_tokens=3, heal=True)
    _, text = run(real, request, real.session.new_cache())
    assert text.startswith(wanted)


def test_a_prompt_as_long_as_the_context_leaves_room_to_spell(tiny: LoadedModel) -> None:
    request = GenerationRequest("keeper " * 500 + "dau", Lane.COMPLETE, max_tokens=1, heal=True)
    spelt, _ = run(tiny, request, tiny.session.new_cache())
    assert b"keeper dau" in spelt


def test_the_same_prompt_is_spelt_the_same_whatever_was_cached(tiny: LoadedModel) -> None:
    request = GenerationRequest("The keeper's dau", Lane.COMPLETE, max_tokens=4, heal=True)
    cache = tiny.session.new_cache()
    first = run(tiny, request, cache)
    run(tiny, replace(request, prompt="The keeper's daughter wat"), cache)
    assert run(tiny, request, cache) == first


def test_the_end_of_a_generation_can_come_with_the_spelling(tiny: LoadedModel) -> None:
    request = GenerationRequest("The keeper's dau", Lane.COMPLETE, max_tokens=1, heal=True)
    prompt = tiny.prepare(request)
    generation = Generation(
        request, prompt, tiny.session, tiny.session.new_cache(), tiny.vocabulary, CancelToken(),
        lambda _: None, 0,
    )  # fmt: skip
    for _ in generation.steps():
        pass
    assert generation.finish_reason is FinishReason.LENGTH


@pytest.mark.model
def test_healing_finishes_more_words_rightly(
    real: LoadedModel, report: Callable[[str], None]
) -> None:
    """``INKLING_PROSE`` names another text to measure on, with 400 words of it cut."""
    other = os.environ.get("INKLING_PROSE")
    text = Path(other).read_text("utf-8") if other else PROSE
    count = 400 if other else 60
    cuts = list(_cuts(text, count))
    cache = real.session.new_cache()
    right = {False: 0, True: 0}
    for typed, rest in cuts:
        for heal in right:
            request = GenerationRequest(typed, Lane.COMPLETE, max_tokens=6, heal=heal)
            _, said = run(real, request, cache)
            right[heal] += re.match(r"[^\W_]*", said)[0] == rest  # type: ignore[index]
    report(
        f"words finished rightly, cut inside, of {len(cuts)}: {right[True]} with healing, "
        f"{right[False]} without"
    )
    assert right[True] > 2 * right[False]


def _cuts(text: str, count: int) -> list[tuple[str, str]]:
    """Texts that stop inside a word, after contexts of three lengths, and the rest of the word."""
    source = random.Random(11)
    words = [match for match in _WORD.finditer(text) if match.start() > 60]
    found = []
    for match in source.sample(words, count):
        at = match.start() + source.randrange(1, len(match[0]))
        start = text.find(" ", max(0, match.start() - source.choice((60, 200, 500))))
        found.append((text[start + 1 : at], text[at : match.end()]))
    return found
