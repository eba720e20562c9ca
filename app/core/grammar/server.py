"""The process that checks grammar: reads requests from standard input, answers on standard output.

Harper is native code with a dictionary of 175 MB that takes a second to load; in a process of its
own it delays neither the page nor the spelling, and its memory is given back when it is switched
off. A request and its answer are each one line of JSON; see ``line_process.py``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.core.line_process import answer_lines
from app.core.offsets import utf16_length
from engine import SPELLING_RULE, Dialect, Finding, Rules, finding_kind

_MOST_MEMORY = 4 << 30
"""Bytes of address space."""


class Server:
    """Answers requests; the rules of a dialect are loaded when they are first asked for."""

    def __init__(self) -> None:
        self._dialect: Dialect | None = None
        self._rules = Rules(markdown=True)
        self._answers: dict[str, Callable[[Rules, dict[str, Any]], object]] = {
            "check": _check,
            "rules": _catalogue,
        }

    def answer(self, request: dict[str, Any]) -> object:
        """What one request asks for."""
        dialect = Dialect(request["dialect"])
        if dialect is not self._dialect:
            self._rules, self._dialect = Rules(dialect, (), markdown=True), dialect
        return self._answers[request["do"]](self._rules, request)


def _check(rules: Rules, request: dict[str, Any]) -> list[list[tuple[object, ...]]]:
    # Dictionaries check spelling, better and in the person's languages.
    rules.switch_off([*request["off"], SPELLING_RULE])
    return [[_record(text, each) for each in rules(text)] for text in request["texts"]]


def _record(text: str, found: Finding) -> tuple[object, ...]:
    start = utf16_length(text[: found.start])
    stretch = text[found.start : found.end]
    kind = finding_kind(text, found)
    end = start + utf16_length(stretch)
    return start, end, stretch, found.replacements, found.rule, kind.value, found.message


def _catalogue(rules: Rules, _request: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(each.name, each.group, each.description) for each in rules.catalogue()]


def serve() -> None:
    """Answer until standard input ends."""
    answer_lines(Server().answer, _MOST_MEMORY)
