"""``ask``: a question answered from named files or the library, the quotation first."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

from app.cli.console import Console
from app.cli.errors import UsageError
from app.cli.inputs import STANDARD_INPUT, InputText, read_file, read_standard_input
from app.cli.library import open_library
from app.cli.records import generation_record, with_sampling
from app.cli.session import generate, open_engine, quietly, run_interruptibly
from engine import (
    LIBRARY_SUFFIXES,
    LINED_SUFFIXES,
    Citation,
    Evidence,
    LibraryText,
    TextEngine,
    answer_grounding,
    ask_request,
    find_evidence,
    find_in_library,
    read_document,
)

Search = Callable[[TextEngine], Evidence]
NOT_FOUND = "Not in your documents."


def ask(arguments: argparse.Namespace, console: Console) -> int:
    """Quote the passages that answer best, then let the model say it in a sentence.

    Where the sources do not support an answer, the model is not asked at all.
    """
    question = _question(arguments)
    search = _search_library(question) if arguments.library else _search_files(arguments, question)
    with open_engine(arguments.model, console, device=arguments.device) as engine:
        evidence = run_interruptibly(lambda: search(engine))
        if not evidence.supported:
            _print_not_found(evidence, console, as_json=arguments.json)
            return 0
        request = with_sampling(ask_request(evidence, question), arguments)
        if not arguments.json:
            _print_quotes(evidence.citations, console)
        on_text = quietly if arguments.json else console.stream
        result = generate(engine, request, on_text)
    if arguments.json:
        record = generation_record(result)
        console.json(
            {
                **record,
                "supported": True,
                **_times(evidence),
                "grounding": round(answer_grounding(result.text, evidence, question), 4),
                "citations": citations(evidence.citations),
            }
        )
    elif not result.text.endswith("\n"):
        console.line()
    return 0


def citations(passages: Sequence[Citation]) -> list[dict[str, object]]:
    """The quotations; ``line`` counts from 1, ``start`` and ``end`` are code points of the text."""
    return [
        {
            "source": each.source,
            "title": each.title,
            "quote": each.quote,
            "line": each.line or None,
            "page": each.page or None,
            "start": each.start,
            "end": each.end,
            "marks": [list(stretch) for stretch in each.marks],
            "support": round(each.support, 4),
        }
        for each in passages
    ]


def _search_library(question: str) -> Search:
    opened = open_library()
    if not opened.folders():
        raise UsageError("The library is empty; `inkling library add FOLDER` adds a folder.")
    return lambda engine: find_in_library(opened, question, engine)


def _search_files(arguments: argparse.Namespace, question: str) -> Search:
    sources = [_read(each) for each in arguments.source]
    if not any(
        (each.text if isinstance(each, LibraryText) else each[1]).strip() for each in sources
    ):
        raise UsageError("The sources are empty; there is nothing to answer from.")
    return lambda engine: find_evidence(sources, question, engine)


def _read(path: str) -> tuple[str, str] | LibraryText:
    suffix = Path(path).suffix.lower()
    if suffix in LIBRARY_SUFFIXES - LINED_SUFFIXES:
        return read_document(Path(path))
    item = read_file(path)
    return item.name, item.text


def _times(evidence: Evidence) -> dict[str, object]:
    return {
        "support": round(evidence.support, 4),
        "passages": evidence.passages,
        "search_ms": round(evidence.search_ms, 2),
        "score_ms": round(evidence.score_ms, 2),
    }


def _print_not_found(evidence: Evidence, console: Console, *, as_json: bool) -> None:
    if as_json:
        console.json(
            {**_not_found_record(), **_times(evidence), "nearest": citations(evidence.nearest)}
        )
        return
    console.line(NOT_FOUND)
    if evidence.nearest:
        console.line("What comes nearest:")
        console.line()
        _print_quotes(evidence.nearest, console)


def _print_quotes(passages: Sequence[Citation], console: Console) -> None:
    for item in passages:
        words = " ".join(item.quote.split())
        console.line(f"\u201c{words}\u201d")
        place = f", page {item.page}" if item.page else ""
        console.line(f"    {item.source}{f', line {item.line}' if item.line else place}")
    console.line()


def _not_found_record() -> dict[str, object]:
    """The fields of a generation, though nothing was generated."""
    timings = ("load_ms", "prefill_ms", "first_token_ms", "decode_tokens_per_s")
    return {
        "text": NOT_FOUND,
        "token_ids": [],
        "finish_reason": None,
        "prompt_tokens": 0,
        "seed": None,
        "model": None,
        "timings": dict.fromkeys(timings),
        "supported": False,
        "citations": [],
    }


def _question(arguments: argparse.Namespace) -> str:
    given = arguments.question
    item = read_standard_input() if given == STANDARD_INPUT else InputText("question", given)
    if not item.text.strip():
        raise UsageError("The question is empty.")
    return item.text.strip()
