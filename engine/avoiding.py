"""An engine that keeps a person's list of words out of everything it generates."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from engine.api import (
    CandidateScore,
    ChunkCallback,
    EngineStatus,
    GenerationRequest,
    GenerationResult,
    Prompt,
    PromptSize,
    ScoreResult,
    StatusCallback,
    TextEngine,
    WordOffers,
)
from engine.cancel import CancelToken
from engine.sampling.avoid import check_words


class Avoiding:
    """Implements ``TextEngine`` by asking ``engine``; see ``SamplingParams.avoid``.

    ``words`` may be changed at any time, from any thread; what runs goes on with the old ones.
    """

    def __init__(self, engine: TextEngine, words: Sequence[str] = ()) -> None:
        self._engine = engine
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

    def status(self) -> EngineStatus:
        """The engine's own."""
        return self._engine.status()

    def subscribe(self, listener: StatusCallback) -> Callable[[], None]:
        """To the engine's own."""
        return self._engine.subscribe(listener)

    def submit(self, request: GenerationRequest, on_chunk: ChunkCallback) -> None:
        """See ``TextEngine``."""
        self._engine.submit(self._with_words(request), on_chunk)

    def cancel(self, request_id: int) -> None:
        """See ``TextEngine``."""
        self._engine.cancel(request_id)

    def generate(self, request: GenerationRequest) -> GenerationResult:
        """See ``TextEngine``."""
        return self._engine.generate(self._with_words(request))

    def measure(self, request: GenerationRequest) -> PromptSize:
        """See ``TextEngine``."""
        return self._engine.measure(request)

    def count_tokens(self, text: str) -> int:
        """See ``TextEngine``."""
        return self._engine.count_tokens(text)

    def prepare_adapter(self, name: str) -> None:
        """See ``TextEngine``."""
        self._engine.prepare_adapter(name)

    def score(self, text: str, *, adapter: str = "") -> ScoreResult:
        """See ``TextEngine``."""
        return self._engine.score(text, adapter=adapter)

    def score_candidates(
        self,
        prompt: Prompt,
        candidates: Sequence[str],
        neutral: Sequence[Prompt] = (),
        *,
        adapter: str = "",
    ) -> tuple[CandidateScore, ...]:
        """See ``TextEngine``."""
        return self._engine.score_candidates(prompt, candidates, neutral, adapter=adapter)

    def offers(
        self,
        requests: Iterable[GenerationRequest],
        progress: Callable[[int], None] | None = None,
        cancel: CancelToken | None = None,
        *,
        adapter: str = "",
    ) -> tuple[WordOffers, ...] | None:
        """See ``TextEngine``."""
        return self._engine.offers(requests, progress, cancel, adapter=adapter)

    def close(self, timeout: float = 0.5) -> bool:
        """Close the engine itself."""
        return self._engine.close(timeout)
