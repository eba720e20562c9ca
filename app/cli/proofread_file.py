"""``proofread``: what is wrong in a file, line by line, or the file with it put right."""

from __future__ import annotations

import argparse
import os
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.cli.console import Console
from app.cli.errors import CommandError, UsageError
from app.cli.inputs import STANDARD_INPUT, InputText, read_standard_input
from app.cli.proofreading import proofreading_adapter, proofreading_rules
from app.cli.session import open_engine, prepare_adapter, run_interruptibly
from app.core.document import load_text, save_text
from app.core.files import replace_file
from app.core.grammar.choices import rules_off
from app.core.paths import app_paths
from app.core.settings import SETTINGS_NAME, SettingsStore
from engine import (
    PROOFREADING_PROMPT,
    Correction,
    Dialect,
    FindingSource,
    Proofreader,
    WithAdapter,
    corrected,
    prose_of,
)

_FOR_PEOPLE = "\u2192"


@dataclass(frozen=True, slots=True)
class _Placed:
    """A correction with the line and column that it begins at, counted from 1."""

    line: int
    column: int
    correction: Correction


def proofread_file(arguments: argparse.Namespace, console: Console) -> int:
    """List what is wrong, or with ``--fix`` write the file with it put right."""
    if arguments.fix and arguments.path == STANDARD_INPUT:
        raise UsageError("--fix writes the file that was read, so name a file instead of -.")
    if arguments.path == STANDARD_INPUT:
        loaded, source = None, read_standard_input()
    else:
        loaded = load_text(Path(arguments.path))
        source = InputText(arguments.path, loaded.text)
    found: list[_Placed] = []
    lines = _Lines(source.text)
    with _reader(arguments, console) as (reader, model, adapter):
        reading = reader.read(prose_of(source.text, headings=arguments.rules))
        while (read := run_interruptibly(lambda: next(reading, None))) is not None:
            stretch, corrections = read
            if source.text and not arguments.json:
                console.progress("Proofreading", stretch.end / len(source.text))
            # A break that a hand put into the line stays where it is.
            whole = [each for each in corrections if source.text[each.start : each.end] == each.old]
            placed = [_Placed(*lines.place(each.start), each) for each in whole]
            found += placed
            if not (arguments.json or arguments.fix):
                for each in placed:
                    console.line(_line(source.name, each))
    listing = "".join(f"{_line(source.name, each)}\n" for each in found)
    if arguments.review_file is not None:
        _write(Path(arguments.review_file), listing)
    if arguments.fix and loaded is not None and found:
        text = corrected(source.text, [each.correction for each in found])
        save_text(loaded.path, text, loaded.format, loaded.fingerprint)
    if arguments.json:
        console.json(_record(source.name, found, model, adapter, fixed=arguments.fix))
    else:
        console.note(_sum(found, fixed=arguments.fix))
    return 0


@contextmanager
def _reader(
    arguments: argparse.Namespace, console: Console
) -> Iterator[tuple[Proofreader, str | None, str | None]]:
    """Who reads, and the names of its model and adapter."""
    settings = SettingsStore(app_paths(os.environ).config / SETTINGS_NAME)
    off = rules_off(settings.get("grammar.rules"))
    dialect = Dialect(arguments.dialect) if arguments.dialect else None
    with ExitStack() as stack:
        rules: FindingSource = stack.enter_context(proofreading_rules(dialect, off))
        if arguments.rules:
            yield Proofreader([rules], None), None, None
            return
        engine = stack.enter_context(open_engine(arguments.model, console, device=arguments.device))
        model = info.name if (info := engine.status().model) else None
        adapter = proofreading_adapter(arguments.adapter, model)
        if adapter is None:
            yield Proofreader([rules], engine), model, None
            return
        name = arguments.adapter or adapter.name
        prepare_adapter(engine, name, console)
        prompt = adapter.prompt or PROOFREADING_PROMPT
        yield Proofreader([rules], WithAdapter(engine, name), prompt=prompt), model, adapter.name


class _Lines:
    """Where the lines of a text begin."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(at + 1 for at, mark in enumerate(text) if mark == "\n")]

    def place(self, offset: int) -> tuple[int, int]:
        """The line and column of a code point, counted from 1."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


def _line(name: str, placed: _Placed) -> str:
    found = placed.correction
    kind = found.kind.value.replace("_", " ")
    why = f" ({found.message})" if found.message else ""
    change = f"{found.old!r} {_FOR_PEOPLE} {found.new!r}"
    return f"{name}:{placed.line}:{placed.column}: {kind}: {change}{why}"


def _sum(found: list[_Placed], *, fixed: bool) -> str:
    if not found:
        return "Nothing was found to correct."
    what = "1 correction" if len(found) == 1 else f"{len(found)} corrections"
    return f"{what} made." if fixed else f"{what} proposed; --fix makes all of them."


def _record(
    name: str, found: list[_Placed], model: str | None, adapter: str | None, *, fixed: bool
) -> dict[str, object]:
    findings = [
        {
            "line": each.line,
            "column": each.column,
            "start": each.correction.start,
            "end": each.correction.end,
            "old": each.correction.old,
            "new": each.correction.new,
            "error": each.correction.kind.value,
            "rule": each.correction.rule,
            "message": each.correction.message,
            "gain": None if each.correction.gain is None else round(each.correction.gain, 3),
        }
        for each in found
    ]
    return {
        "file": name,
        "findings": findings,
        "fixed": fixed and bool(found),
        "model": model,
        "adapter": adapter,
    }


def _write(path: Path, text: str) -> None:
    try:
        replace_file(path, text.encode("utf-8", "replace"))
    except OSError as error:
        raise CommandError(
            f"The list could not be written to {path}: {error.strerror}. No file was changed."
        ) from error
