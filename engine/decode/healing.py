"""Token healing: let the model re-spell an unfinished last word.

"the philos" is not how any text the model has read begins a token sequence. The prompt is cut back
to where the last word starts and decoding is held to tokens that spell what was typed, until it is
spelt out (Lundberg 2023, "The Art of Prompt Design: Prompt Boundaries and Token Healing").
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

_LAST_WORD = re.compile(r"(?: ?[^\W\d_]+(?:['\u2019][^\W\d_]*)?| ?\d| ?[^\s\w]+|\s+)\Z")
_MAX_TAIL = 48


def split_for_healing(text: str) -> tuple[str, str]:
    """Split a prompt into what is kept and the tail the model is to spell again.

    The tail is the last word with the space before it, or the white space at the end.
    """
    match = _LAST_WORD.search(text, max(0, len(text) - _MAX_TAIL))
    cut = match.start() if match else len(text)
    return text[:cut], text[cut:]


class TokenPrefixes:
    """Finds the tokens that agree with bytes still to be spelt; ``token_bytes[id]`` may be b""."""

    def __init__(self, token_bytes: Sequence[bytes]) -> None:
        order = sorted(range(len(token_bytes)), key=token_bytes.__getitem__)
        self._ids = order
        self._spelt = [token_bytes[token] for token in order]

    def matching(self, wanted: bytes) -> npt.NDArray[np.int64]:
        """Ids of tokens that begin with ``wanted`` or that it begins with, int64 ``[n]``."""
        start = bisect.bisect_left(self._spelt, wanted)
        upper = wanted + b"\xff" * 8
        end = bisect.bisect_right(self._spelt, upper, lo=start)
        found = self._ids[start:end]
        for size in range(1, len(wanted)):
            part = wanted[:size]
            at = bisect.bisect_left(self._spelt, part)
            while at < len(self._spelt) and self._spelt[at] == part:
                found.append(self._ids[at])
                at += 1
        return np.array(found, dtype=np.int64)
