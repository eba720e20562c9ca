"""GPT-2 (Radford et al. 2019): learned positions, layer norms, GELU, biases everywhere."""

from engine.export.families.base import Blocks, Family, HuggingFaceNames

_LINEAR = {
    "blk.{i}.attn_qkv": "h.{i}.attn.c_attn",
    "blk.{i}.attn_output": "h.{i}.attn.c_proj",
    "blk.{i}.ffn_up": "h.{i}.mlp.c_fc",
    "blk.{i}.ffn_down": "h.{i}.mlp.c_proj",
}
_NORMS = {
    "output_norm": "ln_f",
    "blk.{i}.attn_norm": "h.{i}.ln_1",
    "blk.{i}.ffn_norm": "h.{i}.ln_2",
}

FAMILY = Family(
    architecture="gpt2",
    blocks=Blocks(norm="layer", activation="gelu", gated=False, learned_positions=True),
    hugging_face=HuggingFaceNames(
        model_types=("gpt2",),
        prefix="transformer.",
        settings={
            "embedding_length": "n_embd",
            "block_count": "n_layer",
            "feed_forward_length": "n_inner",
            "context_length": "n_positions",
            "attention.head_count": "n_head",
            "attention.layer_norm_epsilon": "layer_norm_epsilon",
        },
        defaults={"n_positions": 1024, "layer_norm_epsilon": 1e-5},
        required={
            "activation_function": ("gelu_new",),
            "scale_attn_weights": (True,),
            "scale_attn_by_inverse_layer_idx": (False,),
            "add_cross_attention": (False,),
        },
        tensors={
            "token_embd.weight": "wte.weight",
            "position_embd.weight": "wpe.weight",
            "output.weight": "lm_head.weight",
            **{
                f"{ours}.{part}": f"{theirs}.{part}"
                for ours, theirs in (_LINEAR | _NORMS).items()
                for part in ("weight", "bias")
            },
        },
        # Masks that older versions of the library saved along.
        ignored=(".attn.bias", ".attn.masked_bias"),
        transposed=frozenset(f"{name}.weight" for name in _LINEAR),
    ),
    fill_in=lambda settings: (
        {"feed_forward_length": 4 * settings["embedding_length"]}
        if isinstance(settings.get("embedding_length"), int)
        else {}
    ),
)
