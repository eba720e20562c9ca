"""``python -m engine.train style``: its options."""

from __future__ import annotations

import argparse
from pathlib import Path

from engine.train.lora import LoraSettings
from engine.train.style.settings import StyleSettings
from engine.train.style.teach import estimate_style, train_style
from engine.train.told import add_control, controlled


def add_style(kinds: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its options."""
    style = kinds.add_parser("style", help="teach a model a person's own way of writing")
    style.add_argument("--folder", type=Path, nargs="+", required=True)
    style.add_argument("--model", required=True)
    style.add_argument("--weights", type=Path)
    style.add_argument("--name", required=True)
    style.add_argument("--work", type=Path, required=True)
    style.add_argument("--adapters", type=Path, required=True)
    style.add_argument("--folders", type=Path, nargs="+", required=True)
    style.add_argument("--adapter", action="store_true")
    style.add_argument("--merged", action="store_true")
    style.add_argument("--minutes", type=float, default=40.0)
    style.add_argument("--epochs", type=float, default=3.0)
    style.add_argument("--rate", type=float, default=6e-4)
    style.add_argument("--rank", type=int, default=16)
    style.add_argument("--threads", type=int)
    style.add_argument("--seed", type=int, default=0)
    style.add_argument("--task", choices=("style", "continue"), default="style")
    style.add_argument("--licence", default="")
    style.add_argument("--origin", default="a person's own writing")
    style.add_argument("--estimate", action="store_true", help="train nothing, say what it takes")
    add_control(style)


def run_style(options: argparse.Namespace) -> dict[str, object]:
    """Train, or say what it would take. Raises what ``train_style`` does."""
    settings = StyleSettings(
        tuple(each.resolve() for each in options.folder),
        options.model,
        options.name,
        options.work,
        options.adapters,
        weights=options.weights,
        adapter=options.adapter or not options.merged,
        merged=options.merged,
        minutes=options.minutes,
        epochs=options.epochs,
        rate=options.rate,
        threads=options.threads,
        seed=options.seed,
        task=options.task,
        licence=options.licence,
        origin=options.origin,
        lora=LoraSettings(options.rank, 2.0 * options.rank),
    )
    with controlled(options) as (control, on_event):
        if options.estimate:
            return estimate_style(settings, options.folders, on_event)
        return train_style(settings, options.folders, control, on_event).record()
