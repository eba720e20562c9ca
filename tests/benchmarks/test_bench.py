"""The benchmark measures something and says it; how fast is no test's business."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine import (
    BenchPlan,
    ChunkCallback,
    EngineError,
    EngineState,
    EngineStatus,
    FakeEngine,
    FinishReason,
    GenerationFailed,
    GenerationRequest,
    ModelDamaged,
    run_bench,
)
from engine.bench import prompt_of

PLAN = BenchPlan(prefill=(64,), decode=(64, 4096), completion_context=80, repeat=2, loads=2)


class Answering(FakeEngine):
    """Answers every request with one letter, or fails."""

    error: EngineError | None = None

    def submit(self, request: GenerationRequest, on_chunk: ChunkCallback) -> None:
        super().submit(request, on_chunk)
        self.emit(request.request_id, ["a"])
        reason = FinishReason.ERROR if self.error else FinishReason.LENGTH
        self.finish(request.request_id, reason, self.error)


def test_every_figure_is_measured_and_every_engine_closed() -> None:
    engines: list[Answering] = []

    def open_engine() -> Answering:
        engines.append(Answering())
        return engines[-1]

    steps: list[str] = []
    report = run_bench(open_engine, PLAN, steps.append)
    assert len(report.prefill) == 1
    assert len(report.decode) == 1  # the other is longer than this model's context
    assert report.completion_reused.total_ms >= report.completion_reused.first_ms >= 0
    assert report.peak_memory_bytes is None or report.peak_memory_bytes > 0
    assert steps
    assert len(engines) == 2
    assert all(engine.closed for engine in engines)


def test_uncached_prompts_share_no_beginning() -> None:
    engine = Answering()
    run_bench(lambda: engine, replace(PLAN, loads=1))
    fresh = [str(request.prompt) for request in engine.requests if "Fresh" in str(request.prompt)]
    assert len({prompt[0] for prompt in fresh}) == len(fresh) == 2


def test_prompts_come_near_the_length_asked_for() -> None:
    engine = Answering()
    for tokens in (64, 500, 4096):
        length = engine.count_tokens(prompt_of(engine, tokens, "Go:"))
        assert tokens - 15 <= length <= tokens


def test_failures_are_raised_and_the_engine_is_closed() -> None:
    engine = Answering()
    engine.error = GenerationFailed("It stopped.")
    with pytest.raises(GenerationFailed):
        run_bench(lambda: engine, PLAN)
    assert engine.closed
    damaged = ModelDamaged(engine.status().model.path, "no weights")
    broken = Answering(EngineStatus(EngineState.FAILED, error=damaged))
    with pytest.raises(ModelDamaged):
        run_bench(lambda: broken, PLAN)
