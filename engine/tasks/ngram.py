"""The simplest thing that could work: the words that this very text has had after such words.

Counts of one, two and three words in a row, interpolated with the weights of Witten and Bell
(1991). A baseline to compare the model with.
"""

from __future__ import annotations

import re
from collections import Counter

from engine.api import WordOffer

_PIECE = re.compile(r"\w+(?:['\u2019]\w+)*|[.,;:!?]|\n")


class DocumentNgrams:
    """Learns a text from its beginning on, and offers words in it."""

    def __init__(self) -> None:
        self._counts: dict[tuple[str, ...], Counter[str]] = {}
        self._last = ("\n", "\n")

    def learn(self, text: str) -> None:
        """Read on; ``text`` ends where a word does."""
        for match in _PIECE.finditer(text):
            word = match.group()
            for size in range(3):
                context = self._last[2 - size :]
                self._counts.setdefault(context, Counter())[word] += 1
            self._last = self._last[1], word

    def offer(self, begun: str, *, spaced: bool) -> WordOffer | None:
        """The likeliest word that goes on after the letters ``begun``, or comes next.

        Its probability is a share of all words that go on so. With ``spaced`` there is white space
        before the caret; else a next word has a space before it.
        """
        likely = self._probabilities(begun)
        if begun:
            likely.pop(begun, None)
        words = {word: share for word, share in likely.items() if word[0].isalnum()}
        if not words:
            return None
        best = max(words, key=words.__getitem__)
        space = "" if begun or spaced else " "
        return WordOffer(space + best[len(begun) :], words[best] / sum(likely.values()))

    def _probabilities(self, begun: str) -> dict[str, float]:
        found: dict[str, float] = {}
        for size in range(3):
            counts = self._counts.get(self._last[2 - size :])
            if counts is None:
                break
            total, kinds = counts.total(), len(counts)
            rest = kinds / (total + kinds) if size else 1.0
            found = {word: share * rest for word, share in found.items()}
            known = counts if not begun else [word for word in counts if word.startswith(begun)]
            for word in known:
                found[word] = found.get(word, 0.0) + counts[word] / (total + kinds)
        return found
