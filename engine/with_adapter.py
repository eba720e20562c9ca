"""An engine that answers everything with one adapter."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from engine.api import (
    CandidateScore,
    ChunkCallback,
    GenerationRequest,
    GenerationResult,
    Prompt,
    PromptSize,
    ScoreResult,
    TextEngine,
    WordOffers,
)
from engine.cancel import CancelToken
from engine.forwarding import ForwardingEngine


class WithAdapter(ForwardingEngine):
    """Implements ``TextEngine`` by asking ``engine`` for everything with the adapter ``name``."""

    def __init__(self, engine: TextEngine, name: str) -> None:
        super().__init__(engine)
        self._name = name

    def submit(self, request: GenerationRequest, on_chunk: ChunkCallback) -> None:
        """See ``TextEngine``."""
        self._engine.submit(replace(request, adapter=self._name), on_chunk)

    def generate(self, request: GenerationRequest) -> GenerationResult:
        """See ``TextEngine``."""
        return self._engine.generate(replace(request, adapter=self._name))

    def measure(self, request: GenerationRequest) -> PromptSize:
        """See ``TextEngine``."""
        return self._engine.measure(replace(request, adapter=self._name))

    def score(self, text: str, *, adapter: str = "") -> ScoreResult:
        """See ``TextEngine``."""
        return self._engine.score(text, adapter=adapter or self._name)

    def score_candidates(
        self,
        prompt: Prompt,
        candidates: Sequence[str],
        neutral: Sequence[Prompt] = (),
        *,
        adapter: str = "",
    ) -> tuple[CandidateScore, ...]:
        """See ``TextEngine``."""
        return self._engine.score_candidates(
            prompt, candidates, neutral, adapter=adapter or self._name
        )

    def offers(
        self,
        requests: Iterable[GenerationRequest],
        progress: Callable[[int], None] | None = None,
        cancel: CancelToken | None = None,
        *,
        adapter: str = "",
    ) -> tuple[WordOffers, ...] | None:
        """See ``TextEngine``."""
        return self._engine.offers(requests, progress, cancel, adapter=adapter or self._name)
