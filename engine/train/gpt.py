"""A compact GPT in torch: the reference for the exporter and what is trained.

One file for every family the exporter knows; a ``DecoderConfig`` says which blocks a model has.
Rotary positions by halves (Su et al. 2021) or learned ones, RMS norms (Zhang and Sennrich 2019) or
layer norms, gated (Shazeer 2020) or plain feed-forward parts, grouped-query attention (Ainslie et
al. 2023) with or without norms on queries and keys and sliding windows, tied or own head.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

from engine.export.families import DecoderConfig
from engine.export.rope import FloatArray, Rope
from engine.export.weights import DecoderWeights, LayerWeights

LayerCache = tuple[Tensor, Tensor]
"""Keys and values of one layer, each [batch, kv_heads, length, head_dim]."""

_SHORT = 512
"""Positions up to which attention is made of plain products."""

Rotary = tuple[Tensor, Tensor]
"""Cosines and sines, each [length, head_dim / 2]."""


def make_norm(config: DecoderConfig, size: int) -> nn.Module:
    """The family's norm of the last dimension."""
    if config.blocks.norm == "layer":
        return nn.LayerNorm(size, config.norm_eps)
    return nn.RMSNorm(size, config.norm_eps)


class Attention(nn.Module):
    """Causal grouped-query attention with one matrix for queries, keys and values."""

    def __init__(self, config: DecoderConfig, index: int) -> None:
        super().__init__()
        self.config = config
        self.window = config.window if config.is_local(index) else 0
        query_rows, kv_rows = config.query_rows, config.kv_rows
        self.qkv = nn.Linear(config.hidden, query_rows + 2 * kv_rows, bias="qkv" in config.biases)
        self.output = nn.Linear(query_rows, config.hidden, bias="output" in config.biases)
        if config.blocks.qk_norm:
            self.query_norm = make_norm(config, config.head_dim)
            self.key_norm = make_norm(config, config.head_dim)

    def forward(
        self, x: Tensor, rotary: Rotary | None, past: LayerCache | None
    ) -> tuple[Tensor, LayerCache]:
        """Attend from ``x`` [batch, length, hidden] to ``past`` and to itself."""
        config = self.config
        batch, length, _ = x.shape
        heads = self.qkv(x).view(batch, length, -1, config.head_dim).transpose(1, 2)
        groups = [config.heads, config.kv_heads, config.kv_heads]
        query, key, value = heads.split(groups, dim=1)
        if config.blocks.qk_norm:
            query, key = self.query_norm(query), self.key_norm(key)
        if rotary is not None:
            query, key = rotate(query, *rotary), rotate(key, *rotary)
        if past is not None:
            key = torch.cat([past[0], key], dim=2)
            value = torch.cat([past[1], value], dim=2)
        mask = self._mask(length, key.shape[2], x.device)
        mixed = attend(query, key, value, mask, config.scores_scale)
        joined = mixed.transpose(1, 2).reshape(batch, length, -1)
        return self.output(joined), (key, value)

    def _mask(self, length: int, total: int, device: torch.device) -> Tensor:
        """[length, total]: which positions are seen; not the future, nor what left the window."""
        seen = torch.ones(length, total, dtype=torch.bool, device=device)
        mask = seen.tril(total - length)
        return mask.triu(total - length - self.window + 1) if self.window else mask


class FeedForward(nn.Module):
    """Two matrices and an activation; with gate and up in one matrix where there is a gate."""

    def __init__(self, config: DecoderConfig) -> None:
        super().__init__()
        self.gated = config.blocks.gated
        self.gelu = config.blocks.activation == "gelu"
        rows = config.ffn * (2 if self.gated else 1)
        self.gate_up = nn.Linear(config.hidden, rows, bias="gate_up" in config.biases)
        self.down = nn.Linear(config.ffn, config.hidden, bias="down" in config.biases)

    def forward(self, x: Tensor) -> Tensor:
        """``down(act(gate(x)) * up(x))``, or ``down(act(up(x)))`` without a gate."""
        value = self.gate_up(x)
        if self.gated:
            gate, up = value.chunk(2, dim=-1)
            value = self._activate(gate) * up
        else:
            value = self._activate(value)
        result: Tensor = self.down(value)
        return result

    def _activate(self, x: Tensor) -> Tensor:
        return functional.gelu(x, approximate="tanh") if self.gelu else functional.silu(x)


class Layer(nn.Module):
    """One pre-norm transformer layer, with norms after its parts too where the family has them."""

    def __init__(self, config: DecoderConfig, index: int) -> None:
        super().__init__()
        self.attention_norm = make_norm(config, config.hidden)
        self.attention = Attention(config, index)
        self.ffn_norm = make_norm(config, config.hidden)
        self.ffn = FeedForward(config)
        self.post_norms = config.blocks.post_norms
        if self.post_norms:
            self.post_attention_norm = make_norm(config, config.hidden)
            self.post_ffn_norm = make_norm(config, config.hidden)

    def forward(
        self, x: Tensor, rotary: Rotary | None, past: LayerCache | None
    ) -> tuple[Tensor, LayerCache]:
        """The layer's output and its keys and values, past ones included."""
        attended, cache = self.attention(self.attention_norm(x), rotary, past)
        x = x + (self.post_attention_norm(attended) if self.post_norms else attended)
        fed = self.ffn(self.ffn_norm(x))
        return x + (self.post_ffn_norm(fed) if self.post_norms else fed), cache


class GPT(nn.Module):
    """The whole decoder."""

    def __init__(self, config: DecoderConfig) -> None:
        super().__init__()
        self.config = config
        self.embedding = nn.Embedding(config.vocab, config.hidden)
        if config.blocks.learned_positions:
            self.positions = nn.Embedding(config.context, config.hidden)
        self.layers = nn.ModuleList(Layer(config, index) for index in range(config.layers))
        self.norm = make_norm(config, config.hidden)
        self.head = nn.Linear(config.hidden, config.vocab, bias=False)
        if config.tied_head:
            self.head.weight = self.embedding.weight

    def forward(
        self, ids: Tensor, past: Sequence[LayerCache] | None = None
    ) -> tuple[Tensor, list[LayerCache]]:
        """Logits [batch, length, vocab] of ``ids`` [batch, length] after ``past``, and the cache.

        Raises ``ValueError`` beyond the model's context.
        """
        hidden, caches = self._run(ids, past)
        return self.head(hidden), caches

    def hidden(self, ids: Tensor) -> Tensor:
        """What the head reads, [batch, length, hidden]: training needs logits of few positions."""
        return self._run(ids, None)[0]

    def _run(
        self, ids: Tensor, past: Sequence[LayerCache] | None
    ) -> tuple[Tensor, list[LayerCache]]:
        config = self.config
        start = past[0][0].shape[2] if past else 0
        end = start + ids.shape[1]
        if end > config.context:
            raise ValueError(f"{end} positions are more than the context of {config.context}")
        x = self.embedding(ids) * config.embedding_scale
        if config.blocks.learned_positions:
            x = x + self.positions(torch.arange(start, end, device=ids.device))
        rotary = rotary_tables(config.rope, start, end, x)
        local = rotary_tables(config.local_rope, start, end, x) or rotary
        caches: list[LayerCache] = []
        for index, layer in enumerate(self.layers):
            tables = local if config.is_local(index) else rotary
            x, cache = layer(x, tables, past[index] if past else None)
            caches.append(cache)
        return self.norm(x), caches


def attend(query: Tensor, key: Tensor, value: Tensor, mask: Tensor, scale: float) -> Tensor:
    """``softmax(scale * query @ key') @ value``, [batch, heads, length, head_dim] as ``query``.

    ``key`` and ``value`` are [batch, kv_heads, total, head_dim], each read by as many heads in a
    row; ``mask`` [length, total] says which positions are seen.
    """
    batch, kv_heads, total, size = key.shape
    if total > _SHORT:
        return functional.scaled_dot_product_attention(
            query, key, value, attn_mask=mask, scale=scale, enable_gqa=True
        )
    # On a processor the fused kernel's gradient takes four times as long for short sequences.
    rows = query.reshape(batch, kv_heads, -1, size)
    scores = (rows @ key.transpose(-1, -2)).view(*query.shape[:3], total)
    shares = (scale * scores.float()).masked_fill(~mask, -torch.inf).softmax(dim=-1)
    mixed = shares.to(value.dtype).view(batch, kv_heads, -1, total) @ value
    return mixed.view(query.shape)


def rotary_tables(rope: Rope | None, start: int, end: int, like: Tensor) -> Rotary | None:
    """Cosines and sines [end - start, head_dim / 2] in the type and place of ``like``."""
    if rope is None:
        return None
    frequencies = torch.tensor(rope.frequencies, dtype=torch.float64)
    angles = torch.outer(torch.arange(start, end, dtype=torch.float64), frequencies)
    return (angles.cos() * rope.magnitude).to(like), (angles.sin() * rope.magnitude).to(like)


def rotate(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """Rotate the pairs (i, i + head_dim / 2) of ``x`` [..., length, head_dim]."""
    first, second = x.chunk(2, dim=-1)
    return torch.cat([first * cos - second * sin, second * cos + first * sin], dim=-1)


def load_weights(source: DecoderWeights) -> GPT:
    """A float32 model with the dequantised weights of a source, as the exporter reads them."""
    config = source.config
    with torch.device("meta"):
        model = GPT(config)
    state: dict[str, Tensor] = {}

    def put(name: str, values: FloatArray | None) -> None:
        if values is not None:
            # A copy: what the file holds as float32 already is mapped read-only.
            state[name] = torch.tensor(values)

    put("embedding.weight", source.embedding())
    if config.blocks.learned_positions:
        put("positions.weight", source.positions())
    if config.tied_head:
        state["head.weight"] = state["embedding.weight"]
    else:
        put("head.weight", source.head())
    put("norm.weight", source.output_norm())
    put("norm.bias", source.output_norm_bias())
    for index in range(config.layers):
        layer = source.layer(index)
        for name, values in _layer_tensors(layer).items():
            put(f"layers.{index}.{name}", values)
    model.load_state_dict(state, assign=True)
    if config.tied_head:
        model.head.weight = model.embedding.weight
    return model.eval()


def _layer_tensors(layer: LayerWeights) -> dict[str, FloatArray | None]:
    """A layer's tensors by their names in ``Layer``."""
    return {
        "attention_norm.weight": layer.attention_norm,
        "attention_norm.bias": layer.attention_norm_bias,
        "attention.qkv.weight": layer.qkv,
        "attention.qkv.bias": layer.qkv_bias,
        "attention.query_norm.weight": layer.query_norm,
        "attention.key_norm.weight": layer.key_norm,
        "attention.output.weight": layer.output,
        "attention.output.bias": layer.output_bias,
        "post_attention_norm.weight": layer.post_attention_norm,
        "ffn_norm.weight": layer.ffn_norm,
        "ffn_norm.bias": layer.ffn_norm_bias,
        "ffn.gate_up.weight": layer.gate_up,
        "ffn.gate_up.bias": layer.gate_up_bias,
        "ffn.down.weight": layer.down,
        "ffn.down.bias": layer.down_bias,
        "post_ffn_norm.weight": layer.post_ffn_norm,
    }
