"""The steps of an adaptation: measured now and then, kept often, paused and stopped at will."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import torch

from engine.train.control import Control
from engine.train.curve import training_curve
from engine.train.examples import Batch
from engine.train.pace import Pace
from engine.train.resume import Progress, save_state
from engine.train.taught import Taught
from engine.train.trainer import Step, TrainingSettings, has_bfloat16, mean_loss, train

Event = Callable[[Mapping[str, object]], None]
"""Gets what happens as plain values for JSON, ``event`` says what it is."""

_KEEP_EVERY_S = 60.0
_CHECKS, _CLOSEST = 12, 5
"""About so many measurements in all, and at least so many steps between two."""
_PATIENCE = 3
"""Measurements without a better one after which it ends: small texts are soon known by heart."""


@dataclass(slots=True)
class AdaptationRun:
    """Training of ``taught`` by ``plan``, from wherever ``progress`` is; kept in ``folder``.

    ``batches`` gives those to train on from a given one, ``validation`` are those to measure on.
    ``finishing`` is how many seconds of work follow the last step.
    """

    name: str
    folder: Path
    taught: Taught
    optimiser: torch.optim.AdamW
    progress: Progress
    plan: TrainingSettings
    batches: Callable[[int], Iterator[Batch]]
    validation: Sequence[Batch]
    finishing: float = 0.0
    pace: Pace = field(init=False)
    _kept_at: float = field(init=False, default=0.0)

    def __post_init__(self) -> None:
        self.pace = Pace(self.progress.seconds)
        self._kept_at = self.progress.seconds

    def train(self, control: Control, on_event: Event) -> None:
        """Go on until the last step, until it stops getting better, or until it is asked to end.

        Raises:
            Stopped: ``control`` said so; the state was kept.
            TrainingFailed: the loss stayed undefined.
            OSError: the state cannot be kept.
        """
        progress = self.progress
        on_event({"event": "stage", "stage": "training"})
        if not progress.validation:
            self._check(on_event)
        else:
            fine = [(step, loss) for step, loss in progress.losses if math.isfinite(loss)]
            checks = [(step, loss) for step, loss in progress.validation if math.isfinite(loss)]
            on_event({"event": "history", "losses": fine, "validation": checks})
        for step in self._steps() if not self._is_done() else ():
            self.pace.step()
            self._note(step, on_event)
            last = progress.step >= self.plan.steps or control.finishing
            if progress.step % self._every() == 0 or last:
                self._check(on_event)
            elif self.pace.spent - self._kept_at >= _KEEP_EVERY_S:
                self._keep()
            if control.paused or control.cancel.cancelled():
                self._rest(control, on_event)
            if control.finishing or self._is_done():
                break
            self.taught.model.train()
        self.taught.model.eval()

    def _steps(self) -> Iterator[Step]:
        start = self.progress.step
        return train(
            self.taught.model,
            self.taught.trained,
            self.batches(start * self.plan.accumulate),
            self.plan,
            half=has_bfloat16(),
            optimiser=self.optimiser,
            start=start,
            slowed=self.progress.slowed,
        )

    def _note(self, step: Step, on_event: Event) -> None:
        progress = self.progress
        progress.step = step.number
        progress.tokens += step.tokens
        progress.slowed = step.slowed
        progress.skipped += step.skipped
        progress.losses.append((step.number, step.loss))
        left = self.pace.seconds_a_step() * (step.steps - step.number) + self.finishing
        on_event(
            {
                "event": "step",
                "step": step.number,
                "steps": step.steps,
                "loss": step.loss if math.isfinite(step.loss) else None,
                "left": round(left),
                "skipped": step.skipped,
            }
        )

    def _check(self, on_event: Event) -> None:
        """Measure on the validation part, and keep the state."""
        progress = self.progress
        loss = mean_loss(self.taught.model, self.validation, half=has_bfloat16())
        progress.validation.append((progress.step, loss))
        if not progress.step:
            progress.before = progress.best = loss
        elif loss < progress.best:
            progress.best, progress.best_step = loss, progress.step
        self.pace.work()
        if progress.step:
            self._keep()
        if math.isfinite(loss):
            on_event({"event": "validation", "step": progress.step, "loss": loss})

    def _keep(self) -> None:
        self.progress.seconds = self._kept_at = self.pace.spent
        save_state(self.folder, self.taught.model, self.optimiser, self.progress)
        curve = drawn_curve(self.progress, self.name)
        (self.folder / "curve.svg").write_text(curve, encoding="utf-8")

    def _rest(self, control: Control, on_event: Event) -> None:
        """Keep the state and wait until it may go on."""
        self._keep()
        if control.paused:
            on_event({"event": "paused"})
        control.wait()
        self.pace.restart()
        on_event({"event": "resumed"})

    def _is_done(self) -> bool:
        progress = self.progress
        since = sum(step > progress.best_step for step, _ in progress.validation)
        return progress.step >= self.plan.steps or since >= _PATIENCE

    def _every(self) -> int:
        return max(_CLOSEST, self.plan.steps // _CHECKS)


def drawn_curve(progress: Progress, name: str) -> str:
    """The curve of training so far as SVG."""
    return training_curve(progress.losses, progress.validation, None, name)
