"""``complete``: goes on with a text."""

from __future__ import annotations

import argparse

from app.cli.console import Console
from app.cli.errors import UsageError
from app.cli.inputs import InputText, read_text
from app.cli.records import alternatives_record, generation_record, with_sampling
from app.cli.session import generate, open_engine, quietly
from engine import GenerationRequest, Lane, SamplingParams

_COMPLETE_TOKENS = 64


def complete(arguments: argparse.Namespace, console: Console) -> int:
    """Continue a text; the continuation is streamed as it comes."""
    text = given_text(arguments, "continue")
    request = GenerationRequest(
        prompt=text.text.removesuffix("\n") if text.name != "argument" else text.text,
        lane=Lane.COMPLETE,
        max_tokens=_COMPLETE_TOKENS,
        sampling=SamplingParams(repetition_penalty=1.15),
        stop=tuple(arguments.stop),
        heal=not arguments.no_heal,
        alternatives=arguments.alternatives,
    )
    with open_engine(
        arguments.model, console, device=arguments.device, adapter=arguments.adapter
    ) as engine:
        if arguments.json:
            result = generate(engine, with_sampling(request, arguments), quietly)
            record = generation_record(result)
            if arguments.alternatives > 1:
                record["alternatives"] = alternatives_record(result)
            console.json(record)
        else:
            result = generate(engine, with_sampling(request, arguments), console.stream)
            if not result.text.endswith("\n"):
                console.line()
            for other in result.alternatives:
                console.line()
                console.line(other.text.removesuffix("\n"))
    return 0


def given_text(arguments: argparse.Namespace, verb: str) -> InputText:
    """The text that a command is to work on. Raises ``UsageError`` where there is none."""
    text = read_text(arguments.words, arguments.text, arguments.file)
    if not text.text.strip():
        raise UsageError(f"There is no text to {verb}: {text.called()} is empty.")
    return text
