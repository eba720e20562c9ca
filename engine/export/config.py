"""Shapes and constants of a model, from the settings and tensors of its source."""

from __future__ import annotations

import math

from engine.errors import UnsupportedModel
from engine.export import rope
from engine.export.families import DecoderConfig
from engine.export.rope import Rope
from engine.export.source import Settings, WeightSource

MAX_LAYERS = 512
_MAX_SIZE = 1 << 20
# What a desktop can hold the keys and values of; tables of positions are made up to here.
_MAX_CONTEXT = 131_072
_BIASES = {
    "qkv": ("attn_q.bias", "attn_qkv.bias"),
    "output": ("attn_output.bias",),
    "gate_up": ("ffn_up.bias",),
    "down": ("ffn_down.bias",),
}


def read_config(source: WeightSource) -> DecoderConfig:
    """Read and check everything that shapes the graph. Raises ``UnsupportedModel``.

    A context of more than 131,072 positions is cut to that.
    """
    family, settings = source.family, source.settings()
    blocks = family.blocks
    hidden = settings.integer("embedding_length")
    heads = settings.integer("attention.head_count")
    if min(hidden, heads) < 1:
        raise UnsupportedModel(f"{source.label} declares impossible shapes.")
    head_dim = settings.integer("attention.key_length", hidden // heads)
    layers = settings.integer("block_count")
    kv_heads = settings.integer("attention.head_count_kv", heads)
    context = min(settings.integer("context_length"), _MAX_CONTEXT)
    ffn = settings.integer("feed_forward_length")
    _check_shapes(source, settings, (hidden, layers, heads, kv_heads, head_dim, ffn, context))
    norm = "layer_norm_epsilon" if blocks.norm == "layer" else "layer_norm_rms_epsilon"
    vocab = source.shape("token_embd.weight")[:1]
    if not vocab or vocab[0] < 1:
        raise UnsupportedModel(f"{source.label} has no embedding that could be one.")
    window, local_layers = _windows(source, settings, layers)
    return DecoderConfig(
        layers=layers,
        hidden=hidden,
        heads=heads,
        kv_heads=kv_heads,
        head_dim=head_dim,
        ffn=ffn,
        vocab=vocab[0],
        context=context,
        rope=None if blocks.learned_positions else _global_rope(source, settings, head_dim),
        norm_eps=_positive(settings, f"attention.{norm}"),
        tied_head=not source.has_tensor("output.weight")
        or settings.values.get("tied_head") is True,
        blocks=blocks,
        biases=frozenset(
            part
            for part, names in _BIASES.items()
            if any(source.has_tensor(f"blk.0.{name}") for name in names)
        ),
        embedding_scale=math.sqrt(hidden) if family.scaled_embedding else 1.0,
        attention_scale=(
            _positive(settings, "attention.scale")
            if settings.values.get("attention.scale")
            else 0.0
        ),
        window=window,
        local_layers=local_layers,
        local_rope=_local_rope(source, settings, head_dim) if any(local_layers) else None,
    )


def _check_shapes(source: WeightSource, settings: Settings, sizes: tuple[int, ...]) -> None:
    _, layers, heads, kv_heads, head_dim, _, context = sizes
    rotated = settings.integer("rope.dimension_count", head_dim)
    value_dim = settings.integer("attention.value_length", head_dim)
    if min(sizes) < 1 or context < 2 or max(sizes) > _MAX_SIZE or layers > MAX_LAYERS:
        raise UnsupportedModel(f"{source.label} declares impossible shapes.")
    if heads % kv_heads or head_dim % 8 or rotated != head_dim or value_dim != head_dim:
        raise UnsupportedModel(
            f"{source.label} has attention heads of a shape that Inkling cannot use "
            f"({heads} heads, {kv_heads} for keys, size {head_dim}, {rotated} rotated)."
        )


def _windows(source: WeightSource, settings: Settings, layers: int) -> tuple[int, tuple[bool, ...]]:
    window = settings.integer("attention.sliding_window", 0)
    pattern = settings.values.get("attention.sliding_window_pattern")
    if not window and not source.family.has_windows:
        return 0, ()
    if isinstance(pattern, int) and pattern > 0:
        local = tuple((index + 1) % pattern != 0 for index in range(layers))
    elif isinstance(pattern, list) and len(pattern) == layers:
        local = tuple(bool(each) for each in pattern)
    else:
        raise settings.refuse("attention.sliding_window")
    if not 0 < window <= _MAX_SIZE:
        raise settings.refuse("attention.sliding_window")
    return (window, local) if any(local) else (0, ())


def _global_rope(source: WeightSource, settings: Settings, head_dim: int) -> Rope:
    theta = _positive(settings, "rope.freq_base", 10_000.0)
    frequencies = rope.plain(theta, head_dim)
    if source.has_tensor("rope_freqs.weight"):
        # How GGUF writes Llama 3.1's scaling: what each frequency is divided by.
        factors = source.tensor("rope_freqs.weight", head_dim // 2)
        if not (factors > 0).all():
            raise UnsupportedModel(f"{source.label} has impossible factors for its positions.")
        return rope.make_rope(frequencies / factors)
    kind = settings.text("rope.scaling.type", "none")
    if kind == "none":
        return rope.make_rope(frequencies)
    if kind not in ("linear", "llama3", "yarn"):
        raise settings.refuse("rope.scaling.type")
    factor = _positive(settings, "rope.scaling.factor")
    if kind == "linear":
        return rope.make_rope(frequencies / factor)
    trained = settings.integer(
        "rope.scaling.original_context_length", settings.integer("context_length")
    )
    if trained < 1:
        raise settings.refuse("rope.scaling.original_context_length")
    if kind == "llama3":
        low = _positive(settings, "rope.scaling.low_freq_factor", 1.0)
        high = _positive(settings, "rope.scaling.high_freq_factor", 4.0)
        if high <= low:
            raise settings.refuse("rope.scaling.high_freq_factor")
        return rope.make_rope(rope.llama3(frequencies, factor, low, high, trained))
    if theta <= 1:
        raise settings.refuse("rope.freq_base")
    betas = (
        _positive(settings, "rope.scaling.yarn_beta_fast", 32.0),
        _positive(settings, "rope.scaling.yarn_beta_slow", 1.0),
    )
    magnitude = _positive(settings, "rope.scaling.attn_factor", 1.0)
    return rope.make_rope(
        rope.yarn(frequencies, theta, factor, trained, betas),
        magnitude * rope.yarn_magnitude(factor),
    )


def _local_rope(source: WeightSource, settings: Settings, head_dim: int) -> Rope:
    """Layers with a window rotate by a base of their own, never scaled."""
    if "rope.freq_base_swa" not in settings.values:
        return _global_rope(source, settings, head_dim)
    theta = _positive(settings, "rope.freq_base_swa")
    return rope.make_rope(rope.plain(theta, head_dim))


def _positive(settings: Settings, key: str, default: float | None = None) -> float:
    value = settings.number(key, default)
    if not math.isfinite(value) or not 0 < value < 1e12:
        raise settings.refuse(key)
    return value
