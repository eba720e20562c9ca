"""Results as JSON, and the sampling options as a request's settings."""

from __future__ import annotations

import argparse
from dataclasses import replace

from engine import Alternative, GenerationRequest, GenerationResult

_SAMPLING = ("temperature", "top_k", "top_p", "min_p", "repetition_penalty", "seed")


def with_sampling(request: GenerationRequest, arguments: argparse.Namespace) -> GenerationRequest:
    """``request`` with what the command line said about sampling and length."""
    given = {name: getattr(arguments, name) for name in _SAMPLING}
    sampling = replace(
        request.sampling, **{name: value for name, value in given.items() if value is not None}
    )
    return replace(
        request, sampling=sampling, max_tokens=arguments.max_tokens or request.max_tokens
    )


def generation_record(result: GenerationResult) -> dict[str, object]:
    """A generation as its JSON object; times are in milliseconds."""
    timings = result.timings
    return {
        "text": result.text,
        "token_ids": list(result.token_ids),
        "finish_reason": result.finish_reason.value,
        "prompt_tokens": result.prompt_tokens,
        "seed": result.seed,
        "model": result.model,
        "timings": {
            "load_ms": round(timings.load_ms, 2),
            "prefill_ms": round(timings.prefill_ms, 2),
            "first_token_ms": round(timings.first_token_ms, 2),
            "decode_tokens_per_s": round(timings.decode_tokens_per_s, 2),
        },
    }


def alternatives_record(result: GenerationResult) -> list[dict[str, object]]:
    """All continuations that were asked for, the streamed one first."""
    every: tuple[GenerationResult | Alternative, ...] = (result, *result.alternatives)
    return [
        {
            "text": each.text,
            "token_ids": list(each.token_ids),
            "finish_reason": each.finish_reason.value,
        }
        for each in every
    ]
