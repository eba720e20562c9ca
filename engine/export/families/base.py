"""What a family must say of itself, and the shapes of one model of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DecoderConfig:
    """Shapes and constants of one decoder with rotary positions, RMS norms and a gated SiLU."""

    layers: int
    hidden: int
    heads: int
    kv_heads: int
    head_dim: int
    ffn: int
    vocab: int
    context: int
    rope_theta: float
    norm_eps: float
    tied_head: bool

    @property
    def query_rows(self) -> int:
        """Outputs of the query projection."""
        return self.heads * self.head_dim

    @property
    def kv_rows(self) -> int:
        """Outputs of the key, and of the value, projection."""
        return self.kv_heads * self.head_dim


@dataclass(frozen=True, slots=True)
class LayerNames:
    """Tensor names of one layer; ``{i}`` stands for its number."""

    attention_norm: str
    query: str
    key: str
    value: str
    output: str
    ffn_norm: str
    gate: str
    up: str
    down: str


@dataclass(frozen=True, slots=True)
class Family:
    """A family of architectures.

    ``permuted_rope``: the converter that made the GGUF interleaved the rows of query and key heads,
    which must be undone for rotation by halves. ``refused_keys`` are metadata keys (without the
    architecture's prefix) that change the mathematics in ways the blocks do not know; a file that
    has one is refused unless its value is the one given.
    """

    architecture: str
    embedding: str
    output_norm: str
    head: str
    layer: LayerNames
    permuted_rope: bool
    refused_keys: tuple[tuple[str, object], ...]
