"""What a family must say of itself, and the shapes and constants of one model of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from engine.export.rope import Rope


@dataclass(frozen=True, slots=True)
class Blocks:
    """The blocks that a decoder is made of; the defaults are Llama's.

    ``activation`` "gelu" is the tanh approximation. ``gated``: the feed-forward part multiplies
    the activated gate with a second projection. ``post_norms``: what attention and feed-forward
    give is normalised once more before it is added.
    """

    norm: Literal["rms", "layer"] = "rms"
    activation: Literal["silu", "gelu"] = "silu"
    gated: bool = True
    learned_positions: bool = False
    qk_norm: bool = False
    post_norms: bool = False


@dataclass(frozen=True, slots=True)
class DecoderConfig:
    """Shapes and constants of one decoder.

    ``rope`` is None for learned positions. Layers where ``local_layers`` is true see only the last
    ``window`` positions, themselves included, and rotate by ``local_rope``. ``biases``: whether
    projections have them is known only from the weights; these are the ones found, by the names of
    ``LayerWeights``.
    """

    layers: int
    hidden: int
    heads: int
    kv_heads: int
    head_dim: int
    ffn: int
    vocab: int
    context: int
    rope: Rope | None
    norm_eps: float = 1e-5
    tied_head: bool = True
    blocks: Blocks = Blocks()
    biases: frozenset[str] = frozenset()
    embedding_scale: float = 1.0
    attention_scale: float = 0.0
    window: int = 0
    local_layers: tuple[bool, ...] = ()
    local_rope: Rope | None = None

    @property
    def query_rows(self) -> int:
        """Outputs of the query projection."""
        return self.heads * self.head_dim

    @property
    def kv_rows(self) -> int:
        """Outputs of the key, and of the value, projection."""
        return self.kv_heads * self.head_dim

    @property
    def scores_scale(self) -> float:
        """What products of queries and keys are multiplied with; 1 / sqrt(head_dim) by default."""
        return self.attention_scale or float(self.head_dim**-0.5)

    def is_local(self, layer: int) -> bool:
        """Whether ``layer`` sees only a sliding window."""
        return bool(self.local_layers) and self.local_layers[layer]


@dataclass(frozen=True, slots=True)
class HuggingFaceNames:
    """How a family is written in a Hugging Face folder, in terms of the names of GGUF.

    ``settings`` maps GGUF's keys (without the architecture) to those of ``config.json``;
    ``defaults`` are what ``transformers`` assumes for absent ones. ``required`` are entries that
    must have one of the values given, where they are there at all. ``tensors`` maps GGUF's names to
    those without ``prefix``; names that end with one of ``ignored`` hold nothing of use.
    ``transposed`` are kept as [inputs, outputs]; ``norm_offset`` is added to scales of norms.
    """

    model_types: tuple[str, ...]
    prefix: str
    settings: Mapping[str, str]
    defaults: Mapping[str, Any]
    required: Mapping[str, tuple[object, ...]]
    tensors: Mapping[str, str]
    ignored: tuple[str, ...] = ()
    transposed: frozenset[str] = frozenset()
    norm_offset: float = 0.0


def _no_more(settings: Mapping[str, Any]) -> Mapping[str, Any]:  # noqa: ARG001
    return {}


@dataclass(frozen=True, slots=True)
class Family:
    """A family of architectures.

    ``permuted_rope``: the converter that made the GGUF interleaved the rows of query and key heads,
    which must be undone for rotation by halves. ``refused_keys`` are metadata keys (without the
    architecture's prefix) that change the mathematics in ways the blocks do not know; a file that
    has one is refused unless its value is the one given. ``fill_in`` gives the settings that a
    file of this family need not have, from those it has. ``has_windows``: some layers have one even
    where the source does not say which.
    """

    architecture: str
    hugging_face: HuggingFaceNames
    blocks: Blocks = Blocks()
    permuted_rope: bool = False
    scaled_embedding: bool = False
    has_windows: bool = False
    refused_keys: tuple[tuple[str, object], ...] = ()
    fill_in: Callable[[Mapping[str, Any]], Mapping[str, Any]] = _no_more
