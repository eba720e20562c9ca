"""``python -m engine.train task|pretrain|style ...``: training in a process of its own.

Progress goes to standard error, a JSON object on standard output ends it; an error is one sentence
on standard error and exit code 1 (130 when interrupted). Of a task nothing is left then;
pre-training and a style go on with the same arguments. With ``--events`` progress and the error
are lines of JSON, and with ``--listen`` lines on standard input pause and stop it.
"""

from __future__ import annotations

import argparse
import errno
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

from engine.errors import EngineError
from engine.train.control import Stopped
from engine.train.limits import give_way
from engine.train.lora import LoraSettings
from engine.train.presets import PRESETS
from engine.train.pretrain import PretrainSettings, pretrain
from engine.train.style.command import add_style, run_style
from engine.train.task import TaskSettings, train_task
from engine.train.told import add_control, controlled
from engine.train.trainer import Step


def main(argv: Sequence[str] | None = None) -> int:
    """Train and return the exit code."""
    parser = argparse.ArgumentParser(prog="engine.train", description="Train a model.")
    kinds = parser.add_subparsers(dest="kind", required=True)
    _add_task(kinds)
    _add_pretrain(kinds)
    add_style(kinds)
    options = parser.parse_args(argv)
    give_way()
    kept = _KEPT[options.kind]
    try:
        record = _RUN[options.kind](options)
    except EngineError as error:
        return _failed(str(error), type(error).__name__, options)
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        kind = "TooLittleSpace" if error.errno in _FULL else "EngineError"
        return _failed(f"{place}{error.strerror or error}. {kept}", kind, options)
    except (MemoryError, RuntimeError) as error:
        # The latter is what torch says instead.
        if isinstance(error, RuntimeError) and "allocate memory" not in str(error):
            raise
        sentence = f"There is too little memory. {kept} {_SMALLER[options.kind]}"
        return _failed(sentence, "MemoryError", options)
    except (KeyboardInterrupt, Stopped):
        return 130
    sys.stdout.write(json.dumps(record) + "\n")
    return 0


def _add_task(kinds: _Kinds) -> None:
    task = kinds.add_parser("task", help="fine-tune on pairs of prompt and answer")
    task.add_argument("--data", type=Path, required=True)
    task.add_argument("--model", required=True)
    task.add_argument("--weights", type=Path)
    task.add_argument("--name", required=True)
    task.add_argument("--work", type=Path, required=True)
    task.add_argument("--folders", type=Path, nargs="+", required=True)
    task.add_argument("--epochs", type=float, default=1.0)
    task.add_argument("--rows", type=int, default=24)
    task.add_argument("--rate", type=float, default=8e-4)
    task.add_argument("--length", type=int, default=256)
    task.add_argument("--rank", type=int, default=16)
    task.add_argument("--threads", type=int)
    task.add_argument("--seed", type=int, default=0)
    task.add_argument("--plain", action="store_true")
    task.add_argument("--prompt", default="")
    task.add_argument("--adapter", type=Path)
    task.add_argument("--task", default="custom")
    task.add_argument("--licence", default="")
    task.add_argument("--origin", default="")
    task.add_argument("--start", type=Path)
    add_control(task)


def _add_pretrain(kinds: _Kinds) -> None:
    pre = kinds.add_parser("pretrain", help="train a small model from scratch on texts")
    pre.add_argument("--corpus", type=Path, nargs="+", required=True)
    pre.add_argument("--preset", choices=PRESETS, required=True)
    pre.add_argument("--name", required=True)
    pre.add_argument("--work", type=Path, required=True)
    pre.add_argument("--folders", type=Path, nargs="+", required=True)
    pre.add_argument("--steps", type=int)
    pre.add_argument("--minutes", type=float)
    pre.add_argument("--rate", type=float)
    pre.add_argument("--threads", type=int)
    pre.add_argument("--seed", type=int, default=0)


def _task(options: argparse.Namespace) -> dict[str, object]:
    settings = TaskSettings(
        options.data.resolve(),
        options.model,
        options.weights,
        options.name,
        options.work,
        rows=options.rows,
        epochs=options.epochs,
        rate=options.rate,
        length=options.length,
        threads=options.threads,
        seed=options.seed,
        plain=options.plain,
        prompt=options.prompt.replace("\\n", "\n"),
        adapter=options.adapter,
        task=options.task,
        licence=options.licence,
        origin=options.origin,
        start=options.start,
        lora=LoraSettings(options.rank, 2.0 * options.rank),
    )
    with controlled(options) as (control, on_event):
        return train_task(settings, options.folders, control, on_event).record()


def _pretrain(options: argparse.Namespace) -> dict[str, object]:
    settings = PretrainSettings(
        tuple(options.corpus),
        options.name,
        options.work,
        PRESETS[options.preset],
        steps=options.steps,
        minutes=options.minutes,
        rate=options.rate,
        threads=options.threads,
        seed=options.seed,
    )
    return pretrain(settings, options.folders, _say).record()


def _failed(sentence: str, kind: str, options: argparse.Namespace) -> int:
    if getattr(options, "events", False):
        sentence = json.dumps({"event": "error", "kind": kind, "sentence": sentence})
    sys.stderr.write(f"{sentence}\n")
    return 1


_Kinds: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
_FULL = (errno.ENOSPC, errno.EDQUOT)
_RUN = {"task": _task, "pretrain": _pretrain, "style": run_style}
_KEPT = {
    "task": "What was learnt so far is kept, and the same command goes on with it.",
    "pretrain": "What was learnt so far is kept, and the same command goes on with it.",
    "style": "What was learnt so far is kept, and the same command goes on with it.",
}
_SMALLER = {
    "task": "Use fewer --rows.",
    "pretrain": "Close other programs, or use --preset tiny.",
    "style": "Close other programs.",
}


def _say(stage: str, step: Step | None) -> None:
    if step is None:
        sys.stderr.write(f"{stage} ...\n")
    elif step.number % 10 == 0 or step.number == step.steps:
        left = step.seconds / step.number * (step.steps - step.number)
        note = ", a step skipped" if step.skipped else ""
        sys.stderr.write(
            f"step {step.number} of {step.steps}: loss {step.loss:.3f}, "
            f"{left / 60:.0f} min left{note}\n"
        )
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
