"""The prompt keeps its start while a person types, and what is shown fits its place."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from engine import Lane
from engine.tasks.complete import (
    MAX_CONTEXT_CHARACTERS,
    completion_request,
    reading_request,
    trim_completion,
)

LONG = st.integers(0, 12_000).map(lambda n: ("word and\nanother " * 1_500)[: 8_000 + n])


def _prompt(before: str, offset: int = 0) -> str:
    request = completion_request(before, offset=offset)
    assert request is not None
    assert isinstance(request.prompt, str)
    return request.prompt


@given(text=LONG, kept=st.integers(MAX_CONTEXT_CHARACTERS, 30_000))
def test_a_window_of_the_text_makes_the_prompt_of_the_whole(text: str, kept: int) -> None:
    window = text[-kept:]
    assert _prompt(window, len(text) - len(window)) == _prompt(text)


def test_the_prompt_start_stays_while_typing() -> None:
    text = "word and another " * 1_000
    starts = {_prompt(text + "x" * typed)[:50] for typed in range(500)}
    assert len(starts) <= 2
    assert all(
        MAX_CONTEXT_CHARACTERS // 4 < len(_prompt(text + "x" * n)) <= MAX_CONTEXT_CHARACTERS
        for n in range(0, 500, 50)
    )


def test_nothing_to_go_on() -> None:
    assert completion_request(" \n") is None
    assert reading_request(" \n") is None


def test_a_completion_has_a_time_budget() -> None:
    request = completion_request("The keeper climbed")
    assert request is not None
    assert 0 < request.max_ms <= 5_000


def test_reading_ahead_reads_what_a_completion_will() -> None:
    text = "word and another " * 1_000
    reading, completion = reading_request(text), completion_request(text)
    assert reading is not None
    assert completion is not None
    assert (reading.prompt, reading.heal) == (completion.prompt, completion.heal)
    assert (reading.lane, reading.max_tokens) == (Lane.READ, 0)


def test_one_sentence_of_one_line_that_fits() -> None:
    assert trim_completion(" He left. Then", "So", "") == " He left."
    assert trim_completion("one\ntwo", "So ", "") == "one"
    assert trim_completion(" one", "So ", "") == "one"
    assert trim_completion(" the stairs and", "climbed", " and more") == " the stairs"
    assert trim_completion("他走了。然后", "后来", "") == "他走了。"
    assert trim_completion("   ", "So", "") == ""
