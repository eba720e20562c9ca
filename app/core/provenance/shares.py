"""How much of a text came from where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.core.provenance.runs import EARLIER, TYPED, Runs
from app.core.provenance.sources import Kind, Source


@dataclass(frozen=True, slots=True)
class Shares:
    """Code points of a text by where they came from."""

    typed: int = 0
    accepted: int = 0
    pasted: int = 0
    unknown: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.typed + self.accepted + self.pasted + self.unknown

    def percents(self) -> tuple[int, int, int, int]:
        """Whole percents of typed, accepted, pasted and unknown, 100 in sum; zeros for no text.

        Rounded so that the largest remainders go up, and nothing that is there becomes 0 while
        something else has more than 1.
        """
        counts = (self.typed, self.accepted, self.pasted, self.unknown)
        total = self.total
        if not total:
            return (0, 0, 0, 0)
        parts = [100 * count // total for count in counts]
        rest = sorted(range(4), key=lambda n: 100 * counts[n] % total, reverse=True)
        for n in rest[: 100 - sum(parts)]:
            parts[n] += 1
        for n in range(4):
            if counts[n] and not parts[n]:
                parts[n] = 1
                parts[parts.index(max(parts))] -= 1
        return (parts[0], parts[1], parts[2], parts[3])


def shares(runs: Runs, sources: Mapping[str, Source]) -> Shares:
    """The shares of a text with these origins; what has no source counts as unknown."""
    typed = accepted = pasted = unknown = 0
    for origin, count in runs.shares().items():
        if origin == TYPED:
            typed += count
        elif origin == EARLIER or origin not in sources:
            unknown += count
        elif sources[origin].kind is Kind.PASTE:
            pasted += count
        else:
            accepted += count
    return Shares(typed, accepted, pasted, unknown)
