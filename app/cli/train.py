"""``train``: teach a model, in a process of its own at low priority."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from typing import Any

from app.cli.console import Console
from app.cli.errors import CommandError
from app.cli.session import find_model_info
from app.core.paths import AppPaths, app_paths
from app.core.teaching import Lacking, lacking

_OPTIONS = {
    "task": (
        *("data", "name", "weights", "epochs", "rows", "rate", "length", "rank", "seed"),
        *("threads", "prompt", "task", "licence", "origin", "start"),
    ),
    "pretrain": ("preset", "name", "steps", "minutes", "rate", "threads", "seed"),
    "style": ("name", "weights", "minutes", "epochs", "rate", "rank", "threads", "seed"),
}
_STYLE_FLAGS = ("adapter", "merged", "estimate")
_INTERRUPTED = 130
_LACKING = {
    Lacking.PART: "This packaged Inkling comes without the part that trains, which needs torch. "
    "Install Inkling for Python beside it, with: pipx install 'inkling[train]'",
    Lacking.TORCH: "Training needs torch, which is not installed. Install Inkling with its extra "
    "'train', for instance with: pipx install 'inkling[train]'",
}
_STOPPED = {
    "task": "Training was stopped. What was learnt is kept, and the same command goes on.",
    "pretrain": "Training was stopped. The same command goes on from where it last measured.",
    "style": "Training was stopped. What was learnt is kept, and the same command goes on.",
}
_KILLED = {
    **_STOPPED,
    **dict.fromkeys(
        ("style", "task"),
        "Training was ended by the system, perhaps for want of memory. What was learnt until "
        "about a minute ago is kept. Close other programs; the same command goes on.",
    ),
}


def train(arguments: argparse.Namespace, console: Console) -> int:
    """Train, with progress on standard error, and print what came out of it."""
    if (lacks := lacking()) is not None:
        raise CommandError(_LACKING[lacks])
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
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, check=False
        )
    except KeyboardInterrupt:
        # The other process got it too, and has ended.
        console.note(_STOPPED[kind])
        return _INTERRUPTED
    if done.returncode < 0 or done.returncode == _INTERRUPTED:
        # Somebody, or a system without memory, ended that process alone.
        console.note((_KILLED if done.returncode < 0 else _STOPPED)[kind])
        return _INTERRUPTED
    if done.returncode:
        return done.returncode
    record = json.loads(done.stdout)
    if arguments.json:
        console.json(record)
    else:
        estimate = kind == "style" and arguments.estimate
        for line in (_estimate_lines if estimate else _LINES[kind])(record):
            console.line(line)
    return 0


def _own_options(arguments: argparse.Namespace, paths: AppPaths) -> list[str]:
    if arguments.kind == "pretrain":
        return ["--corpus", *arguments.corpus, "--work", str(paths.data / "training")]
    model = ["--model", str(find_model_info(arguments.model).path)]
    if arguments.kind == "style":
        flags = [f"--{each}" for each in _STYLE_FLAGS if getattr(arguments, each)]
        places = ["--work", str(paths.data / "training"), "--adapters", str(paths.adapters)]
        return [*model, *flags, *places, "--folder", *arguments.folder]
    flags = ["--plain"] if arguments.plain else []
    if arguments.adapter:
        flags += ["--adapter", str(paths.adapters)]
    return [*model, *flags, "--work", str(paths.data / "training")]


def _task_lines(record: dict[str, Any]) -> list[str]:
    before, after = record["perplexity_before"], record["perplexity_after"]
    return [
        f"{record['model']}: {record['steps']} steps in {record['minutes']:.1f} min",
        f"perplexity of {record['held_out']} held-out answers: {before:.3f} before, "
        f"{after:.3f} after",
        *_accuracy_line(record),
        *([f"adapter: {record['adapter']}"] if record["adapter"] else []),
        f"curve and report: {record['folder']}",
    ]


def _accuracy_line(record: dict[str, Any]) -> list[str]:
    before, after = record["accuracy_before"], record["accuracy_after"]
    return [] if before is None else [f"right choices: {before:.1%} before, {after:.1%} after"]


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


def _style_lines(record: dict[str, Any]) -> list[str]:
    lines = [
        f"{record['model']}: {record['steps']} steps in {record['minutes']:.1f} min, best at "
        f"{record['best_step']}",
        f"on {record['held_out_words']:,} held-out words     before    after",
    ]
    for title, key, form in _FIGURES:
        before, after = (form.format(record[f"{key}_{when}"]) for when in ("before", "after"))
        lines.append(f"{title:28} {before:>8} {after:>8}")
    lines.append(
        f"{record['samples_copied']} of {record['samples']} samples repeat more than 50 "
        "characters of your text"
        + (f": {record['longest_copy']!r}" if record["longest_copy"] else "")
    )
    if not record["better"]:
        lines.append("It is no better than before, so it was not kept. Nothing was changed.")
    lines += [f"adapter: {record['adapter']}"] if record["adapter"] else []
    lines += [f"model: {record['installed']}"] if record["installed"] else []
    return [*lines, f"curve and report: {record['folder']}"]


def _estimate_lines(record: dict[str, Any]) -> list[str]:
    return [
        f"{record['words']:,} words in {record['documents']} documents to learn from",
        f"{record['held_out_words']:,} words in {record['held_out_documents']} held out",
        f"{record['steps']} steps at {record['tokens_per_s']:.0f} tokens/s, about "
        f"{record['minutes']:.0f} min in all",
    ]


_FIGURES = (
    ("perplexity a token", "perplexity", "{:.2f}"),
    ("next words right", "next_words", "{:.1%}"),
    ("keystrokes saved", "keystrokes_saved", "{:.1%}"),
)
_LINES = {"task": _task_lines, "pretrain": _pretrain_lines, "style": _style_lines}
