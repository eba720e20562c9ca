"""The engine of a program that found no model: it says so to every request."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from engine.api import (
    CandidateScore,
    ChunkCallback,
    EngineState,
    EngineStatus,
    FinishReason,
    GenerationChunk,
    GenerationRequest,
    GenerationResult,
    Prompt,
    PromptSize,
    ScoreResult,
    StatusCallback,
    Timings,
    WordOffers,
)
from engine.cancel import CancelToken
from engine.errors import EngineError


class MissingEngine:
    """Implements ``TextEngine`` with nothing but the reason why there is no model."""

    def __init__(self, error: EngineError) -> None:
        self._error = error

    def status(self) -> EngineStatus:
        """Failed, with the reason."""
        return EngineStatus(EngineState.FAILED, error=self._error)

    def subscribe(self, listener: StatusCallback) -> Callable[[], None]:  # noqa: ARG002
        """The state never changes."""
        return lambda: None

    def submit(self, request: GenerationRequest, on_chunk: ChunkCallback) -> None:
        """End the request at once with the reason."""
        result = GenerationResult(
            request_id=request.request_id,
            text="",
            token_ids=(),
            finish_reason=FinishReason.ERROR,
            prompt_tokens=0,
            seed=0,
            model="",
            timings=Timings(0.0, 0.0, 0.0, 0.0),
            error=self._error,
        )
        on_chunk(GenerationChunk(request.request_id, request.lane, request.revision, "", result))

    def cancel(self, request_id: int) -> None:
        """Nothing ever runs."""

    def generate(self, request: GenerationRequest) -> GenerationResult:  # noqa: ARG002
        """Raise the reason."""
        raise self._error

    def measure(self, request: GenerationRequest) -> PromptSize:  # noqa: ARG002
        """Raise the reason."""
        raise self._error

    def count_tokens(self, text: str) -> int:  # noqa: ARG002
        """Raise the reason."""
        raise self._error

    def prepare_adapter(self, name: str) -> None:
        """There is nothing to prepare it for."""

    def score(self, text: str, *, adapter: str = "") -> ScoreResult:  # noqa: ARG002
        """Raise the reason."""
        raise self._error

    def score_candidates(
        self,
        prompt: Prompt,  # noqa: ARG002
        candidates: Sequence[str],  # noqa: ARG002
        neutral: Sequence[Prompt] = (),  # noqa: ARG002
        *,
        adapter: str = "",  # noqa: ARG002
    ) -> tuple[CandidateScore, ...]:
        """Raise the reason."""
        raise self._error

    def offers(
        self,
        requests: Iterable[GenerationRequest],  # noqa: ARG002
        progress: Callable[[int], None] | None = None,  # noqa: ARG002
        cancel: CancelToken | None = None,  # noqa: ARG002
        *,
        adapter: str = "",  # noqa: ARG002
    ) -> tuple[WordOffers, ...] | None:
        """Raise the reason."""
        raise self._error

    def close(self, timeout: float = 0.5) -> bool:  # noqa: ARG002
        """Nothing to end."""
        return True
