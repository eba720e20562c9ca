"""Remembers the last suggestions, so that going back and forth asks nothing twice."""

from __future__ import annotations

from collections import OrderedDict

_CONTEXT = 240
_FOLLOWING = 40
_CAPACITY = 32


class RecentSuggestions:
    """A small cache from what surrounds the caret to the suggestion made there."""

    def __init__(self, capacity: int = _CAPACITY) -> None:
        self._entries: OrderedDict[tuple[str, str], str] = OrderedDict()
        self._capacity = capacity

    def add(self, before: str, after: str, text: str) -> None:
        """Remember ``text``; the one unused for longest is forgotten."""
        key = before[-_CONTEXT:], after[:_FOLLOWING]
        self._entries[key] = text
        self._entries.move_to_end(key)
        while len(self._entries) > self._capacity:
            self._entries.popitem(last=False)

    def find(self, before: str, after: str) -> str:
        """What is left of a suggestion made here, or a little earlier and typed into since."""
        following = after[:_FOLLOWING]
        for key, text in reversed(self._entries.items()):
            context, expected = key
            if expected != following:
                continue
            for typed in range(len(text)):
                if before.endswith(text[:typed]) and _stands_before(context, before, typed):
                    self._entries.move_to_end(key)
                    return text[typed:]
        return ""

    def clear(self) -> None:
        """Forget all."""
        self._entries.clear()


def _stands_before(context: str, before: str, typed: int) -> bool:
    end = len(before) - typed
    if len(context) < _CONTEXT:  # It reached back to the start of the text.
        return before[:end] == context
    return before.endswith(context, 0, end)
