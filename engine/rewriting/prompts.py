"""The requests of an action: what the model is told or shown, and the answer without wrapping."""

from __future__ import annotations

import re
from dataclasses import dataclass

from engine.api import ChatMessage, GenerationRequest, Lane, Prompt, Role, SamplingParams
from engine.rewriting.action import ActionForm, ActionPrompt, ModelRole, RewriteAction
from engine.tasks.rewrite import REWRITE_SYSTEM, clean_rewrite

_FRESH_TEMPERATURE = 0.6
"""Of a further version, where the action says less."""
_PENALTY = 1.02
_CONTINUE_PENALTY = 1.1
_MOST_BEFORE = 2_000


@dataclass(frozen=True, slots=True)
class RewriteContext:
    """What an instruction may speak of besides the piece.

    ``selection`` is all that is rewritten, ``title`` the document's, ``before`` the text before.
    """

    selection: str = ""
    language: str = ""
    title: str = ""
    before: str = ""


def piece_request(
    text: str,
    action: RewriteAction,
    prompt: ActionPrompt,
    context: RewriteContext,
    *,
    seed: int | None = None,
    temperature: float | None = None,
    adapter: str = "",
) -> GenerationRequest:
    """The request that rewrites one piece; without ``temperature`` at the action's own."""
    warmth = action.temperature if temperature is None else temperature
    completes = action.role is ModelRole.COMPLETION
    return GenerationRequest(
        prompt=_prompt(text, action, prompt, context),
        lane=Lane.REWRITE,
        max_tokens=_most_tokens(text, action),
        sampling=SamplingParams(
            temperature=warmth,
            top_k=50,
            top_p=0.95,
            repetition_penalty=_CONTINUE_PENALTY if completes else _PENALTY,
            seed=seed,
        ),
        stop=_stops(action, prompt),
        speculation=not completes,
        adapter=adapter,
    )


def action_message(text: str, action: RewriteAction, context: RewriteContext) -> str:
    """What a conversation is asked for ``action`` on ``text``: its instruction, filled in."""
    return _asked(action.instruction, text, context)


def fresh_temperature(action: RewriteAction) -> float:
    """How freely another version is written than the first."""
    return max(action.temperature, _FRESH_TEMPERATURE)


def told(prompt: ActionPrompt) -> tuple[str, ...]:
    """The texts of ``prompt`` that must not come back as a result."""
    examples = [part for each in prompt.examples for part in (each.text, each.answer)]
    return (prompt.instruction, prompt.system or REWRITE_SYSTEM, *examples)


def clean(answer: str, text: str, action: RewriteAction, prompt: ActionPrompt) -> str:
    """The answer to a piece as it may stand in its place."""
    if action.role is ModelRole.COMPLETION and not prompt.pattern:
        return answer.rstrip()
    if prompt.pattern:
        answer = answer.strip()
    else:
        several = "\n\n" if action.form in (ActionForm.LIST, ActionForm.TABLE) else ""
        answer = clean_rewrite(answer, text.strip() + several).strip()
    if action.form is ActionForm.LINE:
        answer = answer.split("\n", 1)[0].strip().strip("\"'*#\u201c\u201d").rstrip(".").strip()
    if action.form is ActionForm.LIST:
        answer = re.sub(r"^([ \t]*)[*+\u2022][ \t]+", r"\1- ", answer, flags=re.MULTILINE)
    return answer


def _prompt(
    text: str, action: RewriteAction, prompt: ActionPrompt, context: RewriteContext
) -> Prompt:
    if prompt.pattern:
        shots = [
            _filled(prompt.pattern, _one_line(each.text), context).replace("{answer}", each.answer)
            for each in prompt.examples
        ]
        asked = _filled(prompt.pattern.split("{answer}", 1)[0], _one_line(text), context)
        return "\n\n".join([*(shot.rstrip() for shot in shots), asked.rstrip()])
    if action.role is ModelRole.COMPLETION:
        return _filled(prompt.instruction, text, context)
    messages = [ChatMessage(Role.SYSTEM, prompt.system or REWRITE_SYSTEM)]
    for each in prompt.examples:
        messages.append(ChatMessage(Role.USER, _asked(prompt.instruction, each.text, context)))
        messages.append(ChatMessage(Role.ASSISTANT, each.answer))
    messages.append(ChatMessage(Role.USER, _asked(prompt.instruction, text, context)))
    return tuple(messages)


def _one_line(text: str) -> str:
    """A line would end what belongs to it in a pattern."""
    return " ".join(text.split())


def _asked(instruction: str, text: str, context: RewriteContext) -> str:
    instruction = instruction.strip()
    if "{text}" not in instruction and "{selection}" not in instruction:
        instruction += "\n\n{text}"
    return _filled(instruction, text, context)


def _filled(wording: str, text: str, context: RewriteContext) -> str:
    values = {
        "text": text.strip(),
        "selection": context.selection.strip() or text.strip(),
        "language": context.language,
        "title": context.title,
        "before": context.before[-_MOST_BEFORE:].strip(),
    }
    return re.sub(r"\{(\w+)\}", lambda match: values.get(match[1], match.group()), wording)


def _stops(action: RewriteAction, prompt: ActionPrompt) -> tuple[str, ...]:
    if not prompt.pattern:
        return ("\n",) if action.role is ModelRole.COMPLETION else ()
    several = action.form in (ActionForm.LIST, ActionForm.TABLE)
    return ("\n\n",) if several else ("\n",)


def _most_tokens(text: str, action: RewriteAction) -> int:
    """Tokens enough for the longest usable result: a token has about four bytes of English."""
    if action.form is ActionForm.LINE:
        return 32
    if action.role is ModelRole.COMPLETION:
        return 96
    ratio = action.length[1] if action.length != (0.0, 0.0) else 2.0
    return 40 + int(max(1.0, ratio) * len(text.encode()) / 3.5)
