"""Whether a model says by heart what it was trained on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

LONGEST_ALLOWED = 50
"""Characters in a row that a sample may share with the training text."""


@dataclass(frozen=True, slots=True)
class Memorised:
    """Of how many ``samples`` how many repeat more than ``LONGEST_ALLOWED`` characters in a row.

    ``longest`` is the longest such run, "" if there is none.
    """

    samples: int
    copied: int
    longest: str


def memorised(samples: Sequence[str], texts: Iterable[str]) -> Memorised:
    """Look for runs of the training ``texts`` in ``samples``; any white space is one space."""
    plain = [" ".join(each.split()) for each in samples]
    size = LONGEST_ALLOWED + 1
    owners: dict[str, set[int]] = {}
    for number, sample in enumerate(plain):
        for place in range(len(sample) - size + 1):
            owners.setdefault(sample[place : place + size], set()).add(number)
    copied: set[int] = set()
    longest = ""
    for text in texts if owners else ():
        known = " ".join(text.split())
        place = 0
        while place <= len(known) - size:
            found = owners.get(known[place : place + size])
            if found is None:
                place += 1
                continue
            copied |= found
            run = max((_run(known, place, plain[number]) for number in found), key=len)
            longest = max(longest, run, key=len)
            place += 1
    return Memorised(len(samples), len(copied), longest)


def _run(text: str, place: int, sample: str) -> str:
    """The longest run of both that begins at ``place`` of ``text``."""
    best, size = "", LONGEST_ALLOWED + 1
    begin = sample.find(text[place : place + size])
    while begin >= 0:
        length = size
        while (
            place + length < len(text)
            and begin + length < len(sample)
            and text[place + length] == sample[begin + length]
        ):
            length += 1
        best = max(best, text[place : place + length], key=len)
        begin = sample.find(text[place : place + size], begin + 1)
    return best
