"""What to teach, how, and what is told on the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from engine.errors import EngineError
from engine.train.lora import LoraSettings


@dataclass(frozen=True, slots=True)
class StyleSettings:
    """What to teach to which model, and what is to come of it.

    ``work`` is the folder under which training keeps what it needs to go on, ``adapters`` the one
    for adapters. ``weights`` None takes those of the installed ``model``. All of it takes about
    ``minutes`` at most, by the pace that is measured before, and goes through the texts ``epochs``
    times at most. A step learns from ``rows`` windows of ``length`` tokens. ``task``,
    ``licence`` and ``origin`` are noted in the adapter.
    """

    folder: tuple[Path, ...]
    model: str
    name: str
    work: Path
    adapters: Path
    weights: Path | None = None
    adapter: bool = True
    merged: bool = False
    minutes: float = 40.0
    epochs: float = 3.0
    rate: float = 6e-4
    rows: int = 4
    length: int = 256
    threads: int | None = None
    seed: int = 0
    task: str = "style"
    licence: str = ""
    origin: str = "a person's own writing"
    lora: LoraSettings = field(default_factory=LoraSettings)


def damaged(folder: object) -> EngineError:
    """What to say where kept files cannot be read."""
    return EngineError(
        f"What was kept of this training in {folder} is damaged. Delete it to begin again."
    )
