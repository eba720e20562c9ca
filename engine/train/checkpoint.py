"""A trained model as a Hugging Face folder, which the exporter and other programs read.

Weights go into safetensors under the names of the model's family; no pickle is ever written.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from engine.export.families import DecoderConfig, Family
from engine.export.rope import FloatArray, Rope, make_rope, plain
from engine.export.safetensors import write_safetensors
from engine.train.gpt import GPT

_WEIGHTS, _CONFIG, _TOKENIZER = "model.safetensors", "config.json", "tokenizer.json"


def save_checkpoint(
    model: GPT, family: Family, folder: Path, tokenizer: Path, tokens: Mapping[str, Any]
) -> None:
    """Write ``model`` into ``folder`` in float32.

    ``tokenizer`` is the ``tokenizer.json`` to put beside it; ``tokens`` are entries of
    ``config.json`` such as ``bos_token_id``.

    Raises:
        ValueError: the model's positions are scaled, which cannot be told from its tables.
        OSError: the folder cannot be written.
    """
    config = {**tokens, **_config(model.config, family)}
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(config, indent=2, sort_keys=True) + "\n"
    (folder / _CONFIG).write_text(text, encoding="utf-8")
    (folder / _TOKENIZER).write_bytes(tokenizer.read_bytes())
    write_safetensors(folder / _WEIGHTS, dict(_tensors(model, family)))


def _config(shapes: DecoderConfig, family: Family) -> dict[str, Any]:
    names = family.hugging_face
    ours = {
        "embedding_length": shapes.hidden,
        "block_count": shapes.layers,
        "feed_forward_length": shapes.ffn,
        "context_length": shapes.context,
        "attention.head_count": shapes.heads,
        "attention.head_count_kv": shapes.kv_heads,
        "attention.key_length": shapes.head_dim,
        "attention.layer_norm_epsilon": shapes.norm_eps,
        "attention.layer_norm_rms_epsilon": shapes.norm_eps,
        "attention.sliding_window": shapes.window or None,
    }
    config: dict[str, Any] = {key: allowed[0] for key, allowed in names.required.items()}
    config |= {theirs: ours[key] for key, theirs in names.settings.items()}
    config |= {
        "model_type": names.model_types[0],
        "vocab_size": shapes.vocab,
        "tie_word_embeddings": shapes.tied_head,
        "torch_dtype": "float32",
    }
    if shapes.rope is not None:
        config["rope_theta"] = _base(shapes.rope, shapes.head_dim)
    if shapes.local_rope is not None:
        config["rope_local_base_freq"] = _base(shapes.local_rope, shapes.head_dim)
    if shapes.local_layers:
        kinds = ("full_attention", "sliding_attention")
        config["layer_types"] = [kinds[local] for local in shapes.local_layers]
    if "query_pre_attn_scalar" in names.defaults:
        config["query_pre_attn_scalar"] = round(shapes.scores_scale**-2)
    return config


def _base(rope: Rope, head_dim: int) -> float:
    theta: float = round(rope.frequencies[1] ** (-head_dim / 2), 4)
    same = np.allclose(make_rope(plain(theta, head_dim)).frequencies, rope.frequencies, rtol=1e-6)
    if not same or rope.magnitude != 1.0:
        raise ValueError("a model with scaled positions cannot be saved")
    return theta


def _tensors(model: GPT, family: Family) -> Iterator[tuple[str, FloatArray]]:
    """Names in the folder and their values."""
    names = family.hugging_face
    for ours, values in _gguf_tensors(model, fused="blk.{i}.attn_qkv.weight" in names.tensors):
        pattern, layer = ours
        if pattern in names.transposed:
            values = values.T
        if names.norm_offset and pattern.endswith("norm.weight"):
            values = values - np.float32(names.norm_offset)
        theirs = names.tensors[pattern].replace("{i}", layer)
        prefix = "" if pattern == "output.weight" else names.prefix
        yield prefix + theirs, np.ascontiguousarray(values, np.float32)


def _gguf_tensors(model: GPT, *, fused: bool) -> Iterator[tuple[tuple[str, str], FloatArray]]:
    """Everything the model has: GGUF's name with a placeholder, the layer, and the values."""
    config = model.config
    kv = config.kv_rows
    for name, tensor in model.state_dict().items():
        values = tensor.detach().float().cpu().numpy()
        if not name.startswith("layers."):
            if name != "head.weight" or not config.tied_head:
                owner, part = name.rsplit(".", 1)
                yield (f"{_OUTER[owner]}.{part}", ""), values
            continue
        _, layer, rest = name.split(".", 2)
        owner, part = rest.rsplit(".", 1)
        if owner == "attention.qkv" and not fused:
            ends = [config.query_rows, config.query_rows + kv]
            parts = zip(("attn_q", "attn_k", "attn_v"), np.split(values, ends), strict=True)
        elif owner == "ffn.gate_up" and config.blocks.gated:
            parts = zip(("ffn_gate", "ffn_up"), np.split(values, 2), strict=True)
        else:
            parts = zip((_INNER[owner],), (values,), strict=True)
        for inner, piece in parts:
            yield (f"blk.{{i}}.{inner}.{part}", layer), piece


_OUTER = {
    "embedding": "token_embd",
    "positions": "position_embd",
    "norm": "output_norm",
    "head": "output",
}
_INNER = {
    "attention_norm": "attn_norm",
    "attention.qkv": "attn_qkv",
    "attention.query_norm": "attn_q_norm",
    "attention.key_norm": "attn_k_norm",
    "attention.output": "attn_output",
    "post_attention_norm": "post_attention_norm",
    "ffn_norm": "ffn_norm",
    "ffn.gate_up": "ffn_up",
    "ffn.down": "ffn_down",
    "post_ffn_norm": "post_ffw_norm",
}
