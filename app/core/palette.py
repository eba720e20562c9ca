"""Which commands the palette lists for what was typed, and in which order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.core.fuzzy import Match, match_word

_RECENT_BONUS = 3
"""Of the command used last; the ones before it get less. Smaller than a word's start."""
_IN_ENGLISH = -1
_IN_MENU = -6
"""A word found only in the name of the menu counts less than one found in the command's own."""
MOST_RECENT = 8


@dataclass(frozen=True, slots=True)
class Entry:
    """A command as it can be searched; the texts are as they are shown, without mnemonics."""

    id: str
    title: str
    english: str
    """The title in English, the same as ``title`` where the interface is in English."""
    menu: str


@dataclass(frozen=True, slots=True)
class Found:
    """An entry to list; the positions are the code points that matched."""

    entry: Entry
    score: int = 0
    in_title: tuple[int, ...] = ()
    in_english: tuple[int, ...] = ()
    """Filled only where a word fitted the English title better."""
    recent: bool = False


def find(query: str, entries: Sequence[Entry], recent: Sequence[str]) -> tuple[Found, ...]:
    """The entries that fit every word of ``query``, best first.

    ``recent`` are the ids of the commands used last, newest first. They lead when nothing is
    typed, and win over others that fit about as well.
    """
    rank = {name: place for place, name in enumerate(recent[:MOST_RECENT])}
    words = query.split()
    found = []
    for entry in entries:
        used = rank.get(entry.id)
        fitted = _fit(words, entry, used)
        if fitted is not None:
            found.append(fitted)
    if not words:
        return tuple(sorted(found, key=lambda each: rank.get(each.entry.id, MOST_RECENT)))
    return tuple(sorted(found, key=lambda each: (-each.score, len(each.entry.title))))


def remembered(recent: Sequence[str], used: str) -> list[str]:
    """``recent`` with ``used`` in front, no longer than ``MOST_RECENT``."""
    return [used, *(name for name in recent if name != used)][:MOST_RECENT]


def _fit(words: Sequence[str], entry: Entry, used: int | None) -> Found | None:
    score = 0 if used is None else max(0, _RECENT_BONUS - used)
    title: set[int] = set()
    english: set[int] = set()
    for word in words:
        ways = [(match_word(word, entry.title), 0, title)]
        if entry.english != entry.title:
            ways.append((match_word(word, entry.english), _IN_ENGLISH, english))
        ways.append((match_word(word, entry.menu), _IN_MENU, set()))
        best: tuple[int, Match, set[int]] | None = None
        for match, bonus, places in ways:
            if match is not None and (best is None or match.score + bonus > best[0]):
                best = match.score + bonus, match, places
        if best is None:
            return None
        score += best[0]
        best[2].update(best[1].positions)
    return Found(entry, score, tuple(sorted(title)), tuple(sorted(english)), used is not None)
