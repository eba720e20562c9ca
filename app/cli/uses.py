"""``summarize``, ``keywords``, ``tone``, ``translate`` and ``brainstorm``."""

from __future__ import annotations

import argparse
import os

from app.cli.console import Console
from app.cli.errors import CommandError, UsageError
from app.cli.inputs import read_text
from app.cli.records import generation_record
from app.cli.session import generate, open_engine, quietly, run_interruptibly
from app.core.paths import app_paths
from engine import (
    BrainstormKind,
    CancelToken,
    SummaryLength,
    TextEngine,
    ToneReader,
    brainstorm_request,
    can_pair,
    can_translate,
    couplet_request,
    fits_couplet,
    ideas_of,
    keywords,
    language_of,
    summarise,
    translated,
)

_BAR = 20


def use(arguments: argparse.Namespace, console: Console) -> int:
    """Run one of the commands."""
    text = read_text(arguments.words, arguments.text, arguments.file)
    if not text.text.strip():
        raise UsageError(f"There is no text: {text.called()} is empty.")
    with open_engine(arguments.model, console, device=arguments.device) as engine:
        return _USES[arguments.command](arguments, text.text, engine, console)


def _summarize(
    arguments: argparse.Namespace, text: str, engine: TextEngine, console: Console
) -> int:
    cancel = CancelToken()
    try:
        found = run_interruptibly(
            lambda: summarise(
                text,
                engine,
                length=SummaryLength(arguments.length),
                count=arguments.sentences,
                own=not arguments.quotes_only,
                progress=lambda share: console.progress("Reading", share),
                cancel=cancel,
            )
        )
    finally:
        cancel.cancel()
    assert found is not None  # only an interrupt cancels it
    if arguments.json:
        console.json(
            {
                "own": found.own,
                "sentences": [
                    {"text": each.text, "start": each.start, "end": each.end}
                    for each in found.sentences
                ],
                "words": found.words,
                "source_words": found.source_words,
            }
        )
        return 0
    if found.own:
        console.line(found.own)
        console.line()
    for each in found.sentences:
        console.line(f"- {each.text}")
    if found.own:
        console.note(
            "The first sentence is the model's own and may be wrong; the others are quoted."
        )
    return 0


def _keywords(
    arguments: argparse.Namespace, text: str, engine: TextEngine, console: Console
) -> int:
    found = run_interruptibly(lambda: keywords(text, engine, count=arguments.count))
    if arguments.json:
        console.json({"keywords": [{"text": each.text, "count": each.count} for each in found]})
    else:
        for each in found:
            console.line(each.text)
    return 0


def _tone(arguments: argparse.Namespace, text: str, engine: TextEngine, console: Console) -> int:
    cancel = CancelToken()
    reader = ToneReader.choose(engine, app_paths(os.environ).adapter_folders)
    reading = reader.read(text, cancel)
    rows: list[dict[str, object]] = []
    try:
        while (each := run_interruptibly(lambda: next(reading, None))) is not None:
            if arguments.json:
                rows.append(
                    {
                        "start": each.start,
                        "end": each.end,
                        "positive": round(each.positive, 3),
                        "formal": round(each.formal, 3),
                    }
                )
                continue
            bar = "\u2588" * round(_BAR * each.positive)
            start = " ".join(text[each.start : each.end].split())[:48]
            console.line(f"{each.positive:4.0%} {bar:\u2591<{_BAR}}  {start}")
    finally:
        cancel.cancel()
    if arguments.json:
        console.json({"paragraphs": rows, "adapter": reader.adapter or None})
    else:
        console.note("How probable it is that a paragraph is positive; a guess of the model.")
    return 0


def _translate(
    arguments: argparse.Namespace, text: str, engine: TextEngine, console: Console
) -> int:
    source = language_of(text)
    able = run_interruptibly(
        lambda: (
            can_pair(engine) if arguments.couplet else can_translate(engine, arguments.to, source)
        )
    )
    if not able.able and not arguments.anyway:
        raise CommandError(
            f"This model cannot do that: of {able.asked} known examples it found {able.right} "
            "right. Import a larger model that knows both languages (inkling models import FILE) "
            "and name it with --model."
        )
    if arguments.couplet:
        return _couplet(arguments, text.strip(), engine, console)
    cancel = CancelToken()
    pieces = translated(text, arguments.to, engine, cancel=cancel)
    whole = ""
    try:
        while (piece := run_interruptibly(lambda: next(pieces, None))) is not None:
            whole += piece
            if not arguments.json:
                console.stream(piece)
    finally:
        cancel.cancel()
    if arguments.json:
        console.json({"text": whole, "source": source, "target": arguments.to})
    elif not whole.endswith("\n"):
        console.line()
    return 0


def _couplet(
    arguments: argparse.Namespace, first: str, engine: TextEngine, console: Console
) -> int:
    result = generate(engine, couplet_request(first), quietly)
    lines = [result.text.strip(), *(each.text.strip() for each in result.alternatives)]
    fitting = [line for line in lines if fits_couplet(first, line)]
    if not fitting:
        raise CommandError("No second line of the right length came. Try again.")
    if arguments.json:
        console.json({"first": first, "second": fitting})
    else:
        for line in fitting:
            console.line(line)
    return 0


def _brainstorm(
    arguments: argparse.Namespace, text: str, engine: TextEngine, console: Console
) -> int:
    kind = BrainstormKind(arguments.kind)
    request = brainstorm_request(text, kind, arguments.count, seed=arguments.seed)
    result = generate(engine, request, quietly)
    ideas = ideas_of(result, kind)
    if arguments.json:
        console.json({**generation_record(result), "ideas": list(ideas)})
    else:
        for idea in ideas:
            console.line(f"- {idea}")
    return 0


_USES = {
    "summarize": _summarize,
    "keywords": _keywords,
    "tone": _tone,
    "translate": _translate,
    "brainstorm": _brainstorm,
}
