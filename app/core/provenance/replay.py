"""Making a text again just as it was made, and comparing.

One model on one machine gives the same logits for the same prompt whatever its cache holds (see
``docs/engine.md``), and the draws follow the seed; so the whole request, asked again, gives the
same text. What the time limit cut off then is not cut off now: the text may go on.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from app.core.provenance.sources import Circumstances, Recipe
from engine import (
    CancelToken,
    EngineStatus,
    FinishReason,
    GenerationRequest,
    Lane,
    TextEngine,
)

_REPLAY_IDS = itertools.count(-1_000_000, -1)


class Obstacle(StrEnum):
    """Why a text cannot be made again."""

    NO_RECIPE = "no recipe"
    """How it was made is not known."""
    NO_PROMPT = "no prompt"
    """Prompts are not kept."""
    NO_MODEL = "no model"
    OTHER_MODEL = "other model"
    """Another model is loaded, or another version of it."""
    OTHER_ADAPTER = "other adapter"
    """The adapter of that name has other weights now."""
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Replayed:
    """A text that was made again: ``text`` now, ``before`` then.

    ``same`` says that it is the same as far as it went then. ``changed`` names what is different
    in the circumstances, which may explain a difference.
    """

    before: str
    text: str
    same: bool
    changed: tuple[str, ...] = ()


def obstacle(recipe: Recipe | None, status: EngineStatus) -> Obstacle | None:
    """Why a text cannot be made again now; None if it can be tried."""
    if recipe is None:
        return Obstacle.NO_RECIPE
    if recipe.request is None:
        return Obstacle.NO_PROMPT
    if status.model is None:
        return Obstacle.NO_MODEL
    made = recipe.circumstances
    if (made.model, made.model_sha256) != (status.model.name, status.model.sha256):
        return Obstacle.OTHER_MODEL
    return None


def replay_request(request: GenerationRequest) -> GenerationRequest:
    """The request that makes a text again: without a time limit, when nothing else is asked."""
    return replace(request, max_ms=0.0, lane=Lane.READ, request_id=next(_REPLAY_IDS))


def replay(
    engine: TextEngine,
    recipe: Recipe,
    cancel: CancelToken | None = None,
    now: Callable[[GenerationRequest, EngineStatus], Circumstances] | None = None,
) -> Replayed | Obstacle:
    """Make the text again and compare (blocking).

    ``now`` tells the circumstances, to name what differs. Raises the ``EngineError`` that the
    engine fails with.
    """
    stopped = obstacle(recipe, engine.status())
    if stopped is not None:
        return stopped
    assert recipe.request is not None
    while True:
        if cancel is not None and cancel.cancelled():
            return Obstacle.CANCELLED
        # Whatever is asked meanwhile goes first and ends it.
        result = engine.generate(replay_request(recipe.request))
        if result.finish_reason is not FinishReason.CANCELLED:
            break
    texts = [result.text, *(other.text for other in result.alternatives)]
    text = texts[recipe.choice] if recipe.choice < len(texts) else ""
    status = engine.status()
    made = recipe.circumstances
    if made.adapter_sha256:
        adapter = next((each for each in status.adapters if each.name == made.adapter), None)
        if adapter is not None and adapter.sha256 and adapter.sha256 != made.adapter_sha256:
            return Obstacle.OTHER_ADAPTER
    changed = _changed(made, now(recipe.request, status)) if now is not None else ()
    return Replayed(recipe.output, text, _same(recipe, text), changed)


def _same(recipe: Recipe, text: str) -> bool:
    if text == recipe.output:
        return True
    timed = recipe.request is not None and recipe.request.max_ms > 0
    return (timed or not recipe.whole) and text.startswith(recipe.output)


def _changed(then: Circumstances, now: Circumstances) -> tuple[str, ...]:
    names = ("device", "threads", "runtime", "program")
    return tuple(name for name in names if getattr(then, name) != getattr(now, name))
