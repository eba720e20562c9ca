"""A person's list of words goes with everything that is generated."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from engine import Avoiding, FakeEngine, GenerationRequest, LocalEngine, SamplingParams
from engine.errors import InvalidRequest


def test_every_request_gets_the_words_as_they_are_now() -> None:
    engine = FakeEngine()
    careful = Avoiding(engine)
    careful.submit(GenerationRequest("a"), lambda _: None)
    careful.avoid([" delve ", "delve", "", "in   short"])
    careful.submit(GenerationRequest("b"), lambda _: None)
    own = SamplingParams(avoid=("tapestry",))
    careful.submit(GenerationRequest("c", sampling=own), lambda _: None)
    avoided = [request.sampling.avoid for request in engine.requests]
    assert avoided == [(), ("delve", "in short"), ("tapestry",)]


def test_a_list_that_is_too_long_is_refused() -> None:
    with pytest.raises(InvalidRequest):
        Avoiding(FakeEngine(), [str(number) for number in range(2_000)])


@pytest.mark.model
def test_a_word_the_model_would_say_does_not_come(default_model: Path) -> None:
    engine = LocalEngine(default_model)
    try:
        plain = GenerationRequest("The capital of France is", max_tokens=8)
        assert "Paris" in engine.generate(plain).text
        careful = Avoiding(engine, ["paris"])
        for request in (
            plain,
            replace(plain, prompt="The capital of France is Par", heal=True),
            replace(plain, prompt="The capital of France is ", gate=0.05, heal=True),
            replace(plain, alternatives=3),
        ):
            result = careful.generate(replace(request, request_id=request.request_id + 10_000))
            texts = [result.text, *(other.text for other in result.alternatives)]
            end = str(request.prompt).rsplit(" ", 1)[-1]
            assert not any("paris" in (end + text).lower().split() for text in texts), texts
    finally:
        engine.close()
