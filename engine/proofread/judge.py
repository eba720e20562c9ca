"""Which candidates become corrections."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.proofread.candidates import Candidate
from engine.proofread.kinds import ErrorKind
from engine.proofread.rules import SPELLING_RULE

_OF_WORDS = frozenset((ErrorKind.EXTRA_WORD, ErrorKind.MISSING_WORD, ErrorKind.WORDING))
"""What the model changes like this is a matter of taste more often than a mistake."""


@dataclass(frozen=True, slots=True)
class Margins:
    """The least gains, in nats, of what is proposed by a rule, by the model, and by both.

    ``spelling`` is for what dictionaries would make of a word they lack where the model leaves it,
    ``words`` for words that only the model would put in, take out or say otherwise, ``near`` for
    what the model does at a place where a rule would do something else, and ``name`` for what would
    be made of a probable name. What a rule proposes where the model changes something itself is
    left to the model.

    Tuned on the 240 held-out texts of ``training/proofread``; docs/quality.md says how.
    """

    rule: float = -5.0
    spelling: float = -4.0
    model: float = 0.5
    words: float = 8.0
    near: float = 3.0
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
    if candidate.near and not candidate.rewritten:
        return False
    return _worth(candidate) >= _margin(candidate, margins)


def _margin(candidate: Candidate, margins: Margins) -> float:
    finding = candidate.finding
    if candidate.name:
        return margins.name
    if finding is not None and candidate.rewritten:
        return margins.both
    if finding is not None:
        return margins.spelling if finding.rule == SPELLING_RULE else margins.rule
    if candidate.near:
        return margins.near
    return margins.words if candidate.kind in _OF_WORDS else margins.model


def _worth(candidate: Candidate) -> float:
    if candidate.gain is None or candidate.company is None:
        return 0.0
    return max(candidate.gain, candidate.company)


def _apart(one: Candidate, two: Candidate) -> bool:
    a, b = one.edit, two.edit
    if a.first == a.last and b.first == b.last:
        return a.first != b.first
    return a.last <= b.first or b.last <= a.first
