"""Stretches of a line that something was found in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self


@dataclass(frozen=True, slots=True)
class Mark:
    """Something was found in the UTF-16 units ``start`` to ``end`` of a line."""

    start: int
    end: int

    def moved(self, units: int) -> Self:
        """The same farther on in the line."""
        return replace(self, start=self.start + units, end=self.end + units)
