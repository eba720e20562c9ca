"""Logits after a prompt and after what may follow it, each computed once."""

from __future__ import annotations

from collections.abc import Generator

from engine.cancel import CancelToken
from engine.decode.generate import PREFILL_CHUNK, reusable
from engine.runtime.kv_cache import KVCache
from engine.runtime.session import Decoder
from engine.sampling.sampler import Logits


class LogitsTree:
    """Answers for paths of tokens after a prompt, from memory where the prompt has not changed.

    While a word is typed its beginning is asked for again with every letter: the prompt before it,
    and most of the paths, stay.
    """

    def __init__(self, session: Decoder, cache: KVCache, cancel: CancelToken) -> None:
        self._session = session
        self._cache = cache
        self._cancel = cancel
        self._prompt: list[int] = []
        self._known: dict[tuple[int, ...], Logits] = {}

    def plant(self, prompt: list[int]) -> None:
        """Ask about another prompt from now on."""
        if prompt != self._prompt:
            self._prompt = list(prompt)
            self._known.clear()

    def after(self, path: tuple[int, ...]) -> Generator[None, None, Logits]:
        """The logits ``[vocab]`` after ``path``; yields after each pass but the last."""
        known = self._known.get(path)
        if known is None:
            known = yield from self._read(path)
            self._known[path] = known
        return known

    def knows(self, path: tuple[int, ...]) -> bool:
        """Whether ``after`` needs no pass for ``path``."""
        return path in self._known

    def _read(self, path: tuple[int, ...]) -> Generator[None, None, Logits]:
        wanted = self._prompt
        read = len(wanted)
        held = self._cache.tokens
        if not path or held[:read] != wanted:
            self._cache.reuse(reusable(wanted))
            while True:
                start = len(self._cache.tokens)
                end = min(read, start + PREFILL_CHUNK)
                if read - end == 1:
                    end -= 1
                logits: Logits = self._forward(wanted[start:end])
                if end == read:
                    break
                yield
            self._known[()] = logits
            if not path:
                return logits
        shared = 0
        held = self._cache.tokens[read:]
        while shared < min(len(held), len(path) - 1) and held[shared] == path[shared]:
            shared += 1
        self._cache.rewind(read + shared)
        return self._forward(list(path[shared:]))

    def _forward(self, token_ids: list[int]) -> Logits:
        logits: Logits = self._session.forward(self._cache, token_ids, 1, self._cancel)[0]
        return logits
