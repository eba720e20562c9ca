"""Proofreading as a command does it: by grammar rules, spelling and the model."""

from __future__ import annotations

import argparse
import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from types import MappingProxyType

from app.cli.console import Console
from app.cli.session import open_engine, prepare_adapter, run_interruptibly
from app.core.assets import asset
from app.core.diff import word_diff
from app.core.paths import app_paths
from app.core.spelling.client import SpellingClient
from app.core.spelling.dictionaries import find_dictionaries
from app.core.spelling.findings import SpellingFindings
from app.core.spelling.personal import PERSONAL_NAME, Accepted, PersonalDictionary
from engine import (
    PROOFREADING_PROMPT,
    UNSURE_RULES,
    AdapterInfo,
    Correction,
    Dialect,
    FindingSource,
    Proofreader,
    Rules,
    WithAdapter,
    adapter_for,
    corrected,
    find_adapter,
    with_spelling,
)

_ENGLISH = ("en_US", "en_GB")
"""A word that either has is right where nobody says which English a text is in."""
_BY_DIALECT = MappingProxyType(
    {Dialect.AMERICAN: ("en_US",), Dialect.CANADIAN: _ENGLISH, Dialect.AUSTRALIAN: ("en_GB",)}
)


@contextmanager
def proofreading_rules(
    dialect: Dialect | None = None, off: Collection[str] = UNSURE_RULES
) -> Iterator[FindingSource]:
    """Grammar without the rules ``off``, and spelling, for a dialect or for any.

    The person's own words are right. The process that checks words ends with the context.
    """
    paths = app_paths(os.environ)
    known = find_dictionaries(paths.dictionaries, asset("dictionaries"), os.environ)
    names = _BY_DIALECT.get(dialect, ("en_GB",)) if dialect is not None else _ENGLISH
    own = Accepted(PersonalDictionary(paths.data / PERSONAL_NAME).words())
    client = SpellingClient()
    try:
        dictionaries = [each for each in known if each.name in names]
        spelling = SpellingFindings(client, dictionaries, own)
        yield with_spelling(Rules(dialect or Dialect.AMERICAN, off), spelling)
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
        adapter = proofreading_adapter(arguments.adapter, model)
        if adapter is None:
            reading = Proofreader([rules], engine).read(source)
        else:
            name = arguments.adapter or adapter.name
            prepare_adapter(engine, name, console)
            prompt = adapter.prompt or PROOFREADING_PROMPT
            reading = Proofreader([rules], WithAdapter(engine, name), prompt=prompt).read(source)
        while (read := run_interruptibly(lambda: next(reading, None))) is not None:
            stretch, corrections = read
            found += corrections
            if not arguments.json:
                text = corrected(source[: stretch.end], found)
                console.stream(text[shown:])
                shown = len(text)
    text = corrected(source, found)
    if arguments.json:
        named = adapter.name if adapter is not None else None
        console.json({**_record(source, text, found, model), "adapter": named})
    else:
        rest = text[shown:]
        console.stream(rest if text.endswith("\n") else rest + "\n")
    return 0


def proofreading_adapter(name: str | None, model: str | None) -> AdapterInfo | None:
    """The adapter of that name, or the one that there is for proofreading with the model."""
    folders = app_paths(os.environ).adapter_folders
    return find_adapter(name, folders) if name else adapter_for("proofread", model or "", folders)


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
