"""``python -m engine.export SOURCE TARGET --name NAME``: progress as JSON lines on standard output.

Each line is ``{"stage": "weights", "progress": 0.42}``; an error is one sentence on standard error
and exit code 1 (2 for bad use, 130 when interrupted).
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

from engine.errors import EngineError
from engine.export.package import PRECISIONS, export_model


def main(argv: Sequence[str] | None = None) -> int:
    """Export one model and return the exit code."""
    parser = argparse.ArgumentParser(prog="engine.export", description="Set a model up.")
    parser.add_argument("source", type=Path, help="a GGUF file or a Hugging Face folder")
    parser.add_argument("target", type=Path, help="the model directory to write")
    parser.add_argument("--name", help="the model's name; the directory's by default")
    parser.add_argument("--precision", choices=PRECISIONS, default="int8")
    parser.add_argument("--licence", default="", help="the file's own entry by default")
    parser.add_argument("--origin", default="", help="where the file came from")
    options = parser.parse_args(argv)
    signal.signal(signal.SIGTERM, _end)
    target: Path = options.target
    try:
        export_model(
            options.source,
            target,
            name=options.name or target.resolve().name,
            precision=options.precision,
            licence=options.licence,
            origin=options.origin,
            progress=_print_progress,
        )
    except EngineError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except OSError as error:
        sys.stderr.write(f"The model could not be written to {target}: {error}.\n")
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def _print_progress(stage: str, share: float) -> None:
    sys.stdout.write(json.dumps({"stage": stage, "progress": round(share, 4)}) + "\n")
    sys.stdout.flush()


def _end(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
    """Unwind, so that the half-made directory is removed."""
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
