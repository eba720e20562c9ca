"""What is known of an origin: how text came in, and what it takes to make it again."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from engine import ChatMessage, GenerationRequest, Lane, Prompt, Role, SamplingParams

_MOST_TEXT = 4 << 20
"""Code points of one text in a record; what is longer was not written by Inkling."""


class Kind(StrEnum):
    """How text that the person did not type came in."""

    SUGGESTION = "suggestion"
    REWRITE = "rewrite"
    PROOFREADING = "proofreading"
    ANSWER = "answer"
    """From the chat, or about sources."""
    SUMMARY = "summary"
    IDEAS = "ideas"
    OTHER = "other"
    """From the model in another way."""
    PASTE = "paste"


@dataclass(frozen=True, slots=True)
class Made:
    """What whoever puts generated text into the page knows of it.

    ``detail`` is the name of the action or the instruction. ``whole`` is all the model gave, where
    the text put in is only a part of it. ``request_id`` is that of its ``GenerationRequest``.
    """

    kind: Kind
    detail: str = ""
    whole: str = ""
    request_id: int | None = None


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What made a text, and what its last bits may depend on."""

    model: str = ""
    model_sha256: str = ""
    adapter: str = ""
    adapter_sha256: str = ""
    device: str = ""
    threads: int = 0
    runtime: str = ""
    program: str = ""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the model made a text.

    ``request`` is whole, with its seed; None where prompts are not kept. ``choice`` 0 is the first
    answer, others are its alternatives. ``output`` is the model's text before anything was cut
    off; ``whole`` is False where it was taken while more was still coming.
    """

    circumstances: Circumstances
    prompt_sha256: str
    output: str
    whole: bool = True
    choice: int = 0
    request: GenerationRequest | None = None

    def without_prompt(self) -> Recipe:
        """The same without the words that the model was given and gave."""
        return replace(self, request=None, output="")


@dataclass(frozen=True, slots=True)
class Source:
    """One origin: ``when`` in seconds since 1970; ``recipe`` None for what was pasted."""

    kind: Kind
    when: float
    detail: str = ""
    recipe: Recipe | None = None
    id: str = field(default_factory=lambda: secrets.token_hex(6))

    def without_prompt(self) -> Source:
        """The same with nothing of the text that it was made from."""
        recipe = self.recipe.without_prompt() if self.recipe else None
        return replace(self, recipe=recipe, detail=self.detail if _is_name(self.detail) else "")


def _is_name(detail: str) -> bool:
    return detail.isidentifier()


def prompt_text(prompt: Prompt) -> str:
    """A prompt as one text: a conversation with the name of who speaks before each message."""
    if isinstance(prompt, str):
        return prompt
    return "\n\n".join(f"[{message.role.value}]\n{message.content}" for message in prompt)


def prompt_hash(prompt: Prompt) -> str:
    """SHA-256 of ``prompt_text``, to compare prompts that are not kept."""
    return hashlib.sha256(prompt_text(prompt).encode("utf-8", "surrogatepass")).hexdigest()


def to_plain(source: Source) -> dict[str, Any]:
    """The source as JSON can hold it."""
    plain: dict[str, Any] = {"id": source.id, "kind": source.kind.value, "when": source.when}
    if source.detail:
        plain["detail"] = source.detail
    if source.recipe is not None:
        plain["recipe"] = _recipe_to_plain(source.recipe)
    return plain


def from_plain(plain: Any) -> Source:
    """The source that ``to_plain`` made plain. Raises ``ValueError`` for anything else."""
    recipe = plain.get("recipe") if isinstance(plain, dict) else None
    return Source(
        Kind(_text(plain, "kind")),
        _real(plain, "when"),
        _text(plain, "detail", ""),
        None if recipe is None else _recipe_from_plain(recipe),
        _name(plain, "id"),
    )


def _recipe_to_plain(recipe: Recipe) -> dict[str, Any]:
    made = recipe.circumstances
    plain: dict[str, Any] = {
        "model": made.model,
        "model_sha256": made.model_sha256,
        "device": made.device,
        "threads": made.threads,
        "onnxruntime": made.runtime,
        "inkling": made.program,
        "prompt_sha256": recipe.prompt_sha256,
        "output": recipe.output,
        "whole": recipe.whole,
        "choice": recipe.choice,
    }
    if made.adapter:
        plain |= {"adapter": made.adapter, "adapter_sha256": made.adapter_sha256}
    if recipe.request is not None:
        plain["request"] = _request_to_plain(recipe.request)
    return plain


def _recipe_from_plain(plain: Any) -> Recipe:
    made = Circumstances(
        _text(plain, "model"),
        _text(plain, "model_sha256", ""),
        _text(plain, "adapter", ""),
        _text(plain, "adapter_sha256", ""),
        _text(plain, "device", ""),
        _whole(plain, "threads", 0),
        _text(plain, "onnxruntime", ""),
        _text(plain, "inkling", ""),
    )
    request = plain.get("request")
    return Recipe(
        made,
        _text(plain, "prompt_sha256", ""),
        _text(plain, "output", ""),
        _flag(plain, "whole", default=True),
        _whole(plain, "choice", 0),
        None if request is None else _request_from_plain(request, made.adapter),
    )


def _request_to_plain(request: GenerationRequest) -> dict[str, Any]:
    sampling = request.sampling
    prompt: Any = request.prompt
    if not isinstance(request.prompt, str):
        prompt = [{"role": each.role.value, "content": each.content} for each in request.prompt]
    return {
        "prompt": prompt,
        "lane": request.lane.value,
        "max_tokens": request.max_tokens,
        "max_ms": request.max_ms,
        "stop": list(request.stop),
        "heal": request.heal,
        "speculation": request.speculation,
        "alternatives": request.alternatives,
        "gate": request.gate,
        "word_done": request.word_done,
        "temperature": sampling.temperature,
        "top_k": sampling.top_k,
        "top_p": sampling.top_p,
        "min_p": sampling.min_p,
        "repetition_penalty": sampling.repetition_penalty,
        "repetition_window": sampling.repetition_window,
        "seed": sampling.seed,
        "avoid": list(sampling.avoid),
    }


def _request_from_plain(plain: Any, adapter: str) -> GenerationRequest:
    prompt = plain.get("prompt") if isinstance(plain, dict) else None
    given: Prompt
    if isinstance(prompt, list):
        given = tuple(
            ChatMessage(Role(_text(each, "role")), _text(each, "content")) for each in prompt
        )
    else:
        given = _text(plain, "prompt")
    stop, avoid = _texts(plain, "stop"), _texts(plain, "avoid")
    return GenerationRequest(
        prompt=given,
        lane=Lane(_text(plain, "lane")),
        max_tokens=_whole(plain, "max_tokens"),
        max_ms=_real(plain, "max_ms"),
        sampling=SamplingParams(
            _real(plain, "temperature"),
            _whole(plain, "top_k"),
            _real(plain, "top_p"),
            _real(plain, "min_p"),
            _real(plain, "repetition_penalty"),
            _whole(plain, "repetition_window"),
            _whole(plain, "seed"),
            avoid,
        ),
        stop=stop,
        heal=_flag(plain, "heal"),
        speculation=_flag(plain, "speculation"),
        alternatives=_whole(plain, "alternatives"),
        gate=_real(plain, "gate"),
        word_done=_flag(plain, "word_done"),
        adapter=adapter,
    )


_REQUIRED: Any = object()


def _value(plain: Mapping[str, Any], name: str, default: Any) -> Any:
    if not isinstance(plain, dict):
        raise ValueError("a record is no object")
    value = plain.get(name, default)
    if value is _REQUIRED:
        raise ValueError(f"{name} is missing")
    return value


def _text(plain: Any, name: str, default: Any = _REQUIRED) -> str:
    value = _value(plain, name, default)
    if not isinstance(value, str) or len(value) > _MOST_TEXT:
        raise ValueError(f"{name} is no text")
    return value


def _texts(plain: Any, name: str) -> tuple[str, ...]:
    value = _value(plain, name, [])
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise ValueError(f"{name} is no list of texts")
    return tuple(value)


def _name(plain: Any, name: str) -> str:
    value = _text(plain, name)
    if not (value.isascii() and value.isalnum() and len(value) <= 64):
        raise ValueError(f"{name} is no name")
    return value


def _whole(plain: Any, name: str, default: Any = _REQUIRED) -> int:
    value = _value(plain, name, default)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 1 << 63:
        raise ValueError(f"{name} is no whole number")
    return value


def _real(plain: Any, name: str, default: Any = _REQUIRED) -> float:
    value = _value(plain, name, default)
    if not isinstance(value, int | float) or isinstance(value, bool) or not abs(value) < 1e12:
        raise ValueError(f"{name} is no number")
    return float(value)


def _flag(plain: Any, name: str, default: Any = _REQUIRED) -> bool:
    value = _value(plain, name, default)
    if not isinstance(value, bool):
        raise ValueError(f"{name} is neither true nor false")
    return value
