"""How many words were written since the day began, over all documents."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date


class WordTally:
    """Adds up by how much documents grew; what is deleted counts against what was written."""

    def __init__(
        self, day: str, added: int, today: Callable[[], str] = lambda: date.today().isoformat()
    ) -> None:
        self._today = today
        self._day = day
        self._added = added if day == today() else 0
        self._words: int | None = None

    @property
    def day(self) -> str:
        """The day that ``added`` is of."""
        return self._day

    @property
    def added(self) -> int:
        """Words written less words deleted; below zero where more was deleted."""
        return self._added

    def begin(self, words: int | None) -> None:
        """Another text is in front, with so many words; None where they are still counted."""
        self._words = words

    def count(self, words: int) -> bool:
        """The text in front has so many words now; True if that changed ``added``."""
        before, self._words = self._words, words
        if before is None or before == words:
            return False
        today = self._today()
        if today != self._day:
            self._day, self._added = today, 0
        self._added += words - before
        return True

    def restart(self) -> None:
        """Begin anew at zero."""
        self._day, self._added = self._today(), 0
