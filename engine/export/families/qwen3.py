"""Qwen 3: Llama's blocks with RMS norms on queries and keys, and heads of a size of their own."""

from engine.export.families import llama
from engine.export.families.base import Blocks, Family, HuggingFaceNames

FAMILY = Family(
    architecture="qwen3",
    blocks=Blocks(qk_norm=True),
    refused_keys=llama.REFUSED_KEYS,
    hugging_face=HuggingFaceNames(
        model_types=("qwen3",),
        prefix="model.",
        settings=llama.SETTINGS,
        defaults={**llama.DEFAULTS, "max_position_embeddings": 32_768, "head_dim": 128},
        required=llama.SILU,
        tensors=llama.TENSORS | llama.QK_NORMS,
        ignored=llama.IGNORED,
    ),
)
