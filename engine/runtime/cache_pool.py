"""A few sequences' caches, so that returning to a document or a chat is no new start."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from engine.api import CacheUsage
from engine.runtime.kv_cache import KVCache

_MAX_SEQUENCES = 8
"""Each takes address space for the whole context, whatever it holds."""


class CachePool:
    """Lends the cache that knows most of a prompt; forgets the longest unused beyond a budget.

    A cache is lent to one generation at a time and is never forgotten while lent, nor is the one
    used last, which the next request most likely continues; so one long sequence may exceed
    ``budget_bytes``, several together do not. Not thread-safe but for ``usage``.
    """

    def __init__(self, new_cache: Callable[[], KVCache], budget_bytes: int) -> None:
        self._new_cache = new_cache
        self._budget = budget_bytes
        self._caches: list[KVCache] = []
        """The one used last comes last."""
        self._lent: list[KVCache] = []

    def take(self, token_ids: Sequence[int], length: int) -> KVCache:
        """A cache for a prompt ``token_ids`` that will grow to ``length`` positions.

        Where the best match holds much more that the prompt does not share, as another place of a
        document or another answer to the same instructions, that stays, and the shared part is
        copied: moving memory is a hundred times quicker than computing it again.
        """
        best = max(self._caches, key=lambda cache: cache.shared(token_ids), default=None)
        shared = best.shared(token_ids) if best is not None else 0
        if best is not None and shared and 2 * shared >= best.settled and not self._is_lent(best):
            cache = best
            self._caches.remove(best)
        else:
            cache = self._new_cache()
            if best is not None and shared:
                cache.copy_prefix(best, shared)
        self._lent.append(cache)
        self._caches.append(cache)
        self._forget(cache.bytes_for(length))
        return cache

    def give_back(self, cache: KVCache, *, keep: bool = True) -> None:
        """End a loan; with ``keep`` False what the cache holds is of no further use."""
        self._lent = [other for other in self._lent if other is not cache]
        self._caches = [other for other in self._caches if other is not cache]
        if keep:
            self._caches.append(cache)
        self._forget(0)

    def usage(self) -> CacheUsage:
        """The budget and what is used of it."""
        caches = tuple(self._caches)
        return CacheUsage(self._budget, sum(cache.size_bytes() for cache in caches), len(caches))

    def _forget(self, last_bytes: int) -> None:
        """Forget unused caches until all fit, the last one having at least ``last_bytes``."""
        while self._caches:
            sizes = [cache.size_bytes() for cache in self._caches]
            total = sum(sizes[:-1]) + max(sizes[-1], last_bytes)
            if total <= self._budget and len(sizes) <= _MAX_SEQUENCES:
                return
            idle = (place for place, cache in enumerate(self._caches) if not self._is_lent(cache))
            oldest = next(idle, len(sizes) - 1)
            if oldest == len(sizes) - 1:
                return
            del self._caches[oldest]

    def _is_lent(self, cache: KVCache) -> bool:
        return any(other is cache for other in self._lent)
