"""Qwen 2 and 2.5: Llama's blocks with biases on queries, keys and values."""

from engine.export.families import llama
from engine.export.families.base import Family, HuggingFaceNames

FAMILY = Family(
    architecture="qwen2",
    refused_keys=llama.REFUSED_KEYS,
    hugging_face=HuggingFaceNames(
        model_types=("qwen2",),
        prefix="model.",
        settings=llama.SETTINGS,
        defaults={**llama.DEFAULTS, "max_position_embeddings": 32_768},
        required=llama.SILU,
        tensors=llama.TENSORS,
        ignored=llama.IGNORED,
    ),
)
