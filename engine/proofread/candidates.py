"""Corrections that may be made, each with what the model thinks of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from engine.proofread.edits import Edit, apply_edits, word_edits
from engine.proofread.guards import guard, prose_only
from engine.proofread.kinds import ErrorKind, error_kind
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
    model's own rewrite makes it, ``near`` that one finds something at the place of an edit of the
    other, and would change it otherwise. ``kind`` is what it would mend. ``gain`` is by how much
    more probable, in nats, the model finds the sentence with it, ``company`` the same where all
    else of its rewrite is made; None where there is no model.
    """

    edit: Edit
    kind: ErrorKind
    finding: Finding | None = None
    rank: int = 0
    rewritten: bool = False
    near: bool = False
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
    own = rewrite_edits(sentence, rewrite)
    # By what becomes of the sentence: of a word written twice either may go.
    found: dict[str, Candidate] = {}
    for edit in own:
        kind = error_kind(sentence, edit)
        near = any(_at_place(edit, each) for each in findings)
        made = apply_edits(sentence, [edit])
        found[made] = Candidate(edit, kind, rewritten=True, near=near)
    for finding in findings:
        near = any(_at_place(edit, finding) for edit in own)
        for rank, text in enumerate(finding.replacements[:_MOST_REPLACEMENTS]):
            changed = sentence[: finding.start] + text + sentence[finding.end :]
            edits = word_edits(sentence, changed)
            # A rule whose proposal falls into several edits is not one that can be judged.
            if len(edits) != 1:
                continue
            word = sentence[finding.start : finding.end]
            name = finding.rule == SPELLING_RULE and names.is_name(word, text)
            known = found.get(changed)
            if known is None:
                kind = error_kind(sentence, edits[0])
                found[changed] = Candidate(edits[0], kind, finding, rank, near=near, name=name)
            elif known.finding is None:
                found[changed] = replace(known, finding=finding, rank=rank, name=name)
    return [each for each in found.values() if allowed(sentence, each.edit)]


def _at_place(edit: Edit, finding: Finding) -> bool:
    if edit.start == edit.end:
        return finding.start <= edit.start <= finding.end
    return edit.start < finding.end and finding.start < edit.end


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
