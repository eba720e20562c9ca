"""A few sequences' caches, so that returning to a document or a chat is no new start."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from engine.api import CacheUsage
from engine.runtime.kv_cache import KVCache

_MAX_SEQUENCES = 8
"""Each takes address space for the whole context, whatever it holds."""


class CacheMaker(Protocol):
    """A session: what it put into a cache means nothing to another one."""

    def new_cache(self) -> KVCache: ...


class CachePool:
    """Lends the cache that knows most of a prompt; forgets the longest unused beyond a budget.

    All sessions share the budget, and never a cache.

    A cache is lent to one generation at a time and is never forgotten while lent, nor is the one
    used last, which the next request most likely continues; so one long sequence may exceed
    ``budget_bytes``, several together do not. Not thread-safe but for ``usage``.
    """

    def __init__(self, budget_bytes: int) -> None:
        self._budget = budget_bytes
        self._caches: list[KVCache] = []
        """The one used last comes last."""
        self._lent: list[KVCache] = []
        self._closed: list[CacheMaker] = []

    def take(self, token_ids: Sequence[int], length: int, session: CacheMaker) -> KVCache:
        """A cache of ``session`` for a prompt that will grow to ``length`` positions.

        Where the best match holds much more that the prompt does not share, as another place of a
        document or another answer to the same instructions, that stays, and the shared part is
        copied: moving memory is a hundred times quicker than computing it again.
        """
        own = (cache for cache in self._caches if cache.owner is session)
        best = max(own, key=lambda cache: cache.shared(token_ids), default=None)
        shared = best.shared(token_ids) if best is not None else 0
        if best is not None and shared and 2 * shared >= best.settled and not self._is_lent(best):
            cache = best
            self._caches.remove(best)
        else:
            cache = session.new_cache()
            cache.owner = session
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
        if keep and not any(cache.owner is each for each in self._closed):
            self._caches.append(cache)
        self._closed = [
            each for each in self._closed if any(other.owner is each for other in self._lent)
        ]
        self._forget(0)

    def drop(self, session: CacheMaker) -> None:
        """Forget what belongs to a session that is to be closed; of what is lent, at its return."""
        self._caches = [cache for cache in self._caches if cache.owner is not session]
        if any(cache.owner is session for cache in self._lent):
            self._closed.append(session)

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
