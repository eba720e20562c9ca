"""``python -m engine.train task ...``: training in a process of its own.

Progress goes to standard error, a JSON object on standard output ends it; an error is one sentence
on standard error and exit code 1 (130 when interrupted; nothing is left then).
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from engine.errors import EngineError
from engine.train.lora import LoraSettings
from engine.train.task import TaskSettings, train_task
from engine.train.trainer import Step

_NICENESS = 10


def main(argv: Sequence[str] | None = None) -> int:
    """Train and return the exit code."""
    parser = argparse.ArgumentParser(prog="engine.train", description="Train a model.")
    kinds = parser.add_subparsers(dest="kind", required=True)
    task = kinds.add_parser("task", help="fine-tune on pairs of prompt and answer")
    task.add_argument("--data", type=Path, required=True)
    task.add_argument("--model", required=True)
    task.add_argument("--weights", type=Path, required=True)
    task.add_argument("--name", required=True)
    task.add_argument("--folders", type=Path, nargs="+", required=True)
    task.add_argument("--epochs", type=float, default=1.0)
    task.add_argument("--rows", type=int, default=24)
    task.add_argument("--rate", type=float, default=8e-4)
    task.add_argument("--length", type=int, default=256)
    task.add_argument("--rank", type=int, default=16)
    task.add_argument("--seed", type=int, default=0)
    task.add_argument("--plain", action="store_true")
    options = parser.parse_args(argv)
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    settings = TaskSettings(
        options.data,
        options.model,
        options.weights,
        options.name,
        rows=options.rows,
        epochs=options.epochs,
        rate=options.rate,
        length=options.length,
        seed=options.seed,
        plain=options.plain,
        lora=LoraSettings(options.rank, 2.0 * options.rank),
    )
    try:
        report = train_task(settings, options.folders, _say)
    except EngineError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except OSError as error:
        sys.stderr.write(f"{error.filename}: {error.strerror or error}. Nothing was changed.\n")
        return 1
    except MemoryError:
        sys.stderr.write("There is too little memory. Nothing was changed. Use fewer --rows.\n")
        return 1
    except KeyboardInterrupt:
        return 130
    sys.stdout.write(json.dumps(report.record()) + "\n")
    return 0


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
