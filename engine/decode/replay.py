"""The words that many suggestions would choose from, without choosing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from engine.api import GenerationRequest, WordOffers
from engine.cancel import CancelToken
from engine.decode.generate import Prompt, Vocabulary
from engine.decode.logits_tree import LogitsTree
from engine.decode.suggest import searched
from engine.decode.words import WordSearch
from engine.runtime.kv_cache import KVCache
from engine.runtime.session import DecoderSession


class Replay:
    """Does the first search of a ``Suggestion`` for each of ``requests``; then ``result`` is set.

    While a word is typed, what was computed for its first letter serves the others.
    """

    def __init__(
        self,
        requests: Iterable[GenerationRequest],
        prepare: Callable[[GenerationRequest], Prompt],
        session: DecoderSession,
        cache: KVCache,
        vocabulary: Vocabulary,
        cancel: CancelToken,
        progress: Callable[[int], None],
    ) -> None:
        self._requests = requests
        self._prepare = prepare
        self._vocabulary = vocabulary
        self._session = session
        self._tree = LogitsTree(session, cache, cancel)
        self._progress = progress
        self.result: tuple[WordOffers, ...] | None = None

    def steps(self) -> Iterator[None]:
        """Do one forward pass a step. Raises ``ForwardCancelled`` and ``GenerationFailed``."""
        vocabulary = self._vocabulary
        found: list[WordOffers] = []
        for request in self._requests:
            prompt = self._prepare(request)
            self._tree.plant(prompt.token_ids)
            search = WordSearch(
                prompt.tail,
                vocabulary.prefixes,
                vocabulary.words,
                closed=request.word_done,
                room=self._session.shape.max_length - len(prompt.token_ids),
            )
            found.append((yield from searched(search, self._tree)))
            self._progress(len(found))
        self.result = tuple(found)
