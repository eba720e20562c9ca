"""A merged package computes what torch computes with the adapter beside its weights."""

from __future__ import annotations

import dataclasses
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from benchmarks.random_adapter import write_random_adapter
from engine import AdapterDamaged, AdapterUnfit
from engine.cancel import CancelToken
from engine.errors import UnsupportedModel
from engine.export import ExportCancelled, export_model
from engine.export.gguf import GgufFile
from engine.export.merge import merge_adapter
from engine.export.safetensors import SafetensorsFile, write_safetensors
from engine.export.weights import DecoderWeights
from engine.runtime.kv_cache import KVShape
from engine.runtime.session import DecoderSession
from engine.store.adapters import ADAPTER_NAME, ADAPTER_WEIGHTS, read_adapter
from engine.store.distrust import hash_file
from engine.store.manifest import read_manifest, verify_files
from engine.tokens.tokenizer import Tokenizer

torch = pytest.importorskip("torch")
from engine.train.gpt import GPT, load_weights  # noqa: E402

Logits = npt.NDArray[np.float32]


def with_adapter(made_of: Path, adapter: Path) -> GPT:
    """The torch model of the original weights, the adapter's product added to each."""
    model = load_weights(DecoderWeights(GgufFile(made_of)))
    info, file = read_adapter(adapter), SafetensorsFile(adapter / ADAPTER_WEIGHTS)
    scale = info.alpha / info.rank
    with torch.no_grad():
        for index, layer in enumerate(model.layers):
            for target in info.targets:
                name = f"layers.{index}.{target}"
                product = file.tensor(f"{name}.up") @ file.tensor(f"{name}.down")
                layer.get_submodule(target).weight.add_(torch.from_numpy(scale * product))
    return model


def logits(model: GPT, ids: list[int]) -> Logits:
    with torch.inference_mode():
        found: Logits = model(torch.tensor([ids]))[0][0].numpy()
    return found


def run(package: Path, ids: list[int]) -> Logits:
    manifest = read_manifest(package)
    shape = KVShape(manifest.layers, manifest.kv_heads, manifest.head_dim, manifest.context)
    session = DecoderSession(package, shape, manifest.vocab, threads=1)
    return session.forward(session.new_cache(), ids, len(ids), CancelToken())


@pytest.mark.parametrize(("precision", "closeness"), [("fp32", 1.0), ("int8", 0.997)])
@pytest.mark.parametrize("tied", [True, False])
def test_a_merged_package_computes_what_torch_does(
    make_tiny_gguf: Callable[..., Path],
    tmp_path: Path,
    tied: bool,
    precision: str,
    closeness: float,
) -> None:
    made_of = make_tiny_gguf(tmp_path / "x.gguf", tied=tied)
    export_model(made_of, tmp_path / "m", name="m", precision=precision)
    write_random_adapter(tmp_path / "a", read_manifest(tmp_path / "m"))
    seen: list[float] = []
    merge_adapter(
        tmp_path / "m", read_adapter(tmp_path / "a"), tmp_path / "both", progress=seen.append
    )
    assert seen == sorted(seen)
    assert (seen[0], seen[-1]) == (0.0, 1.0)
    verify_files(tmp_path / "both", read_manifest(tmp_path / "both"))
    ids = np.random.default_rng(3).integers(0, 300, 200).tolist()
    plain, found = run(tmp_path / "m", ids), run(tmp_path / "both", ids)
    expected = logits(with_adapter(made_of, tmp_path / "a"), ids)
    if precision == "fp32":
        assert np.abs(found - expected).max() < 1e-3
    else:
        assert np.corrcoef(found.ravel(), expected.ravel())[0, 1] > closeness
    assert np.abs(plain - expected).max() > 0.1


def test_what_cannot_be_merged_leaves_nothing(
    tiny_model: Path, tiny_f16_gguf: Path, tmp_path: Path
) -> None:
    write_random_adapter(tmp_path / "a", read_manifest(tiny_model))
    info, target = read_adapter(tmp_path / "a"), tmp_path / "made" / "both"

    with pytest.raises(AdapterUnfit, match="made for the model other"):
        merge_adapter(tiny_model, dataclasses.replace(info, model="other"), target)
    asked = iter(range(100))
    with pytest.raises(ExportCancelled):
        merge_adapter(tiny_model, info, target, cancelled=lambda: next(asked) >= 2)
    export_model(tiny_f16_gguf, tmp_path / "coarse", name="tiny", precision="int4")
    with pytest.raises(UnsupportedModel, match="4 bits"):
        merge_adapter(tmp_path / "coarse", info, target)
    assert not target.parent.exists() or list(target.parent.iterdir()) == []


def test_shapes_are_not_believed(tiny_model: Path, tmp_path: Path) -> None:
    def forged(change: Callable[[dict[str, npt.NDArray[np.float32]]], object]) -> Path:
        adapter = tmp_path / "a"
        shutil.rmtree(adapter, ignore_errors=True)
        write_random_adapter(adapter, read_manifest(tiny_model))
        file = SafetensorsFile(adapter / ADAPTER_WEIGHTS)
        tensors = {name: file.tensor(name).copy() for name in file.shapes()}
        change(tensors)
        write_safetensors(adapter / ADAPTER_WEIGHTS, tensors)
        data = json.loads((adapter / ADAPTER_NAME).read_text())
        entry = hash_file(adapter / ADAPTER_WEIGHTS)
        data["files"][ADAPTER_WEIGHTS] = {"size": entry.size, "sha256": entry.sha256}
        (adapter / ADAPTER_NAME).write_text(json.dumps(data))
        return adapter

    name = "layers.0.ffn.down.up"
    for change, reason in (
        (lambda tensors: tensors.pop(name), "other shapes"),
        (lambda tensors: tensors.update(more=np.zeros(2, np.float32)), "other shapes"),
        (lambda tensors: tensors.update({name: tensors[name].T}), "other shapes"),
        (lambda tensors: tensors[name].fill(np.nan), "not all numbers"),
    ):
        info = read_adapter(forged(change))
        with pytest.raises(AdapterDamaged, match=reason):
            merge_adapter(tiny_model, info, tmp_path / "both")
    assert not (tmp_path / "both").exists()


@pytest.mark.model
def test_the_default_model_with_an_adapter_predicts_what_torch_does(
    default_model: Path,
    default_gguf: Path,
    tmp_path: Path,
    report: Callable[[str], None],
) -> None:
    write_random_adapter(tmp_path / "a", read_manifest(default_model))
    merge_adapter(default_model, read_adapter(tmp_path / "a"), tmp_path / "both")
    text = (Path(__file__).parents[3] / "docs" / "completion.md").read_text("utf-8")
    ids = Tokenizer(default_model / "tokenizer.json").encode(text)[:300]
    expected = _log_softmax(logits(with_adapter(default_gguf, tmp_path / "a"), ids))

    def divergence(package: Path) -> float:
        found = _log_softmax(run(package, ids))
        return float((np.exp(expected) * (expected - found)).sum(axis=1).mean())

    merged, plain = divergence(tmp_path / "both"), divergence(default_model)
    report(f"KL from torch with the adapter: merged {merged:.4f}, without it {plain:.4f}")
    assert merged < 0.004
    assert plain > 5 * merged


def _log_softmax(values: Logits) -> npt.NDArray[np.float64]:
    shifted = values.astype(np.float64) - values.max(axis=1, keepdims=True)
    result: npt.NDArray[np.float64] = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return result
