"""Words that must not come: which tokens would complete one of them, given the text so far.

A word is avoided in any case of its letters and wherever tokens part it, but only as a word of its
own: "art" does not forbid "party". A token after which the text would end with the word is not
taken, since whether the word goes on could only be known too late. What costs time is done once for
a list of words and a vocabulary; a step looks up the last bytes of the text in a table.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from engine.errors import InvalidRequest

TokenIds = npt.NDArray[np.int64]
Logits = npt.NDArray[np.float32]

MAX_WORDS = 1_000
MAX_CHARACTERS = 100
_NEVER = np.float32(-1e30)
"""Finite: where nothing else is left, something comes all the same."""
_LETTER = rb"(?:[0-9a-z_]|(?!\xe2\x80|\xc2[\x80-\xbf]|\xe3\x80|\xef\xbc|[\xe4-\xe9])[\x80-\xff])"
_BEGINS = re.compile(_LETTER)
_ENDS = re.compile(
    rb"(?:[0-9a-z_]|(?<!\xe2\x80)(?<!\xe3\x80)(?<!\xef\xbc)(?<!\xc2)(?<![\xe4-\xe9].)[\x80-\xff])\Z",
    re.DOTALL,
)
"""Bytes that are part of a word; Han characters are words of their own."""


def check_words(words: Sequence[str]) -> None:
    """Raise ``InvalidRequest`` for more or longer words to avoid than there may be."""
    if len(words) > MAX_WORDS:
        raise InvalidRequest(f"At most {MAX_WORDS} words can be avoided; these are {len(words)}.")
    for word in words:
        if not word.strip() or len(word) > MAX_CHARACTERS:
            raise InvalidRequest(
                f"A word to avoid must have from 1 to {MAX_CHARACTERS} characters."
            )


class TokenSpellings:
    """The tokens' bytes in lower case (ASCII), for finding those that hold or begin with some."""

    def __init__(self, token_bytes: Sequence[bytes]) -> None:
        self.lower = [spelt.lower() for spelt in token_bytes]
        self._order = sorted(range(len(self.lower)), key=self.lower.__getitem__)
        self._sorted = [self.lower[token] for token in self._order]
        # 0xFF is in no UTF-8 text.
        self._joined = b"\xff".join(self.lower)
        sizes = np.fromiter((len(each) + 1 for each in self.lower), np.int64, len(self.lower))
        self._starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])

    def beginning_with(self, part: bytes) -> list[int]:
        """Tokens that begin with ``part``."""
        start = bisect.bisect_left(self._sorted, part)
        end = bisect.bisect_right(self._sorted, part + b"\xff" * 8, lo=start)
        return self._order[start:end]

    def holding(self, part: bytes) -> list[tuple[int, int]]:
        """Tokens that hold ``part``, and where in them."""
        found = [match.start() for match in re.finditer(b"(?=%s)" % re.escape(part), self._joined)]
        tokens = np.searchsorted(self._starts, np.array(found, np.int64), side="right") - 1
        return [
            (int(token), place - int(self._starts[token]))
            for token, place in zip(tokens, found, strict=True)
        ]


class AvoidedWords:
    """The tokens that may not come next, for one list of words and one vocabulary."""

    def __init__(self, words: Sequence[str], spellings: TokenSpellings) -> None:
        self._patterns = sorted({each for word in words for each in _patterns(word)})
        always: set[int] = set()
        at_word_start: set[int] = set()
        after: dict[bytes, set[int]] = {}
        for pattern in self._patterns:
            for token, place in spellings.holding(pattern):
                spelt = spellings.lower[token]
                if not _ends_here(pattern, spelt[place + len(pattern) :]):
                    continue
                if place:
                    if _begins_here(pattern, spelt[:place]):
                        always.add(token)
                elif _BEGINS.match(pattern):
                    at_word_start.add(token)
                else:
                    always.add(token)
            for cut in range(1, len(pattern)):
                rest = pattern[cut:]
                ids = {
                    token
                    for token in spellings.beginning_with(rest)
                    if _ends_here(pattern, spellings.lower[token][len(rest) :])
                }
                if ids:
                    after.setdefault(pattern[:cut], set()).update(ids)
        self._always = _array(always)
        self._at_word_start = _array(at_word_start)
        self._after = {begun: _array(ids) for begun, ids in after.items()}
        self._sizes = sorted({len(begun) for begun in after})
        self._longest = max(map(len, self._patterns), default=0)

    def tail_bytes(self) -> int:
        """How much of the text before a token decides about it, in bytes."""
        return self._longest + 4

    def tokens(self, tail: bytes) -> TokenIds:
        """Ids of the tokens that would complete an avoided word after ``tail``, int64 ``[n]``."""
        tail = tail.lower()
        found = [self._always]
        if not _ENDS.search(tail):
            found.append(self._at_word_start)
        for size in self._sizes:
            begun = tail[-size:]
            ids = self._after.get(begun) if len(begun) == size else None
            if ids is not None and _begins_here(begun, tail[:-size]):
                found.append(ids)
        return np.concatenate(found)

    def without(self, logits: Logits, tail: bytes, spared: TokenIds | None = None) -> Logits:
        """``logits`` ``[vocab]`` with what may not follow ``tail`` out of reach; a copy if any.

        Tokens in ``spared`` may come whatever they spell.
        """
        ids = self.tokens(tail)
        if spared is not None:
            ids = ids[~np.isin(ids, spared)]
        if not ids.size:
            return logits
        result = logits.copy()
        result[ids] = _NEVER
        return result

    def allow(self, before: bytes, text: bytes) -> bool:
        """Whether ``text``, which ends with a whole word, may come after ``before``."""
        whole = (before[-self.tail_bytes() :] + text).lower()
        start = len(whole) - len(text)
        for pattern in self._patterns:
            place = whole.find(pattern, max(0, start - len(pattern) + 1))
            while place >= 0:
                end = place + len(pattern)
                if _begins_here(pattern, whole[:place]) and _ends_here(pattern, whole[end:]):
                    return False
                place = whole.find(pattern, place + 1)
        return True


def _patterns(word: str) -> set[bytes]:
    """The bytes that spell a word; ASCII letters in lower case stand for both cases."""
    word = " ".join(word.split())
    forms = {word, word.lower(), word.upper(), word.title(), word[:1].upper() + word[1:]}
    return {form.encode("utf-8", "ignore").lower() for form in forms} - {b""}


def _begins_here(pattern: bytes, before: bytes) -> bool:
    """Whether a word that begins with ``pattern`` may begin after ``before``."""
    return _BEGINS.match(pattern) is None or _ENDS.search(before) is None


def _ends_here(pattern: bytes, after: bytes) -> bool:
    """Whether a word that ends with ``pattern`` ends there if ``after`` follows."""
    return _ENDS.search(pattern) is None or _BEGINS.match(after) is None


def _array(ids: set[int]) -> TokenIds:
    return np.array(sorted(ids), dtype=np.int64)
