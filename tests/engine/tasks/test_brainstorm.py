"""Ideas are made together, tidied, and each says something else."""

from __future__ import annotations

import pytest

from engine import (
    BrainstormKind,
    FakeEngine,
    GenerationRequest,
    InvalidRequest,
    brainstorm_request,
    distinct,
    ideas_of,
)


def _result(*texts: str):
    engine, results = FakeEngine(), []
    request = GenerationRequest("x")
    engine.submit(request, lambda chunk: results.append(chunk.result))
    engine.emit(request.request_id, texts[:1])
    engine.finish(request.request_id, alternatives=texts[1:])
    return results[-1]


def test_all_are_asked_for_at_once() -> None:
    request = brainstorm_request("a story about a ferry", BrainstormKind.IDEAS, 20, seed=3)
    assert request.alternatives == 8
    assert str(request.prompt).endswith("Ideas for a story about a ferry:\n-")
    assert request.sampling.seed == 3


def test_continuations_go_on_from_the_end_of_the_text() -> None:
    request = brainstorm_request("x" * 9_000 + " the end ", BrainstormKind.CONTINUATIONS, 3)
    assert str(request.prompt).endswith(" the end")
    assert len(str(request.prompt)) < 3_000


def test_nothing_to_go_on_is_said() -> None:
    with pytest.raises(InvalidRequest):
        brainstorm_request(" \n", BrainstormKind.IDEAS, 3)


def test_what_says_the_same_is_left_out_and_marks_are_taken_off() -> None:
    result = _result(
        " 1. A ferry that talks. And", "- The ferry that talks.", " A bell under water."
    )
    assert ideas_of(result, BrainstormKind.IDEAS) == ("A ferry that talks.", "A bell under water.")


def test_continuations_end_with_a_sentence_and_fit_what_is_before_them() -> None:
    result = _result(" She rang. Nobody came. Then the", " He waited")
    kind = BrainstormKind.CONTINUATIONS
    assert ideas_of(result, kind, "the bell.") == (" She rang. Nobody came.", " He waited")
    assert ideas_of(result, kind, "the bell. ")[0] == "She rang. Nobody came."


def test_what_is_known_is_not_offered_again() -> None:
    assert distinct(["A red door opens.", "A cat."], ["The red door opens"]) == ["A cat."]
