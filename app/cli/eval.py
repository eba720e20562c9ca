"""``eval``: how good a model is at a task, on a file of items whose right answers are known."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.cli.console import Console
from app.cli.errors import CommandError
from app.cli.inputs import read_file
from app.cli.proofreading import proofreading_rules
from app.cli.session import adapter_prompt, open_engine, run_interruptibly
from app.core.bars import Bar, BarPanel, bars_svg
from app.core.files import replace_file
from app.core.paths import app_paths
from engine import (
    SENTIMENT_TEMPLATE,
    CancelToken,
    Evaluation,
    Interval,
    Proofreader,
    TextEngine,
    ToneReader,
    evaluate_library,
    evaluate_perplexity,
    evaluate_proofreading,
    evaluate_reading,
    evaluate_rewriting,
    evaluate_sentiment,
    evaluate_summary,
    load_actions,
)

Run = tuple[str, Evaluation]
"""The name of a model, and what was found."""


@dataclass(frozen=True, slots=True)
class _Task:
    """What a task is measured with; ``prompt`` is that of the adapter, "" without one."""

    engine: TextEngine
    prompt: str
    text: str
    path: Path
    sample: int
    progress: Callable[[float], None]
    cancel: CancelToken


_TITLES = {
    "precision": "precision",
    "recall": "recall",
    "f05": "F0.5",
    "over_correction": "right texts changed",
    "exact": "exactly right",
    "perplexity": "perplexity",
    "bits_per_byte": "bits per byte",
    "next_word": "next word guessed",
    "keystrokes_saved": "keys saved",
    "accuracy": "right label",
    "file_hit": "right file first",
    "quote_hit": "right quotation",
    "abstain_right": "rightly declined",
    "abstain_false": "wrongly declined",
    "answer_match": "right answer",
    "must_keep": "details kept",
    "usable": "usable",
    "refused": "parts refused",
    "flagged": "losses flagged",
    "key_points": "key points told",
    "keywords": "keywords in it",
    "length": "of the length",
}


def evaluate(arguments: argparse.Namespace, console: Console) -> int:
    """Measure each model, and print a table or JSON; ``--svg`` draws the figures."""
    # The library is a folder, which is read by its own means.
    text = "" if arguments.task == "library" else read_file(arguments.file).text
    runs = [_run(arguments, name, text, console) for name in arguments.model or [None]]
    if arguments.svg is not None:
        _write_chart(Path(arguments.svg), arguments.task, runs)
    if arguments.json:
        records = [evaluation_record(run, arguments.file) for run in runs]
        console.json(records[0] if len(records) == 1 else {"runs": records})
    else:
        _print(runs, console)
    return 0


def evaluation_record(run: Run, file: str) -> dict[str, object]:
    """An evaluation as its JSON object; an interval is the 95% one of the bootstrap."""
    name, found = run
    figures: dict[str, object] = {}
    for way, named in found.figures.items():
        values: dict[str, object] = {key: round(each.value, 4) for key, each in named.items()}
        values["intervals"] = {
            key: [round(each.low, 4), round(each.high, 4)] for key, each in named.items()
        }
        if way:
            figures[way] = values
        else:
            figures |= values
    return {
        "task": found.task,
        "file": file,
        "items": found.items,
        "name": name,
        **figures,
        **found.details,
    }


def _run(arguments: argparse.Namespace, model: str | None, text: str, console: Console) -> Run:
    cancel = CancelToken()
    with open_engine(model, console, device=arguments.device, adapter=arguments.adapter) as engine:
        info = engine.status().model
        name = info.name if info else ""
        if arguments.adapter:
            name += f" + {arguments.adapter}"

        def progress(share: float) -> None:
            console.progress(f"Measuring {name}", share)

        task = _Task(
            engine,
            adapter_prompt(arguments.adapter),
            text,
            Path(arguments.file),
            arguments.sample,
            progress,
            cancel,
        )
        try:
            found = run_interruptibly(lambda: _TASKS[arguments.task](task))
        finally:
            cancel.cancel()
    assert found is not None  # only an interrupt cancels it
    return name, found


def _proofread(task: _Task) -> Evaluation | None:
    with proofreading_rules() as rules:
        ways = {
            "rules": Proofreader([rules], None),
            "model": Proofreader([], task.engine),
            "both": Proofreader([rules], task.engine),
        }
        return evaluate_proofreading(task.text, ways, task.progress, task.cancel)


def _perplexity(task: _Task) -> Evaluation | None:
    return evaluate_perplexity(task.text, task.engine, task.sample, task.progress, task.cancel)


def _sentiment(task: _Task) -> Evaluation | None:
    # An adapter was trained to say a label after its prompt; what it would say after no text is
    # no prior of that.
    return evaluate_sentiment(
        task.text,
        task.engine,
        task.prompt or SENTIMENT_TEMPLATE,
        divide_prior=not task.prompt,
        positive=None if task.prompt else ToneReader(task.engine).positive,
        progress=task.progress,
        cancel=task.cancel,
    )


def _reading(task: _Task) -> Evaluation | None:
    return evaluate_reading(task.text, task.engine, task.progress, task.cancel)


def _library(task: _Task) -> Evaluation | None:
    embedder = app_paths(os.environ).embedder
    return evaluate_library(task.path, task.engine, embedder, task.progress, task.cancel)


def _rewrite(task: _Task) -> Evaluation | None:
    paths = app_paths(os.environ)
    library = load_actions(paths.action_folders)
    return evaluate_rewriting(
        task.text, task.engine, library, paths.adapter_folders, task.progress, task.cancel
    )


def _summary(task: _Task) -> Evaluation | None:
    return evaluate_summary(task.text, task.engine, task.progress, task.cancel)


_TASKS: dict[str, Callable[[_Task], Evaluation | None]] = {
    "proofread": _proofread,
    "perplexity": _perplexity,
    "sentiment": _sentiment,
    "reading": _reading,
    "library": _library,
    "rewrite": _rewrite,
    "summary": _summary,
}


def _print(runs: list[Run], console: Console) -> None:
    names = list(next(iter(runs[0][1].figures.values())))
    labels = [
        (_label(name, way), figures)
        for name, found in runs
        for way, figures in found.figures.items()
    ]
    width = max(len(label) for label, _ in labels)
    console.line(f"{'':{width}}" + "".join(f"  {_TITLES.get(each, each):>20}" for each in names))
    for label, figures in labels:
        cells = "".join(f"  {_cell(figures[each]):>20}" for each in names)
        console.line(f"{label:{width}}{cells}")
    console.line()
    console.line(f"{runs[0][1].items} items; in brackets the 95% interval of the bootstrap")
    for name, found in runs:
        _print_kinds(name, found, console)


def _print_kinds(name: str, found: Evaluation, console: Console) -> None:
    kinds = found.details.get("recall_by_type")
    if not isinstance(kinds, dict):
        return
    console.line()
    console.line(f"put right, by kind of error ({name})")
    ways = list(kinds)
    width = max(len(kind) for kind in kinds[ways[0]])
    console.line(f"{'':{width}}" + "".join(f"  {way:>8}" for way in ways))
    for kind, (_, there) in kinds[ways[0]].items():
        cells = "".join(f"  {f'{kinds[way][kind][0]} of {there}':>8}" for way in ways)
        console.line(f"{kind:{width}}{cells}")


def _label(name: str, way: str) -> str:
    return f"{name}, {way}" if way else name


def _cell(figure: Interval) -> str:
    return f"{figure.value:.2f} ({figure.low:.2f}-{figure.high:.2f})"


def _write_chart(path: Path, task: str, runs: list[Run]) -> None:
    names = list(next(iter(runs[0][1].figures.values())))
    panels = [
        BarPanel(
            _TITLES.get(figure, figure),
            tuple(
                _bar(_label(name, way), named[figure])
                for name, found in runs
                for way, named in found.figures.items()
            ),
        )
        for figure in names
    ]
    caption = f"{runs[0][1].items} items; the lines are 95% intervals of the bootstrap"
    try:
        replace_file(path, bars_svg(f"Inkling: {task}", caption, panels).encode())
    except OSError as error:
        raise CommandError(
            f"The chart could not be written to {path}: {error.strerror}."
        ) from error


def _bar(name: str, figure: Interval) -> Bar:
    return Bar(name, figure.value, figure.low, figure.high, f"{figure.value:.2f}")
