"""Token healing: let the model re-spell the end of a prompt that stops inside a word.

"the philos" is not how any text the model has read begins a token sequence. So the prompt is cut
back as far as a token could begin that reaches beyond its end, and decoding is held to what was
typed until it is spelt (Lundberg 2023, "The Art of Prompt Design: Prompt Boundaries and Token
Healing"). Everything is counted in bytes, since a token may end inside a character.
"""

from __future__ import annotations

import bisect
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

TokenIds = npt.NDArray[np.int64]

_MAX_TAIL = 64
"""Bytes that are spelt again at most; hardly a token of any vocabulary is longer."""


class TokenPrefixes:
    """Finds the tokens that agree with bytes still to be spelt; ``token_bytes[id]`` may be b""."""

    def __init__(self, token_bytes: Sequence[bytes]) -> None:
        order = sorted(range(len(token_bytes)), key=token_bytes.__getitem__)
        self._token_bytes = token_bytes
        self._ids = np.array(order, dtype=np.int64)
        self._spelt = [token_bytes[token] for token in order]

    def split(self, token_ids: Sequence[int], keep: int = 0) -> tuple[list[int], bytes]:
        """Split a prompt into the tokens that are kept and the bytes that are spelt again.

        Cut before the token in which the earliest byte lies from which some token spells all that
        was typed and more. So every way to spell the typed bytes with a token across their end can
        be reached. Nothing is cut where no token goes on; ``keep`` tokens stay in any case.
        """
        tail = b""
        starts = [0]  # where the last tokens begin, counted from the end
        for token in reversed(token_ids[keep:]):
            spelt = self._token_bytes[token]
            if not spelt or len(tail) + len(spelt) > _MAX_TAIL:
                break
            tail = spelt + tail
            starts.append(len(tail))
        reach = next((n for n in range(len(tail), 0, -1) if self._is_extended(tail[-n:])), 0)
        count, size = next((n, start) for n, start in enumerate(starts) if start >= reach)
        return list(token_ids[: len(token_ids) - count]), tail[len(tail) - size :]

    def finishing(self, wanted: bytes) -> TokenIds:
        """Ids of the tokens that begin with ``wanted``, int64 ``[n]``."""
        start = bisect.bisect_left(self._spelt, wanted)
        return self._ids[start : self._end(wanted, start)]

    def beginning(self, wanted: bytes) -> list[tuple[int, bytes]]:
        """The tokens that ``wanted`` begins with and goes on after, with the rest of it."""
        found: list[tuple[int, bytes]] = []
        for size in range(1, len(wanted)):
            start = bisect.bisect_left(self._spelt, wanted[:size])
            end = bisect.bisect_right(self._spelt, wanted[:size], lo=start)
            found += [(token, wanted[size:]) for token in self._ids[start:end].tolist()]
        return found

    def _is_extended(self, part: bytes) -> bool:
        last = self._spelt[self._end(part, 0) - 1]
        return len(last) > len(part) and last.startswith(part)

    def _end(self, part: bytes, start: int) -> int:
        """Where the sorted tokens that begin with ``part`` end."""
        # No token goes on with that many 0xFF, which UTF-8 never uses.
        return bisect.bisect_right(self._spelt, part + b"\xff" * 8, lo=start)
