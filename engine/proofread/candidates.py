"""Corrections that may be made, each with what the model thinks of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from engine.proofread.edits import Edit, apply_edits, word_edits
from engine.proofread.guards import guard, prose_only
from engine.proofread.names import Names
from engine.proofread.rules import SPELLING_RULE, Finding

_MOST_REPLACEMENTS = 6
"""Of a rule's proposals; those further down are hardly ever meant."""
_FAR = 0.5
"""A rewrite that changes more than this share of the words is no correction."""
_FEW = 4
"""Words that may always change."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An edit of a sentence that may be made.

    ``finding`` is that of the rule that proposes it, its ``rank``-th replacement; None where only
    the model does. ``name`` says that it changes what is probably a name, ``rewritten`` that the
    model's own rewrite makes it. ``gain`` is by how much more probable, in nats, the model finds
    the sentence with it, ``company`` the same where all else of its rewrite is made; None where
    there is no model.
    """

    edit: Edit
    finding: Finding | None = None
    rank: int = 0
    rewritten: bool = False
    name: bool = False
    gain: float | None = None
    company: float | None = None


def gather(
    sentence: str, findings: Sequence[Finding], rewrite: str, names: Names
) -> list[Candidate]:
    """The candidates from what rules find in ``sentence`` and from the model's ``rewrite`` of it.

    ``rewrite`` is empty where there is no model, ``names`` are those of the whole text. An edit
    that both propose comes once. What the guards forbid is left out.
    """
    found: dict[tuple[int, int, tuple[str, ...]], Candidate] = {}
    for finding in findings:
        for rank, text in enumerate(finding.replacements[:_MOST_REPLACEMENTS]):
            changed = sentence[: finding.start] + text + sentence[finding.end :]
            edits = word_edits(sentence, changed)
            # A rule whose proposal falls into several edits is not one that can be judged.
            if len(edits) == 1 and edits[0].key not in found:
                word = sentence[finding.start : finding.end]
                name = finding.rule == SPELLING_RULE and names.is_name(word, text)
                found[edits[0].key] = Candidate(edits[0], finding, rank, name=name)
    for edit in rewrite_edits(sentence, rewrite):
        known = found.get(edit.key)
        found[edit.key] = (
            Candidate(edit, rewritten=True) if known is None else replace(known, rewritten=True)
        )
    return [each for each in found.values() if allowed(sentence, each.edit)]


def rewrite_edits(sentence: str, rewrite: str) -> list[Edit]:
    """The edits of the model's rewrite; none where it is no correction but another text."""
    if not rewrite.strip():
        return []
    edits = word_edits(sentence, rewrite)
    touched = sum(max(edit.last - edit.first, len(edit.words)) for edit in edits)
    length = len(sentence.split())
    return edits if touched <= max(_FEW, _FAR * length) else []


def allowed(sentence: str, edit: Edit) -> bool:
    """Whether the guards let the edit be made."""
    old = sentence[edit.start : edit.end]
    return prose_only(sentence, edit.start, edit.end) and not guard(
        sentence[: edit.start], old, edit.text
    )


def versions(sentence: str, candidates: Sequence[Candidate]) -> list[str]:
    """The sentences whose probabilities ``with_gains`` compares, the one as it is first."""
    own = [each.edit for each in candidates if each.rewritten]
    asked = [sentence, *(apply_edits(sentence, [each.edit]) for each in candidates)]
    if len(own) > 1:
        asked.append(apply_edits(sentence, own))
        asked += [apply_edits(sentence, [e for e in own if e != edit]) for edit in own]
    return list(dict.fromkeys(asked))


def with_gains(
    sentence: str, candidates: Sequence[Candidate], logprobs: dict[str, float]
) -> list[Candidate]:
    """The candidates with their gains, from the log-probabilities of the ``versions``."""
    own = [each.edit for each in candidates if each.rewritten]
    base = logprobs[sentence]
    judged = []
    for each in candidates:
        gain = logprobs[apply_edits(sentence, [each.edit])] - base
        company = gain
        if each.rewritten and len(own) > 1:
            without = apply_edits(sentence, [edit for edit in own if edit != each.edit])
            company = logprobs[apply_edits(sentence, own)] - logprobs[without]
        judged.append(replace(each, gain=gain, company=company))
    return judged
