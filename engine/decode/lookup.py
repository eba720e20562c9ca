"""Prompt-lookup drafts: guess that an answer goes on copying the prompt, as an edited text does.

The last few tokens are looked up in the prompt, and in the answer so far, and what followed them
there is proposed (Saxena 2023, "Prompt Lookup Decoding"). A draft is verified in one pass; a wrong
one costs time only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

SHORTEST_DRAFT = 2
"""A pass of two tokens costs as much as one of three."""
_LENGTHS = (3, 7, 15)
"""With the token before it, a draft makes a pass of 4, 8 or 16, which cost least a token."""
_NGRAMS = (3, 2, 1)
_NEARBY = 8
"""How far from where the copying broke off a single equal token counts as its continuation."""
_PATIENCE = 2
"""Drafts without a single right token after which only the longest match is trusted."""


class PromptLookup:
    """Drafts for one answer; the same tokens always give the same drafts."""

    def __init__(self, prompt: Sequence[int]) -> None:
        self._prompt_length = len(prompt)
        self._history: list[int] = []
        self._ends: dict[tuple[int, ...], list[int]] = defaultdict(list)
        """Where each run of one to three tokens ends, in ascending order."""
        self._next = 0
        """Where in the history the copying would go on."""
        self._length = 1
        """Place in ``_LENGTHS`` of the next draft's length."""
        self._misses = 0
        self._extend(prompt)

    def draft(self, answer: Sequence[int], room: int) -> list[int]:
        """Tokens that may follow ``answer``, at most ``room``; none or at least two."""
        self._extend(answer[len(self._history) - self._prompt_length :])
        start = self._find()
        if start is None:
            self._next += 1
            return []
        self._next = start
        found = self._history[start : start + min(_LENGTHS[self._length], room)]
        return found if len(found) >= SHORTEST_DRAFT else []

    def learn(self, drafted: int, accepted: int) -> None:
        """Note how many of a draft's tokens were right, and choose the next one's length."""
        self._next += accepted
        self._misses = 0 if accepted else self._misses + 1
        if accepted == drafted:
            self._length = min(self._length + 1, len(_LENGTHS) - 1)
        else:
            fitting = sum(length <= accepted for length in _LENGTHS)
            self._length = min(self._length, fitting)

    def _extend(self, token_ids: Sequence[int]) -> None:
        history = self._history
        for token in token_ids:
            for size in _NGRAMS:
                if size <= len(history):
                    self._ends[tuple(history[-size:])].append(len(history))
            history.append(token)

    def _find(self) -> int | None:
        """The end of the longest match of the last tokens, nearest to where copying stood."""
        for size in _NGRAMS if self._misses < _PATIENCE else _NGRAMS[:1]:
            ends = self._ends.get(tuple(self._history[-size:]), ())
            best = min(ends, key=lambda end: abs(end - self._next - 1), default=None)
            if best is not None and (size > 1 or abs(best - self._next - 1) <= _NEARBY):
                return best
        return None
