"""The ONNX decoder graph, made of the operators that ONNX Runtime runs fastest on a CPU.

One graph serves prefill, decoding and verification. Keys and values live in buffers that the caller
binds as past and present at once; ``seqlens_k`` says how much of them counts, so going back is only
a smaller number. Positions whose logits nobody asked for leave the graph after the last attention.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import onnx
from onnx import TensorProto, helper

from engine.export.external import WeightFile
from engine.export.families import DecoderConfig
from engine.export.nodes import MICROSOFT, NodeBuilder
from engine.export.rope import FloatArray, Rope
from engine.export.weights import DecoderWeights, LayerWeights

_OPSET = 20
_IR_VERSION = 10


class GraphBuilder(NodeBuilder):
    """Builds a whole decoder; ``precision`` is "int8", "fp32" or "int4".

    "int4" keeps 8 bits where rounding hurts most: embedding, head, and the projections down of the
    first and the last layer. ``sizes`` as ``NodeBuilder``'s.
    """

    def __init__(
        self,
        config: DecoderConfig,
        precision: str,
        weights: WeightFile,
        sizes: Mapping[str, FloatArray],
    ) -> None:
        ends = (0, config.layers - 1)
        sensitive = {"head", *(f"layer.{index}.down" for index in ends)}
        super().__init__(precision, weights, sizes, frozenset(sensitive))
        self.config = config

    def build(self, source: DecoderWeights, on_layer: Callable[[int], None]) -> onnx.ModelProto:
        """The whole model; ``on_layer`` is called with the number of layers done, from 0 on."""
        config = self.config
        on_layer(0)
        self._last_positions()
        residual = self._embed(source)
        if config.rope is not None:
            self._rotary_tables("rotary", config.rope)
        if config.local_rope is not None:
            self._rotary_tables("rotary.local", config.local_rope)
        layer = source.layer(0)
        hidden = self._norm(
            "layer.0.attention_norm", residual, layer.attention_norm, layer.attention_norm_bias
        )
        for index in range(config.layers):
            last = index + 1 == config.layers
            hidden, residual = self._attention(index, layer, hidden, residual)
            if last:
                next_norm = source.output_norm(), source.output_norm_bias()
            else:
                following = source.layer(index + 1)
                next_norm = following.attention_norm, following.attention_norm_bias
            hidden, residual = self._feed_forward(index, layer, hidden, residual, next_norm)
            if not last:
                layer = following
            on_layer(index + 1)
        self._head(hidden, source)
        return self._model()

    # --- the parts -----------------------------------------------------------------------------

    def _embed(self, source: DecoderWeights) -> str:
        config = self.config
        # A tied head reads the same bytes, and what it gives is what counts.
        sizes = self._sizes.get("head") if config.tied_head else None
        embedded = self._lookup("embedding", "input_ids", source.embedding(), sizes)
        scale = source.embedding_scale()
        if (scale != 1.0).any():
            factor = self._add("embedding.scale", scale)
            embedded = self._node("Mul", [embedded, factor], "embedded.scaled")
        if config.blocks.learned_positions:
            end = self._node("Cast", ["total_sequence_length"], "end", to=TensorProto.INT64)
            end = self._node("Reshape", [end, self._add("end.shape", np.array([1]))], "end.1")
            start = self._node("Sub", [end, "sequence_length"], "start")
            table = self._add("position_embedding", source.positions())
            axis = self._add("position_axis", np.array([0]))
            place = self._node("Slice", [table, start, end, axis], "positions")
            embedded = self._node("Add", [embedded, place], "embedded.placed")
        return embedded

    def _rotary_tables(self, name: str, rope: Rope) -> None:
        cos, sin = rope.tables(0, self.config.context)
        self._add(f"{name}.cos", cos)
        self._add(f"{name}.sin", sin)

    def _last_positions(self) -> None:
        """``first_kept``: where the last ``num_logits`` positions of the input begin."""
        length = self._node("Shape", ["input_ids"], "sequence_length", start=1, end=2)
        self._node("Sub", [length, "num_logits"], "first_kept")
        self._add("slice.end", np.array([np.iinfo(np.int64).max]))
        self._add("slice.axis", np.array([1]))

    def _attention(
        self, index: int, layer: LayerWeights, hidden: str, residual: str
    ) -> tuple[str, str]:
        """Attend, add, and normalise for the feed-forward part."""
        config, name = self.config, f"layer.{index}"
        qkv = self._linear(f"{name}.qkv", hidden, layer.qkv, bias=layer.qkv_bias)
        parts = [qkv, "", ""]
        if layer.query_norm is not None and layer.key_norm is not None:
            parts = self._normed_heads(name, qkv, layer.query_norm, layer.key_norm)
        attended = self._group_query_attention(index, parts)
        if index + 1 == config.layers:
            attended = self._keep_last(attended)
            residual = self._keep_last(residual)
        output = self._linear(f"{name}.output", attended, layer.output, bias=layer.output_bias)
        if layer.post_attention_norm is not None:
            output = self._norm(f"{name}.post_attention_norm", output, layer.post_attention_norm)
        return self._add_and_norm(
            f"{name}.ffn_norm", output, residual, layer.ffn_norm, layer.ffn_norm_bias
        )

    def _normed_heads(
        self, name: str, qkv: str, query_norm: FloatArray, key_norm: FloatArray
    ) -> list[str]:
        """Query, key and value apart, the first two normalised head by head."""
        config = self.config
        sizes = self._add(
            f"{name}.qkv.sizes", np.array([config.query_rows, config.kv_rows, config.kv_rows])
        )
        parts = [f"{name}.query", f"{name}.key", f"{name}.value"]
        self._nodes.append(
            helper.make_node("Split", [qkv, sizes], parts, name=f"{name}.qkv.split", axis=-1)
        )
        for place, scale in enumerate((query_norm, key_norm)):
            part = parts[place]
            heads = self._add(f"{part}.heads", np.array([0, 0, -1, config.head_dim]))
            split = self._node("Reshape", [part, heads], f"{part}.split")
            normed = self._norm(f"{part}_norm", split, scale)
            rows = self._add(f"{part}.rows", np.array([0, 0, -1]))
            parts[place] = self._node("Reshape", [normed, rows], f"{part}.normed")
        return parts

    def _group_query_attention(self, index: int, parts: list[str]) -> str:
        config, name = self.config, f"layer.{index}"
        local = config.is_local(index)
        tables = "rotary.local" if local and config.local_rope else "rotary"
        rotary = [f"{tables}.cos", f"{tables}.sin"] if config.rope else []
        past = [f"past_key_{index}", f"past_value_{index}"]
        attended = f"{name}.attended"
        self._nodes.append(
            helper.make_node(
                "GroupQueryAttention",
                [*parts, *past, "seqlens_k", "total_sequence_length", *rotary],
                [attended, f"present_key_{index}", f"present_value_{index}"],
                name=f"{name}.attention",
                domain=MICROSOFT,
                num_heads=config.heads,
                kv_num_heads=config.kv_heads,
                scale=config.scores_scale,
                do_rotary=int(bool(rotary)),
                rotary_interleaved=0,
                local_window_size=config.window if local else -1,
            )
        )
        return attended

    def _feed_forward(
        self,
        index: int,
        layer: LayerWeights,
        hidden: str,
        residual: str,
        next_norm: tuple[FloatArray, FloatArray | None],
    ) -> tuple[str, str]:
        """Feed forward, add, and normalise for the next layer or for the head."""
        name = f"layer.{index}"
        value = self._linear(f"{name}.gate_up", hidden, layer.gate_up, bias=layer.gate_up_bias)
        if self.config.blocks.gated:
            gate, up = f"{name}.gate", f"{name}.up"
            self._nodes.append(
                helper.make_node(
                    "Split", [value], [gate, up], name=f"{name}.split", axis=-1, num_outputs=2
                )
            )
            value = self._node("Mul", [self._activation(name, gate), up], f"{name}.product")
        else:
            value = self._activation(name, value)
        down = self._linear(f"{name}.down", value, layer.down, bias=layer.down_bias)
        if layer.post_ffn_norm is not None:
            down = self._norm(f"{name}.post_ffn_norm", down, layer.post_ffn_norm)
        return self._add_and_norm(f"{name}.next_norm", down, residual, *next_norm)

    def _activation(self, name: str, value: str) -> str:
        if self.config.blocks.activation == "silu":
            return self._node("QuickGelu", [value], f"{name}.silu", domain=MICROSOFT, alpha=1.0)
        return self._node("FastGelu", [value], f"{name}.gelu", domain=MICROSOFT)

    def _head(self, hidden: str, source: DecoderWeights) -> None:
        if self.config.tied_head:
            self._lookup_backwards("head", hidden, "embedding", "logits")
        else:
            self._linear("head", hidden, source.head(), "logits")

    # --- the pieces of the parts ---------------------------------------------------------------

    def _keep_last(self, value: str) -> str:
        inputs = [value, "first_kept", "slice.end", "slice.axis"]
        return self._node("Slice", inputs, f"{value}.last")

    def _norm(
        self, name: str, value: str, scale: FloatArray, bias: FloatArray | None = None
    ) -> str:
        """RMS norm, or layer norm if the family has these."""
        inputs = [value, self._add(name, scale)]
        if self.config.blocks.norm == "layer":
            kind = "LayerNormalization"
            if bias is not None:
                inputs.append(self._add(f"{name}.bias", bias))
        else:
            kind = "SimplifiedLayerNormalization"
        return self._node(
            kind, inputs, f"{name}.output", axis=-1, epsilon=self.config.norm_eps, stash_type=1
        )

    def _add_and_norm(
        self,
        name: str,
        value: str,
        residual: str,
        scale: FloatArray,
        bias: FloatArray | None = None,
    ) -> tuple[str, str]:
        """Norm of the sum, and the sum itself."""
        total = f"{name}.sum"
        inputs = [value, residual, self._add(name, scale)]
        kind = "SkipSimplifiedLayerNormalization"
        if self.config.blocks.norm == "layer":
            kind = "SkipLayerNormalization"
            if bias is not None:
                inputs.append(self._add(f"{name}.bias", bias))
        self._nodes.append(
            helper.make_node(
                kind,
                inputs,
                [f"{name}.output", "", "", total],
                name=f"{name}.node",
                domain=MICROSOFT,
                epsilon=self.config.norm_eps,
            )
        )
        return f"{name}.output", total

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
            opset_imports=[helper.make_opsetid("", _OPSET), helper.make_opsetid(MICROSOFT, 1)],
        )
