"""Which candidates become corrections."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.proofread.candidates import Candidate


@dataclass(frozen=True, slots=True)
class Margins:
    """The least gains, in nats, of what is proposed by a rule, by the model, and by both.

    ``name`` is for what a rule or both would make of a probable name.

    Tuned on held-out pairs of text with errors and without.
    """

    rule: float = 2.0
    model: float = 1.0
    both: float = -1.0
    name: float = 6.0


def choose(candidates: Sequence[Candidate], margins: Margins) -> list[Candidate]:
    """The candidates that are sure enough, in the order of the text and apart from each other.

    Of those that exclude each other the one with the greatest gain is taken. Where there is no
    model, that is a rule's first replacement.
    """
    sure = [each for each in candidates if _is_sure(each, margins)]
    taken: list[Candidate] = []
    for each in sorted(sure, key=_worth, reverse=True):
        if all(_apart(each, other) for other in taken):
            taken.append(each)
    return sorted(taken, key=lambda each: (each.edit.start, each.edit.end))


def _is_sure(candidate: Candidate, margins: Margins) -> bool:
    if candidate.gain is None or candidate.company is None:
        return candidate.rank == 0 and not candidate.name
    if candidate.name:
        return candidate.gain >= margins.name
    if candidate.finding is None:
        return max(candidate.gain, candidate.company) >= margins.model
    if candidate.rewritten:
        return max(candidate.gain, candidate.company) >= margins.both
    return candidate.gain >= margins.rule


def _worth(candidate: Candidate) -> float:
    if candidate.gain is None or candidate.company is None:
        return 0.0
    return max(candidate.gain, candidate.company)


def _apart(one: Candidate, two: Candidate) -> bool:
    a, b = one.edit, two.edit
    if a.first == a.last and b.first == b.last:
        return a.first != b.first
    return a.last <= b.first or b.last <= a.first
