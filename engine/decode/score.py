"""Log-probability of every token of a text, in windows of the model's context."""

from __future__ import annotations

import math
from collections.abc import Iterator

from engine.api import ScoreResult, TokenLogprob
from engine.cancel import CancelToken
from engine.decode.generate import PREFILL_CHUNK, token_logprob
from engine.runtime.kv_cache import KVCache
from engine.runtime.session import DecoderSession


class Scoring:
    """Scores ``token_ids``; ``steps`` does one forward pass a step, then ``result`` is set.

    The first window scores all it holds; each later one starts half a context further on and
    scores its second half, so every token is given at least half a context where the text has it.
    ``start_id`` is put before each window and predicts the text's first token; without one the
    first token is not scored, as nothing predicts it.
    """

    def __init__(
        self,
        token_ids: list[int],
        start_id: int | None,
        session: DecoderSession,
        cache: KVCache,
        token_bytes: tuple[bytes, ...],
        cancel: CancelToken,
    ) -> None:
        self._ids = token_ids
        self._start = [] if start_id is None else [start_id]
        self._session = session
        self._cache = cache
        self._token_bytes = token_bytes
        self._cancel = cancel
        self._context = session.shape.max_length
        self._stride = self._context // 2
        self._scored: list[TokenLogprob] = []
        self.result: ScoreResult | None = None

    def steps(self) -> Iterator[None]:
        """Do the forward passes. Raises ``ForwardCancelled`` and ``GenerationFailed``."""
        room = self._context - len(self._start)
        begin = 0
        done = 0 if self._start else 1
        while done < len(self._ids):
            window = self._start + self._ids[begin : begin + room]
            yield from self._window(window, done - begin + len(self._start))
            done = begin + len(window) - len(self._start)
            begin = done - room + self._stride
        total = -math.fsum(token.logprob for token in self._scored)
        mean = total / len(self._scored) if self._scored else 0.0
        self.result = ScoreResult(
            tuple(self._scored), mean, math.exp(mean), self._context, self._stride
        )

    def _window(self, window: list[int], first: int) -> Iterator[None]:
        """Score ``window[first:]``; position ``i`` is predicted by the logits after ``i - 1``."""
        self._cache.rewind(0)
        for start in range(0, len(window), PREFILL_CHUNK):
            chunk = window[start : start + PREFILL_CHUNK]
            logits = self._session.forward(self._cache, chunk, len(chunk), self._cancel)
            for position in range(
                max(first, start + 1), min(start + len(chunk), len(window) - 1) + 1
            ):
                row = logits[position - 1 - start]
                self._scored.append(token_logprob(row, window[position], 0, self._token_bytes))
            yield
