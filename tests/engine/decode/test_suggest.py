"""A suggestion is whole words, each sure enough, and fits wherever the caret is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine import FinishReason, GenerationRequest, LocalEngine, completion_request

PROSE = (
    "It's late; they've said we'll write again in 1998, or perhaps when the harbour is rebuilt. "
)


def request(before: str, gate: float, **options: object) -> GenerationRequest:
    made = completion_request(before, gate=gate, **options)
    assert made is not None
    return made


@pytest.mark.parametrize("caret", [1, 30, 33, 91])
def test_a_text_longer_than_the_context_is_no_obstacle(tiny: LocalEngine, caret: int) -> None:
    before = PROSE * 30 + PROSE[:caret]
    for max_tokens in (1, 16):
        result = tiny.generate(request(before, 1e-9, max_tokens=max_tokens))
        assert result.finish_reason is FinishReason.STOP


@pytest.mark.model
def test_each_word_is_sure_given_those_before_it(engine: LocalEngine) -> None:
    before = "I look forward to hearing from you. Once more, I look forw"
    result = engine.generate(request(before, 0.5))
    words = result.text.split()
    assert words[:2] == ["ard", "to"]
    assert result.confidence > 0.5
    fewer = engine.generate(request(before, max(0.5, result.confidence - 0.001)))
    assert result.text.startswith(fewer.text.rstrip())


@pytest.mark.model
def test_a_word_that_was_taken_is_not_gone_on_with(engine: LocalEngine) -> None:
    before = "The United States and the United Kingdom. We live in the United"
    taken = engine.generate(request(before, 0.05, taken=True))
    assert taken.text.startswith(" ")
    spaced = engine.generate(request(before + " ", 0.05, taken=True))
    assert spaced.text == taken.text


@pytest.mark.model
def test_the_limit_on_tokens_ends_it_after_a_word(engine: LocalEngine) -> None:
    before = "I look forward to hearing from you. Once more, I look forw"
    long = engine.generate(request(before, 0.01))
    short = engine.generate(replace(request(before, 0.01), max_tokens=1))
    assert len(short.text.split()) == 1
    assert long.text.startswith(short.text.rstrip())
    assert short.finish_reason is FinishReason.STOP
