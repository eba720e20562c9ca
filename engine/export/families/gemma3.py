"""Gemma 3 (text): norms on queries, keys and results, windows on most layers, gated GELU.

Global layers rotate by one base, those with a window by another; embeddings are scaled by
sqrt(hidden); scales of norms are kept as what is added to 1 (GGUF has them added already).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.export.families import llama
from engine.export.families.base import Blocks, Family, HuggingFaceNames

_PATTERN = 6
_LAYERS_OF_27B = 62
_SCALE_OF_27B = 168**-0.5


def _fill_in(settings: Mapping[str, Any]) -> Mapping[str, Any]:
    """What GGUF files leave out since it is the same in every model; five of six layers are local.

    The 27B model alone scales by hidden / heads, 5376 / 32, instead of the heads' size.
    """
    filled: dict[str, Any] = {
        "rope.freq_base": 1_000_000.0,
        "rope.freq_base_swa": 10_000.0,
        "attention.sliding_window_pattern": _PATTERN,
    }
    if settings.get("block_count") == _LAYERS_OF_27B:
        filled["attention.scale"] = _SCALE_OF_27B
    return filled


FAMILY = Family(
    architecture="gemma3",
    blocks=Blocks(activation="gelu", qk_norm=True, post_norms=True),
    scaled_embedding=True,
    has_windows=True,
    refused_keys=llama.REFUSED_KEYS,
    fill_in=_fill_in,
    hugging_face=HuggingFaceNames(
        model_types=("gemma3_text",),
        prefix="model.",
        settings=llama.SETTINGS,
        defaults={
            "max_position_embeddings": 131_072,
            "rms_norm_eps": 1e-6,
            "head_dim": 256,
            "sliding_window": 4096,
            "query_pre_attn_scalar": 256,
            "rope_theta": 1_000_000.0,
            "rope_local_base_freq": 10_000.0,
        },
        required={
            "hidden_activation": ("gelu_pytorch_tanh",),
            "attn_logit_softcapping": (None,),
            "final_logit_softcapping": (None,),
            "use_bidirectional_attention": (None, False),
        },
        tensors=llama.TENSORS
        | llama.QK_NORMS
        | {
            "blk.{i}.post_attention_norm.weight": "layers.{i}.post_attention_layernorm.weight",
            "blk.{i}.ffn_norm.weight": "layers.{i}.pre_feedforward_layernorm.weight",
            "blk.{i}.post_ffw_norm.weight": "layers.{i}.post_feedforward_layernorm.weight",
        },
        ignored=llama.IGNORED,
        norm_offset=1.0,
    ),
)
