from __future__ import annotations

from collections.abc import Sequence

import pytest

from engine.runtime.cache_pool import CachePool
from engine.runtime.kv_cache import KVCache, KVShape

SHAPE = KVShape(layers=1, heads=1, head_dim=8, max_length=4096)
TOKEN = SHAPE.bytes_per_token()


class NoBinding:
    """Takes buffers and forgets them."""

    def bind_ortvalue_input(self, name: str, value: object) -> None: ...

    def bind_ortvalue_output(self, name: str, value: object) -> None: ...


class Session:
    """Makes caches, and nothing else."""

    def new_cache(self) -> KVCache:
        return KVCache(NoBinding, SHAPE)


PLAIN = Session()


@pytest.fixture
def pool() -> CachePool:
    return CachePool(1000 * TOKEN)


def read(pool: CachePool, ids: Sequence[int], session: Session = PLAIN) -> KVCache:
    """Lend a cache for ``ids`` and fill it as a prefill would."""
    cache = pool.take(ids, len(ids), session)
    start = cache.reuse(ids)
    cache.reserve(len(ids))
    cache.append(list(ids[start:]), settled=True)
    return cache


def known(pool: CachePool, ids: Sequence[int], session: Session = PLAIN) -> int:
    """How much of ``ids`` the pool would save computing."""
    cache = pool.take(ids, 0, session)
    shared = cache.shared(ids)
    pool.give_back(cache)
    return shared


def test_two_documents_and_a_chat_all_stay(pool: CachePool) -> None:
    texts = [range(number, number + 300) for number in (0, 1000, 2000)]
    for text in texts:
        pool.give_back(read(pool, text))
    assert [known(pool, text) for text in texts] == [300, 300, 300]
    assert pool.usage().sequences == 3
    assert pool.usage().used_bytes == 900 * TOKEN


def test_the_longest_unused_is_forgotten_when_the_budget_is_spent(pool: CachePool) -> None:
    first, second, third = range(400), range(1000, 1400), range(2000, 2400)
    for text in (first, second, first, third):
        pool.give_back(read(pool, text))
    assert pool.usage().used_bytes <= 1000 * TOKEN
    assert (known(pool, third), known(pool, first)) == (400, 400)
    assert known(pool, second) == 0


def test_a_sequence_above_the_budget_stays_until_another_comes(pool: CachePool) -> None:
    pool.give_back(read(pool, range(2000)))
    assert known(pool, range(2000)) == 2000
    pool.give_back(read(pool, range(5000, 5400)))
    assert pool.usage().sequences == 1


def test_the_same_beginning_is_copied_where_the_rest_is_worth_keeping(pool: CachePool) -> None:
    instructions, a, b = list(range(50)), list(range(100, 300)), list(range(400, 600))
    pool.give_back(read(pool, instructions + a))
    other = pool.take(instructions + b, 250, PLAIN)
    assert other.shared(instructions + b) == 50
    pool.give_back(other)
    assert known(pool, instructions + a) == 250


def test_a_lent_cache_is_neither_lent_again_nor_forgotten(pool: CachePool) -> None:
    text = range(800)
    lent = read(pool, text)
    beside = pool.take(text, 900, PLAIN)
    assert beside is not lent
    assert beside.shared(text) == 800
    assert lent.tokens == list(text)
    pool.give_back(beside, keep=False)
    pool.give_back(lent)
    assert pool.take(text, 800, PLAIN) is lent


def test_what_one_session_read_is_nothing_to_another(pool: CachePool) -> None:
    adapted = Session()
    pool.give_back(read(pool, range(300)))
    assert known(pool, range(300), adapted) == 0
    pool.give_back(read(pool, range(300), adapted))
    assert known(pool, range(300)) == known(pool, range(300), adapted) == 300
    pool.drop(adapted)
    assert known(pool, range(300), adapted) == 0
    assert known(pool, range(300)) == 300


def test_what_was_lent_when_its_session_went_is_not_kept(pool: CachePool) -> None:
    adapted = Session()
    lent = read(pool, range(300), adapted)
    pool.drop(adapted)
    pool.give_back(lent)
    assert pool.usage().sequences == 0
    pool.give_back(read(pool, range(300)))
    assert known(pool, range(300)) == 300
