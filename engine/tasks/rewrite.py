"""Rewriting by an instruction in the person's own words, and the cleaning of an answer."""

from __future__ import annotations

from engine.api import ChatMessage, GenerationRequest, Lane, Role, SamplingParams

REWRITE_SYSTEM = (
    "You edit text. Answer with the rewritten text only: no introduction, no explanation, "
    "no quotation marks around it."
)
"""What a model is told first where an action says nothing else."""
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
            ChatMessage(Role.SYSTEM, REWRITE_SYSTEM),
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
