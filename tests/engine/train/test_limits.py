"""What is said before training where memory or disk would not do."""

from __future__ import annotations

import shutil
from collections import namedtuple
from pathlib import Path

import pytest

from engine import EngineError
from engine.export.families import FAMILIES, DecoderConfig
from engine.train import limits
from engine.train.limits import TooLittleMemory, bytes_needed, fitting_rows, require_space

_CONFIG = DecoderConfig(
    layers=30,
    hidden=576,
    heads=9,
    kv_heads=3,
    head_dim=64,
    ffn=1536,
    vocab=49_152,
    context=8192,
    rope=None,
    blocks=FAMILIES["llama"].blocks,
)
_SIZES = (_CONFIG, 134_500_000, 4_900_000, 256)


def test_fewer_rows_are_taken_until_they_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    assert fitting_rows(*_SIZES, rows=4) in (1, 2, 4)
    needed = [bytes_needed(*_SIZES[:3], rows * 256) for rows in (1, 2)]
    for free, rows in ((64_000_000_000, 4), (needed[1] / 0.6, 2), (needed[0], 1), (None, 4)):
        monkeypatch.setattr(limits, "available_memory", lambda free=free: free)
        assert fitting_rows(*_SIZES, rows=4) == rows


def test_a_machine_without_memory_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "available_memory", lambda: 400_000_000)
    with pytest.raises(TooLittleMemory, match=r"400 MB are free\. Nothing was changed\. Close"):
        fitting_rows(*_SIZES, rows=4)


def test_one_core_is_left_to_the_window(monkeypatch: pytest.MonkeyPatch) -> None:
    for cores, threads in ((1, 1), (2, 1), (8, 7)):
        monkeypatch.setattr(limits, "physical_cores", lambda cores=cores: cores)
        assert limits.default_threads() == threads


def test_a_full_disk_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", ["total", "used", "free"])
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(10, 9, 2_000_000))
    require_space(tmp_path, 1_000_000)
    with pytest.raises(EngineError, match=r"needs 3 MB .* 2 MB are free\. Nothing was changed"):
        require_space(tmp_path, 3_000_000)
