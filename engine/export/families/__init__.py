"""Model families as data: how a family names its settings and tensors, and which blocks it uses."""

from engine.errors import UnsupportedModel
from engine.export.families import llama
from engine.export.families.base import DecoderConfig, Family, LayerNames

FAMILIES: dict[str, Family] = {llama.FAMILY.architecture: llama.FAMILY}


def find_family(architecture: str, file_name: str) -> Family:
    """The family of a GGUF ``general.architecture``. Raises ``UnsupportedModel``."""
    family = FAMILIES.get(architecture)
    if family is None:
        known = ", ".join(sorted(FAMILIES))
        raise UnsupportedModel(
            f"The file {file_name} holds a model of the architecture "
            f"{architecture or 'unknown'!r}. Inkling can use: {known}."
        )
    return family


__all__ = ["FAMILIES", "DecoderConfig", "Family", "LayerNames", "find_family"]
