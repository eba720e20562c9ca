"""``python -m engine.train style``: its options, its progress, and how it is told to pause."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path

from engine.train.control import Control, stop_on_signals
from engine.train.lora import LoraSettings
from engine.train.style.settings import StyleSettings
from engine.train.style.teach import estimate_style, train_style

_SHOWN_EVERY = 5


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
    style.add_argument("--estimate", action="store_true", help="train nothing, say what it takes")
    style.add_argument("--events", action="store_true", help="progress as lines of JSON")
    style.add_argument(
        "--listen", action="store_true", help="pause, resume, finish, stop on standard input"
    )


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
        lora=LoraSettings(options.rank, 2.0 * options.rank),
    )
    on_event = _as_json if options.events else _Words().say
    if options.estimate:
        return estimate_style(settings, options.folders, on_event)
    control = Control()
    if options.listen:
        control.listen(sys.stdin.fileno())
    undo = stop_on_signals(control)
    try:
        return train_style(settings, options.folders, control, on_event).record()
    finally:
        undo()


def _as_json(event: Mapping[str, object]) -> None:
    sys.stderr.write(json.dumps(event) + "\n")
    sys.stderr.flush()


class _Words:
    """Progress in words for a terminal or a log."""

    def __init__(self) -> None:
        self._share = 0.0

    def say(self, event: Mapping[str, object]) -> None:
        """Write what is worth a line."""
        if line := self._line(event):
            sys.stderr.write(line + "\n")
            sys.stderr.flush()

    def _line(self, event: Mapping[str, object]) -> str:
        match event["event"]:
            case "stage":
                self._share = 0.0
                return f"{event['stage']} ..."
            case "corpus":
                return (
                    f"{event['words']:,} words in {event['documents']} documents to learn from, "
                    f"{event['held_out_words']:,} words in {event['held_out_documents']} held out"
                )
            case "plan":
                return (
                    f"{event['steps']} steps on {event['threads']} threads at "
                    f"{event['tokens_per_s']:.0f} tokens/s: about "
                    f"{float(str(event['seconds'])) / 60:.0f} min in all"
                )
            case "step":
                return _step_line(event)
            case "validation":
                return f"validation loss {event['loss']:.3f} at step {event['step']}"
            case "share":
                share = float(str(event["share"]))
                if share < self._share + 0.1:
                    return ""
                self._share = share
                return f"  {share:.0%}"
        return str(event["event"])


def _step_line(event: Mapping[str, object]) -> str:
    number, steps = int(str(event["step"])), int(str(event["steps"]))
    if number % _SHOWN_EVERY and number != steps and not event["skipped"]:
        return ""
    loss = "undefined, step skipped" if event["loss"] is None else f"{event['loss']:.3f}"
    return f"step {number} of {steps}: loss {loss}, {int(str(event['left'])) / 60:.0f} min left"
