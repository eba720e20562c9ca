from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from engine.cancel import CancelToken
from engine.export import export_model
from engine.runtime.kv_cache import KVCache, KVShape
from engine.runtime.session import DecoderSession
from engine.store.manifest import read_manifest


class NoBinding:
    """Takes buffers and forgets them."""

    def bind_ortvalue_input(self, name: str, value: object) -> None: ...

    def bind_ortvalue_output(self, name: str, value: object) -> None: ...


def session_of(directory: Path) -> DecoderSession:
    manifest = read_manifest(directory)
    shape = KVShape(manifest.layers, manifest.kv_heads, manifest.head_dim, manifest.context)
    return DecoderSession(directory, shape, manifest.vocab, 1)


def resident_bytes() -> int:
    pages = Path("/proc/self/statm").read_text("ascii").split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_a_long_context_takes_only_the_memory_that_is_written() -> None:
    cache = KVCache(NoBinding, KVShape(layers=30, heads=3, head_dim=64, max_length=8192))
    before = resident_bytes()
    cache.reserve(8192)
    assert resident_bytes() - before < 16_000_000
    assert cache.capacity == 8192


def test_moving_to_a_larger_reservation_keeps_what_was_written(
    make_tiny_gguf: Callable[..., Path], tmp_path: Path
) -> None:
    directory = tmp_path / "model"
    export_model(make_tiny_gguf(tmp_path / "long.gguf", context=2048), directory, name="long")
    session = session_of(directory)
    moving, whole = session.new_cache(first_bytes=1), session.new_cache()
    ids = [7 + number % 400 for number in range(1500)]
    for start in range(0, 1500, 100):
        chunk = ids[start : start + 100]
        left = session.forward(moving, chunk, 1, CancelToken())
        right = session.forward(whole, chunk, 1, CancelToken())
    assert whole.capacity == 2048
    assert np.array_equal(left, right)
    assert moving.tokens == ids


def test_only_settled_positions_are_reused() -> None:
    cache = KVCache(NoBinding, KVShape(1, 1, 8, 64))
    cache.append([1, 2, 3], settled=True)
    cache.append([4], settled=False)
    cache.append([5, 6], settled=True)
    assert cache.shared([1, 2, 3, 4, 5, 6]) == 3
    assert cache.reuse([1, 2, 9]) == 2
    assert cache.tokens == [1, 2]


def test_a_batch_gives_each_row_the_logits_that_it_has_alone(tiny_model: Path) -> None:
    session, cancel = session_of(tiny_model), CancelToken()
    read = session.new_cache()
    session.forward(read, list(range(10, 40)), 1, cancel)
    batch = session.new_batch(read, rows=3, room=8)
    alone = [session.new_cache() for _ in range(3)]
    for cache in alone:
        cache.copy_prefix(read, 30)
    for step in range(5):
        tokens = [50 + step, 60 + 2 * step, 70 + 3 * step]
        together = session.forward_batch(batch, tokens, cancel)
        for row, cache, token in zip(together, alone, tokens, strict=True):
            assert np.array_equal(row, session.forward(cache, [token], 1, cancel)[0])
    assert read.tokens == list(range(10, 40))


def test_an_exact_pass_of_one_token_has_the_bits_of_a_longer_one(tiny_model: Path) -> None:
    session, cancel = session_of(tiny_model), CancelToken()
    whole, single = session.new_cache(), session.new_cache()
    ids = [7 + 3 * number for number in range(60)]
    rows = session.forward(whole, ids, 30, cancel)
    session.forward(single, ids[:30], 1, cancel)
    for place in range(30):
        row = session.forward(single, [ids[30 + place]], 1, cancel, exact=True)[0]
        assert np.array_equal(row, rows[place])
    assert single.settled == 60


def test_the_logits_of_a_prompt_are_remembered_until_it_is_cut() -> None:
    cache = KVCache(NoBinding, KVShape(1, 1, 8, 64))
    logits = np.ones(5, np.float32)
    cache.append([1, 2, 3], settled=True)
    cache.remember(logits)
    cache.append([4], settled=False)
    cache.remember(np.zeros(5, np.float32))  # not of settled positions: not kept
    assert cache.recall([1, 2]) is None
    assert cache.recall([1, 2, 9]) is None
    assert cache.recall([1, 2, 3]) is logits
    assert cache.tokens == [1, 2, 3]
    cache.rewind(2)
    cache.append([3], settled=True)
    assert cache.recall([1, 2, 3]) is None
