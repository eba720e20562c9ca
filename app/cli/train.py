"""``train``: teach a model, in a process of its own at low priority."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from importlib.util import find_spec

from app.cli.console import Console
from app.cli.errors import CommandError
from app.cli.session import find_model_info
from app.core.paths import app_paths

_OPTIONS = ("data", "name", "weights", "epochs", "rows", "rate", "length", "rank", "seed")


def train(arguments: argparse.Namespace, console: Console) -> int:
    """Train, with progress on standard error, and print what came out of it."""
    if find_spec("torch") is None:
        raise CommandError(
            "Training needs torch, which is not installed. Install Inkling with its extra 'train'."
        )
    info = find_model_info(arguments.model)
    command = [sys.executable, "-m", "engine.train", arguments.kind, "--model", str(info.path)]
    for option in _OPTIONS:
        command += [f"--{option}", str(getattr(arguments, option))]
    if arguments.plain:
        command.append("--plain")
    command += ["--folders", *map(str, app_paths(os.environ).models)]
    try:
        # This program's own module, with values that are arguments and never a shell's.
        done = subprocess.run(  # noqa: S603
            command, stdout=subprocess.PIPE, text=True, check=False
        )
    except KeyboardInterrupt:
        # The other process got it too, and has ended without leaving anything.
        console.note("Training was stopped. Nothing was changed.")
        return 130
    if done.returncode:
        return done.returncode
    record = json.loads(done.stdout)
    if arguments.json:
        console.json(record)
    else:
        before, after = record["perplexity_before"], record["perplexity_after"]
        console.line(f"{record['model']}: {record['steps']} steps in {record['minutes']:.1f} min")
        console.line(
            f"perplexity of {record['held_out']} held-out answers: {before:.3f} before, "
            f"{after:.3f} after"
        )
    return 0
