"""The weights of a model in the order and form the graph wants, from a GGUF of a known family."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.errors import UnsupportedModel
from engine.export.families import DecoderConfig, Family, find_family
from engine.export.gguf import GgufFile
from engine.export.quantize import FloatArray


@dataclass(frozen=True, slots=True)
class LayerWeights:
    """Float32 weights of one layer; matrices are [outputs, inputs].

    ``qkv`` stacks query, key and value rows; ``gate_up`` stacks gate and up rows.
    """

    attention_norm: FloatArray
    qkv: FloatArray
    output: FloatArray
    ffn_norm: FloatArray
    gate_up: FloatArray
    down: FloatArray


class DecoderWeights:
    """Reads and dequantises the weights of a decoder one part at a time."""

    def __init__(self, source: GgufFile) -> None:
        self._source = source
        self.family: Family = find_family(source.text("general.architecture"), source.path.name)
        self.config: DecoderConfig = read_config(source, self.family)

    def embedding(self) -> FloatArray:
        """Token embeddings [vocab, hidden]."""
        config = self.config
        return self._source.tensor(self.family.embedding, config.vocab, config.hidden)

    def head(self) -> FloatArray:
        """Output matrix [vocab, hidden]; only for models whose head is not the embedding."""
        config = self.config
        return self._source.tensor(self.family.head, config.vocab, config.hidden)

    def output_norm(self) -> FloatArray:
        """Scale of the last norm [hidden]."""
        return self._source.tensor(self.family.output_norm, self.config.hidden)

    def layer(self, index: int) -> LayerWeights:
        """All weights of layer ``index``."""
        config, names = self.config, self.family.layer
        hidden = config.hidden

        def read(name: str, *shape: int) -> FloatArray:
            return self._source.tensor(name.format(i=index), *shape)

        query = read(names.query, config.query_rows, hidden)
        key = read(names.key, config.kv_rows, hidden)
        if self.family.permuted_rope:
            query = unpermute_rope(query, config.heads)
            key = unpermute_rope(key, config.kv_heads)
        value = read(names.value, config.kv_rows, hidden)
        gate = read(names.gate, config.ffn, hidden)
        up = read(names.up, config.ffn, hidden)
        return LayerWeights(
            attention_norm=read(names.attention_norm, hidden),
            qkv=np.concatenate([query, key, value]),
            output=read(names.output, hidden, config.query_rows),
            ffn_norm=read(names.ffn_norm, hidden),
            gate_up=np.concatenate([gate, up]),
            down=read(names.down, hidden, config.ffn),
        )

    def check_all_used(self) -> None:
        """Refuse a file with tensors that the family does not know: they would be ignored."""
        if unused := self._source.unused_tensors():
            raise UnsupportedModel(
                f"The file {self._source.path.name} has {len(unused)} tensors that a model of the "
                f"architecture {self.family.architecture!r} should not have, {unused[0]} first."
            )


def read_config(source: GgufFile, family: Family) -> DecoderConfig:
    """Shapes and constants from the metadata. Raises ``UnsupportedModel``."""
    prefix = family.architecture + "."
    for key, harmless in family.refused_keys:
        found = source.value(prefix + key, harmless)
        if found != harmless:
            raise UnsupportedModel(
                f"The file {source.path.name} has {prefix + key} set to {found!r}, "
                "which Inkling cannot do."
            )
    hidden = source.integer(prefix + "embedding_length")
    heads = source.integer(prefix + "attention.head_count")
    if min(hidden, heads) < 1:
        raise UnsupportedModel(f"The file {source.path.name} declares impossible shapes.")
    head_dim = source.integer(prefix + "attention.key_length", hidden // heads)
    config = DecoderConfig(
        layers=source.integer(prefix + "block_count"),
        hidden=hidden,
        heads=heads,
        kv_heads=source.integer(prefix + "attention.head_count_kv", heads),
        head_dim=head_dim,
        ffn=source.integer(prefix + "feed_forward_length"),
        vocab=source.rows(family.embedding),
        context=source.integer(prefix + "context_length"),
        rope_theta=source.number(prefix + "rope.freq_base", 10_000.0),
        norm_eps=source.number(prefix + "attention.layer_norm_rms_epsilon"),
        tied_head=not source.has_tensor(family.head),
    )
    sizes = (config.layers, config.kv_heads, config.head_dim, config.ffn, config.context)
    rotated = source.integer(prefix + "rope.dimension_count", head_dim)
    value_dim = source.integer(prefix + "attention.value_length", head_dim)
    if (
        min(sizes) < 1
        or heads % config.kv_heads
        or head_dim % 8
        or rotated != head_dim
        or value_dim != head_dim
    ):
        raise UnsupportedModel(
            f"The file {source.path.name} has attention heads of a shape that Inkling cannot use "
            f"({heads} heads, {config.kv_heads} for keys, size {head_dim}, {rotated} rotated)."
        )
    return config


def unpermute_rope(rows: FloatArray, heads: int) -> FloatArray:
    """Undo the interleaving of each head's rows that llama GGUF converters do.

    The converter put rows ``i`` and ``i + dim / 2`` of a head side by side, for kernels that rotate
    neighbours; the graph rotates halves, as the model was trained.
    """
    outputs, inputs = rows.shape
    pairs = rows.reshape(heads, outputs // heads // 2, 2, inputs)
    return np.ascontiguousarray(pairs.swapaxes(1, 2)).reshape(outputs, inputs)
