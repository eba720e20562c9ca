from __future__ import annotations

import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from engine import (
    ChatMessage,
    ContextOverflow,
    EngineState,
    EngineStatus,
    FinishReason,
    GenerationChunk,
    GenerationRequest,
    InvalidRequest,
    Lane,
    LocalEngine,
    ModelDamaged,
    PromptSize,
    Role,
    SamplingParams,
    chat_request,
    completion_request,
    reading_request,
    rewrite_request,
)
from engine.decode.lookup import PromptLookup
from engine.export.package import export_model

STORY = "The old lighthouse keeper climbed the stairs as he had every evening for thirty years"
pytestmark = pytest.mark.model


class Collector:
    """Gathers the chunks of one request."""

    def __init__(self) -> None:
        self.chunks: list[GenerationChunk] = []
        self.first = threading.Event()
        self.done = threading.Event()

    def __call__(self, chunk: GenerationChunk) -> None:
        self.chunks.append(chunk)
        self.first.set()
        if chunk.result is not None:
            self.done.set()

    @property
    def reason(self) -> FinishReason:
        assert self.done.wait(30)
        result = self.chunks[-1].result
        assert result is not None
        return result.finish_reason


def long_answer(**changes: object) -> GenerationRequest:
    message = ChatMessage(Role.USER, "Tell me a long story about the sea.")
    return GenerationRequest(
        prompt=(message,),
        max_tokens=400,
        sampling=SamplingParams(temperature=0.9, seed=3),
        **changes,  # type: ignore[arg-type]
    )


def test_a_completion_streams_what_its_result_holds(engine: LocalEngine) -> None:
    seen = Collector()
    engine.submit(GenerationRequest(STORY, Lane.COMPLETE, max_tokens=12), seen)
    assert seen.reason is FinishReason.LENGTH
    result = seen.chunks[-1].result
    assert result is not None
    assert "".join(chunk.text for chunk in seen.chunks) == result.text
    assert len(result.token_ids) == 12
    assert result.prompt_tokens > 10
    assert sum(chunk.result is not None for chunk in seen.chunks) == 1


def test_the_same_seed_repeats_whatever_was_cached_and_whatever_else_runs(
    engine: LocalEngine,
) -> None:
    params = SamplingParams(temperature=0.8, top_p=0.9, seed=7)
    request = {"lane": Lane.COMPLETE, "max_tokens": 24, "sampling": params}
    alone = engine.generate(GenerationRequest(STORY, **request))  # type: ignore[arg-type]
    engine.generate(GenerationRequest(STORY + alone.text, **request))  # type: ignore[arg-type]
    engine.generate(GenerationRequest("Something else entirely", **request))  # type: ignore[arg-type]
    beside = Collector()
    engine.submit(long_answer(lane=Lane.CHAT), beside)
    assert beside.first.wait(30)
    again = engine.generate(GenerationRequest(STORY, **request))  # type: ignore[arg-type]
    grown = engine.generate(GenerationRequest(STORY, **request))  # type: ignore[arg-type]
    engine.cancel(beside.chunks[0].request_id)
    assert alone.text == again.text == grown.text
    assert grown.timings.reused_tokens > 0


def test_a_typed_token_reuses_the_prefix(engine: LocalEngine) -> None:
    text = " ".join([STORY] * 8)
    engine.generate(GenerationRequest(text, Lane.COMPLETE, max_tokens=2))
    result = engine.generate(GenerationRequest(text + " and then", Lane.COMPLETE, max_tokens=2))
    assert result.timings.reused_tokens >= result.prompt_tokens - 4


def test_a_completion_comes_while_an_answer_streams(engine: LocalEngine) -> None:
    answer = Collector()
    engine.submit(long_answer(), answer)
    assert answer.first.wait(30)
    short = engine.generate(GenerationRequest(STORY, Lane.COMPLETE, max_tokens=4))
    assert short.finish_reason is FinishReason.LENGTH
    assert not answer.done.is_set()
    engine.cancel(answer.chunks[0].request_id)
    assert answer.reason is FinishReason.CANCELLED


def test_a_newer_request_replaces_the_older_of_its_lane(engine: LocalEngine) -> None:
    older, newer = Collector(), Collector()
    engine.submit(long_answer(), older)
    engine.submit(GenerationRequest(STORY, Lane.CHAT, max_tokens=2), newer)
    assert older.reason is FinishReason.CANCELLED
    assert newer.reason is FinishReason.LENGTH


def test_cancel_stops_a_running_prefill(engine: LocalEngine) -> None:
    long_prompt = " ".join(f"{number} keepers" for number in range(1500))
    seen = Collector()
    request = GenerationRequest(long_prompt, Lane.REWRITE, max_tokens=2)
    engine.submit(request, seen)
    engine.cancel(request.request_id)
    assert seen.reason is FinishReason.CANCELLED
    after = engine.generate(GenerationRequest(STORY, Lane.REWRITE, max_tokens=2))
    assert after.finish_reason is FinishReason.LENGTH


def test_typed_text_and_suggestion_fit_together(engine: LocalEngine) -> None:
    for typed in ("She opened the do", "It was a dark and stormy ", "He said he didn'", "I am 2"):
        request = completion_request(typed)
        assert request is not None
        text = engine.generate(request).text
        assert text
        assert not (typed.endswith(" ") and text.startswith(" "))


def test_stop_strings_end_the_text_before_them(engine: LocalEngine) -> None:
    plain = engine.generate(GenerationRequest(STORY, max_tokens=20)).text
    word = plain.split()[3]
    result = engine.generate(GenerationRequest(STORY, max_tokens=20, stop=(word,)))
    assert result.finish_reason is FinishReason.STOP
    assert result.text == plain[: plain.index(word)]


def test_a_time_budget_ends_the_text(engine: LocalEngine) -> None:
    result = engine.generate(GenerationRequest(STORY, max_tokens=2000, max_ms=1))
    assert result.finish_reason is FinishReason.TIME


def test_logprobs_are_of_the_chosen_tokens(engine: LocalEngine) -> None:
    result = engine.generate(GenerationRequest(STORY, max_tokens=5, logprobs=3))
    assert len(result.logprobs) == len(result.token_ids) == 5
    for token, chosen in zip(result.logprobs, result.token_ids, strict=True):
        assert token.token_id == chosen
        assert token.top[0][0] == chosen  # greedy takes the most probable
        assert token.top[0][2] == pytest.approx(token.logprob)
        assert len(token.top) == 3


def test_too_long_a_text_keeps_its_end(tiny: LocalEngine) -> None:
    end = "the sea was calm and the keeper slept"
    text = " ".join(f"line {number}" for number in range(600)) + end
    result = tiny.generate(GenerationRequest(text, Lane.REWRITE, max_tokens=3))
    kept = tiny.encode(text)[-result.prompt_tokens :]
    assert 200 < result.prompt_tokens <= 509
    alone = tiny.generate(GenerationRequest(tiny.decode(kept), Lane.COMPLETE, max_tokens=3))
    assert alone.text == result.text


def test_a_long_conversation_drops_its_oldest_turns(tiny: LocalEngine) -> None:
    turns = []
    for number in range(12):
        turns.append(ChatMessage(Role.USER, f"Note {number}: " + "salt and wind " * 10))
        turns.append(ChatMessage(Role.ASSISTANT, "Noted."))
    turns.append(ChatMessage(Role.USER, "Say hello."))
    result = tiny.generate(chat_request(turns, max_tokens=8))
    assert 100 < result.prompt_tokens <= 504
    size = tiny.measure(chat_request(turns, max_tokens=8))
    assert (size.tokens, size.limit) == (result.prompt_tokens, 504)
    assert size.dropped % 2 == 0
    assert 0 < size.dropped < 24
    kept = chat_request(turns[size.dropped :], max_tokens=8)
    assert tiny.measure(kept) == PromptSize(size.tokens, 504)


def test_one_message_that_cannot_fit_is_refused_in_a_sentence(tiny: LocalEngine) -> None:
    message = ChatMessage(Role.USER, "salt and wind " * 600)
    with pytest.raises(ContextOverflow, match="too long for the model"):
        tiny.generate(chat_request([message]))
    with pytest.raises(ContextOverflow, match="too long for the model"):
        tiny.measure(chat_request([message]))


@pytest.mark.parametrize("prompt", ["", ()])
def test_an_empty_prompt_is_refused_in_a_sentence(engine: LocalEngine, prompt: object) -> None:
    with pytest.raises(InvalidRequest):
        engine.generate(GenerationRequest(prompt))  # type: ignore[arg-type]


def test_score_is_lower_for_text_that_makes_no_sense(engine: LocalEngine) -> None:
    sense = engine.score("The cat sat on the mat and looked out of the window.")
    nonsense = engine.score("The mat window and cat of the looked on out sat the.")
    assert sense.mean_nll < nonsense.mean_nll
    assert sense.tokens[0].logprob < 0
    assert engine.score("").tokens == ()


def test_closing_while_generating_is_quick_and_leaves_no_thread(default_model: Path) -> None:
    before = threading.active_count()
    engine = LocalEngine(default_model)
    seen = Collector()
    engine.submit(long_answer(), seen)
    assert seen.first.wait(30)
    started = time.perf_counter()
    assert engine.close()
    assert time.perf_counter() - started < 0.5
    assert seen.reason is FinishReason.CANCELLED
    assert threading.active_count() == before
    late = Collector()
    engine.submit(long_answer(), late)
    assert late.reason is FinishReason.CANCELLED


def test_a_missing_model_is_told_by_status_and_by_requests(tmp_path: Path) -> None:
    states: list[EngineStatus] = []
    engine = LocalEngine(tmp_path)
    engine.subscribe(states.append)
    with pytest.raises(ModelDamaged):
        engine.wait_until_loaded()
    assert engine.status().state is EngineState.FAILED
    with pytest.raises(ModelDamaged, match="cannot be used"):
        engine.generate(long_answer())
    assert engine.close()


def test_two_documents_take_turns_without_being_read_again(engine: LocalEngine) -> None:
    first, second = " ".join([STORY] * 6), " ".join(["She had never seen the sea before."] * 12)
    fresh = engine.generate(GenerationRequest(first, Lane.COMPLETE, max_tokens=4))
    engine.generate(GenerationRequest(second, Lane.COMPLETE, max_tokens=4))
    again = engine.generate(GenerationRequest(first, Lane.COMPLETE, max_tokens=4))
    assert again.text == fresh.text
    assert again.timings.reused_tokens == again.prompt_tokens
    usage = engine.status().cache
    assert usage is not None
    assert 0 < usage.used_bytes <= usage.budget_bytes
    assert usage.sequences >= 2


def test_in_full_precision_a_text_is_the_same_whatever_was_drafted(
    tiny_gguf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export_model(tiny_gguf, tmp_path / "exact", name="exact", precision="fp32")
    engine = LocalEngine(tmp_path / "exact")
    request = GenerationRequest("the keeper the keeper the", max_tokens=60, speculation=True)

    def again(number: int) -> tuple[int, ...]:
        return engine.generate(replace(request, request_id=request.request_id + number)).token_ids

    drafted = engine.generate(request).token_ids
    plain = engine.generate(replace(request, request_id=-1, speculation=False)).token_ids
    monkeypatch.setattr(PromptLookup, "draft", lambda *_: [5, 6, 7, 8, 9])
    assert drafted == plain == again(100_000)
    monkeypatch.setattr(PromptLookup, "draft", lambda *_: [])
    assert drafted == again(200_000)
    assert engine.close()


def test_a_rewrite_with_drafts_is_the_same_each_time(engine: LocalEngine) -> None:
    request = rewrite_request(
        "The ferry leave the island at seven. The ferry leave the island at nine.",
        "Copy this text and correct it.",
        max_tokens=60,
    )
    first = engine.generate(request)
    again = engine.generate(replace(request, request_id=request.request_id + 100_000))
    assert first.token_ids == again.token_ids


def test_a_completion_finds_what_was_read_ahead(engine: LocalEngine) -> None:
    text = " ".join(["A document that was opened a moment ago."] * 40) + " It goes"
    reading = reading_request(text)
    assert reading is not None
    read = engine.generate(reading)
    assert (read.text, read.finish_reason) == ("", FinishReason.LENGTH)
    completion = completion_request(text + " on", max_tokens=2)
    assert completion is not None
    result = engine.generate(completion)
    assert result.timings.reused_tokens >= result.prompt_tokens - 4


def test_a_completion_goes_on_from_where_reading_ahead_was(engine: LocalEngine) -> None:
    text = " ".join(f"{number} gulls" for number in range(700))
    reading, completion = reading_request(text), completion_request(text, max_tokens=2)
    assert reading is not None
    assert completion is not None
    seen = Collector()
    engine.submit(reading, seen)
    result = engine.generate(completion)
    assert seen.reason in (FinishReason.CANCELLED, FinishReason.LENGTH)
    assert result.finish_reason is FinishReason.LENGTH
    assert reading_request(" ") is None
