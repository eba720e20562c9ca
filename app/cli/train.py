"""``train``: teach a model, in a process of its own at low priority."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from importlib.util import find_spec
from typing import Any

from app.cli.console import Console
from app.cli.errors import CommandError
from app.cli.session import find_model_info
from app.core.paths import AppPaths, app_paths

_OPTIONS = {
    "task": ("data", "name", "weights", "epochs", "rows", "rate", "length", "rank", "seed"),
    "pretrain": ("preset", "name", "steps", "minutes", "rate", "seed"),
}
_INTERRUPTED = 130
_STOPPED = {
    "task": "Training was stopped. Nothing was changed.",
    "pretrain": "Training was stopped. The same command goes on from where it last measured.",
}


def train(arguments: argparse.Namespace, console: Console) -> int:
    """Train, with progress on standard error, and print what came out of it."""
    if find_spec("torch") is None:
        raise CommandError(
            "Training needs torch, which is not installed. Install Inkling with its extra 'train'."
        )
    paths = app_paths(os.environ)
    kind = arguments.kind
    command = [sys.executable, "-m", "engine.train", kind, *_own_options(arguments, paths)]
    for option in _OPTIONS[kind]:
        if (value := getattr(arguments, option)) is not None:
            command += [f"--{option}", str(value)]
    command += ["--folders", *map(str, paths.models)]
    try:
        # This program's own module, with values that are arguments and never a shell's.
        done = subprocess.run(  # noqa: S603
            command, stdout=subprocess.PIPE, text=True, check=False
        )
    except KeyboardInterrupt:
        # The other process got it too, and has ended.
        console.note(_STOPPED[kind])
        return _INTERRUPTED
    if done.returncode < 0 or done.returncode == _INTERRUPTED:
        # Somebody, or a system without memory, ended that process alone.
        console.note(_STOPPED[kind])
        return _INTERRUPTED
    if done.returncode:
        return done.returncode
    record = json.loads(done.stdout)
    if arguments.json:
        console.json(record)
    else:
        for line in _LINES[kind](record):
            console.line(line)
    return 0


def _own_options(arguments: argparse.Namespace, paths: AppPaths) -> list[str]:
    if arguments.kind == "pretrain":
        return ["--corpus", *arguments.corpus, "--work", str(paths.data / "training")]
    model = ["--model", str(find_model_info(arguments.model).path)]
    return [*model, "--plain"] if arguments.plain else model


def _task_lines(record: dict[str, Any]) -> list[str]:
    before, after = record["perplexity_before"], record["perplexity_after"]
    return [
        f"{record['model']}: {record['steps']} steps in {record['minutes']:.1f} min",
        f"perplexity of {record['held_out']} held-out answers: {before:.3f} before, "
        f"{after:.3f} after",
    ]


def _pretrain_lines(record: dict[str, Any]) -> list[str]:
    before, after = record["perplexity_before"], record["perplexity_after"]
    lines = [
        f"{record['model']}: {record['parameters'] / 1e6:.1f} million parameters, "
        f"{record['steps']} steps in {record['minutes']:.1f} min, best at {record['best_step']}",
        f"perplexity of {record['held_out']:,} held-out tokens: {before:.1f} before, "
        f"{after:.1f} after",
    ]
    if record["ngram_perplexity"] is not None:
        lines.append(
            f"an n-gram model of order {record['ngram_order']} on the same tokens: "
            f"{record['ngram_perplexity']:.1f}"
        )
    return [*lines, f"curve and report: {record['folder']}"]


_LINES = {"task": _task_lines, "pretrain": _pretrain_lines}
