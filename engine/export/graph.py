"""The ONNX decoder graph, made of the operators that ONNX Runtime runs fastest on a CPU.

One graph serves prefill, decoding and verification. Keys and values live in buffers that the caller
binds as past and present at once; ``seqlens_k`` says how much of them counts, so going back is only
a smaller number. Positions whose logits nobody asked for leave the graph after the last attention.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper

from engine.export.external import WeightFile
from engine.export.families import DecoderConfig
from engine.export.quantize import BLOCK, FloatArray, quantize_rows
from engine.export.weights import DecoderWeights, LayerWeights

_MICROSOFT = "com.microsoft"
_OPSET = 20
_IR_VERSION = 10
_INT8_ACCURACY = 4
_POSITION_INPUTS = ("seqlens_k", "total_sequence_length", "rotary.cos", "rotary.sin")


class GraphBuilder:
    """Collects the nodes and initializers of a decoder; ``precision`` is "int8" or "fp32"."""

    def __init__(self, config: DecoderConfig, precision: str, weights: WeightFile) -> None:
        self.config = config
        self._quantized = precision == "int8"
        self._weights = weights
        self._nodes: list[onnx.NodeProto] = []
        self._initializers: list[onnx.TensorProto] = []

    def build(self, source: DecoderWeights, on_layer: Callable[[int], None]) -> onnx.ModelProto:
        """The whole model; ``on_layer`` is called with the number of layers done, from 0 on."""
        config = self.config
        on_layer(0)
        residual = self._embed(source.embedding())
        self._rotary_tables()
        self._last_positions()
        layer = source.layer(0)
        hidden = self._node(
            "SimplifiedLayerNormalization",
            [residual, self._add("layer.0.attention_norm", layer.attention_norm)],
            "layer.0.attention_norm.output",
            axis=-1,
            epsilon=config.norm_eps,
            stash_type=1,
        )
        for index in range(config.layers):
            last = index + 1 == config.layers
            following = layer if last else source.layer(index + 1)
            next_norm = source.output_norm() if last else following.attention_norm
            hidden, residual = self._layer(index, layer, hidden, residual, next_norm)
            layer = following
            on_layer(index + 1)
        self._head(hidden, source)
        return self._model()

    # --- the parts -----------------------------------------------------------------------------

    def _embed(self, table: FloatArray) -> str:
        """Look the tokens up; an 8-bit table is shared, byte for byte, with a tied head."""
        if not self._quantized:
            return self._node("Gather", [self._add("embedding", table), "input_ids"], "embedded")
        matrix = quantize_rows(table)
        data = self._add("embedding.packed", matrix.packed.reshape(table.shape))
        scales = self._add("embedding.scales", matrix.scales)
        return self._node(
            "GatherBlockQuantized",
            [data, "input_ids", scales],
            "embedded",
            domain=_MICROSOFT,
            bits=8,
            block_size=BLOCK,
            gather_axis=0,
            quantize_axis=1,
        )

    def _rotary_tables(self) -> None:
        cos, sin = rotary_tables(self.config)
        self._add("rotary.cos", cos)
        self._add("rotary.sin", sin)

    def _last_positions(self) -> None:
        """``first_kept``: where the last ``num_logits`` positions of the input begin."""
        length = self._node("Shape", ["input_ids"], "sequence_length", start=1, end=2)
        self._node("Sub", [length, "num_logits"], "first_kept")
        self._add("slice.end", np.array([np.iinfo(np.int64).max]))
        self._add("slice.axis", np.array([1]))

    def _layer(
        self, index: int, layer: LayerWeights, hidden: str, residual: str, next_norm: FloatArray
    ) -> tuple[str, str]:
        config, name = self.config, f"layer.{index}"
        qkv = self._linear(f"{name}.qkv", hidden, layer.qkv)
        past = [f"past_key_{index}", f"past_value_{index}"]
        attended = f"{name}.attended"
        self._nodes.append(
            helper.make_node(
                "GroupQueryAttention",
                [qkv, "", "", *past, *_POSITION_INPUTS],
                [attended, f"present_key_{index}", f"present_value_{index}"],
                name=f"{name}.attention",
                domain=_MICROSOFT,
                num_heads=config.heads,
                kv_num_heads=config.kv_heads,
                scale=config.head_dim**-0.5,
                do_rotary=1,
                rotary_interleaved=0,
                local_window_size=-1,
            )
        )
        if index + 1 == config.layers:
            attended = self._keep_last(attended)
            residual = self._keep_last(residual)
        output = self._linear(f"{name}.output", attended, layer.output)
        hidden, residual = self._add_and_norm(f"{name}.ffn_norm", output, residual, layer.ffn_norm)
        fused = self._linear(f"{name}.gate_up", hidden, layer.gate_up)
        gate, up = f"{name}.gate", f"{name}.up"
        self._nodes.append(
            helper.make_node(
                "Split", [fused], [gate, up], name=f"{name}.split", axis=-1, num_outputs=2
            )
        )
        gate = self._node("QuickGelu", [gate], f"{name}.silu", domain=_MICROSOFT, alpha=1.0)
        product = self._node("Mul", [gate, up], f"{name}.product")
        down = self._linear(f"{name}.down", product, layer.down)
        return self._add_and_norm(f"{name}.next_norm", down, residual, next_norm)

    def _head(self, hidden: str, source: DecoderWeights) -> None:
        config = self.config
        if not config.tied_head:
            self._linear("head", hidden, source.head(), "logits")
        elif self._quantized:
            # Same bytes as the embedding, in the shape that the multiplication wants.
            table = next(t for t in self._initializers if t.name == "embedding.packed")
            shape = (config.vocab, config.hidden // BLOCK, BLOCK)
            self._initializers.append(self._weights.alias("head.packed", table, shape))
            self._matmul_nbits(
                "head", hidden, config.hidden, config.vocab, "embedding.scales", "logits"
            )
        else:
            self._node("FusedMatMul", [hidden, "embedding"], "logits", domain=_MICROSOFT, transB=1)

    # --- the pieces of the parts ---------------------------------------------------------------

    def _keep_last(self, value: str) -> str:
        inputs = [value, "first_kept", "slice.end", "slice.axis"]
        return self._node("Slice", inputs, f"{value}.last")

    def _add_and_norm(
        self, name: str, value: str, residual: str, scale: FloatArray
    ) -> tuple[str, str]:
        """RMS norm of the sum, and the sum itself."""
        total = f"{name}.sum"
        self._nodes.append(
            helper.make_node(
                "SkipSimplifiedLayerNormalization",
                [value, residual, self._add(name, scale)],
                [f"{name}.output", "", "", total],
                name=f"{name}.node",
                domain=_MICROSOFT,
                epsilon=self.config.norm_eps,
            )
        )
        return f"{name}.output", total

    def _linear(self, name: str, value: str, weight: FloatArray, output: str = "") -> str:
        """Multiply by ``weight`` [outputs, inputs]."""
        output = output or f"{name}.output"
        if not self._quantized:
            matrix = self._add(f"{name}.weight", weight.T)
            return self._node("MatMul", [value, matrix], output)
        rows, columns = weight.shape
        quantized = quantize_rows(weight)
        self._add(f"{name}.packed", quantized.packed)
        scales = self._add(f"{name}.scales", quantized.scales)
        return self._matmul_nbits(name, value, columns, rows, scales, output)

    def _matmul_nbits(
        self, name: str, value: str, columns: int, rows: int, scales: str, output: str
    ) -> str:
        return self._node(
            "MatMulNBits",
            [value, f"{name}.packed", scales],
            output,
            domain=_MICROSOFT,
            K=columns,
            N=rows,
            bits=8,
            block_size=BLOCK,
            accuracy_level=_INT8_ACCURACY,
        )

    def _add(self, name: str, values: npt.NDArray[Any]) -> str:
        self._initializers.append(self._weights.add(name, values))
        return name

    def _node(
        self, kind: str, inputs: list[str], output: str, domain: str = "", **attributes: Any
    ) -> str:
        self._nodes.append(
            helper.make_node(
                kind, inputs, [output], name=f"{output}.node", domain=domain, **attributes
            )
        )
        return output

    def _model(self) -> onnx.ModelProto:
        config = self.config
        int32, int64, float32 = TensorProto.INT32, TensorProto.INT64, TensorProto.FLOAT
        cache: list[str | int | None] = ["batch", config.kv_heads, "max_length", config.head_dim]
        value = helper.make_tensor_value_info
        inputs = [
            value("input_ids", int64, ["batch", "sequence"]),
            value("seqlens_k", int32, ["batch"]),
            value("total_sequence_length", int32, []),
            value("num_logits", int64, [1]),
        ]
        outputs = [value("logits", float32, ["batch", "kept", config.vocab])]
        for index in range(config.layers):
            for part in ("key", "value"):
                inputs.append(value(f"past_{part}_{index}", float32, cache))
                outputs.append(value(f"present_{part}_{index}", float32, cache))
        graph = helper.make_graph(self._nodes, "decoder", inputs, outputs, self._initializers)
        return helper.make_model(
            graph,
            producer_name="inkling",
            ir_version=_IR_VERSION,
            opset_imports=[helper.make_opsetid("", _OPSET), helper.make_opsetid(_MICROSOFT, 1)],
        )


def rotary_tables(config: DecoderConfig) -> tuple[FloatArray, FloatArray]:
    """Cosines and sines [context, head_dim / 2] of the rotary positions (Su et al. 2021)."""
    exponents = np.arange(0, config.head_dim, 2, dtype=np.float64) / config.head_dim
    angles = np.outer(np.arange(config.context), config.rope_theta**-exponents)
    return np.cos(angles).astype(np.float32), np.sin(angles).astype(np.float32)
