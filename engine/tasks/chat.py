"""Conversation: the request that answers the last message, with the context the person added."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.api import ChatMessage, GenerationRequest, Lane, Role, SamplingParams

_SYSTEM = "You are a helpful writing assistant. Answer briefly and plainly."
_MAX_CONTEXT_CHARACTERS = 12_000


@dataclass(frozen=True, slots=True)
class ContextText:
    """A named text the answer may use: a document or a selection."""

    title: str
    text: str


def shortened_context(context: Sequence[ContextText]) -> tuple[ContextText, ...]:
    """The texts as a model is given them: stripped, and shortened evenly when they are long."""
    share = _MAX_CONTEXT_CHARACTERS // max(1, len(context))
    return tuple(ContextText(item.title, item.text.strip()[:share].strip()) for item in context)


def chat_request(
    messages: Sequence[ChatMessage],
    context: Sequence[ContextText] = (),
    *,
    system: str | None = None,
    sampling: SamplingParams | None = None,
    max_tokens: int = 512,
) -> GenerationRequest:
    """The request that answers the last of ``messages``.

    Context goes before the conversation, as ``shortened_context`` gives it. ``system`` replaces the
    usual words about who the model is.
    """
    system = system or _SYSTEM
    if context:
        parts = [f"[{item.title}]\n{item.text}" for item in shortened_context(context)]
        system += " Use this text where it helps:\n\n" + "\n\n".join(parts)
    return GenerationRequest(
        prompt=(ChatMessage(Role.SYSTEM, system), *messages),
        lane=Lane.CHAT,
        max_tokens=max_tokens,
        sampling=sampling
        or SamplingParams(temperature=0.3, top_k=40, top_p=0.9, repetition_penalty=1.1),
    )
