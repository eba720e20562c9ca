"""Asks the process that checks; the face for all who want to know how a word is spelt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.core.found import Mark
from app.core.line_process import LineProcess
from app.core.marks import QT_TRANSLATE_NOOP
from app.core.messages import Telling
from app.core.spelling.dictionaries import Dictionary

SERVER_COMMAND = "spelling-server"
"""The argument that makes a packaged Inkling be the process that checks."""
_PATIENCE = 20.0
"""Seconds that an answer may take: loading the largest dictionaries takes about two."""
MOST_SUGGESTIONS = 7


class SpellingFailed(Telling):
    """The dictionary cannot be used."""


@dataclass(frozen=True, slots=True)
class Misspelling(Mark):
    """UTF-16 units ``start`` to ``end`` of a line hold ``word``, which the dictionary lacks.

    ``word`` is in the form that dictionaries hold.
    """

    word: str


class SpellingClient:
    """Checks words and lines. May be used from several threads; each waits for its answer.

    The process starts with the first question, and anew after it died. All questions raise
    ``SpellingFailed`` where the dictionary cannot be loaded or makes the checker fail.
    """

    def __init__(self, patience: float = _PATIENCE) -> None:
        self._process = LineProcess("app.core.spelling.server", SERVER_COMMAND, patience)

    def check(self, dictionary: Dictionary, words: Sequence[str]) -> list[bool]:
        """Whether each word is right."""
        answer: list[bool] = self._ask(dictionary, {"do": "check", "words": list(words)})
        return answer

    def misspellings(
        self, dictionary: Dictionary, lines: Sequence[str], *, capitals: bool = False
    ) -> list[tuple[Misspelling, ...]]:
        """What is misspelled in each line; ``capitals`` looks at words in capitals too."""
        request = {"do": "lines", "lines": list(lines), "capitals": capitals}
        return [
            tuple(Misspelling(*found) for found in line) for line in self._ask(dictionary, request)
        ]

    def suggest(
        self, dictionary: Dictionary, word: str, most: int = MOST_SUGGESTIONS
    ) -> tuple[str, ...]:
        """What ``word`` may have been meant to be, the likeliest first; takes about 0.1 s.

        Apostrophes are curly where those of ``word`` are.
        """
        found = self._ask(dictionary, {"do": "suggest", "word": word, "most": most})
        if "\u2019" in word:
            found = [each.replace("'", "\u2019") for each in found]
        return tuple(found)

    def restart(self) -> None:
        """Forget what is loaded; the next question starts the process anew."""
        self._process.restart()

    def close(self) -> None:
        """End the process; a question that is under way fails."""
        self._process.close()

    def _ask(self, dictionary: Dictionary, request: dict[str, Any]) -> Any:
        request |= {"folder": str(dictionary.folder), "name": dictionary.name}
        try:
            return self._process.ask(request)
        except LookupError as error:
            raise SpellingFailed(
                QT_TRANSLATE_NOOP(
                    "Errors",
                    "The spelling dictionary {name} cannot be used, so there is no spelling check "
                    "with it. Your text is not affected. Choose another dictionary, or import "
                    "this one again.",
                ),
                name=dictionary.name,
            ) from error
