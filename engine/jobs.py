"""Jobs of the engine's thread: a request from its start to its last chunk, and background work."""

from __future__ import annotations

import itertools
import logging
import secrets
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Generic, Protocol, TypeVar

from engine.api import (
    ChunkCallback,
    EngineStatus,
    FinishReason,
    GenerationChunk,
    GenerationRequest,
    GenerationResult,
    Lane,
    Timings,
)
from engine.cancel import CancelToken
from engine.decode.generate import Generation
from engine.errors import EngineError, GenerationFailed
from engine.runtime.kv_cache import KVCache
from engine.runtime.session import ForwardCancelled

_log = logging.getLogger(__name__)
_background_ids = itertools.count(-1, -1)
_Result = TypeVar("_Result")
_Covariant = TypeVar("_Covariant", covariant=True)


class GenerationHost(Protocol):
    """What a generation needs of the engine that it runs in."""

    def can_run(self, adapter: str) -> bool:
        """Whether a request with that adapter can begin, if only to fail."""
        ...

    def status(self) -> EngineStatus:
        """The engine's status."""
        ...

    def model_name(self) -> str:
        """The loaded model's name, "" when there is none."""
        ...

    def start_generation(
        self,
        request: GenerationRequest,
        cancel: CancelToken,
        emit: Callable[[str], None],
        seed: int,
    ) -> tuple[Generation, int]:
        """Prepare a generation; returns it and the prompt's token count."""
        ...

    def give_back(self, cache: KVCache) -> None:
        """Keep what a finished generation has computed."""
        ...

    def note_speed(self, tokens_per_s: float) -> None:
        """Remember the speed of the last generation."""
        ...


class GenerationJob:
    """A request on its way through the scheduler; tells its end exactly once."""

    def __init__(
        self, host: GenerationHost, request: GenerationRequest, on_chunk: ChunkCallback
    ) -> None:
        self._host = host
        self._request = request
        self._on_chunk = on_chunk
        self._text: list[str] = []
        seed = request.sampling.seed
        self._seed = secrets.randbits(31) if seed is None else seed
        self.job_id = request.request_id
        self.lane: Lane | None = request.lane
        self.cancel = CancelToken()

    def ready(self) -> bool:
        """Whether its adapter is there, or known to fail."""
        return self._host.can_run(self._request.adapter)

    def steps(self) -> Iterator[None]:
        """Generate; every way out sends the last chunk."""
        if self.cancel.cancelled():
            self.fail(FinishReason.CANCELLED, None)
            return
        try:
            generation, prompt_tokens = self._host.start_generation(
                self._request, self.cancel, self._emit, self._seed
            )
            try:
                yield from generation.steps()
            finally:
                self._host.give_back(generation.cache)
        except EngineError as error:
            self.fail(FinishReason.ERROR, error)
        # A defect must not end the engine's thread and leave the caller waiting.
        except Exception:  # noqa: BLE001
            _log.exception("request %s failed", self.job_id)
            self.fail(
                FinishReason.ERROR,
                GenerationFailed("The model stopped with an error. Your text is unchanged."),
            )
        else:
            self._host.note_speed(generation.decode_tokens_per_s)
            self._finish(generation, prompt_tokens)

    def fail(self, reason: FinishReason, error: EngineError | None) -> None:
        """Send a last chunk without a generation."""
        self._send_result(reason, error, (), 0, Timings(0.0, 0.0, 0.0, 0.0))

    def _finish(self, generation: Generation, prompt_tokens: int) -> None:
        timings = Timings(
            self._host.status().load_ms,
            generation.prefill_ms,
            generation.first_token_ms,
            generation.decode_tokens_per_s,
            generation.reused_tokens,
        )
        reason = generation.finish_reason or FinishReason.CANCELLED
        ids = generation.reported_ids()
        result = self._result(reason, None, ids, prompt_tokens, timings)
        self._send(
            replace(
                result,
                logprobs=tuple(generation.logprobs[-len(ids) :] if ids else ()),
                alternatives=generation.alternatives(),
                confidence=generation.confidence,
            )
        )

    def _send_result(
        self,
        reason: FinishReason,
        error: EngineError | None,
        ids: tuple[int, ...],
        prompt_tokens: int,
        timings: Timings,
    ) -> None:
        self._send(self._result(reason, error, ids, prompt_tokens, timings))

    def _result(
        self,
        reason: FinishReason,
        error: EngineError | None,
        ids: tuple[int, ...],
        prompt_tokens: int,
        timings: Timings,
    ) -> GenerationResult:
        return GenerationResult(
            request_id=self.job_id,
            text="".join(self._text),
            token_ids=ids,
            finish_reason=reason,
            prompt_tokens=prompt_tokens,
            seed=self._seed,
            model=self._host.model_name(),
            timings=timings,
            error=error,
        )

    def _emit(self, text: str) -> None:
        self._text.append(text)
        request = self._request
        self._on_chunk(GenerationChunk(self.job_id, request.lane, request.revision, text))

    def _send(self, result: GenerationResult) -> None:
        request = self._request
        self._on_chunk(GenerationChunk(self.job_id, request.lane, request.revision, "", result))


class Work(Protocol[_Covariant]):
    """Something done in steps; ``result`` is None until it is done."""

    @property
    def result(self) -> _Covariant | None: ...

    def steps(self) -> Iterator[None]: ...


class BackgroundJob(Generic[_Result]):
    """Work without a lane, such as scoring a text, that may begin once ``can_run``.

    ``take`` gives it its cache, and ``give_back`` takes that again.
    """

    def __init__(
        self,
        can_run: Callable[[], bool],
        take: Callable[[], KVCache],
        give_back: Callable[[KVCache], None],
        start: Callable[[KVCache, CancelToken], Work[_Result]],
    ) -> None:
        self.ready = can_run
        self._take = take
        self._give_back = give_back
        self._start = start
        self.job_id = next(_background_ids)
        self.lane: Lane | None = None
        self.cancel = CancelToken()
        self.done = threading.Event()
        self.result: _Result | None = None
        self.error: EngineError | None = None

    def steps(self) -> Iterator[None]:
        """Do the work; ``done`` is set at the end, whatever it is."""
        try:
            if self.cancel.cancelled():
                return
            cache = self._take()
            try:
                work = self._start(cache, self.cancel)
                yield from work.steps()
                self.result = work.result
            finally:
                self._give_back(cache)
        except ForwardCancelled:
            self.result = None
        except EngineError as error:
            self.error = error
        # A defect must not end the engine's thread and leave the caller waiting.
        except Exception:  # noqa: BLE001
            _log.exception("background work failed")
            self.error = GenerationFailed("The model stopped with an error. Try again.")
        finally:
            self.done.set()
