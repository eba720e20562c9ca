"""Remembers the last suggestions, so that going back and forth asks nothing twice."""

from __future__ import annotations

from collections import OrderedDict

_CONTEXT = 240
_FOLLOWING = 40
_CAPACITY = 250


class RecentSuggestions:
    """A small cache from what surrounds the caret to the suggestion made there."""

    def __init__(self, capacity: int = _CAPACITY) -> None:
        self._entries: OrderedDict[tuple[str, str], str] = OrderedDict()
        self._capacity = capacity
        self._longest = 0

    def add(self, before: str, after: str, text: str) -> None:
        """Remember ``text``; the one unused for longest is forgotten."""
        key = _key(before, after, len(before))
        self._entries[key] = text
        self._entries.move_to_end(key)
        self._longest = max(self._longest, len(text))
        while len(self._entries) > self._capacity:
            self._entries.popitem(last=False)

    def find(self, before: str, after: str) -> str:
        """What is left of a suggestion made here, or a little earlier and typed into since.

        Looks back a character at a time, for as long as a suggestion may have been.
        """
        for typed in range(min(self._longest, len(before) + 1)):
            key = _key(before, after, len(before) - typed)
            text = self._entries.get(key, "")
            if len(text) > typed and before.endswith(text[:typed]):
                self._entries.move_to_end(key)
                return text[typed:]
        return ""

    def clear(self) -> None:
        """Forget all."""
        self._entries.clear()
        self._longest = 0


def _key(before: str, after: str, end: int) -> tuple[str, str]:
    return before[max(0, end - _CONTEXT) : end], after[:_FOLLOWING]
