"""A package as a source of weights: what went into it comes out again."""

from __future__ import annotations

import dataclasses
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from engine import LocalEngine, ModelDamaged
from engine.errors import UnsupportedModel
from engine.export import export_model
from engine.export.installed import InstalledModel
from engine.export.package import open_source
from engine.export.source import WeightSource
from engine.export.weights import DecoderWeights
from engine.store.distrust import hash_file
from engine.store.manifest import BASIS_NAME, read_manifest, write_manifest


def _differences(made_of: Path, package: Path) -> dict[str, float]:
    """For each part of a model, the root mean square of what is off, relative to the part's own."""
    first = DecoderWeights(open_source(made_of))
    source: WeightSource = InstalledModel(package)
    second = DecoderWeights(source)
    assert second.config == first.config
    assert np.array_equal(second.embedding_scale(), first.embedding_scale())
    pairs = {
        "embedding": (first.embedding(), second.embedding()),
        "norm": (first.output_norm(), second.output_norm()),
        "norm.bias": (first.output_norm_bias(), second.output_norm_bias()),
    }
    if not first.config.tied_head:
        pairs["head"] = first.head(), second.head()
    if first.config.blocks.learned_positions:
        pairs["positions"] = first.positions(), second.positions()
    for index in range(first.config.layers):
        mine, other = first.layer(index), second.layer(index)
        for field in dataclasses.fields(mine):
            name = f"{index}.{field.name}"
            pairs[name] = getattr(mine, field.name), getattr(other, field.name)
    found = {}
    for name, (mine, other) in pairs.items():
        assert (mine is None) == (other is None), name
        if mine is not None and other is not None:
            off = np.sqrt(np.square(mine - other).mean())
            found[name] = float(off / np.sqrt(np.square(mine).mean()))
    return found


@pytest.mark.parametrize("tied", [True, False])
@pytest.mark.parametrize("precision", ["fp32", "int8"])
def test_what_went_into_a_package_comes_out_again(
    make_tiny_gguf: Callable[..., Path], tmp_path: Path, precision: str, tied: bool
) -> None:
    made_of = make_tiny_gguf(tmp_path / "x.gguf", tied=tied)
    export_model(made_of, tmp_path / "m", name="m", precision=precision)
    differences = _differences(made_of, tmp_path / "m")
    assert len(differences) > 10
    for name, difference in differences.items():
        exact = precision == "fp32" or "norm" in name
        assert difference < (1e-6 if exact else 0.01), name


def test_four_bits_come_out_as_they_were_rounded(tiny_f16_gguf: Path, tmp_path: Path) -> None:
    export_model(tiny_f16_gguf, tmp_path / "m", name="m", precision="int4")
    differences = _differences(tiny_f16_gguf, tmp_path / "m")
    assert max(differences.values()) < 0.15
    assert differences["0.qkv"] > 0.01


def test_a_package_of_before_runs_and_says_what_it_lacks(tiny_model: Path, tmp_path: Path) -> None:
    old = tmp_path / "old"
    shutil.copytree(tiny_model, old)
    (old / BASIS_NAME).unlink()
    manifest = read_manifest(old)
    files = {name: entry for name, entry in manifest.files.items() if name != BASIS_NAME}
    write_manifest(old, dataclasses.replace(manifest, files=files))
    engine = LocalEngine(old)
    assert engine.wait_until_loaded()
    assert engine.close()
    with pytest.raises(UnsupportedModel, match="Set the model up again"):
        InstalledModel(old)


def test_a_basis_that_was_tampered_with_is_refused(tiny_model: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    shutil.copytree(tiny_model, broken)
    path = broken / BASIS_NAME
    raw = path.read_bytes()
    header = json.loads(raw[8 : 8 + int.from_bytes(raw[:8], "little")])
    name = next(each for each in header if each.startswith("factor."))
    start = 8 + int.from_bytes(raw[:8], "little") + header[name]["data_offsets"][0]
    for number in (np.float32(np.nan), np.float32(-1)):
        path.write_bytes(raw[:start] + number.tobytes() + raw[start + 4 :])
        with pytest.raises(ModelDamaged, match="impossible"):
            InstalledModel(broken)
    path.write_bytes(raw[:-4])
    with pytest.raises(ModelDamaged, match="cannot be read"):
        InstalledModel(broken)
    assert hash_file(path) != read_manifest(broken).files[BASIS_NAME]
