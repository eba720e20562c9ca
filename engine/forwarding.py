"""An engine in front of another one: what the layers that add one thing to it have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

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


class ForwardingEngine:
    """Implements ``TextEngine`` by asking ``engine``; a layer overrides what it changes."""

    def __init__(self, engine: TextEngine) -> None:
        self._engine = engine

    def status(self) -> EngineStatus:
        """The engine's own."""
        return self._engine.status()

    def subscribe(self, listener: StatusCallback) -> Callable[[], None]:
        """To the engine's own."""
        return self._engine.subscribe(listener)

    def submit(self, request: GenerationRequest, on_chunk: ChunkCallback) -> None:
        """See ``TextEngine``."""
        self._engine.submit(request, on_chunk)

    def cancel(self, request_id: int) -> None:
        """See ``TextEngine``."""
        self._engine.cancel(request_id)

    def generate(self, request: GenerationRequest) -> GenerationResult:
        """See ``TextEngine``."""
        return self._engine.generate(request)

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
