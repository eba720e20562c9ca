"""Small models made from nothing: their shapes, the weights they start from, their optimiser.

Llama's blocks (Touvron et al. 2023) with the initialisation of GPT-2 (Radford et al. 2019).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import nn

from engine.export.families import FAMILIES, DecoderConfig
from engine.export.rope import make_rope, plain
from engine.train.gpt import GPT

FAMILY = FAMILIES["llama"]
_DEVIATION = 0.02
_BETAS = (0.9, 0.95)
_DECAY = 0.1


@dataclass(frozen=True, slots=True)
class Preset:
    """A model's shape and how it is trained; ``rows`` and ``context`` make a batch of tokens."""

    vocabulary: int
    layers: int
    hidden: int
    heads: int
    ffn: int
    context: int
    rows: int = 16
    accumulate: int = 1
    rate: float = 1e-3
    steps: int = 2000
    check_every: int = 50
    patience: int = 8
    """Measurements without a better one after which training ends."""


PRESETS = {
    "tiny": Preset(4096, layers=6, hidden=192, heads=6, ffn=512, context=256),
    "small": Preset(
        8192, 12, 448, 7, 1216, 512, rows=8, accumulate=4, rate=6e-4, steps=20_000, check_every=100
    ),
}


def shapes(preset: Preset, vocabulary: int) -> DecoderConfig:
    """What a model of that preset looks like."""
    head_dim = preset.hidden // preset.heads
    return DecoderConfig(
        layers=preset.layers,
        hidden=preset.hidden,
        heads=preset.heads,
        kv_heads=preset.heads,
        head_dim=head_dim,
        ffn=preset.ffn,
        vocab=vocabulary,
        context=preset.context,
        rope=make_rope(plain(10_000.0, head_dim)),
        blocks=FAMILY.blocks,
    )


def make_model(preset: Preset, vocabulary: int) -> GPT:
    """A GPT with the weights it starts from.

    Matrices are normal with a deviation of 0.02; those that write into the residual stream are
    smaller by the root of how many there are (Radford et al. 2019, section 2.3).
    """
    model = GPT(shapes(preset, vocabulary))
    for name, parameter in model.named_parameters():
        if parameter.ndim == 2:
            into_residual = name.endswith(("attention.output.weight", "ffn.down.weight"))
            shrunk = math.sqrt(2 * preset.layers) if into_residual else 1.0
            nn.init.normal_(parameter, std=_DEVIATION / shrunk)
    return model


def make_optimiser(model: GPT) -> torch.optim.AdamW:
    """AdamW that decays matrices alone: norms' scales at zero would be no simpler a model."""
    groups = [
        {"params": [each for each in model.parameters() if each.ndim >= 2], "weight_decay": _DECAY},
        {"params": [each for each in model.parameters() if each.ndim < 2], "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, betas=_BETAS)
