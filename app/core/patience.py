"""How long to wait before a suggestion is shown, and when to offer none for a while."""

from __future__ import annotations

from collections import deque
from statistics import quantiles

_KEYS = 40
"""Gaps between keys that the typing rhythm is taken from."""
_KNOWN = 12
"""Gaps that are needed before anything is made of them."""
_LONGEST_GAP = 1.5
"""Seconds; a longer one is a pause for thought, no part of the rhythm."""
_RHYTHM = 1.8
"""A pause is this many times as long as nearly all gaps."""
_SHORTEST_MS, _LONGEST_MS = 150, 1_200
_DISMISSED, _TYPED_PAST = 2, 1
_SLOWER_AT, _PAUSED_AT = 10, 20
"""Five and ten dismissals; typing past a suggestion counts half."""


class Patience:
    """Learns from the gaps between keys and from what becomes of suggestions.

    Adaptive, the delay follows the typing rhythm, so that a suggestion comes when the hands rest
    and not between two keys; it doubles after five refusals in a row, and after ten suggestions are
    ``paused`` until ``resume``. Not adaptive, the delay is always the one that was set.
    """

    def __init__(self) -> None:
        self._set_ms = 350
        self._adaptive = True
        self._gaps: deque[float] = deque(maxlen=_KEYS)
        self._last: float | None = None
        self._refusals = 0

    def set_delay_ms(self, delay: int) -> None:
        """The delay until the rhythm is known, or always."""
        self._set_ms = max(0, delay)

    def set_adaptive(self, adaptive: bool) -> None:
        """Whether to learn at all."""
        self._adaptive = adaptive

    def key_typed(self, at: float) -> None:
        """A character was typed, ``at`` in seconds of any clock."""
        if self._last is not None and 0 < at - self._last < _LONGEST_GAP:
            self._gaps.append(at - self._last)
        self._last = at

    def delay_ms(self) -> int:
        """How long the hands must rest before a suggestion is shown, in milliseconds."""
        if not self._adaptive:
            return self._set_ms
        delay = self._set_ms
        if len(self._gaps) >= _KNOWN and delay:
            usual = quantiles(self._gaps, n=10)[-1] * 1000 * _RHYTHM
            delay = round(min(_LONGEST_MS, max(_SHORTEST_MS, usual)))
        return 2 * delay if self._refusals >= _SLOWER_AT else delay

    def dismissed(self) -> None:
        """A suggestion was refused by its key."""
        self._refusals += _DISMISSED

    def typed_past(self) -> None:
        """Something else was typed although a suggestion could have been read."""
        self._refusals += _TYPED_PAST

    def taken(self) -> None:
        """A suggestion was taken, at least in part."""
        self._refusals = 0

    def paused(self) -> bool:
        """Whether so many were refused that none should come by itself."""
        return self._adaptive and self._refusals >= _PAUSED_AT

    def resume(self) -> None:
        """Start over."""
        self._refusals = 0
