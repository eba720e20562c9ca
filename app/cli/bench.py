"""``bench``: the engine's speed on this machine."""

from __future__ import annotations

import argparse
from dataclasses import asdict, replace

from app.cli.console import Console
from app.cli.session import local_engine
from engine import QUICK_PLAN, BenchPlan, BenchReport, TextEngine, run_bench


def bench(arguments: argparse.Namespace, console: Console) -> int:
    """Measure and print a table, or the report as JSON."""
    plan = QUICK_PLAN if arguments.quick else BenchPlan()
    if arguments.repeat is not None:
        plan = replace(plan, repeat=arguments.repeat)

    def open_engine() -> TextEngine:
        return local_engine(arguments.model, arguments.threads, arguments.device)

    report = run_bench(open_engine, plan, lambda step: console.note(f"{step} ..."))
    if arguments.json:
        console.json(asdict(report))
    else:
        _print(report, console)
    return 0


def _print(report: BenchReport, console: Console) -> None:
    console.line(f"model      {report.model}")
    console.line(f"load       {report.load_ms:.0f} ms")
    for speed in report.prefill:
        console.line(f"prefill    {speed.tokens:5} tokens      {speed.tokens_per_s:7.0f} tokens/s")
    for speed in report.decode:
        console.line(f"decode at  {speed.tokens:5} tokens      {speed.tokens_per_s:7.1f} tokens/s")
    for name, latency in (
        ("in the cache", report.completion_reused),
        ("not cached", report.completion_fresh),
    ):
        console.line(
            f"completion on {latency.context:,} tokens {name}: first text "
            f"{latency.first_ms:.1f} ms, {latency.tokens} tokens {latency.total_ms:.0f} ms"
        )
    if (choice := report.long_context) is not None:
        used = "are used" if choice.quantised else "are not used"
        console.line(
            f"a step after {choice.positions:,} tokens takes {choice.plain_ms:.1f} ms, with keys "
            f"and values of 8 bits {choice.quantised_ms:.1f} ms; these {used} in long answers"
        )
    if report.peak_memory_bytes is not None:
        console.line(f"peak memory {report.peak_memory_bytes / 1e6:.0f} MB")
