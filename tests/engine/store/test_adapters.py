"""Adapters on the disk: what is read is checked, and what is wrong is said."""

from __future__ import annotations

import dataclasses
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from benchmarks.random_adapter import write_random_adapter
from engine import (
    AdapterDamaged,
    AdapterNotFound,
    AdapterUnfit,
    adapter_for,
    find_adapter,
    list_adapters,
)
from engine.store.adapters import (
    ADAPTER_NAME,
    ADAPTER_WEIGHTS,
    TARGETS,
    check_fits,
    read_adapter,
    verify_adapter,
)
from engine.store.manifest import read_manifest

Change = Callable[[dict[str, Any]], object]


@pytest.fixture
def adapter(tiny_model: Path, tmp_path: Path) -> Path:
    write_random_adapter(tmp_path / "own" / "fixer", read_manifest(tiny_model), "proofread")
    return tmp_path / "own" / "fixer"


def rewrite(adapter: Path, change: Change) -> None:
    data = json.loads((adapter / ADAPTER_NAME).read_text("utf-8"))
    change(data)
    (adapter / ADAPTER_NAME).write_text(json.dumps(data), "utf-8")


def test_an_adapter_says_what_it_is(adapter: Path, tiny_model: Path) -> None:
    info = read_adapter(adapter)
    assert (info.name, info.task, info.model) == ("fixer", "proofread", "tiny")
    assert (info.rank, info.targets) == (16, TARGETS)
    assert info.size_bytes == (adapter / ADAPTER_WEIGHTS).stat().st_size
    verify_adapter(info)
    check_fits(info, read_manifest(tiny_model))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda data: data.update(format=2), "format"),
        (lambda data: data.update(format=True), "format"),
        (lambda data: data.pop("rank"), "'rank'"),
        (lambda data: data.update(rank=0), "'rank'"),
        (lambda data: data.update(rank=10**9), "'rank'"),
        (lambda data: data.update(alpha=-1), "'alpha'"),
        (lambda data: data.update(alpha=float("nan")), "'alpha'"),
        (lambda data: data.update(targets=[]), "'targets'"),
        (lambda data: data.update(targets=["ffn.down", "ffn.down"]), "'targets'"),
        (lambda data: data.update(targets=[["ffn.down"]]), "cannot be adapted"),
        (lambda data: data.update(targets=["../embedding"]), "cannot be adapted"),
        (lambda data: data.update(task="rule the world"), "unknown"),
        (lambda data: data.update(task=3), "'task'"),
        (lambda data: data.update(prompt="Correct this:"), "prompt"),
        (lambda data: data.update(prompt="{text} {text}"), "prompt"),
        (lambda data: data.update(files={}), ADAPTER_WEIGHTS),
        (lambda data: data["files"].update({"../x": {}}), "plain file name"),
        (lambda data: data["files"][ADAPTER_WEIGHTS].update(size=1 << 40), "larger than 20 MB"),
        (lambda data: data["files"][ADAPTER_WEIGHTS].update(size=7), "7"),
        (lambda data: data["files"][ADAPTER_WEIGHTS].update(sha256="x"), "SHA-256"),
    ],
)
def test_a_wrong_description_is_refused(adapter: Path, change: Change, reason: str) -> None:
    rewrite(adapter, change)
    with pytest.raises(AdapterDamaged, match=reason):
        read_adapter(adapter)
    assert list_adapters([adapter.parent]) == []


def test_what_is_no_description_is_refused(adapter: Path) -> None:
    for text in ("[1, 2]", "{", "{" * 100_000):
        (adapter / ADAPTER_NAME).write_text(text, "utf-8")
        with pytest.raises(AdapterDamaged, match=r"adapter\.json"):
            read_adapter(adapter)


def test_changed_weights_are_noticed(adapter: Path) -> None:
    info = read_adapter(adapter)
    raw = (adapter / ADAPTER_WEIGHTS).read_bytes()
    (adapter / ADAPTER_WEIGHTS).write_bytes(raw[:-1] + bytes([raw[-1] ^ 1]))
    with pytest.raises(AdapterDamaged, match="have changed"):
        verify_adapter(info)
    (adapter / ADAPTER_WEIGHTS).write_bytes(raw[:-1])
    with pytest.raises(AdapterDamaged, match="bytes instead of"):
        read_adapter(adapter)
    (adapter / ADAPTER_WEIGHTS).unlink()
    with pytest.raises(AdapterDamaged, match="missing"):
        read_adapter(adapter)


@pytest.mark.skipif(os.name != "posix", reason="links need rights on Windows")
def test_a_link_is_not_followed(adapter: Path, tmp_path: Path) -> None:
    (adapter / ADAPTER_WEIGHTS).rename(tmp_path / "elsewhere")
    (adapter / ADAPTER_WEIGHTS).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(AdapterDamaged, match="not a plain file"):
        read_adapter(adapter)


def test_an_adapter_for_another_model_says_for_which(adapter: Path, tiny_model: Path) -> None:
    manifest = read_manifest(tiny_model)
    info = read_adapter(adapter)
    for other in ({"name": "large"}, {"layers": 3}, {"hidden": 96}, {"vocab": 7}):
        with pytest.raises(AdapterUnfit, match="made for the model tiny"):
            check_fits(info, dataclasses.replace(manifest, **other))


def test_adapters_are_found_by_name_path_and_task(
    adapter: Path, tiny_model: Path, tmp_path: Path
) -> None:
    shipped, own = tmp_path / "shipped", adapter.parent
    write_random_adapter(shipped / "goes-on", read_manifest(tiny_model), "continue")
    write_random_adapter(shipped / "fixer", read_manifest(tiny_model), "proofread")
    folders = [shipped, own, tmp_path / "missing"]
    assert [info.name for info in list_adapters(folders)] == ["fixer", "goes-on"]
    assert find_adapter("fixer", folders).path == shipped / "fixer"
    assert find_adapter(str(adapter), []).path == adapter
    proofreader = adapter_for("proofread", "tiny", folders)
    assert proofreader is not None
    assert proofreader.path == shipped / "fixer"
    assert adapter_for("proofread", "another", folders) is None
    assert adapter_for("sentiment", "tiny", folders) is None
    with pytest.raises(AdapterNotFound, match="There is: fixer, goes-on"):
        find_adapter("fix", folders)
    with pytest.raises(AdapterNotFound, match="None is installed"):
        find_adapter("fixer", [])
