"""What training was at a step, on the disk, so that it goes on there as if it had never stopped.

Weights and AdamW's moments are in safetensors, all else is in one JSON file, which names them and
is replaced last and at once: whenever a process is killed, a whole state is there.
"""

from __future__ import annotations

import json
import math
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch

from engine.export.safetensors import SafetensorsFile, write_safetensors
from engine.train.gpt import GPT

_STATE = "state.json"
_MOMENTS = ("exp_avg", "exp_avg_sq")


@dataclass(slots=True)
class Progress:
    """How far training is; ``losses`` and ``validation`` are pairs of a step and nats a token."""

    step: int = 0
    tokens: int = 0
    seconds: float = 0.0
    slowed: float = 1.0
    skipped: int = 0
    before: float = math.nan
    best: float = math.inf
    best_step: int = 0
    losses: list[tuple[int, float]] = field(default_factory=list)
    validation: list[tuple[int, float]] = field(default_factory=list)


def save_state(folder: Path, model: GPT, optimiser: torch.optim.AdamW, progress: Progress) -> None:
    """Write the state at ``progress.step``; the model is kept as the best one where it is that.

    What is not trained is left out: whoever goes on has it already.
    """
    tensors = {f"model.{name}": _array(each) for name, each in _trained(model)}
    names = [*_files(progress)]
    if progress.step == progress.best_step:
        write_safetensors(folder / names[1], tensors)
    updates = 0
    for name, parameter in _trained(model):
        moments = optimiser.state.get(parameter)
        if moments:
            updates = int(moments["step"])
            tensors |= {f"{each}.{name}": _array(moments[each]) for each in _MOMENTS}
    write_safetensors(folder / names[0], tensors)
    write_json(folder / _STATE, asdict(progress) | {"updates": updates})
    for old in [*folder.glob("state-*.safetensors"), *folder.glob("best-*.safetensors")]:
        if old.name not in names:
            old.unlink()


def load_state(folder: Path, model: GPT, optimiser: torch.optim.AdamW) -> Progress | None:
    """Put the state in ``folder`` into both; None, and nothing is changed, if there is none.

    Raises:
        UnsupportedModel: its tensors are damaged.
        ValueError, KeyError, TypeError: its JSON is, or names others.
    """
    try:
        record = json.loads((folder / _STATE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    updates = record.pop("updates")
    progress = Progress(**record)
    progress.losses = [(step, loss) for step, loss in progress.losses]
    progress.validation = [(step, loss) for step, loss in progress.validation]
    file = SafetensorsFile(folder / _files(progress)[0])
    held = file.shapes()
    for name, parameter in _trained(model):
        _copy(parameter, file, f"model.{name}")
        if f"{_MOMENTS[0]}.{name}" in held:
            state: dict[str, Any] = {"step": torch.tensor(float(updates))}
            for each in _MOMENTS:
                state[each] = torch.zeros_like(parameter, memory_format=torch.preserve_format)
                _copy(state[each], file, f"{each}.{name}")
            optimiser.state[parameter] = state
    return progress


def load_best(folder: Path, model: GPT, progress: Progress) -> None:
    """Put the weights of the best step into ``model``."""
    file = SafetensorsFile(folder / _files(progress)[1])
    for name, parameter in _trained(model):
        _copy(parameter, file, f"model.{name}")


def remove_state(folder: Path) -> None:
    """Delete all that ``save_state`` wrote."""
    (folder / _STATE).unlink(missing_ok=True)
    for old in [*folder.glob("state-*.safetensors"), *folder.glob("best-*.safetensors")]:
        old.unlink()


def write_json(path: Path, record: Mapping[str, Any]) -> None:
    """Write or replace a file as a whole, and for certain, or not at all."""
    spare = path.with_name(f"{path.name}.new")
    with spare.open("w", encoding="utf-8") as stream:
        json.dump(record, stream)
        stream.flush()
        os.fsync(stream.fileno())
    spare.replace(path)


def _trained(model: GPT) -> list[tuple[str, torch.nn.Parameter]]:
    return [each for each in model.named_parameters() if each[1].requires_grad]


def _files(progress: Progress) -> tuple[str, str]:
    return f"state-{progress.step}.safetensors", f"best-{progress.best_step}.safetensors"


def _array(tensor: torch.Tensor) -> np.ndarray[Any, np.dtype[np.float32]]:
    values: np.ndarray[Any, np.dtype[np.float32]] = tensor.detach().numpy()
    return values


@torch.no_grad()
def _copy(target: torch.Tensor, file: SafetensorsFile, name: str) -> None:
    # A copy of what is mapped read-only, which torch would warn about.
    target.copy_(torch.from_numpy(np.array(file.tensor(name))))
