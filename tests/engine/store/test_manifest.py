from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.errors import ModelDamaged
from engine.store.manifest import (
    MANIFEST_NAME,
    check_files,
    read_manifest,
    verify_files,
    write_manifest,
)

Change = Callable[[dict[str, Any]], object]


@pytest.fixture
def model(tiny_model: Path, tmp_path: Path) -> Path:
    """A copy of the tiny model that a test may damage."""
    return Path(shutil.copytree(tiny_model, tmp_path / "tiny"))


def _rewrite(model: Path, change: Change) -> None:
    path = model / MANIFEST_NAME
    data = json.loads(path.read_text("utf-8"))
    change(data)
    path.write_text(json.dumps(data), "utf-8")


def _entry(data: dict[str, Any], name: str) -> dict[str, Any]:
    entry: dict[str, Any] = data["files"][name]
    return entry


def test_what_is_written_is_read(model: Path) -> None:
    manifest = read_manifest(model)
    write_manifest(model, manifest)
    assert read_manifest(model) == manifest
    assert manifest.size_bytes == sum((model / name).stat().st_size for name in manifest.files)
    verify_files(model, manifest)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda data: data.update(format_version=2), "format version"),
        (lambda data: data.update(format_version=True), "format version"),
        (lambda data: data.pop("layers"), "'layers' is missing"),
        (lambda data: data.update(layers=0), "'layers'"),
        (lambda data: data.update(layers=True), "'layers'"),
        (lambda data: data.update(context=10**12), "'context'"),
        (lambda data: data.update(hidden=64.0), "'hidden'"),
        (lambda data: data.update(kv_heads=3), "multiple"),
        (lambda data: data.update(precision="int3"), "precision"),
        (lambda data: data.update(stop_ids=[10**6]), "'stop_ids'"),
        (lambda data: data.update(stop_ids=list(range(65))), "'stop_ids'"),
        (lambda data: data.update(eos_id=-1), "'eos_id'"),
        (lambda data: data.update(add_bos=1), "'add_bos'"),
        (lambda data: data.update(add_bos=True, bos_id=None), "'bos_id'"),
        (lambda data: data.update(name=["x"]), "'name'"),
        (lambda data: data.update(licence="x" * 5000), "'licence'"),
        (lambda data: data.update(files=[]), "'files'"),
        (lambda data: data.update(loss=0.1), "'loss'"),
        (lambda data: data.update(loss={"reference": "int8", "tokens": 0}), "'tokens'"),
        (
            lambda data: data.update(loss={"reference": "int8", "tokens": 9, "divergence": -1}),
            "'divergence'",
        ),
        (lambda data: data["files"].pop("model.onnx"), r"model\.onnx is not listed"),
        (lambda data: _entry(data, "model.onnx").update(size=-1), "'size'"),
        (lambda data: _entry(data, "model.onnx").update(sha256="zz"), "malformed"),
        (lambda data: data["files"].update({"model.onnx": None}), "not an object"),
    ],
)
def test_a_manifest_with_a_wrong_value_is_refused(model: Path, change: Change, reason: str) -> None:
    _rewrite(model, change)
    with pytest.raises(ModelDamaged, match=reason):
        read_manifest(model)


@pytest.mark.parametrize(
    "name",
    [
        "../outside", "/etc/passwd", "a/b", "a\\b", "C:x", "x:stream", "", ".", "..", ".hidden",
        "-rf", "x.", "model.json", "nul\0", "ünï", "a b", "x" * 101, "~", "file\n",
    ],
)  # fmt: skip
def test_a_name_that_is_no_plain_file_name_is_refused(model: Path, name: str) -> None:
    _rewrite(model, lambda data: data["files"].update({name: _entry(data, "model.onnx")}))
    with pytest.raises(ModelDamaged, match="not a plain file name"):
        read_manifest(model)


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 100_000, b" " * 300_000]
)
def test_a_file_that_is_no_manifest_is_refused(model: Path, content: bytes) -> None:
    (model / MANIFEST_NAME).write_bytes(content)
    with pytest.raises(ModelDamaged, match=r"model\.json"):
        read_manifest(model)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), value=json_values)
def test_any_value_anywhere_is_read_or_refused_but_never_a_surprise(
    model: Path, tiny_model: Path, data: st.DataObject, value: object
) -> None:
    manifest = json.loads((tiny_model / MANIFEST_NAME).read_text("utf-8"))
    manifest[data.draw(st.sampled_from(sorted(manifest)))] = value
    (model / MANIFEST_NAME).write_text(json.dumps(manifest), "utf-8")
    with contextlib.suppress(ModelDamaged):
        read_manifest(model)


def test_a_missing_folder_is_a_damaged_model(tmp_path: Path) -> None:
    with pytest.raises(ModelDamaged, match="cannot be read"):
        read_manifest(tmp_path / "absent")


def test_a_missing_or_cut_file_is_noticed_quickly(model: Path) -> None:
    manifest = read_manifest(model)
    weights = model / "model.weights"
    weights.write_bytes(weights.read_bytes()[:-1])
    with pytest.raises(ModelDamaged, match=r"model\.weights has .* bytes instead of"):
        check_files(model, manifest)
    weights.unlink()
    with pytest.raises(ModelDamaged, match="missing"):
        check_files(model, manifest)


@pytest.mark.parametrize("name", ["model.weights", "model.onnx", "tokenizer.json"])
def test_one_flipped_bit_is_noticed_by_the_full_check(model: Path, name: str) -> None:
    manifest = read_manifest(model)
    content = bytearray((model / name).read_bytes())
    content[len(content) // 2] ^= 1
    (model / name).write_bytes(content)
    check_files(model, manifest)
    with pytest.raises(ModelDamaged, match="have changed"):
        verify_files(model, manifest)


@pytest.mark.skipif(os.name != "posix", reason="links need rights on Windows")
@pytest.mark.parametrize("name", ["model.weights", MANIFEST_NAME])
def test_links_are_refused(model: Path, tmp_path: Path, name: str) -> None:
    manifest = read_manifest(model)
    (model / name).rename(tmp_path / "elsewhere")
    (model / name).symlink_to(tmp_path / "elsewhere")

    def check() -> None:
        read_manifest(model)
        check_files(model, manifest)

    with pytest.raises(ModelDamaged, match="not a plain file"):
        check()
