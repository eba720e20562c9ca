"""Several answers to one prompt, decoded together."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import numpy as np

from engine.api import Alternative, FinishReason, GenerationRequest
from engine.cancel import CancelToken
from engine.decode.generate import Generation, Prompt, Vocabulary
from engine.runtime.kv_cache import KVCache
from engine.runtime.session import DecoderSession, ForwardCancelled
from engine.sampling.sampler import Logits, candidates

MAX_ALTERNATIVES = 8
"""Each takes as much memory as the prompt and its answer."""


class Alternatives(Generation):
    """A generation with ``request.alternatives`` answers that begin with different tokens.

    The prompt is read once. Its keys and values are copied into a batch, of which each pass
    decodes one token a row; a row has its own draws and penalties and ends by itself. The first
    row is what a plain generation of the same request and seed would be.
    """

    def __init__(
        self,
        request: GenerationRequest,
        prompt: Prompt,
        session: DecoderSession,
        cache: KVCache,
        vocabulary: Vocabulary,
        cancel: CancelToken,
        emit: Callable[[str], None],
        seed: int,
    ) -> None:
        super().__init__(request, prompt, session, cache, vocabulary, cancel, emit, seed)
        self._batches = session
        self._others: list[Generation] = []
        self._texts: list[list[str]] = []
        for number in range(1, request.alternatives):
            text: list[str] = []
            self._texts.append(text)
            self._others.append(
                Generation(
                    request, prompt, session, cache, vocabulary, cancel, text.append, seed + number
                )
            )

    def steps(self) -> Iterator[None]:
        """Do one forward pass a step. Raises ``GenerationFailed``."""
        started = time.perf_counter()
        rows: list[Generation] = [self]
        try:
            logits = yield from self._prefill()
            self.prefill_ms = (time.perf_counter() - started) * 1000
            if self._request.max_tokens == 0:
                self.finish_reason = FinishReason.LENGTH
                return
            read = time.perf_counter()
            token, logits = yield from self._first(logits)
            if self._owed and len(self._spelling(token)) <= len(self._owed):
                # What was typed is a whole token: the answers differ in the one after it.
                self._take_respelt(token)
                yield
                logits = self._forward([token], 1)[0]
                token = self._choose(logits)
            firsts = [token, *self._other_firsts(token, logits)]
            rows += self._others[: len(firsts) - 1]
            for row in rows[1:]:
                row._start_like(self)
            for row, first in zip(rows, firsts, strict=True):
                row._take(first, logits, read)
            first_at = time.perf_counter()
            self.first_token_ms = (first_at - started) * 1000
            room = min(
                self._request.max_tokens, self._session.shape.max_length - len(self.cache.tokens)
            )
            batch = self._batches.new_batch(self.cache, len(rows), room)
            while any(row.finish_reason is None for row in rows):
                yield
                # A row that has ended is fed still; nobody looks at what comes of it.
                last = [row.token_ids[-1] if row.token_ids else token for row in rows]
                following = self._batches.forward_batch(batch, last, self._cancel)
                for row, its in zip(rows, following, strict=True):
                    if row.finish_reason is None:
                        row._take(row._choose(its), its, read)
                steps = batch.length - len(self.cache.tokens)
                self.decode_tokens_per_s = steps / (time.perf_counter() - first_at)
            for row in rows:
                row._finish()
        except ForwardCancelled:
            for row in rows:
                row.finish_reason = row.finish_reason or FinishReason.CANCELLED

    def alternatives(self) -> tuple[Alternative, ...]:
        """The other answers; none that was cut short by cancelling."""
        return tuple(
            Alternative("".join(text), row.reported_ids(), row.finish_reason)
            for row, text in zip(self._others, self._texts, strict=True)
            if row.finish_reason and row.finish_reason is not FinishReason.CANCELLED
        )

    def _other_firsts(self, token: int, logits: Logits) -> list[int]:
        """First tokens of the other rows, none of them ``token`` and none that ends a text.

        Greedy: the likeliest. Sampling: drawn without replacement from what may be drawn at all.
        """
        params = self._request.sampling
        logits = self._allowed(logits)
        allowed = np.arange(logits.size)
        if self._owed:
            allowed = self._vocabulary.prefixes.finishing(self._owed)
        else:
            logits = self._penalised(logits)
        allowed = allowed[~np.isin(allowed, [token, *self._vocabulary.stop_ids])]
        count = min(len(self._others), allowed.size)
        if not count:
            return []
        values = logits[allowed]
        if params.temperature == 0.0:
            return [int(each) for each in allowed[np.argsort(-values, kind="stable")[:count]]]
        ids, weights = candidates(values, params)
        # Not with the first row's own numbers, which a plain generation would not have spent.
        draws = self._others[0]._rng
        drawn = draws.choice(ids, min(count, ids.size), replace=False, p=weights)
        return [int(each) for each in allowed[drawn]]
