"""An engine that keeps a person's list of words out of everything it generates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from engine.api import ChunkCallback, GenerationRequest, GenerationResult, TextEngine
from engine.forwarding import ForwardingEngine
from engine.sampling.avoid import check_words


class Avoiding(ForwardingEngine):
    """Implements ``TextEngine`` by asking ``engine``; see ``SamplingParams.avoid``.

    ``words`` may be changed at any time, from any thread; what runs goes on with the old ones.
    """

    def __init__(self, engine: TextEngine, words: Sequence[str] = ()) -> None:
        super().__init__(engine)
        self._words: tuple[str, ...] = ()
        self.avoid(words)

    def avoid(self, words: Sequence[str]) -> None:
        """Keep these away from now on. Raises ``InvalidRequest`` for too many or too long ones."""
        words = tuple(dict.fromkeys(" ".join(word.split()) for word in words if word.strip()))
        check_words(words)
        self._words = words

    def _with_words(self, request: GenerationRequest) -> GenerationRequest:
        words = self._words
        if not words or request.sampling.avoid:
            return request
        return replace(request, sampling=replace(request.sampling, avoid=words))

    def submit(self, request: GenerationRequest, on_chunk: ChunkCallback) -> None:
        """See ``TextEngine``."""
        self._engine.submit(self._with_words(request), on_chunk)

    def generate(self, request: GenerationRequest) -> GenerationResult:
        """See ``TextEngine``."""
        return self._engine.generate(self._with_words(request))
