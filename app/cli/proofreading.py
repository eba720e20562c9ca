"""Proofreading as a command does it: by grammar rules, spelling and the model."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager

from app.cli.console import Console
from app.cli.session import open_engine, run_interruptibly
from app.core.diff import word_diff
from app.core.paths import app_paths
from app.core.spelling.client import SpellingClient
from app.core.spelling.dictionaries import find_dictionaries
from app.core.spelling.findings import SpellingFindings
from app.services.assets import asset
from engine import Correction, FindingSource, Proofreader, Rules, corrected, with_spelling

_ENGLISH = ("en_US", "en_GB")
"""A word that either has is right: texts are proofread without asking which English they are in."""


@contextmanager
def proofreading_rules() -> Iterator[FindingSource]:
    """Grammar and spelling; the process that checks words ends with the context."""
    known = find_dictionaries(app_paths(os.environ).dictionaries, asset("dictionaries"), os.environ)
    client = SpellingClient()
    try:
        spelling = SpellingFindings(client, [each for each in known if each.name in _ENGLISH])
        yield with_spelling(Rules(), spelling)
    finally:
        client.close()


def proofread(arguments: argparse.Namespace, source: str, console: Console) -> int:
    """Print ``source`` corrected, sentence by sentence as they are read, or all of it as JSON."""
    found: list[Correction] = []
    shown = 0
    with (
        open_engine(arguments.model, console, device=arguments.device) as engine,
        proofreading_rules() as rules,
    ):
        model = info.name if (info := engine.status().model) else None
        reading = Proofreader([rules], engine).read(source)
        while (read := run_interruptibly(lambda: next(reading, None))) is not None:
            stretch, corrections = read
            found += corrections
            if not arguments.json:
                text = corrected(source[: stretch.end], found)
                console.stream(text[shown:])
                shown = len(text)
    text = corrected(source, found)
    if arguments.json:
        console.json(_record(source, text, found, model))
    else:
        rest = text[shown:]
        console.stream(rest if text.endswith("\n") else rest + "\n")
    return 0


def _record(
    source: str, text: str, found: list[Correction], model: str | None
) -> dict[str, object]:
    changes = [
        {"kind": span.kind, "old": span.old, "new": span.new} for span in word_diff(source, text)
    ]
    corrections = [
        {
            "start": each.start,
            "end": each.end,
            "old": each.old,
            "new": each.new,
            "error": each.kind.value,
            "rule": each.rule,
            "message": each.message,
            "gain": None if each.gain is None else round(each.gain, 3),
        }
        for each in found
    ]
    return {
        "text": text,
        "source": source,
        "changes": changes,
        "corrections": corrections,
        "model": model,
    }
