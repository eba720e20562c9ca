"""Whole words after the caret with their probabilities, over all ways to spell them in tokens.

A token's probability is not a word's: after "the", " walk" is likely also where "walking" comes,
and a name is spelt in several tokens. So the search follows the most probable beginnings of words
until it knows where they end, adds up what spells the same word, and divides by the probability of
all that agrees with the letters typed. (Cao and Rimell 2021, "You Should Evaluate Your Language
Model on Marginal Likelihood over Tokenisations"; here over those that were found.) A word is what
one key takes: white space, then letters up to where they end.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engine.api import WordOffer, WordOffers
from engine.decode.healing import TokenIds, TokenPrefixes
from engine.sampling.sampler import Logits

_PASSES = 8
"""Passes of the model that one word is worth."""
_BRANCHES = 12
"""Beginnings of words that one pass opens at most; the others count in the sum alone."""
_NEGLIGIBLE = 0.02
"""Beginnings with a smaller share of all that agrees with the letters typed are left."""

_UNCERTAIN = 0.1
"""So large a share of spellings that may not agree is looked into in any case."""

_LETTER = rb"(?:[0-9A-Za-z_]|(?!\xe2\x80|\xc2[\x80-\xbf]|\xe3\x80|\xef\xbc)[\x80-\xff])"
_APOSTROPHE = rb"(?:'|\xe2\x80\x99)"
_CONTINUES = re.compile(rb"%s?%s" % (_APOSTROPHE, _LETTER))
_WORD = re.compile(rb"[ \t]*%s+(?:%s%s+)*" % (_LETTER, _APOSTROPHE, _LETTER))
_HAN_END = re.compile(rb"[\xe3-\xe9][\x80-\xbf]{2}\Z")


class WordTokens:
    """Which tokens go on with a word and which begin one, as masks over the vocabulary."""

    def __init__(self, token_bytes: Sequence[bytes]) -> None:
        self.token_bytes = token_bytes
        count = len(token_bytes)
        self.letters = np.fromiter(
            (_CONTINUES.match(spelt) is not None for spelt in token_bytes), np.bool_, count
        )
        spaced = np.fromiter(
            (spelt[:1] == b" " and b"\n" not in spelt for spelt in token_bytes), np.bool_, count
        )
        self.letter_ids: TokenIds = np.flatnonzero(self.letters).astype(np.int64)
        self.spaced_ids: TokenIds = np.flatnonzero(spaced).astype(np.int64)


@dataclass(frozen=True, slots=True)
class _Open:
    """A beginning: ``owed`` is yet to be spelt, or ``text`` is what it adds after the caret."""

    path: tuple[int, ...]
    owed: bytes
    text: bytes
    mass: float


class WordSearch:
    """Finds the words that may come, best first.

    ``next`` names the tokens to run after the prompt, and ``add`` takes the logits that follow
    them; when ``next`` gives None, ``found`` has the words. ``wanted`` are the bytes that were
    typed but are not in the prompt's tokens (token healing); with ``closed`` the word that they end
    with is known to have ended. It gives up when no word can be as probable as ``least``, and
    names no path of more than ``room`` tokens.
    """

    def __init__(
        self,
        wanted: bytes,
        prefixes: TokenPrefixes,
        tokens: WordTokens,
        *,
        closed: bool = False,
        least: float = 0.0,
        room: int = _PASSES,
    ) -> None:
        self._prefixes = prefixes
        self._tokens = tokens
        self._closed = closed
        self._least = least
        self._passes = _PASSES
        self._room = room
        self._open = [_Open((), wanted, b"", 1.0)]
        self._agreeing = 1.0
        self._complete: dict[bytes, float] = {}
        self._ends: dict[bytes, tuple[float, tuple[int, ...]]] = {}
        self._at: _Open | None = None
        self._space = 0.0

    def next(self) -> tuple[int, ...] | None:
        """The path whose following logits are wanted, or None when enough is known."""
        self._open = [each for each in self._open if len(each.path) <= self._room]
        if not self._open or self._passes <= 0:
            return None
        best = max(self._open, key=lambda each: each.mass)
        known = max(self._complete.values(), default=0.0)
        settled = not any(each.owed for each in self._open)
        if settled and max(best.mass, known) < self._least * self._agreeing:
            return None
        if best.mass <= known or best.mass < _NEGLIGIBLE * self._agreeing:
            # What is not even spelt yet may turn out not to agree, and then all else is likelier.
            unspelt = [each for each in self._open if each.owed]
            best = max(unspelt, key=lambda each: each.mass, default=best)
            if not best.owed or best.mass < _UNCERTAIN * self._agreeing:
                return None
        self._passes -= 1
        self._open.remove(best)
        self._at = best
        return best.path

    def add(self, logits: Logits) -> None:
        """Take the logits, float32 ``[vocab]``, after the path that ``next`` named."""
        at = self._at
        assert at is not None
        shares = _softmax(logits) * np.float32(at.mass)
        if at.owed:
            self._spell(at, shares)
        elif _has_letters(at.text):
            self._end_or_go_on(at, shares)
        else:
            self._begin(at, shares)

    def found(self) -> WordOffers:
        """The words found so far; of one whose end was not looked for, what is known of it."""
        masses = dict(self._complete)
        for each in self._open:
            if not each.owed and _has_letters(each.text):
                masses.setdefault(each.text, each.mass)
        agreeing = max(self._agreeing, 1e-30)
        ranked = sorted(masses.items(), key=lambda item: -item[1])
        offers = (
            WordOffer(text.decode("utf-8", "ignore"), mass / agreeing)
            for text, mass in ranked[:_BRANCHES]
        )
        return WordOffers(tuple(offers), self._space / agreeing)

    def path_of(self, text: str) -> tuple[int, ...]:
        """The likeliest tokens after the prompt that spell what was typed and then ``text``.

        Empty where no tokens end with it.
        """
        return self._ends.get(text.encode(), (0.0, ()))[1]

    def _spell(self, at: _Open, shares: npt.NDArray[np.float32]) -> None:
        self._agreeing -= at.mass
        ids = self._prefixes.finishing(at.owed)
        if self._closed:
            ids = ids[[self._tokens.token_bytes[token] == at.owed for token in ids.tolist()]]
        if ids.size:
            self._agreeing += float(shares[ids].sum())
            self._branch(at, ids, shares, skip=len(at.owed))
        for token, rest in self._prefixes.beginning(at.owed):
            mass = float(shares[token])
            self._agreeing += mass
            self._open.append(_Open((*at.path, token), rest, b"", mass))

    def _begin(self, at: _Open, shares: npt.NDArray[np.float32]) -> None:
        """No letter of a word yet: one may go on here, or begin after a space."""
        if at.text or not self._closed:
            self._branch(at, self._tokens.letter_ids, shares)
        else:
            self._agreeing -= float(shares[self._tokens.letter_ids].sum())
            self._space += float(shares[self._tokens.spaced_ids].sum())
        if not at.text:
            self._branch(at, self._tokens.spaced_ids, shares)

    def _end_or_go_on(self, at: _Open, shares: npt.NDArray[np.float32]) -> None:
        going_on = float(shares[self._tokens.letter_ids].sum())
        self._end(at.text, max(0.0, at.mass - going_on), at.path)
        self._branch(at, self._tokens.letter_ids, shares)

    def _branch(
        self, at: _Open, ids: TokenIds, shares: npt.NDArray[np.float32], skip: int = 0
    ) -> None:
        values = shares[ids]
        if ids.size > _BRANCHES:
            best = np.argpartition(values, ids.size - _BRANCHES)[ids.size - _BRANCHES :]
            ids, values = ids[best], values[best]
        for token, mass in zip(ids.tolist(), values.tolist(), strict=True):
            text = at.text + self._tokens.token_bytes[token][skip:]
            path = (*at.path, token)
            word = _WORD.match(text)
            if word is None:
                if not text.strip(b" \t"):
                    self._open.append(_Open(path, b"", text, mass))
            elif word.end() < len(text) or _HAN_END.search(text):
                whole = word.end() == len(text)
                self._end(word.group(), mass, path if whole else ())
            else:
                self._open.append(_Open(path, b"", text, mass))

    def _end(self, text: bytes, mass: float, path: tuple[int, ...]) -> None:
        self._complete[text] = self._complete.get(text, 0.0) + mass
        if path and mass >= self._ends.get(text, (0.0, ()))[0]:
            self._ends[text] = mass, path


def _has_letters(text: bytes) -> bool:
    return bool(text.strip(b" \t"))


def _softmax(logits: Logits) -> npt.NDArray[np.float32]:
    shares: npt.NDArray[np.float32] = np.exp(logits - logits.max())
    shares /= shares.sum()
    return shares
