"""How often a model chooses right: classification by the probabilities of the labels.

A label is chosen by scoring, not by asking for it: the one that the model finds most probable after
the prompt, its end included.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn import functional

from engine.train.examples import IGNORED, Batch, Example, collate
from engine.train.gpt import GPT


@torch.no_grad()
def accuracy(model: GPT, examples: Sequence[Example], *, half: bool) -> float | None:
    """The share of the examples with choices whose right one is the most probable.

    None where no example has choices. ``half`` computes in bfloat16 where that loses little.
    """
    model.eval()
    asked = [each for each in examples if each.rivals]
    right = 0
    for each in asked:
        rivals = [Example(ids, each.prompt_tokens) for ids in each.rivals]
        with torch.autocast("cpu", torch.bfloat16, enabled=half):
            losses = _losses(model, collate([each, *rivals]))
        right += int(losses.argmin()) == 0
    return right / len(asked) if asked else None


def _losses(model: GPT, batch: Batch) -> Tensor:
    """Nats of each row's labels, [rows]."""
    logits = model.head(model.hidden(batch.ids)).float().flatten(0, 1)
    nats = functional.cross_entropy(
        logits, batch.labels.flatten(), ignore_index=IGNORED, reduction="none"
    )
    return nats.view(batch.labels.shape).sum(dim=1)
