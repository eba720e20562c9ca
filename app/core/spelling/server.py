"""The process that checks: reads requests from standard input, answers on standard output.

Hunspell is native code that holds Python's lock while it works (a suggestion takes it about a tenth
of a second), and a damaged dictionary can crash it. In a process of its own it disturbs nobody's
typing, and nobody's text. A request and its answer are each a line of JSON.
"""

from __future__ import annotations

import contextlib
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from app.core.line_process import answer_lines
from app.core.offsets import utf16_length
from app.core.spelling.encodings import declared_encoding, python_encoding
from app.core.spelling.words import lookup_form, words

_MOST_OPEN = 3
"""Dictionaries that are kept loaded."""
_MOST_KNOWN = 200_000
"""Words of a dictionary whose verdict is remembered."""
_MOST_MEMORY = 2 << 30
"""Bytes of address space; a dictionary that asks for more is damaged."""


class _Hunspell(Protocol):
    _dic_encoding: str

    def spell(self, word: str) -> bool: ...

    def suggest(self, word: str) -> tuple[str, ...]: ...


class LoadedDictionary:
    """One dictionary in Hunspell's hands."""

    def __init__(self, folder: str, name: str) -> None:
        import hunspell

        self._hunspell: _Hunspell = hunspell.Hunspell(
            name, hunspell_data_dir=folder, system_encoding="utf-8"
        )
        # The wrapper takes names that Python does not know for ASCII.
        with contextlib.suppress(OSError):
            with (Path(folder) / f"{name}.aff").open("rb") as lines:
                encoding = python_encoding(declared_encoding(lines))
            self._hunspell._dic_encoding = encoding or self._hunspell._dic_encoding
        self._known: dict[str, bool] = {}

    def knows(self, word: str) -> bool:
        """Whether a word in its lookup form is right."""
        verdict = self._known.get(word)
        if verdict is None:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            verdict = self._known[word] = self._ask(word)
        return verdict

    def suggest(self, word: str, most: int) -> list[str]:
        """At most ``most`` words that ``word`` may have been meant to be, the likeliest first."""
        try:
            found = self._hunspell.suggest(word)
        except UnicodeEncodeError:
            return []
        return list(dict.fromkeys(each for each in found if each))[:most]

    def _ask(self, word: str) -> bool:
        try:
            if self._hunspell.spell(word):
                return True
            # Some dictionaries hold their words with the curly one.
            return "'" in word and self._hunspell.spell(word.replace("'", "\u2019"))
        except UnicodeEncodeError:
            return False  # the dictionary cannot even write it


class Server:
    """Answers requests; dictionaries are loaded when they are first asked for."""

    def __init__(self) -> None:
        self._open: OrderedDict[tuple[str, str], LoadedDictionary] = OrderedDict()
        self._answers: dict[str, Callable[[LoadedDictionary, dict[str, Any]], object]] = {
            "check": _check,
            "lines": _check_lines,
            "suggest": _suggest,
        }

    def answer(self, request: dict[str, Any]) -> object:
        """What one request asks for."""
        return self._answers[request["do"]](self._dictionary(request), request)

    def _dictionary(self, request: dict[str, Any]) -> LoadedDictionary:
        key = (request["folder"], request["name"])
        dictionary = self._open.pop(key, None) or LoadedDictionary(*key)
        self._open[key] = dictionary
        if len(self._open) > _MOST_OPEN:
            self._open.popitem(last=False)
        return dictionary


def _check(dictionary: LoadedDictionary, request: dict[str, Any]) -> list[bool]:
    return [dictionary.knows(lookup_form(word)) for word in request["words"]]


def _check_lines(
    dictionary: LoadedDictionary, request: dict[str, Any]
) -> list[list[tuple[int, int, str]]]:
    language, capitals = request["name"], request["capitals"]
    return [
        [
            (*_units(line, word.start, word.end), word.text)
            for word in words(line, language, capitals=capitals)
            if not dictionary.knows(word.text) and not any(map(dictionary.knows, word.wider))
        ]
        for line in request["lines"]
    ]


def _suggest(dictionary: LoadedDictionary, request: dict[str, Any]) -> list[str]:
    return dictionary.suggest(lookup_form(request["word"]), request["most"])


def _units(line: str, start: int, end: int) -> tuple[int, int]:
    first = start if line.isascii() else utf16_length(line[:start])
    return first, first + utf16_length(line[start:end])


def serve() -> None:
    """Answer until standard input ends."""
    answer_lines(Server().answer, _MOST_MEMORY)
