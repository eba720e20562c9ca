"""How fast a model runs here: medians of repeated runs through the engine's public face."""

from __future__ import annotations

import queue
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

from engine.api import (
    EngineState,
    GenerationChunk,
    GenerationRequest,
    GenerationResult,
    Lane,
    LongContextChoice,
    TextEngine,
)
from engine.errors import EngineClosed
from engine.machine import peak_memory

_POLL_S = 0.1
_DECODE_TOKENS = 32
_COMPLETION_TOKENS = 12
_LONG_TOKENS = 64
"""An answer long enough to have the engine measure 8 bits."""
_PROSE = (
    "The path left the harbour behind the chandler's yard and climbed through gorse to the old "
    "signal house, where somebody had set out two chairs and a table as if for guests. From there "
    "the whole bay could be seen, the boats drawn up below the church, the ferry that came on "
    "Thursdays, and on clear days a line of hills that belonged to another country. Nobody had "
    "lived there since the war. The garden had gone on without help, and in the spring it was "
    "full of daffodils that nobody picked, though the children dared each other to go as far as "
    "the gate and count the windows. "
)


@dataclass(frozen=True, slots=True)
class Speed:
    """``tokens_per_s`` with ``tokens`` in the prompt."""

    tokens: int
    tokens_per_s: float


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds until the first text and until ``tokens`` tokens of an inline completion."""

    context: int
    tokens: int
    first_ms: float
    total_ms: float
    reused_tokens: int


@dataclass(frozen=True, slots=True)
class BenchPlan:
    """What is measured; contexts longer than the model's are left out."""

    prefill: tuple[int, ...] = (128, 512, 2048)
    decode: tuple[int, ...] = (128, 1024, 4096)
    completion_context: int = 1024
    repeat: int = 5
    loads: int = 3


QUICK_PLAN = BenchPlan(prefill=(128,), decode=(128,), completion_context=256, repeat=3, loads=1)
"""A few seconds, for a first impression."""


@dataclass(frozen=True, slots=True)
class BenchReport:
    """Medians; ``peak_memory_bytes`` is None where the system does not tell.

    ``completion_reused`` continues a context that is in the cache but for one new token,
    ``completion_fresh`` the same length of context that is not. ``long_context`` is None where
    no context was long.
    """

    model: str
    load_ms: float
    prefill: tuple[Speed, ...]
    decode: tuple[Speed, ...]
    completion_reused: Latency
    completion_fresh: Latency
    peak_memory_bytes: int | None
    long_context: LongContextChoice | None = None


def run_bench(
    open_engine: Callable[[], TextEngine],
    plan: BenchPlan | None = None,
    on_step: Callable[[str], None] = lambda _: None,
) -> BenchReport:
    """Measure. ``open_engine`` returns an engine that may still be loading; each is closed here.

    ``on_step`` is told what is being measured. Raises the ``EngineError`` of a failed load or run.
    """
    plan = plan or BenchPlan()
    engine = open_engine()
    try:
        loads = [_wait(engine)]
        model = engine.status().model
        limit = model.context_length if model else max(plan.prefill + plan.decode)
        on_step("warming up")
        _run(engine, prompt_of(engine, 64, "Warm"), 8)
        prefill = []
        for size in _within(plan.prefill, limit):
            on_step(f"prefill of {size} tokens")
            prefill.append(_prefill(engine, size, plan.repeat))
        decode = []
        for size in _within(plan.decode, limit):
            on_step(f"decoding at {size} tokens")
            decode.append(_decode(engine, size, plan.repeat))
        on_step("inline completion")
        reused = _completion_reused(engine, plan.completion_context, plan.repeat)
        fresh = _completion_fresh(engine, plan.completion_context, plan.repeat)
        peak = peak_memory()
        if decode and decode[-1].tokens > 2000:
            on_step("keys and values of 8 bits")
            _run(engine, prompt_of(engine, decode[-1].tokens, "Decode:"), _LONG_TOKENS)
        choice = engine.status().long_context
    finally:
        engine.close()
    for number in range(1, plan.loads):
        on_step(f"loading again, {number} of {plan.loads - 1}")
        engine = open_engine()
        try:
            loads.append(_wait(engine))
        finally:
            engine.close()
    return BenchReport(
        model.name if model else "",
        median(loads),
        tuple(prefill),
        tuple(decode),
        reused,
        fresh,
        peak,
        choice,
    )


def prompt_of(engine: TextEngine, tokens: int, first: str) -> str:
    """A prose prompt of at most ``tokens`` tokens, near to it, that begins with ``first``.

    Prompts with different ``first`` share no prefix that a cache could reuse.
    """
    words = (_PROSE * (2 + tokens * 6 // len(_PROSE))).split()
    low, high = 1, len(words)
    while low < high:
        middle = (low + high + 1) // 2
        if engine.count_tokens(" ".join([first, *words[:middle]])) <= tokens:
            low = middle
        else:
            high = middle - 1
    return " ".join([first, *words[:low]])


@dataclass(frozen=True, slots=True)
class _Timed:
    result: GenerationResult
    first_ms: float
    total_ms: float


def _prefill(engine: TextEngine, size: int, repeat: int) -> Speed:
    speeds, tokens = [], 0
    for number in range(repeat):
        result = _run(engine, prompt_of(engine, size, f"{number}: prefill"), 1).result
        tokens = result.prompt_tokens
        new = tokens - result.timings.reused_tokens
        speeds.append(1000 * new / max(result.timings.prefill_ms, 1e-6))
    return Speed(tokens, median(speeds))


def _decode(engine: TextEngine, size: int, repeat: int) -> Speed:
    prompt = prompt_of(engine, size, "Decode:")
    runs = [_run(engine, prompt, _DECODE_TOKENS).result for _ in range(repeat)]
    speed = median(run.timings.decode_tokens_per_s for run in runs)
    return Speed(runs[0].prompt_tokens, speed)


def _completion_reused(engine: TextEngine, size: int, repeat: int) -> Latency:
    prompt = prompt_of(engine, size, "Reuse:")
    _run(engine, prompt, _COMPLETION_TOKENS)
    endings = (" and", " but", " so", " then", " where")
    runs = [
        _run(engine, prompt + endings[number % len(endings)], _COMPLETION_TOKENS)
        for number in range(repeat)
    ]
    return _latency(runs)


def _completion_fresh(engine: TextEngine, size: int, repeat: int) -> Latency:
    return _latency(
        [
            _run(engine, prompt_of(engine, size, f"{number}. Fresh"), _COMPLETION_TOKENS)
            for number in range(repeat)
        ]
    )


def _latency(runs: Sequence[_Timed]) -> Latency:
    return Latency(
        runs[0].result.prompt_tokens,
        len(runs[0].result.token_ids),
        median(run.first_ms for run in runs),
        median(run.total_ms for run in runs),
        int(median(run.result.timings.reused_tokens for run in runs)),
    )


def _run(engine: TextEngine, prompt: str, max_tokens: int) -> _Timed:
    request = GenerationRequest(prompt=prompt, lane=Lane.COMPLETE, max_tokens=max_tokens)
    chunks: queue.SimpleQueue[tuple[float, GenerationChunk]] = queue.SimpleQueue()
    started = time.perf_counter()
    engine.submit(request, lambda chunk: chunks.put((time.perf_counter(), chunk)))
    first = None
    while True:
        try:
            moment, chunk = chunks.get(timeout=_POLL_S)  # lets Ctrl+C in on every system
        except queue.Empty:
            if engine.status().state in (EngineState.FAILED, EngineState.CLOSED):
                raise EngineClosed("The engine ended during the measurement.") from None
            continue
        if first is None and (chunk.text or chunk.result):
            first = moment
        if chunk.result is not None:
            if chunk.result.error is not None:
                raise chunk.result.error
            return _Timed(
                chunk.result, 1000 * ((first or moment) - started), 1000 * (moment - started)
            )


def _wait(engine: TextEngine) -> float:
    """Wait for the model and return its load time in milliseconds."""
    while engine.status().state is EngineState.LOADING:
        time.sleep(_POLL_S / 10)
    status = engine.status()
    if status.state in (EngineState.FAILED, EngineState.CLOSED):
        raise status.error or EngineClosed("The model could not be loaded.")
    return status.load_ms


def _within(sizes: Sequence[int], limit: int) -> list[int]:
    return [size for size in sizes if size + _DECODE_TOKENS <= limit]
