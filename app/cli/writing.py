"""``complete`` and ``rewrite``: text in, text out."""

from __future__ import annotations

import argparse
from dataclasses import replace

from app.cli.console import Console
from app.cli.errors import UsageError
from app.cli.inputs import InputText, read_text
from app.cli.proofreading import proofread
from app.cli.records import alternatives_record, generation_record, with_sampling
from app.cli.session import generate, open_engine, quietly
from app.core.diff import word_diff
from engine import (
    REWRITE_ACTIONS,
    GenerationRequest,
    Lane,
    SamplingParams,
    clean_rewrite,
    find_action,
    rewrite_request,
)

_COMPLETE_TOKENS = 64
_OPEN_END = "\0"
_HELD_CHARACTERS = 20
"""By then it is clear whether an answer begins like an introduction ("Here is the ...")."""


def complete(arguments: argparse.Namespace, console: Console) -> int:
    """Continue a text; the continuation is streamed as it comes."""
    text = _given(arguments, "continue")
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


def rewrite(arguments: argparse.Namespace, console: Console) -> int:
    """Rewrite a text by a named action or by an instruction."""
    instruction = _instruction(arguments)
    source = _given(arguments, "rewrite").text
    if arguments.action == "proofread":
        return proofread(arguments, source, console)
    request = with_sampling(rewrite_request(source, instruction), arguments)
    cleaner = RewriteStream(source)
    with open_engine(
        arguments.model, console, device=arguments.device, adapter=arguments.adapter
    ) as engine:
        if arguments.json:
            result = generate(engine, request, quietly)
            text = clean_rewrite(result.text, source)
            changes = [
                {"kind": span.kind, "old": span.old, "new": span.new}
                for span in word_diff(source, text)
            ]
            record = generation_record(replace(result, text=text))
            console.json({**record, "source": source, "changes": changes})
        else:
            result = generate(engine, request, lambda piece: console.stream(cleaner.feed(piece)))
            rest = cleaner.finish()
            console.stream(rest if cleaner.text.endswith("\n") else rest + "\n")
    return 0


class RewriteStream:
    """Turns the pieces of an answer into pieces of its cleaned form (see ``clean_rewrite``).

    What may still be cut away is held back: a first line that may be an introduction, an
    answer in quotation marks, and white space at the end.
    """

    def __init__(self, source: str) -> None:
        self._source = source
        self._answer = ""
        self.text = ""
        """What has been given out so far."""

    def feed(self, piece: str) -> str:
        """Take a piece of the answer and return what is certain now."""
        self._answer += piece
        if self._may_be_introduction(self._answer.strip()):
            return ""
        # With an end that is no quotation mark, only the introduction is cut away yet.
        open_ended = clean_rewrite(self._answer.rstrip() + _OPEN_END, self._source)
        sure = open_ended.rstrip().removesuffix(_OPEN_END)
        wrapped = sure.lstrip().startswith('"') and not self._source.lstrip().startswith('"')
        return "" if wrapped else self._give(sure)

    def _may_be_introduction(self, answer: str) -> bool:
        """Whether all of ``answer`` so far is a line that may turn out to be cut away."""
        if "\n" in answer:
            return False
        return len(answer) < _HELD_CHARACTERS or clean_rewrite(f"{answer}:\nx", "x") == "x"

    def finish(self) -> str:
        """The rest, when the answer has ended."""
        return self._give(clean_rewrite(self._answer, self._source))

    def _give(self, cleaned: str) -> str:
        if not cleaned.startswith(self.text):
            return ""
        new = cleaned[len(self.text) :]
        self.text = cleaned
        return new


def _instruction(arguments: argparse.Namespace) -> str:
    if arguments.action is None:
        instruction = str(arguments.instruction).strip()
        if not instruction:
            raise UsageError("The instruction is empty; say what is to be changed.")
        return instruction
    action = find_action(arguments.action)
    if action is None:
        names = ", ".join(action.name for action in REWRITE_ACTIONS)
        raise UsageError(f"There is no action '{arguments.action}'; there are {names}.")
    return action.instruction


def _given(arguments: argparse.Namespace, verb: str) -> InputText:
    text = read_text(arguments.words, arguments.text, arguments.file)
    if not text.text.strip():
        raise UsageError(f"There is no text to {verb}: the {text.name} is empty.")
    return text
