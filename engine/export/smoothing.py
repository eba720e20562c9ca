"""Moving the outliers of activations into weights, where 8 bits hold them better.

The kernels round activations to 8 bits in blocks of 32, so one channel that is ten times the others
costs them three bits. Such channels are the same for every text (Dettmers et al. 2022). Dividing
them by a factor and multiplying the weights that read them by it changes nothing in exact
arithmetic and takes most of the outliers away (SmoothQuant, Xiao et al. 2023). The division costs
nothing at run time: the norm before a projection does it, or the projection before.

How large channels are is measured on a paragraph of prose with the plainly quantised graph.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime as ort
from onnx import TensorProto, helper

from engine.errors import UnsupportedModel
from engine.export.quantize import BLOCK
from engine.export.rope import FloatArray
from engine.export.source import WeightSource
from engine.export.weights import DecoderWeights, LayerWeights

CALIBRATION_TEXT = """\
The bakery on Orchard Lane opened at six, but by half past five there was already a queue: nurses on
their way home, a man with two greyhounds, three children who should have been in bed. "Nothing
fancy," Mrs. Adeyemi liked to say, "only flour, water, salt and patience." In 2019 she had hired
her nephew, who knew how to keep accounts; sales rose by 14% in the first year, and the oven, which
had cost £3,200, was paid off before Christmas.

Why did people come? Partly, of course, for the bread. But a loaf can be bought anywhere, and what
one could not buy elsewhere was the bench under the window, where somebody always knew how your
mother was, whether the council had answered yet, and which of the two candidates was lying. When
the shop closed for a week in August the whole street seemed to speak more quietly.

- Preheat the oven to 230 °C.
- Let the dough rest for at least four hours, or overnight.

def total(items): return sum(item.price * item.count for item in items)

清晨六点，面包店的门还没有开，外面已经排起了队。
"""
_OUTLIER = 3.0
_STRENGTH = 0.7
_SMALLEST = np.float32(1e-6)


@dataclass(frozen=True, slots=True)
class Smoothing:
    """What is known of the inputs of projections, by the projections' names.

    ``factors`` [inputs] is what they are divided by, ``sizes`` [inputs] their root mean squares
    after that.
    """

    factors: Mapping[str, FloatArray]
    sizes: Mapping[str, FloatArray]


class SmoothedWeights(DecoderWeights):
    """The weights of a decoder with ``smoothing`` applied; the decoder computes the same."""

    def __init__(self, source: WeightSource, smoothing: Smoothing) -> None:
        super().__init__(source)
        parts = ("qkv", "gate_up", "down") if self.config.blocks.gated else ("qkv", "gate_up")
        layers = range(self.config.layers)
        applied = ["head", *(f"layer.{index}.{part}" for index in layers for part in parts)]
        self._factors = {name: smoothing.factors[name] for name in applied}

    def applied(self) -> Mapping[str, FloatArray]:
        """The factors that have a place where they can be divided out, by projections' names."""
        return self._factors

    def embedding(self) -> FloatArray:
        """Token embeddings [vocab, hidden], as a tied head wants them."""
        embedding = super().embedding()
        return _times(embedding, self._factors["head"]) if self.config.tied_head else embedding

    def embedding_scale(self) -> FloatArray:
        """What embeddings are multiplied with, [1] or [hidden]."""
        scale = super().embedding_scale()
        return scale / self._factors["head"] if self.config.tied_head else scale

    def head(self) -> FloatArray:
        """Output matrix [vocab, hidden]; only for models whose head is not the embedding."""
        return _times(super().head(), self._factors["head"])

    def output_norm(self) -> FloatArray:
        """Scale of the last norm [hidden]."""
        return super().output_norm() / self._factors["head"]

    def output_norm_bias(self) -> FloatArray | None:
        """Bias of the last norm [hidden], if norms have one."""
        return _divided(super().output_norm_bias(), self._factors["head"])

    def layer(self, index: int) -> LayerWeights:
        """All weights of layer ``index``."""
        layer = super().layer(index)
        qkv, gate_up = (self._factors[f"layer.{index}.{part}"] for part in ("qkv", "gate_up"))
        smoothed = replace(
            layer,
            attention_norm=layer.attention_norm / qkv,
            attention_norm_bias=_divided(layer.attention_norm_bias, qkv),
            qkv=layer.qkv * qkv,
            ffn_norm=layer.ffn_norm / gate_up,
            ffn_norm_bias=_divided(layer.ffn_norm_bias, gate_up),
            gate_up=layer.gate_up * gate_up,
        )
        if not self.config.blocks.gated:
            return smoothed  # an activation stands before `down`, and no factor goes through it
        down = self._factors[f"layer.{index}.down"]
        # The second half of the rows is what the activated gate is multiplied with.
        rows = np.concatenate([np.ones_like(down), down])
        return replace(
            smoothed,
            gate_up=smoothed.gate_up / rows[:, None],
            gate_up_bias=_divided(layer.gate_up_bias, rows),
            down=layer.down * down,
        )


def smoothing_factors(sizes: FloatArray) -> FloatArray:
    """What to divide channels of root mean squares ``sizes`` [inputs] by, [inputs], 1 for most.

    Only channels of more than three times the median of their block are outliers; the others, and
    with them the grid that their weights may lie on (see ``quantize``), stay as they are.
    """
    blocks = sizes.reshape(-1, BLOCK)
    usual = np.maximum(np.median(blocks, axis=1, keepdims=True), _SMALLEST)
    excess = np.maximum(blocks / (_OUTLIER * usual), 1.0)
    return np.asarray(excess**_STRENGTH, np.float32).reshape(-1)


def measure(graph: onnx.ModelProto, path: Path, token_ids: list[int]) -> Smoothing:
    """Run ``token_ids`` through a quantised ``graph``, and choose the factors of each projection.

    The graph is written to ``path`` for the time of the run, next to its weights. Raises
    ``UnsupportedModel`` if it computes numbers that are not finite.
    """
    inputs = {
        node.input[1].removesuffix(".packed"): node.input[0]
        for node in graph.graph.node
        if node.op_type == "MatMulNBits"
    }
    names = sorted(set(inputs.values()))
    tapped = onnx.ModelProto()
    tapped.CopyFrom(graph)
    del tapped.graph.output[:]
    tapped.graph.output.extend(
        helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in names
    )
    path.write_bytes(tapped.SerializeToString())
    try:
        found = _run(path, names, token_ids)
    finally:
        path.unlink()
    # The first position is unlike all others in every decoder: it takes the attention that no
    # other position gets.
    with np.errstate(all="ignore"):  # what is not finite is refused below
        sizes = {
            name: np.sqrt(np.square(values[0, 1:]).mean(axis=0)) for name, values in found.items()
        }
    if not all(np.isfinite(values).all() for values in sizes.values()):
        raise UnsupportedModel(
            "The weights were read, but with them the model computes no sensible numbers, so no "
            "model was made. They may be damaged; get them again."
        )
    factors = {name: smoothing_factors(sizes[value]) for name, value in inputs.items()}
    return Smoothing(
        factors, {name: sizes[inputs[name]] / factor for name, factor in factors.items()}
    )


def _run(path: Path, names: list[str], token_ids: list[int]) -> dict[str, FloatArray]:
    """The values ``names`` [1, length, size] of the graph in ``path`` for ``token_ids``."""
    options = ort.SessionOptions()
    options.log_severity_level = 4
    session = ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    length = len(token_ids)
    feeds: dict[str, np.ndarray[Any, Any]] = {
        "input_ids": np.array([token_ids], np.int64),
        "seqlens_k": np.array([length - 1], np.int32),
        "total_sequence_length": np.array(length, np.int32),
        "num_logits": np.array([length], np.int64),
    }
    for value in session.get_inputs():
        if value.name not in feeds:
            _, heads, _, head_dim = value.shape
            feeds[value.name] = np.zeros((1, heads, 0, head_dim), np.float32)
    return dict(zip(names, session.run(names, feeds), strict=True))


def _times(values: FloatArray, by: FloatArray) -> FloatArray:
    """The product, in the same memory unless that is a file's: an embedding is large."""
    return np.multiply(values, by, out=values if values.flags.writeable else None)


def _divided(values: FloatArray | None, by: FloatArray) -> FloatArray | None:
    return None if values is None else values / by
