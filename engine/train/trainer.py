"""The training loop: AdamW on batches, with a warm-up and a cosine's decay.

Minimises ``-sum log p(token | tokens before it)`` over the labelled tokens, the negative
log-likelihood of Radford et al. 2018, equation 1. AdamW: Loshchilov and Hutter 2019.
"""

from __future__ import annotations

import itertools
import math
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from engine.errors import EngineError
from engine.train.examples import IGNORED, Batch
from engine.train.gpt import GPT

_MAX_BAD_STEPS = 10


class TrainingFailed(EngineError):
    """The loss stayed undefined; the model that was there before is untouched."""


@dataclass(frozen=True, slots=True)
class TrainingSettings:
    """``rate`` is AdamW's highest; ``steps`` the number of updates in all."""

    steps: int
    rate: float = 8e-4
    warm_up: int = 30
    weight_decay: float = 0.0
    clip: float = 1.0
    final_share: float = 0.1
    """Of ``rate``, at the last step."""
    accumulate: int = 1
    """Batches whose gradients make one update."""


@dataclass(frozen=True, slots=True)
class Step:
    """One update: its mean loss in nats a token, and how far training is."""

    number: int
    steps: int
    loss: float
    rate: float
    tokens: int
    seconds: float
    skipped: bool = False
    """The loss was undefined: nothing was changed, and the rate is halved from here on."""
    slowed: float = 1.0
    """What the rate is multiplied with after steps that were skipped."""


def rate_at(step: int, settings: TrainingSettings) -> float:
    """The learning rate of update ``step`` (from 0): linear warm-up, then half a cosine."""
    if step < settings.warm_up:
        return settings.rate * (step + 1) / settings.warm_up
    span = max(1, settings.steps - settings.warm_up)
    decay = 0.5 * (1 + math.cos(math.pi * min(1.0, (step - settings.warm_up) / span)))
    return settings.rate * (settings.final_share + (1 - settings.final_share) * decay)


def loss_sum(model: GPT, batch: Batch) -> Tensor:
    """The summed negative log-likelihood of a batch's labels; the head runs only where they are."""
    hidden = model.hidden(batch.ids)
    wanted = batch.labels != IGNORED
    logits = model.head(hidden[wanted]).float()
    return functional.cross_entropy(logits, batch.labels[wanted], reduction="sum")


def train(
    model: GPT,
    trained: Sequence[nn.Parameter],
    data: Iterable[Batch],
    settings: TrainingSettings,
    *,
    half: bool,
    optimiser: torch.optim.AdamW | None = None,
    start: int = 0,
    slowed: float = 1.0,
) -> Iterator[Step]:
    """Make the updates from ``start`` to ``settings.steps`` of ``trained``; yields after each.

    ``half`` computes in bfloat16 where that loses little (autocast). ``optimiser``, ``start`` and
    ``slowed`` are those of training that goes on; ``data`` begins there too. A step whose loss or
    gradient is not a number changes nothing and halves the rate. Raises ``TrainingFailed`` after
    ten of them in a row.
    """
    if optimiser is None:
        optimiser = torch.optim.AdamW(trained, lr=settings.rate, weight_decay=settings.weight_decay)
    started, bad, source = time.perf_counter(), 0, iter(data)
    model.train()
    for number in range(start, settings.steps):
        parts = list(itertools.islice(source, settings.accumulate))
        if not parts:
            break
        rate = slowed * rate_at(number, settings)
        for group in optimiser.param_groups:
            group["lr"] = rate
        tokens, total = sum(part.answer_tokens for part in parts), 0.0
        for part in parts:
            with torch.autocast("cpu", torch.bfloat16, enabled=half):
                loss = loss_sum(model, part) / max(1, tokens)
            loss.backward()  # type: ignore[no-untyped-call]
            total += float(loss.detach())
        norm = nn.utils.clip_grad_norm_(trained, settings.clip)
        fine = math.isfinite(total) and bool(torch.isfinite(norm))
        if fine:
            optimiser.step()
            bad = 0
        else:
            slowed, bad = slowed / 2, bad + 1
        optimiser.zero_grad(set_to_none=True)
        if bad >= _MAX_BAD_STEPS:
            raise TrainingFailed(
                "The loss is not a number any more, even at a lower rate. The model that you have "
                "is unchanged. Try again with a lower --rate."
            )
        yield Step(
            number + 1,
            settings.steps,
            total,
            rate,
            tokens,
            time.perf_counter() - started,
            skipped=not fine,
            slowed=slowed,
        )
    model.eval()


@torch.no_grad()
def mean_loss(model: GPT, data: Iterable[Batch], *, half: bool) -> float:
    """Nats a labelled token over all of ``data``; its exponential is the perplexity."""
    total, tokens = 0.0, 0
    model.eval()
    for batch in data:
        with torch.autocast("cpu", torch.bfloat16, enabled=half):
            total += float(loss_sum(model, batch))
        tokens += batch.answer_tokens
    return total / max(1, tokens)


def has_bfloat16() -> bool:
    """Whether the processor multiplies matrices of bfloat16 itself, which is what makes it pay."""
    return bool(getattr(torch.ops.mkldnn, "_is_mkldnn_bf16_supported", bool)())
