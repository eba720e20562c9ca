"""How many steps there will be, and how long they take here: settled before the first one.

The rate of learning has to know the end, and training that goes on has to go on with the same plan.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import torch

from engine.errors import InvalidRequest
from engine.store.styles import PLAN_NAME
from engine.train.adapting import Event
from engine.train.limits import default_threads, fitting_rows, require_space
from engine.train.resume import write_json
from engine.train.style.settings import StyleSettings, damaged
from engine.train.taught import Taught
from engine.train.trainer import Step, TrainingSettings, has_bfloat16, train
from engine.train.windows import training_batches

_TIMED_STEPS, _LONG_ENOUGH_S = 3, 15.0
_FEWEST_STEPS = 8
_FINISHING = 30_000
"""How many tokens could be trained on while the result is made and measured, about."""
_RESERVE = 0.9
"""Of the time there is: a machine that has other work does not keep its pace."""


@dataclass(frozen=True, slots=True)
class Plan:
    """``steps`` updates of ``accumulate`` batches of ``rows`` windows on ``threads`` threads.

    ``seconds`` is how long all of it takes, about, and ``finishing`` how much of it comes after the
    last step.
    """

    steps: int
    rows: int
    accumulate: int
    threads: int
    seconds: float
    finishing: float
    tokens_per_s: float
    training_tokens: int


def has_begun(folder: Path) -> bool:
    """Whether there is a plan in ``folder``."""
    return (folder / PLAN_NAME).exists()


def forget_plan(folder: Path) -> None:
    """Delete the plan: without it nothing there is taken for training that can go on."""
    (folder / PLAN_NAME).unlink(missing_ok=True)


def begun_plan(settings: StyleSettings, folder: Path, base: str) -> Plan:
    """The plan of training that has begun in ``folder``.

    Raises:
        InvalidRequest: it has begun with other options.
        EngineError: what was kept is damaged.
    """
    try:
        record = json.loads((folder / PLAN_NAME).read_text(encoding="utf-8"))
        asked, plan = record["asked"], Plan(**record["plan"])
    except (ValueError, KeyError, TypeError) as error:
        raise damaged(folder) from error
    if asked != _asked(settings, base):
        raise InvalidRequest(
            f"Training of {settings.name} has begun with another folder or other options, and was "
            f"left as it is. Use the same ones to go on, or another name, or delete {folder}."
        )
    return plan


def keep_plan(settings: StyleSettings, folder: Path, base: str, plan: Plan) -> None:
    """Keep the plan. Raises ``OSError``."""
    write_json(folder / PLAN_NAME, {"asked": _asked(settings, base), "plan": asdict(plan)})


def make_plan(
    settings: StyleSettings,
    documents: Sequence[Sequence[int]],
    taught: Taught,
    on_event: Event,
) -> Plan:
    """A plan by a few steps that are timed here and then forgotten.

    Raises ``TooLittleMemory`` if not one window at a time fits.
    """
    on_event({"event": "stage", "stage": "timing"})
    threads = settings.threads or default_threads()
    torch.set_num_threads(threads)
    trained = sum(each.numel() for each in taught.trained)
    rows = fitting_rows(
        taught.model.config, taught.parameters, trained, settings.length, settings.rows
    )
    accumulate = settings.rows // rows
    speed = _speed(settings, rows, accumulate, documents, taught)
    tokens = sum(map(len, documents))
    a_step = settings.rows * settings.length
    wanted = round(settings.epochs * tokens / a_step)
    room = (settings.minutes * 60 * speed * _RESERVE - _FINISHING) / a_step
    steps = max(_FEWEST_STEPS, min(wanted, int(room)))
    finishing = _FINISHING / speed
    seconds = steps * a_step / speed + finishing
    return Plan(
        steps,
        rows,
        accumulate,
        threads,
        round(seconds, 1),
        round(finishing, 1),
        round(speed, 1),
        tokens,
    )


def require_room(taught: Taught, characters: int, folder: Path) -> None:
    """Raises ``EngineError`` where the disk is too full for what training writes at its most."""
    trained = sum(each.numel() for each in taught.trained)
    # Two states and two best adaptations of 4 bytes a number, while one takes the other's place;
    # then the package with the adapter.
    states = 4 * trained * (2 * 3 + 2)
    package = taught.manifest.size_bytes
    require_space(folder, states + 4 * characters + 2 * package)


def _speed(
    settings: StyleSettings,
    rows: int,
    accumulate: int,
    documents: Sequence[Sequence[int]],
    taught: Taught,
) -> float:
    """Tokens a second, by a few steps, or fewer where these take long."""
    before = [each.detach().clone() for each in taught.trained]
    batches = training_batches(documents, settings.length, rows, taught.start, settings.seed, 0)
    plan = TrainingSettings(_TIMED_STEPS + 1, settings.rate, accumulate=accumulate)
    steps: list[Step] = []
    for step in train(
        taught.model,
        taught.trained,
        batches,
        plan,
        half=has_bfloat16(),
        optimiser=taught.optimiser(),
    ):
        steps.append(step)
        if len(steps) > 1 and step.seconds - steps[0].seconds > _LONG_ENOUGH_S:
            break
    taught.model.eval()
    with torch.no_grad():
        for parameter, value in zip(taught.trained, before, strict=True):
            parameter.copy_(value)
    # The first one prepares much that the others find done.
    timed = list(itertools.pairwise(steps))
    seconds = [later.seconds - earlier.seconds for earlier, later in timed]
    return sum(later.tokens for _, later in timed) / max(1e-9, sum(seconds))


def _asked(settings: StyleSettings, base: str) -> dict[str, object]:
    """What must be the same for training to go on, as JSON brings it back."""
    return {
        "folder": [str(each) for each in settings.folder],
        "base": base,
        "epochs": settings.epochs,
        "minutes": settings.minutes,
        "rate": settings.rate,
        "length": settings.length,
        "seed": settings.seed,
        "rank": settings.lora.rank,
        "alpha": settings.lora.alpha,
        "targets": list(settings.lora.targets),
    }
