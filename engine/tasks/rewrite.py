"""Rewriting a selection: the named actions, their prompts, and the cleaning of an answer."""

from __future__ import annotations

from dataclasses import dataclass

from engine.api import ChatMessage, GenerationRequest, Lane, Role, SamplingParams


@dataclass(frozen=True, slots=True)
class RewriteAction:
    """A named rewrite: what the person chooses and what the model is told."""

    name: str
    title: str
    instruction: str


REWRITE_ACTIONS: tuple[RewriteAction, ...] = (
    RewriteAction(
        "proofread",
        "Proofread",
        "Correct the spelling, grammar and punctuation of this text. "
        "Change nothing else and keep the wording.",
    ),
    RewriteAction("clearer", "Clearer", "Rewrite this text so that it is clear and easy to read."),
    RewriteAction("shorter", "Shorter", "Rewrite this text in fewer words. Keep every fact."),
    RewriteAction("formal", "More formal", "Rewrite this text in a formal, professional tone."),
    RewriteAction("friendlier", "Friendlier", "Rewrite this text in a warm, friendly tone."),
)
"""The actions offered by menus and the command line, in order; titles are translated there."""

_SYSTEM = (
    "You edit text. Answer with the rewritten text only: no introduction, no explanation, "
    "no quotation marks around it."
)
_PREFACES = (
    "here is",
    "here's",
    "sure",
    "certainly",
    "rewritten text",
    "corrected text",
    "the corrected",
    "i'll ",
    "your text ",
    "below is",
)


def find_action(name: str) -> RewriteAction | None:
    """The action of that name."""
    return next((action for action in REWRITE_ACTIONS if action.name == name), None)


def rewrite_request(
    text: str,
    instruction: str,
    *,
    seed: int | None = None,
    temperature: float = 0.0,
    max_tokens: int | None = None,
    revision: int = 0,
) -> GenerationRequest:
    """The request that rewrites ``text`` as ``instruction`` says.

    ``max_tokens`` None allows for an answer of about twice the text's length.
    """
    return GenerationRequest(
        prompt=(
            ChatMessage(Role.SYSTEM, _SYSTEM),
            ChatMessage(Role.USER, f"{instruction}\n\n{text.strip()}"),
        ),
        lane=Lane.REWRITE,
        max_tokens=max_tokens or 48 + len(text.encode()) // 2,
        sampling=SamplingParams(
            temperature=temperature, top_k=50, top_p=0.95, repetition_penalty=1.02, seed=seed
        ),
        speculation=True,
        revision=revision,
    )


def clean_rewrite(answer: str, source: str) -> str:
    """An answer without the wrapping a chat model adds; keeps the source's outer white space.

    Removes one introductory line ending in a colon, what follows the first paragraph where the
    source is a single one (models explain what they changed), and one pair of quotation marks
    around the whole, unless the source has them too.
    """
    text = answer.strip()
    first, newline, rest = text.partition("\n")
    if newline and first.rstrip().endswith(":") and first.lower().lstrip().startswith(_PREFACES):
        text = rest.strip()
    paragraph = text.split("\n\n", 1)[0].rstrip()
    if "\n\n" not in source.strip() and not paragraph.endswith((",", ":")):
        text = paragraph
    if len(text) > 1 and text[0] == text[-1] == '"' and not source.strip().startswith('"'):
        text = text[1:-1].strip()
    lead = source[: len(source) - len(source.lstrip())]
    tail = source[len(source.rstrip()) :]
    return lead + text + tail if text else ""
