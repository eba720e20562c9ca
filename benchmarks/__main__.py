"""``python -m benchmarks``: measure, print a table, write bench.json and bench.svg."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.chart import chart
from benchmarks.measure import DECODE, Measured, Setting, measure
from benchmarks.report import medians, record, table
from benchmarks.texts import find_requests
from benchmarks.worker import BenchError
from engine import physical_cores, processor_name


def main(arguments: Sequence[str]) -> int:
    """Do what the command line says and return the exit code."""
    options = _parser().parse_args(arguments)
    try:
        setting = Setting(
            model=options.model,
            gguf=options.gguf,
            threads=options.threads or min(2, physical_cores()),
            repeat=options.repeat,
            requests=tuple(find_requests(options.eval, options.requests)),
            decode=DECODE[:1] if options.quick else DECODE,
            loads=1 if options.quick else 3,
        )
        measured = measure(setting, lambda step: print(f"{step} ...", file=sys.stderr, flush=True))
    except BenchError as error:
        print(error, file=sys.stderr)
        return 1
    absolute = medians(measured.samples)
    about = _about(setting, measured)
    options.out.mkdir(parents=True, exist_ok=True)
    result = json.dumps(record(measured.samples, about), indent=1)
    (options.out / "bench.json").write_text(result + "\n", encoding="utf-8")
    caption = f"{about['model']}, {about['gguf']}; {about['processor']}, {about['threads']} threads"
    (options.out / "bench.svg").write_text(chart(absolute, caption), encoding="utf-8")
    print("\n".join(table(absolute)))
    print(f"\n{measured.texts_that_differ} of {len(setting.requests)} rewrites differ with drafts")
    print(f"written to {options.out / 'bench.json'} and bench.svg")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dev.py bench", description=__doc__)
    parser.add_argument("--model", type=Path, required=True, help="folder of the exported model")
    parser.add_argument("--gguf", type=Path, help="its source, for llama.cpp; without: ours alone")
    parser.add_argument("--out", type=Path, required=True, help="folder for the results")
    parser.add_argument("--eval", type=Path, help="folder with rewrite.jsonl and proofread.jsonl")
    parser.add_argument("--repeat", type=_whole, default=5, help="runs a figure (5)")
    parser.add_argument(
        "--requests", type=_whole, default=40, help="texts to rewrite, at most (40)"
    )
    parser.add_argument("--quick", action="store_true", help="decoding at 128 tokens only")
    parser.add_argument("--threads", type=_whole, help="threads of each engine (2, or all cores)")
    return parser


def _whole(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


def _about(setting: Setting, measured: Measured) -> dict[str, object]:
    """What ran where: to be read beside the figures."""
    return {
        "processor": processor_name(),
        "system": f"{platform.system()} {platform.machine()}",
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        **measured.about,
        "gguf": setting.gguf.name if setting.gguf else None,
        "threads": setting.threads,
        "repeat": setting.repeat,
        "requests": len(setting.requests),
        "rewrites_that_differ_with_drafts": measured.texts_that_differ,
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
