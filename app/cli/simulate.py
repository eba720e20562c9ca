"""``simulate``: how often suggestions would be right, and how many keys they would save."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

from app.cli.console import Console
from app.cli.errors import CommandError, UsageError
from app.cli.inputs import read_file
from app.cli.session import gate_of_preferences, open_engine, run_interruptibly
from app.core.curve import Series, curve_svg
from app.core.files import replace_file
from engine import CancelToken, GateFigures, SimulationReport, simulate

_KEYS = (
    "coverage",
    "precision_when_shown",
    "wrong_show_rate",
    "keystrokes_saved",
    "shows_per_100_words",
    "wrong_shows_per_100_words",
)


def simulate_typing(arguments: argparse.Namespace, console: Console) -> int:
    """Replay the files and print a table, or the report as JSON; ``--svg`` draws the curve."""
    texts = [read_file(name).text for name in arguments.files]
    gate = gate_of_preferences() if arguments.gate is None else arguments.gate
    cancel = CancelToken()
    with open_engine(
        arguments.model, console, device=arguments.device, adapter=arguments.adapter
    ) as engine:
        try:
            report = run_interruptibly(
                lambda: simulate(
                    engine,
                    texts,
                    gate=gate,
                    sample=arguments.sample,
                    seed=arguments.seed,
                    progress=lambda share: console.progress("Replaying", share),
                    cancel=cancel,
                )
            )
        finally:
            cancel.cancel()
    if report is None:
        raise UsageError(
            "There is nothing to replay: only what follows the first 200 characters is."
        )
    if arguments.svg is not None:
        _write_curve(Path(arguments.svg), report)
    if arguments.json:
        console.json(simulation_record(report))
    else:
        _print(report, console)
    return 0


def simulation_record(report: SimulationReport) -> dict[str, object]:
    """A simulation as its JSON object; shares are from 0 to 1."""
    return {
        **_figures(report.figures),
        "curve": [_gated(each) for each in report.curve],
        "baselines": {
            "ngram": {
                **_figures(report.ngram),
                "curve": [_gated(each) for each in report.ngram_curve],
            },
            "no_gate": _figures(report.no_gate),
        },
        "gate": report.figures.gate,
        "characters_shown_per_kept": report.figures.characters_shown_per_kept,
        "word_starts": asdict(report.word_starts),
        "inside_words": asdict(report.inside_words),
        "positions": report.positions,
        "words": report.words,
        "model": report.model,
    }


def _figures(figures: GateFigures) -> dict[str, object]:
    return {key: getattr(figures, key) for key in _KEYS}


def _gated(figures: GateFigures) -> dict[str, object]:
    return {"gate": figures.gate, **_figures(figures)}


def _write_curve(path: Path, report: SimulationReport) -> None:
    series = [
        Series(name, tuple((each.coverage, each.precision_when_shown) for each in curve))
        for name, curve in ((report.model, report.curve), ("n-gram", report.ngram_curve))
    ]
    now = report.figures
    drawn = curve_svg(
        "Precision of suggestions over their coverage",
        f"{report.positions:,} carets; the ring is the gate of {now.gate:.2f}",
        series,
        (now.coverage, now.precision_when_shown),
    )
    try:
        replace_file(path, drawn.encode())
    except OSError as error:
        raise CommandError(
            f"The curve could not be written to {path}: {error.strerror}."
        ) from error


def _print(report: SimulationReport, console: Console) -> None:
    console.line(f"model         {report.model}")
    console.line(f"all           {report.positions:,} carets, {report.words:,} words")
    for title, place in (
        ("word starts", report.word_starts),
        ("inside words", report.inside_words),
    ):
        console.line(
            f"{title:13} {place.positions:,} carets, shown at {place.coverage:.1%}, "
            f"right {place.precision_when_shown:.1%}"
        )
    kept = report.figures.characters_shown_per_kept
    console.line(f"characters    {kept:.2f} shown for each one kept")
    console.line()
    console.line("              of all carets          keys   in 100 words")
    console.line("        gate  shown  right  wrong   saved   shows  wrong")
    _row("now", report.figures, console)
    for each in report.curve[::2]:
        _row("", each, console)
    _row("no gate", report.no_gate, console)
    _row("n-gram", report.ngram, console)
    console.line()
    console.line("right is the share of what is shown; n-gram has only read the text itself")


def _row(title: str, each: GateFigures, console: Console) -> None:
    console.line(
        f"{title:7} {each.gate:4.2f}  {each.coverage:5.1%}  {each.precision_when_shown:5.1%}  "
        f"{each.wrong_show_rate:5.1%}   {each.keystrokes_saved:5.1%}   "
        f"{each.shows_per_100_words:5.0f}  {each.wrong_shows_per_100_words:5.1f}"
    )
