"""Between Qt's positions, which count UTF-16 units, and Python's, which count code points."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


def utf16_length(text: str) -> int:
    """Number of UTF-16 units of ``text``."""
    return len(text) + _astral(text)


def to_utf16(text: str, index: int) -> int:
    """The UTF-16 position of the code point at ``index``; past the end, that of the end."""
    return utf16_length(text[:index])


def from_utf16(text: str, position: int) -> int:
    """The index of the code point at a UTF-16 position; inside a pair, of that pair.

    Past the end, that of the end.
    """
    # Code points before the position are never more than units, so nothing beyond matters.
    before = text[:position]
    surplus = _astral(before)
    if not surplus:
        return len(before)
    for match in reversed(list(_ASTRAL.finditer(before))):
        # ``surplus`` counts the pairs up to and with this one.
        end = match.end() + surplus
        if position >= end:
            return min(match.end() + position - end, len(text))
        surplus -= 1
        if position > match.start() + surplus:
            return match.start()
    return position


def utf16_positions(text: str, indices: NDArray[np.int64]) -> NDArray[np.int64]:
    """The UTF-16 positions of many code points, none past the end."""
    if text.isascii():
        return indices
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    return indices + np.searchsorted(np.flatnonzero(codes > 0xFFFF), indices, "left")


def _astral(text: str) -> int:
    return 0 if text.isascii() else sum(1 for _ in _ASTRAL.finditer(text))
