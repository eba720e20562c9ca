"""Inkling's engine through its public face, timed; made inside a worker's process."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

from benchmarks.texts import Request, exact_prompt
from engine import (
    GenerationRequest,
    GenerationResult,
    Lane,
    LocalEngine,
    LongContextChoice,
    load_actions,
    memory,
    rewrite_request,
)

_FEWEST = 8
"""Tokens below which a speed says little."""
_PROMPTS = Path(__file__).parents[1] / "assets" / "prompts"


class Ours:
    """``LocalEngine`` on one model. Times are in seconds; one request is under way at a time."""

    def __init__(self, model: Path, threads: int) -> None:
        self._engine = LocalEngine(model, threads=threads)
        self._engine.wait_until_loaded()

    def load_s(self) -> float:
        """How long loading took, from the call to the first request that could be answered."""
        return self._engine.status().load_ms / 1000

    def about(self) -> Mapping[str, str]:
        """The model and the versions of what runs it."""
        info = self._engine.status().model
        name = f"{info.name} ({info.precision})" if info else ""
        return {"model": name, "onnxruntime": version("onnxruntime"), "numpy": version("numpy")}

    def prompt(self, text: str, first: str, tokens: int) -> tuple[str, list[int]]:
        """See ``exact_prompt``; the text and its token ids."""
        engine = self._engine
        prompt = exact_prompt(engine.encode, engine.decode, text, first, tokens)
        return prompt, engine.encode(prompt)

    def prefill_s(self, prompt: str) -> float:
        """Reading a prompt of which nothing has been read before."""
        result = self._run(prompt, 1)
        if 10 * result.timings.reused_tokens > result.prompt_tokens:
            raise ValueError("the prompt was in the cache")
        share = 1 - result.timings.reused_tokens / result.prompt_tokens
        return result.timings.prefill_ms / 1000 / share

    def decode_per_s(self, prompt: str, tokens: int) -> float:
        """Tokens a second after the first; the prompt stays in the cache for the next time."""
        result = self._run(prompt, tokens)
        if len(result.token_ids) < _FEWEST:
            raise ValueError(f"the model ended after {len(result.token_ids)} tokens")
        return result.timings.decode_tokens_per_s

    def first_text_s(self, prompt: str) -> tuple[float, float, int]:
        """From the request to its first text; from its start in the engine; tokens reused."""
        times: list[float] = []
        started = time.perf_counter()
        result = self._engine.generate(
            GenerationRequest(prompt, Lane.COMPLETE, max_tokens=12),
            lambda _: times.append(time.perf_counter()),
        )
        timings = result.timings
        return times[0] - started, timings.first_token_ms / 1000, timings.reused_tokens

    def alternatives_s(self, prompt: str, count: int, tokens: int) -> float:
        """From a request for ``count`` continuations of ``tokens`` each to the end of the last."""
        request = GenerationRequest(prompt, Lane.COMPLETE, max_tokens=tokens, alternatives=count)
        started = time.perf_counter()
        result = self._engine.generate(request)
        took = time.perf_counter() - started
        others = [len(each.token_ids) for each in result.alternatives]
        lengths = [len(result.token_ids), *others]
        if lengths != [tokens] * count:
            raise ValueError(f"the model ended after {lengths} tokens")
        return took

    def rewrite_s(self, request: Request, speculation: bool) -> tuple[list[int], float]:
        """The token ids of a greedy rewrite, and the seconds from its first token to its last."""
        action = load_actions([_PROMPTS]).find(request.action)
        instruction = action.instruction if action else request.action
        wanted = rewrite_request(request.source, instruction)
        result = self._engine.generate(replace(wanted, speculation=speculation))
        ids = list(result.token_ids)
        speed = result.timings.decode_tokens_per_s
        return ids, (len(ids) - 1) / speed if speed else 0.0

    def long_context(self, prompt: str) -> LongContextChoice | None:
        """What the engine finds of 8-bit keys and values in a longer answer to a long prompt."""
        self._run(prompt, 64)
        return self._engine.status().long_context

    def peak_bytes(self) -> int | None:
        """The most memory this process has had."""
        return memory().process_peak

    def _run(self, prompt: str, tokens: int) -> GenerationResult:
        return self._engine.generate(GenerationRequest(prompt, Lane.COMPLETE, max_tokens=tokens))
