"""An engine without a model, for tests of interface timing only."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from engine.api import (
    Alternative,
    CandidateScore,
    ChunkCallback,
    EngineState,
    EngineStatus,
    FinishReason,
    GenerationChunk,
    GenerationRequest,
    GenerationResult,
    Lane,
    ModelInfo,
    Prompt,
    PromptSize,
    ScoreResult,
    StatusCallback,
    Timings,
    WordOffers,
)
from engine.cancel import CancelToken
from engine.errors import ContextOverflow, EngineClosed, EngineError
from engine.lanes import replaced_lanes

CONTEXT = 2048
_MODEL = ModelInfo("fake", Path("fake"), "none", "none", 0, CONTEXT, 256, 0, "none", "none")


class FakeEngine:
    """Implements ``TextEngine`` by hand: a test decides when which request gets which text.

    Nothing is answered until the test calls ``emit`` or ``finish``; callbacks run on the caller's
    thread. ``requests`` lists all requests in order of arrival, but for those of the lane for
    reading ahead, which are in ``readings``; there one for no token ends at once.
    """

    def __init__(self, status: EngineStatus | None = None) -> None:
        self._status = status or EngineStatus(EngineState.READY, 1.0, model=_MODEL)
        self._listeners: list[StatusCallback] = []
        self._open: dict[int, tuple[GenerationRequest, ChunkCallback, list[str]]] = {}
        self._lock = threading.RLock()
        self.requests: list[GenerationRequest] = []
        self.asked: list[tuple[Prompt, tuple[str, ...], tuple[Prompt, ...]]] = []
        self.readings: list[GenerationRequest] = []
        self.prepared: list[str] = []
        self.closed = False

    def status(self) -> EngineStatus:
        """The state set last."""
        return self._status

    def set_status(self, status: EngineStatus) -> None:
        """Change the state and tell the listeners."""
        self._status = status
        for listener in tuple(self._listeners):
            listener(status)

    def subscribe(self, listener: StatusCallback) -> Callable[[], None]:
        """See ``TextEngine``."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def submit(self, request: GenerationRequest, on_chunk: ChunkCallback) -> None:
        """Remember the request; an older one of its lane is cancelled as the real engine does."""
        with self._lock:
            replaced = replaced_lanes(request.lane)
            older = [r for r, _, _ in self._open.values() if r.lane in replaced]
            for old in older:
                self.cancel(old.request_id)
            self._open[request.request_id] = (request, on_chunk, [])
            if request.lane is Lane.READ:
                self.readings.append(request)
                if not request.max_tokens:
                    self.finish(request.request_id, FinishReason.LENGTH)
            else:
                self.requests.append(request)

    def running(self) -> tuple[GenerationRequest, ...]:
        """The requests not yet finished, oldest first, without those of reading ahead."""
        return tuple(r for r, _, _ in self._open.values() if r.lane is not Lane.READ)

    def emit(self, request_id: int, texts: Iterable[str]) -> None:
        """Send chunks of text to an open request; nothing happens if it is not open."""
        for text in texts:
            if request_id in self._open:
                request, on_chunk, parts = self._open[request_id]
                parts.append(text)
                on_chunk(GenerationChunk(request_id, request.lane, request.revision, text))

    def finish(
        self,
        request_id: int,
        reason: FinishReason = FinishReason.STOP,
        error: EngineError | None = None,
        alternatives: Iterable[str] = (),
    ) -> None:
        """Send the last chunk of an open request."""
        request, on_chunk, parts = self._open.pop(request_id)
        result = GenerationResult(
            request_id,
            "".join(parts),
            (),
            reason,
            0,
            0,
            "fake",
            Timings(0, 0, 0, 0),
            (),
            error,
            tuple(Alternative(text, (), reason) for text in alternatives),
        )
        on_chunk(GenerationChunk(request_id, request.lane, request.revision, "", result))

    def cancel(self, request_id: int) -> None:
        """See ``TextEngine``."""
        with self._lock:
            if request_id in self._open:
                self.finish(request_id, FinishReason.CANCELLED)

    def generate(self, request: GenerationRequest) -> GenerationResult:
        """Not available: a fake engine has nothing to say by itself."""
        raise EngineClosed("The test engine generates nothing by itself.")

    def measure(self, request: GenerationRequest) -> PromptSize:
        """Of a context of ``CONTEXT`` tokens, one a UTF-8 byte; raises ``ContextOverflow``."""
        prompt = request.prompt
        texts = [prompt] if isinstance(prompt, str) else [message.content for message in prompt]
        tokens = sum(map(self.count_tokens, texts))
        if tokens > CONTEXT:
            raise ContextOverflow(CONTEXT, tokens)
        return PromptSize(tokens, CONTEXT)

    def count_tokens(self, text: str) -> int:
        """One token a UTF-8 byte."""
        return len(text.encode())

    def prepare_adapter(self, name: str) -> None:
        """Remember the name in ``prepared``; ``set_status`` makes it ready."""
        self.prepared.append(name)

    def score(self, text: str, *, adapter: str = "") -> ScoreResult:
        """Not available, as ``generate``."""
        raise EngineClosed("The test engine scores nothing.")

    def score_candidates(
        self,
        prompt: Prompt,
        candidates: Sequence[str],
        neutral: Sequence[Prompt] = (),
        *,
        adapter: str = "",
    ) -> tuple[CandidateScore, ...]:
        """All candidates are equally probable, a token a UTF-8 byte; ``asked`` remembers them."""
        self.asked.append((prompt, tuple(candidates), tuple(neutral)))
        share = 1 / len(candidates)
        logprob = math.log(share)
        return tuple(
            CandidateScore(
                text=text,
                tokens=len(text.encode()),
                logprob=logprob,
                mean_logprob=logprob / len(text.encode()),
                prior_logprob=logprob if neutral else None,
                probability=share,
            )
            for text in candidates
        )

    def offers(
        self,
        requests: Iterable[GenerationRequest],
        progress: Callable[[int], None] | None = None,
        cancel: CancelToken | None = None,
        *,
        adapter: str = "",
    ) -> tuple[WordOffers, ...] | None:
        """No word for any request; None if ``cancel`` is set."""
        found: list[WordOffers] = []
        for _ in requests:
            if cancel is not None and cancel.cancelled():
                return None
            found.append(WordOffers(()))
            if progress is not None:
                progress(len(found))
        return tuple(found)

    def close(self, timeout: float = 0.5) -> bool:
        """Cancel what is open."""
        for request_id in tuple(self._open):
            self.cancel(request_id)
        self.closed = True
        return True
