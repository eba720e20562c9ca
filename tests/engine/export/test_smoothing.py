from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime as ort
import pytest

from engine.export import export_model
from engine.export.external import WeightFile
from engine.export.gguf import GgufFile
from engine.export.graph import GraphBuilder
from engine.export.quantize import BLOCK
from engine.export.smoothing import SmoothedWeights, Smoothing, smoothing_factors
from engine.export.weights import DecoderWeights, LayerWeights

IDS = np.random.default_rng(3).integers(0, 300, 60).tolist()
_OUTLIERS = (5, 40)


class _WithOutliers(DecoderWeights):
    """Two channels of each norm are fifty times the others, as in trained models."""

    def layer(self, index: int) -> LayerWeights:
        layer = super().layer(index)
        norm, qkv = layer.attention_norm.copy(), layer.qkv.copy()
        norm[list(_OUTLIERS)] *= 50
        qkv[:, list(_OUTLIERS)] /= 10
        return replace(layer, attention_norm=norm, qkv=qkv)


def _logits(
    weights: DecoderWeights,
    folder: Path,
    precision: str,
    sizes: dict[str, npt.NDArray[np.float32]] | None = None,
) -> npt.NDArray[np.float32]:
    folder.mkdir()
    with WeightFile(folder / "model.weights") as file:
        builder = GraphBuilder(weights.config, precision, file, sizes or {})
        graph = builder.build(weights, lambda _: None)
    (folder / "model.onnx").write_bytes(graph.SerializeToString())
    session = ort.InferenceSession(str(folder / "model.onnx"), providers=["CPUExecutionProvider"])
    feeds = {
        "input_ids": np.array([IDS]),
        "seqlens_k": np.array([len(IDS) - 1], np.int32),
        "total_sequence_length": np.array(len(IDS), np.int32),
        "num_logits": np.array([len(IDS)]),
    }
    config = weights.config
    for value in session.get_inputs()[4:]:
        feeds[value.name] = np.zeros((1, config.kv_heads, 0, config.head_dim), np.float32)
    logits: npt.NDArray[np.float32] = session.run(["logits"], feeds)[0][0]
    return logits


def _factors(weights: DecoderWeights) -> dict[str, npt.NDArray[np.float32]]:
    config = weights.config
    random = np.random.default_rng(8)
    widths = {"head": config.hidden}
    for index in range(config.layers):
        widths |= {f"layer.{index}.{part}": config.hidden for part in ("qkv", "gate_up")}
        widths[f"layer.{index}.down"] = config.ffn
    return {name: random.uniform(1, 6, width).astype(np.float32) for name, width in widths.items()}


@pytest.mark.parametrize("tied", [True, False])
def test_a_smoothed_decoder_computes_the_same(
    make_tiny_gguf: Callable[..., Path], tmp_path: Path, tied: bool
) -> None:
    source = GgufFile(make_tiny_gguf(tmp_path / "x.gguf", tied=tied))
    plain = DecoderWeights(source)
    smoothed = SmoothedWeights(source, Smoothing(_factors(plain), {}))
    expected = _logits(plain, tmp_path / "plain", "fp32")
    found = _logits(smoothed, tmp_path / "smoothed", "fp32")
    assert expected.std() > 0.1
    np.testing.assert_allclose(found, expected, atol=1e-4)


def test_only_outliers_of_their_block_are_divided() -> None:
    sizes = np.full(3 * BLOCK, 0.1, np.float32)
    sizes[2 * BLOCK :] = 5.0
    sizes[7] = 6.0
    factors = smoothing_factors(sizes)
    assert 5 < factors[7] < 60
    assert (np.delete(factors, 7) == 1).all()
    assert np.isfinite(smoothing_factors(np.zeros(BLOCK, np.float32))).all()


def test_outliers_cost_a_smoothed_model_less(
    make_tiny_gguf: Callable[..., Path], tmp_path: Path
) -> None:
    source = GgufFile(make_tiny_gguf(tmp_path / "x.gguf"))
    plain = _WithOutliers(source)
    factors = {name: np.ones_like(each) for name, each in _factors(plain).items()}
    for index in range(plain.config.layers):
        factors[f"layer.{index}.qkv"][list(_OUTLIERS)] = 7

    class Smoothed(SmoothedWeights, _WithOutliers):
        """The smoothing on top of the outliers."""

    smoothed = Smoothed(source, Smoothing(factors, {}))
    expected = _logits(plain, tmp_path / "fp32", "fp32")
    before = np.square(_logits(plain, tmp_path / "plain", "int8") - expected).mean()
    after = np.square(_logits(smoothed, tmp_path / "smoothed", "int8") - expected).mean()
    assert after < before / 3


def test_nothing_of_the_measuring_is_left(tiny_gguf: Path, tmp_path: Path) -> None:
    stages: list[str] = []
    export_model(
        tiny_gguf, tmp_path / "m", name="m", progress=lambda stage, _: stages.append(stage)
    )
    assert "measuring" in stages
    assert not list((tmp_path / "m").glob("plain-*"))
