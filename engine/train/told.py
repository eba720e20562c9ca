"""How training is told of, and how it is told to pause and to stop, in its own process."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress

from engine.train.adapting import Event
from engine.train.control import Control, stop_on_signals

_SHOWN_EVERY = 5


def add_control(kind: argparse.ArgumentParser) -> None:
    """Add the options for a program that shows the progress."""
    kind.add_argument("--events", action="store_true", help="progress as lines of JSON")
    kind.add_argument(
        "--listen", action="store_true", help="pause, resume, finish, stop on standard input"
    )


@contextmanager
def controlled(options: argparse.Namespace) -> Iterator[tuple[Control, Event]]:
    """What training asks, and what it tells, as ``options`` say; signals ask it to stop."""
    control = Control()
    if options.listen:
        control.listen(sys.stdin.fileno())
    undo = stop_on_signals(control)
    try:
        yield control, _as_json if options.events else _Words().say
    finally:
        undo()


def _as_json(event: Mapping[str, object]) -> None:
    _tell(json.dumps(event))


def _tell(line: str) -> None:
    # Whoever listened may be gone: then the state must still be kept.
    with suppress(OSError):
        sys.stderr.write(line + "\n")
        sys.stderr.flush()


class _Words:
    """Progress in words for a terminal or a log."""

    def __init__(self) -> None:
        self._share = 0.0

    def say(self, event: Mapping[str, object]) -> None:
        """Write what is worth a line."""
        if line := self._line(event):
            _tell(line)

    def _line(self, event: Mapping[str, object]) -> str:
        match event["event"]:
            case "stage":
                self._share = 0.0
                return f"{event['stage']} ..."
            case "corpus":
                return (
                    f"{event['words']:,} words in {event['documents']} documents to learn from, "
                    f"{event['held_out_words']:,} words in {event['held_out_documents']} held out"
                )
            case "plan":
                return (
                    f"{event['steps']} steps on {event['threads']} threads at "
                    f"{event['tokens_per_s']:.0f} tokens/s: about "
                    f"{float(str(event['seconds'])) / 60:.0f} min in all"
                )
            case "step":
                return _step_line(event)
            case "validation":
                return f"validation loss {event['loss']:.3f} at step {event['step']}"
            case "share":
                share = float(str(event["share"]))
                if share < self._share + 0.1:
                    return ""
                self._share = share
                return f"  {share:.0%}"
            case "history":
                return "going on with what was learnt"
        return str(event["event"])


def _step_line(event: Mapping[str, object]) -> str:
    number, steps = int(str(event["step"])), int(str(event["steps"]))
    if number % _SHOWN_EVERY and number != steps and not event["skipped"]:
        return ""
    loss = "undefined, step skipped" if event["loss"] is None else f"{event['loss']:.3f}"
    return f"step {number} of {steps}: loss {loss}, {int(str(event['left'])) / 60:.0f} min left"
