"""What the rules of Harper, an English grammar checker, find in a text.

A small face before the package ``harper-py``, which is loaded when it is first needed: its
dictionary takes half a second and 175 MB.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import harper

SPELLING_RULE = "SpellCheck"
"""The rule that knows words; its findings are judged anew where there is a better dictionary."""


class Dialect(StrEnum):
    """The English that words and expressions are checked for."""

    AMERICAN = "american"
    BRITISH = "british"
    AUSTRALIAN = "australian"
    CANADIAN = "canadian"
    INDIAN = "indian"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule finds wrong with code points ``start`` to ``end`` of a text.

    ``replacements`` may come in their place, the likeliest first; there may be none. ``rule`` names
    the rule, ``kind`` its group, and ``message`` says in English what is wrong.
    """

    start: int
    end: int
    replacements: tuple[str, ...]
    rule: str
    kind: str
    message: str


FindingSource = Callable[[str], Sequence[Finding]]
"""Finds what may be wrong in a text."""


class Rules:
    """Harper's rules for a dialect, without those ``off``. May be called from any thread.

    Calls wait for each other; Python's lock is released meanwhile.
    """

    def __init__(
        self, dialect: Dialect = Dialect.AMERICAN, off: Collection[str] = frozenset()
    ) -> None:
        self._dialect = dialect
        self._off = frozenset(off)
        self._lock = threading.Lock()
        self._linter: harper.Linter | None = None

    def __call__(self, text: str) -> list[Finding]:
        """What the rules find in a plain text, in order and without overlaps."""
        with self._lock:
            linter = self._linter = self._linter or self._load()
            found = linter.organized_lints(text, language="plaintext")
        findings = [_finding(rule, lint) for rule, lints in found.items() for lint in lints]
        return sorted(findings, key=lambda each: (each.start, each.end))

    def names(self) -> dict[str, str]:
        """All rules by name, with what they look for, in Markdown."""
        with self._lock:
            linter = self._linter = self._linter or self._load()
            return linter.get_lint_descriptions()

    def _load(self) -> harper.Linter:
        import harper

        linter = harper.Linter(harper.Dialect[self._dialect.name])
        config = linter.get_lint_config()
        linter.set_lint_config(config | dict.fromkeys(self._off & config.keys(), False))
        return linter


def _finding(rule: str, lint: harper.Lint) -> Finding:
    stretch = lint.problem_text
    replacements = []
    for suggestion in lint.suggestions:
        text = suggestion.replacement_text
        if suggestion.kind.name == "INSERT_AFTER":
            text = stretch + text
        if text != stretch and text not in replacements:
            replacements.append(text)
    return Finding(
        lint.span.start, lint.span.end, tuple(replacements), rule, lint.lint_kind, lint.message
    )
