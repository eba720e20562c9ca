"""``chat``: one message, or a conversation in the terminal."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from importlib import import_module

from app.cli.console import Console
from app.cli.errors import UsageError
from app.cli.inputs import STANDARD_INPUT, read_file, read_standard_input
from app.cli.records import generation_record, with_sampling
from app.cli.session import generate, open_engine, quietly
from engine import ChatMessage, ContextText, EngineError, Role, TextEngine, chat_request


def chat(arguments: argparse.Namespace, console: Console) -> int:
    """Answer ``--message`` or piped text and end; in a terminal, converse until Ctrl+D."""
    context = [ContextText(item.name, item.text) for item in map(read_file, arguments.document)]
    message = _single_message(arguments, console)
    with open_engine(arguments.model, console, device=arguments.device) as engine:
        talk = _Talk(engine, arguments, console, context)
        if message is not None:
            talk.say(message)
        else:
            _converse(talk, console)
    return 0


class _Talk:
    """A conversation so far."""

    def __init__(
        self,
        engine: TextEngine,
        arguments: argparse.Namespace,
        console: Console,
        context: Sequence[ContextText],
    ) -> None:
        self._engine = engine
        self._arguments = arguments
        self._console = console
        self._context = context
        self._messages: tuple[ChatMessage, ...] = ()

    def say(self, text: str) -> None:
        """Send a message and write the answer; a failed turn leaves the conversation as it was."""
        messages = (*self._messages, ChatMessage(Role.USER, text))
        request = chat_request(messages, self._context, system=self._arguments.system)
        request = with_sampling(request, self._arguments)
        as_json = self._arguments.json
        on_text = quietly if as_json else self._console.stream
        result = generate(self._engine, request, on_text)
        if as_json:
            self._console.json(generation_record(result))
        elif not result.text.endswith("\n"):
            self._console.line()
        self._messages = (*messages, ChatMessage(Role.ASSISTANT, result.text))


def _converse(talk: _Talk, console: Console) -> None:
    try:
        import_module("readline")  # gives input() its line editing and history, where there is one
    except ImportError:
        console.note("(This Python has no line editing.)")
    console.note("Write a message and press Enter. Ctrl+D ends the conversation.")
    while True:
        try:
            text = console.ask("> ").strip()
        except EOFError:
            console.note("")
            return
        if not text:
            continue
        try:
            talk.say(text)
        except EngineError as error:
            console.note(f"inkling: {error}")


def _single_message(arguments: argparse.Namespace, console: Console) -> str | None:
    if arguments.message not in (None, STANDARD_INPUT):
        message = str(arguments.message)
    elif arguments.message is None and console.is_interactive():
        return None
    else:
        message = read_standard_input().text
    if not message.strip():
        raise UsageError("The message is empty.")
    return message.strip()
