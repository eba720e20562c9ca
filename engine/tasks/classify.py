"""Which of some labels fits a text: by the labels' probabilities, not by asking for one.

A small model asked for a label says the same one to nearly everything. How probable each label is
as the continuation of a text still tells them apart, once it is compared with how probable the
label is after no text at all (Zhao et al. 2021, "Calibrate Before Use").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.api import CandidateScore, TextEngine
from engine.errors import InvalidRequest

CLASSIFY_TEMPLATE = "Text: {text}\nCategory:"
"""The prompt that a label continues; one that names what the labels are about is often better."""

_NO_TEXTS = ("N/A", "...", "[text]")


@dataclass(frozen=True, slots=True)
class ClassifyRequest:
    """What ``TextEngine.score_candidates`` is asked for."""

    prompt: str
    candidates: tuple[str, ...]
    neutral: tuple[str, ...]


def classify_request(
    text: str,
    labels: Sequence[str],
    *,
    template: str = CLASSIFY_TEMPLATE,
    divide_prior: bool = True,
) -> ClassifyRequest:
    """The prompt, the labels as its continuations, and the prompts for the prior.

    In ``template``, ``{text}`` and ``{labels}`` stand for the text and the list of labels.

    Raises:
        InvalidRequest: fewer than two labels, an empty or a repeated one, or no ``{text}``.
    """
    names = [label.strip() for label in labels]
    if len(names) < 2 or not all(names) or len(set(names)) < len(names):
        raise InvalidRequest("Give at least two labels, all of them different and none empty.")
    if "{text}" not in template:
        raise InvalidRequest("The template has no {text}, so the model would not read the text.")

    def prompt(content: str) -> str:
        # The text last: braces in it are its own.
        return template.replace("{labels}", ", ".join(names)).replace("{text}", content)

    gap = "" if template[-1:].isspace() else " "
    return ClassifyRequest(
        prompt=prompt(text.strip()),
        candidates=tuple(gap + name for name in names),
        neutral=tuple(map(prompt, _NO_TEXTS)) if divide_prior else (),
    )


def classify(engine: TextEngine, request: ClassifyRequest) -> tuple[CandidateScore, ...]:
    """Scores in the order of the labels (blocking); the most probable is the answer.

    Raises what ``TextEngine.score_candidates`` does.
    """
    return engine.score_candidates(request.prompt, request.candidates, request.neutral)
