"""What rules of grammar find, as findings for the proofreader."""

from __future__ import annotations

from collections.abc import Collection

from app.core.grammar.client import GrammarClient, GrammarFinding
from app.core.offsets import from_utf16
from engine import Dialect, Finding


class GrammarFindings:
    """Finds what the rules but those ``off`` find. Blocks; raises ``GrammarFailed``."""

    def __init__(self, client: GrammarClient, dialect: Dialect, off: Collection[str]) -> None:
        self._client = client
        self._dialect = dialect
        self._off = frozenset(off)

    def __call__(self, text: str) -> list[Finding]:
        """The findings in ``text``, in order."""
        [found] = self._client.check(self._dialect, [text], self._off)
        return [_finding(text, each) for each in found]


def _finding(text: str, found: GrammarFinding) -> Finding:
    start, end = from_utf16(text, found.start), from_utf16(text, found.end)
    return Finding(start, end, found.replacements, found.rule, found.kind.value, found.message)
