"""Llama, SmolLM and relatives: rotary positions, RMS norms, gated SiLU, grouped-query attention."""

from engine.export.families.base import Family, LayerNames

FAMILY = Family(
    architecture="llama",
    embedding="token_embd.weight",
    output_norm="output_norm.weight",
    head="output.weight",
    layer=LayerNames(
        attention_norm="blk.{i}.attn_norm.weight",
        query="blk.{i}.attn_q.weight",
        key="blk.{i}.attn_k.weight",
        value="blk.{i}.attn_v.weight",
        output="blk.{i}.attn_output.weight",
        ffn_norm="blk.{i}.ffn_norm.weight",
        gate="blk.{i}.ffn_gate.weight",
        up="blk.{i}.ffn_up.weight",
        down="blk.{i}.ffn_down.weight",
    ),
    permuted_rope=True,
    refused_keys=(
        ("expert_count", 0),
        ("rope.scaling.type", "none"),
        ("attention.sliding_window", 0),
        ("attention.scale", 0.0),
        ("embedding_scale", 1.0),
        ("residual_scale", 1.0),
        ("logit_scale", 1.0),
    ),
)
