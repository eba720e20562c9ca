"""The person's list of words that generated text is to do without."""

from __future__ import annotations

from collections.abc import Sequence

AVOIDED_SETTING = "avoid.words"
_MAX_WORDS = 1_000
_MAX_CHARACTERS = 100


def avoidable(words: Sequence[str]) -> list[str]:
    """Of ``words`` what can be avoided: each once, none empty or longer than the engine takes."""
    tidy = (" ".join(word.split()) for word in words)
    known = dict.fromkeys(word for word in tidy if 0 < len(word) <= _MAX_CHARACTERS)
    return list(known)[:_MAX_WORDS]
