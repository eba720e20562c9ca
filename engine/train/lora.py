"""Low-rank adaptation of a GPT's matrices (Hu et al. 2021, "LoRA").

A frozen matrix ``W`` [out, in] is joined by ``scale * B @ A`` with ``A`` [rank, in] and ``B`` [out,
rank]: only these few numbers are trained, and merged they cost nothing when the model runs. ``B``
starts at zero, so that training begins at the model itself.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from engine.train.gpt import GPT

TARGETS = ("attention.qkv", "attention.output", "ffn.gate_up", "ffn.down")
"""The matrices of a layer that can be adapted."""


@dataclass(frozen=True, slots=True)
class LoraSettings:
    """``alpha / rank`` is the scale of the adaptation; ``targets`` are names of ``TARGETS``."""

    rank: int = 16
    alpha: float = 32.0
    targets: tuple[str, ...] = TARGETS


class LoraLinear(nn.Module):
    """A frozen linear map and its trained adaptation."""

    def __init__(self, base: nn.Linear, settings: LoraSettings) -> None:
        super().__init__()
        self.base = base
        self.scale = settings.alpha / settings.rank
        self.down = nn.Parameter(torch.empty(settings.rank, base.in_features))
        self.up = nn.Parameter(torch.zeros(base.out_features, settings.rank))
        nn.init.kaiming_uniform_(self.down, a=math.sqrt(5))

    def forward(self, x: Tensor) -> Tensor:
        """``W x + scale * B A x`` of ``x`` [..., in]."""
        base: Tensor = self.base(x)
        thin = functional.linear(x, self.down.to(base))
        # The scale goes to the small matrix, and the sum into the product: passes over all of
        # the activations are what a step spends its time on beside the products themselves.
        joined = torch.addmm(
            base.flatten(0, -2), thin.flatten(0, -2), (self.scale * self.up).to(base).t()
        )
        return joined.view_as(base)

    def merged(self) -> nn.Linear:
        """The base with the adaptation added to its weights."""
        with torch.no_grad():
            delta = self.scale * (self.up @ self.down)
            self.base.weight.add_(delta.to(self.base.weight))
        return self.base


def add_lora(model: GPT, settings: LoraSettings) -> list[nn.Parameter]:
    """Freeze ``model`` and put adaptations into each layer; returns what there is to train.

    Raises ``ValueError`` for a rank below one or an unknown target.
    """
    if settings.rank < 1 or not settings.targets or set(settings.targets) - set(TARGETS):
        raise ValueError(f"no adaptation of rank {settings.rank} on {settings.targets}")
    model.requires_grad_(requires_grad=False)
    trained: list[nn.Parameter] = []
    for parent, name in _places(model, settings.targets):
        adapted = LoraLinear(getattr(parent, name), settings)
        setattr(parent, name, adapted)
        trained += [adapted.down, adapted.up]
    return trained


def merge_lora(model: GPT) -> None:
    """Add every adaptation to its matrix; the model is then a plain one again."""
    for parent, name in _places(model, TARGETS):
        module = getattr(parent, name)
        if isinstance(module, LoraLinear):
            setattr(parent, name, module.merged())


def _places(model: GPT, targets: Iterable[str]) -> list[tuple[nn.Module, str]]:
    """The modules that hold the targets, and under which names."""
    return [
        (layer.get_submodule(target.rpartition(".")[0]), target.rpartition(".")[2])
        for layer in model.layers
        for target in targets
    ]
