"""The weights of a model in the order and form the graph wants, from any source."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.errors import UnsupportedModel
from engine.export.config import read_config
from engine.export.families import DecoderConfig, Family
from engine.export.rope import FloatArray
from engine.export.source import WeightSource


@dataclass(frozen=True, slots=True)
class LayerWeights:
    """Float32 weights of one layer; matrices are [outputs, inputs], None is what it has not.

    ``qkv`` stacks query, key and value rows; ``gate_up`` stacks gate and up rows, and has the up
    rows alone where the family has no gate.
    """

    attention_norm: FloatArray
    qkv: FloatArray
    output: FloatArray
    ffn_norm: FloatArray
    gate_up: FloatArray
    down: FloatArray
    attention_norm_bias: FloatArray | None = None
    qkv_bias: FloatArray | None = None
    query_norm: FloatArray | None = None
    key_norm: FloatArray | None = None
    output_bias: FloatArray | None = None
    post_attention_norm: FloatArray | None = None
    ffn_norm_bias: FloatArray | None = None
    gate_up_bias: FloatArray | None = None
    down_bias: FloatArray | None = None
    post_ffn_norm: FloatArray | None = None


class DecoderWeights:
    """Reads and dequantises the weights of a decoder one part at a time."""

    def __init__(self, source: WeightSource) -> None:
        self._source = source
        self.family: Family = source.family
        self.config: DecoderConfig = read_config(source)

    def embedding(self) -> FloatArray:
        """Token embeddings [vocab, hidden]."""
        config = self.config
        return self._source.tensor("token_embd.weight", config.vocab, config.hidden)

    def embedding_scale(self) -> FloatArray:
        """What embeddings are multiplied with, [1] or [hidden]."""
        return np.array([self.config.embedding_scale], np.float32)

    def positions(self) -> FloatArray:
        """Learned positions [context, hidden]; only for families that have them."""
        config = self.config
        return self._source.tensor("position_embd.weight", config.context, config.hidden)

    def head(self) -> FloatArray:
        """Output matrix [vocab, hidden]; only for models whose head is not the embedding."""
        config = self.config
        return self._source.tensor("output.weight", config.vocab, config.hidden)

    def output_norm(self) -> FloatArray:
        """Scale of the last norm [hidden]."""
        return self._source.tensor("output_norm.weight", self.config.hidden)

    def output_norm_bias(self) -> FloatArray | None:
        """Bias of the last norm [hidden], if norms have one."""
        return self._norm_bias("output_norm.bias")

    def layer(self, index: int) -> LayerWeights:
        """All weights of layer ``index``."""
        config, blocks = self.config, self.config.blocks
        hidden, prefix = config.hidden, f"blk.{index}."

        def read(name: str, *shape: int) -> FloatArray:
            return self._source.tensor(f"{prefix}{name}", *shape)

        def bias(part: str, name: str, size: int) -> FloatArray | None:
            return read(f"{name}.bias", size) if part in config.biases else None

        return LayerWeights(
            attention_norm=read("attn_norm.weight", hidden),
            attention_norm_bias=self._norm_bias(prefix + "attn_norm.bias"),
            qkv=self._qkv(prefix, "weight", hidden),
            qkv_bias=self._qkv(prefix, "bias") if "qkv" in config.biases else None,
            query_norm=read("attn_q_norm.weight", config.head_dim) if blocks.qk_norm else None,
            key_norm=read("attn_k_norm.weight", config.head_dim) if blocks.qk_norm else None,
            output=read("attn_output.weight", hidden, config.query_rows),
            output_bias=bias("output", "attn_output", hidden),
            post_attention_norm=(
                read("post_attention_norm.weight", hidden) if blocks.post_norms else None
            ),
            ffn_norm=read("ffn_norm.weight", hidden),
            ffn_norm_bias=self._norm_bias(prefix + "ffn_norm.bias"),
            gate_up=self._gate_up(prefix, "weight", hidden),
            gate_up_bias=self._gate_up(prefix, "bias") if "gate_up" in config.biases else None,
            down=read("ffn_down.weight", hidden, config.ffn),
            down_bias=bias("down", "ffn_down", hidden),
            post_ffn_norm=read("post_ffw_norm.weight", hidden) if blocks.post_norms else None,
        )

    def check_all_used(self) -> None:
        """Refuse a source with tensors that the family does not know: they would be ignored."""
        if unused := self._source.unused_tensors():
            raise UnsupportedModel(
                f"{self._source.label} has {len(unused)} tensors that a model of the "
                f"architecture {self.family.architecture!r} should not have, {unused[0][:200]} "
                "first."
            )

    def _qkv(self, prefix: str, part: str, *inputs: int) -> FloatArray:
        config, source = self.config, self._source
        fused = f"{prefix}attn_qkv.{part}"
        if source.has_tensor(fused):
            return source.tensor(fused, config.query_rows + 2 * config.kv_rows, *inputs)
        query = source.tensor(f"{prefix}attn_q.{part}", config.query_rows, *inputs)
        key = source.tensor(f"{prefix}attn_k.{part}", config.kv_rows, *inputs)
        value = source.tensor(f"{prefix}attn_v.{part}", config.kv_rows, *inputs)
        if source.permuted_rope:
            query = unpermute_rope(query, config.heads)
            key = unpermute_rope(key, config.kv_heads)
        return np.concatenate([query, key, value])

    def _gate_up(self, prefix: str, part: str, *inputs: int) -> FloatArray:
        up = self._source.tensor(f"{prefix}ffn_up.{part}", self.config.ffn, *inputs)
        if not self.config.blocks.gated:
            return up
        gate = self._source.tensor(f"{prefix}ffn_gate.{part}", self.config.ffn, *inputs)
        return np.concatenate([gate, up])

    def _norm_bias(self, name: str) -> FloatArray | None:
        if self.config.blocks.norm == "rms":
            return None
        return self._source.tensor(name, self.config.hidden)


def unpermute_rope(rows: FloatArray, heads: int) -> FloatArray:
    """Undo the interleaving of each head's rows that llama GGUF converters do.

    The converter put rows ``i`` and ``i + dim / 2`` of a head side by side, for kernels that rotate
    neighbours; the graph rotates halves, as the model was trained. ``rows`` [outputs, ...].
    """
    outputs = rows.shape[0]
    pairs = rows.reshape(heads, outputs // heads // 2, 2, *rows.shape[1:])
    return np.ascontiguousarray(pairs.swapaxes(1, 2)).reshape(rows.shape)
