"""The next words as far as they are probable enough to be shown, and silence otherwise."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator

from engine.api import FinishReason, WordOffer, WordOffers
from engine.decode.generate import Generation, reusable
from engine.decode.logits_tree import LogitsTree
from engine.decode.words import WordSearch
from engine.runtime.session import ForwardCancelled

LEAST_NEW = 2
"""A suggestion that saves a single letter costs more attention than it saves keys."""
SPACE_LIKELY = 0.5
"""From this probability on a space follows the last word that is offered."""


class Suggestion(Generation):
    """A generation, word by word, of a request with a ``gate``.

    A word comes if its probability, given all before it and the letters typed, reaches the gate
    (see ``WordSearch``); the first that does not ends the text.
    """

    def steps(self) -> Iterator[None]:
        """Do one forward pass a step. Raises ``GenerationFailed``."""
        started = time.perf_counter()
        tree = LogitsTree(self._session, self.cache, self._cancel)
        tree.plant(self._prompt.token_ids)
        self.reused_tokens = self.cache.shared(reusable(self._prompt.token_ids))
        try:
            yield from tree.after(())
            self.prefill_ms = (time.perf_counter() - started) * 1000
            yield from self._words(tree, started)
            self._finish()
        except ForwardCancelled:
            self.finish_reason = FinishReason.CANCELLED

    def _words(self, tree: LogitsTree, started: float) -> Iterator[None]:
        read = time.perf_counter()
        request = self._request
        owed, closed = self._owed, request.word_done
        room = self._session.shape.max_length - len(self._prompt.token_ids)
        while self.finish_reason is None:
            search = WordSearch(
                owed,
                self._vocabulary.prefixes,
                self._vocabulary.words,
                closed=closed,
                least=request.gate,
                room=room - len(self.token_ids),
            )
            found = yield from searched(search, tree, tuple(self.token_ids))
            first = not self.token_ids
            word = self._first_allowed(found)
            path = search.path_of(word.text) if word else ()
            if word is None or not path or word.probability < request.gate:
                if not first and found.space >= SPACE_LIKELY:
                    self._send(" ")
                break
            if first and new_characters(word.text, request.word_done) < LEAST_NEW:
                break
            self.token_ids += path
            if first:
                self.confidence = word.probability
                self._note_respelt(path)
            self._send(word.text)
            if first:
                self.first_token_ms = (time.perf_counter() - started) * 1000
            owed, closed = b"", True
            self.finish_reason = self._limit_reached(read)
        if self.finish_reason is not FinishReason.CANCELLED:
            self.finish_reason = FinishReason.STOP  # at the end of a word, whatever the limit
        seconds = time.perf_counter() - started - self.first_token_ms / 1000
        self.decode_tokens_per_s = len(self.token_ids) / seconds if self.first_token_ms else 0.0

    def _first_allowed(self, found: WordOffers) -> WordOffer | None:
        """The likeliest word that is none to avoid."""
        if self._avoided is None:
            return found.offers[0] if found.offers else None
        avoided, before = self._avoided, self._tail() + self._owed_now()
        return next(
            (each for each in found.offers if avoided.allow(before, each.text.encode())), None
        )

    def _owed_now(self) -> bytes:
        """What was typed and is in no token of the text so far."""
        return b"" if self.token_ids else self._owed

    def _note_respelt(self, path: tuple[int, ...]) -> None:
        """Tokens that spell no more than what was typed are none of the answer's."""
        room = len(self._owed)
        for token in path:
            room -= len(self._spelling(token))
            self._respelt += room >= 0


def new_characters(text: str, taken: bool) -> int:
    """How many characters a word saves; after one that was taken its space does not count."""
    return len(text.lstrip() if taken else text)


def searched(
    search: WordSearch, tree: LogitsTree, start: tuple[int, ...] = ()
) -> Generator[None, None, WordOffers]:
    """Let ``search`` find words after ``start`` and what it names; a pass a step."""
    while (path := search.next()) is not None:
        known = tree.knows(start + path)
        search.add((yield from tree.after(start + path)))
        if not known:
            yield
    return search.found()
