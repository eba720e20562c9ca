"""Asks the process that checks grammar."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from app.core.found import Mark
from app.core.line_process import LineProcess
from app.core.marks import QT_TRANSLATE_NOOP
from app.core.messages import Telling
from engine import Dialect, ErrorKind, RuleInfo

GRAMMAR_COMMAND = "grammar-server"
"""The argument that makes a packaged Inkling be the process that checks."""
_PATIENCE = 30.0
"""Seconds that an answer may take: loading takes about one, and a long paragraph far less."""


class GrammarFailed(Telling):
    """Grammar cannot be checked."""


@dataclass(frozen=True, slots=True)
class GrammarFinding(Mark):
    """A rule finds something wrong with UTF-16 units ``start`` to ``end`` of a text.

    They hold ``text``, in whose place each of ``replacements`` may come, the likeliest first; there
    may be none. ``rule`` is the rule's name, "" where only the model finds it, ``message`` its own
    sentence, in English; ``kind`` is what kind of mistake that would be.
    """

    text: str
    replacements: tuple[str, ...]
    rule: str
    kind: ErrorKind
    message: str


class GrammarClient:
    """Checks texts. May be used from several threads; each waits for its answer.

    The process starts with the first question, takes a second and about 250 MB then, and starts
    anew after it died. All questions raise ``GrammarFailed`` where there is no answer.
    """

    def __init__(self, patience: float = _PATIENCE) -> None:
        self._process = LineProcess("app.core.grammar.server", GRAMMAR_COMMAND, patience)

    def check(
        self, dialect: Dialect, texts: Sequence[str], off: Collection[str]
    ) -> list[tuple[GrammarFinding, ...]]:
        """What the rules but those ``off`` find in each text of Markdown."""
        answer = self._ask(dialect, {"do": "check", "texts": list(texts), "off": sorted(off)})
        return [tuple(map(_finding, each)) for each in answer]

    def rules(self, dialect: Dialect) -> tuple[RuleInfo, ...]:
        """The rules that there are."""
        return tuple(RuleInfo(*each) for each in self._ask(dialect, {"do": "rules"}))

    def end_process(self) -> None:
        """Give back the memory; the next question starts the process anew."""
        self._process.restart()

    def close(self) -> None:
        """End the process for good; a question that is under way fails."""
        self._process.close()

    def _ask(self, dialect: Dialect, request: dict[str, object]) -> list[list[str]]:
        try:
            answer: list[list[str]] = self._process.ask(request | {"dialect": dialect.value})
        except LookupError as error:
            raise GrammarFailed(
                QT_TRANSLATE_NOOP(
                    "Errors",
                    "The grammar check does not answer, so it has been switched off until Inkling "
                    "starts again. Your text is not affected.",
                )
            ) from error
        return answer


def _finding(record: Sequence[object]) -> GrammarFinding:
    start, end, text, replacements, rule, kind, message = record
    assert isinstance(start, int)
    assert isinstance(end, int)
    assert isinstance(replacements, list)
    return GrammarFinding(
        start, end, str(text), tuple(replacements), str(rule), ErrorKind(str(kind)), str(message)
    )
