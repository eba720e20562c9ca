"""Model families as data: how a family names its settings and tensors, and which blocks it uses."""

from engine.errors import UnsupportedModel
from engine.export.families import gemma3, gpt2, llama, qwen2, qwen3
from engine.export.families.base import Blocks, DecoderConfig, Family, HuggingFaceNames

FAMILIES: dict[str, Family] = {
    module.FAMILY.architecture: module.FAMILY for module in (gemma3, gpt2, llama, qwen2, qwen3)
}


def find_family(architecture: str, label: str) -> Family:
    """The family of a GGUF ``general.architecture``. Raises ``UnsupportedModel``."""
    family = FAMILIES.get(architecture)
    if family is None:
        raise _unknown(architecture, label, sorted(FAMILIES))
    return family


def find_family_of_type(model_type: str, label: str) -> Family:
    """The family of a ``model_type`` of ``config.json``. Raises ``UnsupportedModel``."""
    by_type = {name: each for each in FAMILIES.values() for name in each.hugging_face.model_types}
    family = by_type.get(model_type)
    if family is None:
        raise _unknown(model_type, label, sorted(by_type))
    return family


def _unknown(found: str, label: str, known: list[str]) -> UnsupportedModel:
    return UnsupportedModel(
        f"{label} holds a model of the architecture {found[:100] or 'unknown'!r}. "
        f"Inkling can use: {', '.join(known)}."
    )


__all__ = [
    "FAMILIES",
    "Blocks",
    "DecoderConfig",
    "Family",
    "HuggingFaceNames",
    "find_family",
    "find_family_of_type",
]
