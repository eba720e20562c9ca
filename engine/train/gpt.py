"""A compact GPT of the Llama family in torch: the reference for the exporter and what is trained.

Rotary positions by halves (Su et al. 2021), RMS norms before each part (Zhang and Sennrich 2019),
SwiGLU (Shazeer 2020), grouped-query attention (Ainslie et al. 2023), tied or own head.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from engine.export.quantize import FloatArray
from engine.export.weights import DecoderWeights

LayerCache = tuple[Tensor, Tensor]
"""Keys and values of one layer, each [batch, kv_heads, length, head_dim]."""


@dataclass(frozen=True, slots=True)
class GPTConfig:
    """Shapes and constants of a model."""

    layers: int
    hidden: int
    heads: int
    kv_heads: int
    head_dim: int
    ffn: int
    vocab: int
    context: int
    rope_theta: float = 10_000.0
    norm_eps: float = 1e-5
    tied_head: bool = True


class RMSNorm(nn.Module):
    """``x / sqrt(mean(x^2) + eps)``, scaled."""

    def __init__(self, size: int, eps: float) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(size))
        self.eps = eps

    def forward(self, x: Tensor) -> Tensor:
        """Normalise the last dimension."""
        return functional.rms_norm(x, self.weight.shape, self.weight, self.eps)


class Attention(nn.Module):
    """Causal grouped-query attention with one matrix for queries, keys and values."""

    def __init__(self, config: GPTConfig) -> None:
        super().__init__()
        self.config = config
        query_rows = config.heads * config.head_dim
        kv_rows = config.kv_heads * config.head_dim
        self.qkv = nn.Linear(config.hidden, query_rows + 2 * kv_rows, bias=False)
        self.output = nn.Linear(query_rows, config.hidden, bias=False)

    def forward(
        self, x: Tensor, rotary: tuple[Tensor, Tensor], past: LayerCache | None
    ) -> tuple[Tensor, LayerCache]:
        """Attend from ``x`` [batch, length, hidden] to ``past`` and to itself."""
        config = self.config
        batch, length, _ = x.shape
        heads = self.qkv(x).view(batch, length, -1, config.head_dim).transpose(1, 2)
        groups = [config.heads, config.kv_heads, config.kv_heads]
        query, key, value = heads.split(groups, dim=1)
        query, key = rotate(query, *rotary), rotate(key, *rotary)
        if past is not None:
            key = torch.cat([past[0], key], dim=2)
            value = torch.cat([past[1], value], dim=2)
        total = key.shape[2]
        mask = torch.ones(length, total, dtype=torch.bool, device=x.device).tril(total - length)
        mixed = functional.scaled_dot_product_attention(
            query, key, value, attn_mask=mask, enable_gqa=True
        )
        joined = mixed.transpose(1, 2).reshape(batch, length, -1)
        return self.output(joined), (key, value)


class FeedForward(nn.Module):
    """SwiGLU with gate and up in one matrix."""

    def __init__(self, config: GPTConfig) -> None:
        super().__init__()
        self.gate_up = nn.Linear(config.hidden, 2 * config.ffn, bias=False)
        self.down = nn.Linear(config.ffn, config.hidden, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        """``down(silu(gate(x)) * up(x))``."""
        gate, up = self.gate_up(x).chunk(2, dim=-1)
        result: Tensor = self.down(functional.silu(gate) * up)
        return result


class Layer(nn.Module):
    """One pre-norm transformer layer."""

    def __init__(self, config: GPTConfig) -> None:
        super().__init__()
        self.attention_norm = RMSNorm(config.hidden, config.norm_eps)
        self.attention = Attention(config)
        self.ffn_norm = RMSNorm(config.hidden, config.norm_eps)
        self.ffn = FeedForward(config)

    def forward(
        self, x: Tensor, rotary: tuple[Tensor, Tensor], past: LayerCache | None
    ) -> tuple[Tensor, LayerCache]:
        """The layer's output and its keys and values, past ones included."""
        attended, cache = self.attention(self.attention_norm(x), rotary, past)
        x = x + attended
        return x + self.ffn(self.ffn_norm(x)), cache


class GPT(nn.Module):
    """The whole decoder."""

    def __init__(self, config: GPTConfig) -> None:
        super().__init__()
        self.config = config
        self.embedding = nn.Embedding(config.vocab, config.hidden)
        self.layers = nn.ModuleList(Layer(config) for _ in range(config.layers))
        self.norm = RMSNorm(config.hidden, config.norm_eps)
        self.head = nn.Linear(config.hidden, config.vocab, bias=False)
        if config.tied_head:
            self.head.weight = self.embedding.weight

    def forward(
        self, ids: Tensor, past: Sequence[LayerCache] | None = None
    ) -> tuple[Tensor, list[LayerCache]]:
        """Logits [batch, length, vocab] of ``ids`` [batch, length] after ``past``, and the cache.

        Raises ``ValueError`` beyond the model's context.
        """
        start = past[0][0].shape[2] if past else 0
        end = start + ids.shape[1]
        if end > self.config.context:
            raise ValueError(f"{end} positions are more than the context of {self.config.context}")
        rotary = rotary_tables(self.config, start, end, self.embedding.weight)
        x = self.embedding(ids)
        caches: list[LayerCache] = []
        for index, layer in enumerate(self.layers):
            x, cache = layer(x, rotary, past[index] if past else None)
            caches.append(cache)
        return self.head(self.norm(x)), caches


def rotary_tables(config: GPTConfig, start: int, end: int, like: Tensor) -> tuple[Tensor, Tensor]:
    """Cosines and sines [end - start, head_dim / 2] in the type and place of ``like``."""
    exponents = torch.arange(0, config.head_dim, 2, dtype=torch.float64) / config.head_dim
    positions = torch.arange(start, end, dtype=torch.float64)
    angles = torch.outer(positions, config.rope_theta**-exponents)
    return angles.cos().to(like), angles.sin().to(like)


def rotate(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """Rotate the pairs (i, i + head_dim / 2) of ``x`` [..., length, head_dim]."""
    first, second = x.chunk(2, dim=-1)
    return torch.cat([first * cos - second * sin, second * cos + first * sin], dim=-1)


def load_weights(source: DecoderWeights) -> GPT:
    """A float32 model with the dequantised weights of a file, as the exporter reads them."""
    shapes = source.config
    config = GPTConfig(
        layers=shapes.layers,
        hidden=shapes.hidden,
        heads=shapes.heads,
        kv_heads=shapes.kv_heads,
        head_dim=shapes.head_dim,
        ffn=shapes.ffn,
        vocab=shapes.vocab,
        context=shapes.context,
        rope_theta=shapes.rope_theta,
        norm_eps=shapes.norm_eps,
        tied_head=shapes.tied_head,
    )
    with torch.device("meta"):
        model = GPT(config)
    state: dict[str, Tensor] = {}

    def put(name: str, values: FloatArray) -> None:
        # A copy: what the file holds as float32 already is mapped read-only.
        state[name] = torch.tensor(values)

    put("embedding.weight", source.embedding())
    if config.tied_head:
        state["head.weight"] = state["embedding.weight"]
    else:
        put("head.weight", source.head())
    put("norm.weight", source.output_norm())
    for index in range(config.layers):
        layer, prefix = source.layer(index), f"layers.{index}."
        put(prefix + "attention_norm.weight", layer.attention_norm)
        put(prefix + "attention.qkv.weight", layer.qkv)
        put(prefix + "attention.output.weight", layer.output)
        put(prefix + "ffn_norm.weight", layer.ffn_norm)
        put(prefix + "ffn.gate_up.weight", layer.gate_up)
        put(prefix + "ffn.down.weight", layer.down)
    model.load_state_dict(state, assign=True)
    if config.tied_head:
        model.head.weight = model.embedding.weight
    return model.eval()
