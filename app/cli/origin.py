"""``origin``: where the words of a file came from."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from app.cli.console import Console
from app.cli.errors import CommandError
from app.core.document import load_text
from app.core.paths import app_paths
from app.core.provenance.block import read_block
from app.core.provenance.kept import Kept, runs_for, text_hash
from app.core.provenance.report import Report, as_json, as_markdown, report, time_text
from app.core.provenance.runs import EARLIER, Runs
from app.core.provenance.store import OriginsError, OriginStore, file_key


def origin(arguments: argparse.Namespace, console: Console) -> int:
    """Print the shares and the spans of a file."""
    path = Path(arguments.file)
    loaded = load_text(path)
    text = loaded.text
    kept = _kept(path, text) or read_block(loaded.origins)
    if kept is None:
        found = report(text, Runs([(len(text), EARLIER)]), {})
    else:
        found = report(text, runs_for(kept, text), kept.sources)
    if arguments.json:
        console.json(as_json(found, path.name))
    elif arguments.markdown:
        console.line(as_markdown(found, path.name))
    else:
        _print(found, console)
    return 0


def _kept(path: Path, text: str) -> Kept | None:
    place = app_paths(os.environ).data / "origins.sqlite"
    if not place.exists():
        return None
    try:
        store = OriginStore(place)
        try:
            return store.find(file_key(path)) or store.find_text(text_hash(text))
        finally:
            store.close()
    except OriginsError as error:
        raise CommandError(str(error)) from error


def _print(found: Report, console: Console) -> None:
    typed, accepted, pasted, unknown = found.shares.percents()
    console.line(
        f"typed {typed}%   from the model {accepted}%   pasted {pasted}%   not known {unknown}%"
    )
    for item in found.items:
        recipe = item.source.recipe
        model = recipe.circumstances.model if recipe else ""
        console.line(
            f"{item.line:5}  {time_text(item.source.when)}  {item.source.kind.value:12} "
            f"{model:24} {item.excerpt}"
        )
