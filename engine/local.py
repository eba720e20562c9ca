"""The real engine: one thread owns the ONNX Runtime session and serves the lanes."""

from __future__ import annotations

import itertools
import logging
import secrets
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from engine.api import (
    CandidateScore,
    ChunkCallback,
    EngineState,
    EngineStatus,
    FinishReason,
    GenerationChunk,
    GenerationRequest,
    GenerationResult,
    Lane,
    Prompt,
    ScoreResult,
    StatusCallback,
    Timings,
)
from engine.cancel import CancelToken
from engine.decode.alternatives import MAX_ALTERNATIVES, Alternatives
from engine.decode.candidates import CandidateScoring
from engine.decode.generate import Generation, reusable
from engine.decode.model import LoadedModel, load_model
from engine.decode.score import Scoring
from engine.errors import EngineClosed, EngineError, GenerationFailed, InvalidRequest
from engine.lanes import LaneScheduler
from engine.machine import default_cache_bytes
from engine.runtime.cache_pool import CachePool
from engine.runtime.kv_cache import KVCache
from engine.runtime.processors import physical_cores
from engine.runtime.providers import DeviceWish
from engine.runtime.session import ForwardCancelled
from engine.sampling.sampler import check_params

_log = logging.getLogger(__name__)
_background_ids = itertools.count(-1, -1)
_Result = TypeVar("_Result")
_Covariant = TypeVar("_Covariant", covariant=True)


class LocalEngine:
    """Implements ``TextEngine`` on a model directory.

    Loading starts at once on the engine's thread; requests made meanwhile wait for it. A model that
    cannot be loaded never raises here: the status becomes ``FAILED`` with the error, and requests
    end with that error. ``threads`` None uses every physical core. ``cache_bytes`` is the memory
    that earlier requests' keys and values may take, None for a share of the machine's. Where
    ``device`` asks for a graphics card that cannot be used, the status' ``notice`` says why.
    """

    def __init__(
        self,
        model_dir: Path,
        *,
        threads: int | None = None,
        cache_bytes: int | None = None,
        device: DeviceWish = DeviceWish.CPU,
    ) -> None:
        self._model_dir = model_dir
        self._device = device
        self._threads = threads or physical_cores()
        self._cache_bytes = default_cache_bytes() if cache_bytes is None else cache_bytes
        self._scheduler = LaneScheduler()
        self._status = EngineStatus(EngineState.LOADING)
        self._listeners: list[StatusCallback] = []
        self._status_lock = threading.Lock()
        self._loaded = threading.Event()
        self._model: LoadedModel | None = None
        self._pool: CachePool | None = None
        self._closing = CancelToken()
        self._thread = threading.Thread(target=self._run, name="inkling-engine", daemon=True)
        self._thread.start()

    def status(self) -> EngineStatus:
        """See ``TextEngine``."""
        return self._status

    def subscribe(self, listener: StatusCallback) -> Callable[[], None]:
        """See ``TextEngine``."""
        with self._status_lock:
            self._listeners.append(listener)

        def unsubscribe() -> None:
            with self._status_lock:
                if listener in self._listeners:
                    self._listeners.remove(listener)

        return unsubscribe

    def submit(self, request: GenerationRequest, on_chunk: ChunkCallback) -> None:
        """See ``TextEngine``. Raises ``InvalidRequest`` for settings out of range."""
        check_params(request.sampling)
        if not 1 <= request.alternatives <= MAX_ALTERNATIVES:
            raise InvalidRequest(
                f"alternatives must lie between 1 and {MAX_ALTERNATIVES}; "
                f"it is {request.alternatives}."
            )
        job = _GenerationJob(self, request, on_chunk)
        if not self._scheduler.submit(job):
            job.fail(FinishReason.CANCELLED, None)

    def cancel(self, request_id: int) -> None:
        """See ``TextEngine``."""
        self._scheduler.cancel(request_id)

    def generate(
        self, request: GenerationRequest, on_text: Callable[[str], None] | None = None
    ) -> GenerationResult:
        """Generate and wait; ``on_text`` gets the text as it comes, on the engine's thread.

        Raises the ``EngineError`` the generation failed with. An interrupt (``KeyboardInterrupt``)
        cancels the request and goes on.
        """
        done = threading.Event()
        results: list[GenerationResult] = []

        def on_chunk(chunk: GenerationChunk) -> None:
            if chunk.text and on_text is not None:
                on_text(chunk.text)
            if chunk.result is not None:
                results.append(chunk.result)
                done.set()

        self.submit(request, on_chunk)
        try:
            done.wait()
        except BaseException:
            self.cancel(request.request_id)
            raise
        if error := results[0].error:
            raise error
        return results[0]

    def wait_until_loaded(self, timeout: float | None = None) -> bool:
        """Wait for the model; False when ``timeout`` seconds passed. Raises if loading failed."""
        if not self._loaded.wait(timeout):
            return False
        self._ready_model()
        return True

    def count_tokens(self, text: str) -> int:
        """See ``TextEngine``; waits for the model while it loads."""
        return len(self.encode(text))

    def encode(self, text: str) -> list[int]:
        """Token ids of ``text`` without special tokens; waits for the model while it loads."""
        self._loaded.wait()
        return self._ready_model().tokenizer.encode(text)

    def decode(self, token_ids: Sequence[int]) -> str:
        """The text of token ids; waits for the model while it loads."""
        self._loaded.wait()
        return self._ready_model().tokenizer.decode(token_ids)

    def score(self, text: str) -> ScoreResult:
        """See ``TextEngine``."""
        self._loaded.wait()
        model = self._ready_model()
        ids = model.tokenizer.encode(text)

        def scoring(cache: KVCache, cancel: CancelToken) -> Scoring:
            token_bytes = model.vocabulary.token_bytes
            return Scoring(ids, model.start_id, model.session, cache, token_bytes, cancel)

        return self._run_in_background(scoring, (), len(ids) + 1)

    def score_candidates(
        self, prompt: Prompt, candidates: Sequence[str], neutral: Sequence[Prompt] = ()
    ) -> tuple[CandidateScore, ...]:
        """See ``TextEngine``."""
        self._loaded.wait()
        model = self._ready_model()
        asked, *others = (model.candidate_tokens(each, candidates) for each in (prompt, *neutral))

        def scoring(cache: KVCache, cancel: CancelToken) -> CandidateScoring:
            return CandidateScoring(candidates, asked, others, model.session, cache, cancel)

        longest = len(asked.prompt) + max(map(len, asked.candidates))
        return self._run_in_background(scoring, asked.prompt, longest)

    def _run_in_background(
        self,
        start: Callable[[KVCache, CancelToken], _Work[_Result]],
        token_ids: Sequence[int],
        length: int,
    ) -> _Result:
        """Do the work that ``start`` makes on the engine's thread, and wait for its result.

        It gets the cache that knows most of ``token_ids`` and may fill ``length`` positions of it.
        """
        length = min(length, self._ready_model().info.context_length)
        job = _BackgroundJob(start, self._ready_pool(), token_ids, length)
        if not self._scheduler.submit(job):
            raise EngineClosed("The engine was closed.")
        try:
            job.done.wait()
        except BaseException:
            self._scheduler.cancel(job.job_id)
            raise
        if job.error is not None:
            raise job.error
        if job.result is None:
            raise EngineClosed("Scoring was stopped.")
        return job.result

    def close(self, timeout: float = 0.5) -> bool:
        """See ``TextEngine``."""
        self._closing.cancel()
        self._scheduler.close()
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def _ready_model(self) -> LoadedModel:
        if self._model is None:
            raise self._status.error or EngineClosed("The engine was closed.")
        return self._model

    def _ready_pool(self) -> CachePool:
        if self._pool is None:
            self._ready_model()
            raise EngineClosed("The engine was closed.")
        return self._pool

    # The engine's thread, from here on.

    def _run(self) -> None:
        try:
            self._load()
            while (running := self._scheduler.next()) is not None:
                job = running.job
                if job.lane is Lane.READ:
                    self._thinking_over()  # nobody waits for it
                else:
                    self._thinking(job.lane)
                if next(running.steps, _END) is _END:
                    self._scheduler.finish(running)
                    if self._scheduler.idle():
                        self._thinking_over()
        finally:
            self._model = self._pool = None
            self._loaded.set()
            self._announce(replace(self._status, state=EngineState.CLOSED, lane=None))

    def _load(self) -> None:
        def progress(share: float) -> None:
            self._announce(EngineStatus(EngineState.LOADING, share))

        try:
            model = load_model(
                self._model_dir, self._threads, progress, self._closing, self._device
            )
            self._pool = CachePool(model.session.new_cache, self._cache_bytes)
            self._model = model
            self._announce(
                EngineStatus(
                    EngineState.READY,
                    1.0,
                    model=model.info,
                    load_ms=model.load_ms,
                    cache=self._pool.usage(),
                    device=model.session.device,
                    notice=model.session.notice,
                )
            )
        except EngineError as error:
            self._announce(EngineStatus(EngineState.FAILED, error=error))
        # Whatever else goes wrong, the window must hear of it and stay usable.
        except Exception:  # noqa: BLE001
            _log.exception("loading %s failed", self._model_dir)
            self._announce(
                EngineStatus(
                    EngineState.FAILED,
                    error=EngineError(
                        "The model could not be loaded. Your documents are not affected. "
                        "Restart Inkling; if it happens again, set the model up again."
                    ),
                )
            )
        self._loaded.set()

    def _thinking(self, lane: Lane | None) -> None:
        status = self._status
        if status.model is not None and (status.state, status.lane) != (EngineState.THINKING, lane):
            self._announce(replace(status, state=EngineState.THINKING, lane=lane))

    def _thinking_over(self) -> None:
        if self._status.state is EngineState.THINKING:
            self._announce(replace(self._status, state=EngineState.READY, lane=None))

    def note_speed(self, tokens_per_s: float) -> None:
        """Remember the speed of the last generation for the status."""
        if tokens_per_s:
            self._status = replace(self._status, tokens_per_s=tokens_per_s)

    def give_back(self, cache: KVCache) -> None:
        """Keep what a finished generation has computed, for the requests that follow."""
        pool = self._ready_pool()
        pool.give_back(cache)
        self._status = replace(self._status, cache=pool.usage())

    def _announce(self, status: EngineStatus) -> None:
        self._status = status
        with self._status_lock:
            listeners = tuple(self._listeners)
        for listener in listeners:
            listener(status)

    def model_name(self) -> str:
        """The loaded model's name, "" when there is none."""
        model = self._status.model
        return model.name if model else ""

    def start_generation(
        self,
        request: GenerationRequest,
        cancel: CancelToken,
        emit: Callable[[str], None],
        seed: int,
    ) -> tuple[Generation, int]:
        """Prepare a generation on the engine's thread; returns it and the prompt's token count.

        Its cache is to be given back at its end.
        """
        model = self._ready_model()
        prompt = model.prepare(request)
        length = min(len(prompt.token_ids) + request.max_tokens, model.info.context_length)
        kind = Generation if request.alternatives == 1 else Alternatives
        generation = kind(
            request,
            prompt,
            model.session,
            self._ready_pool().take(reusable(prompt.token_ids), length),
            model.vocabulary,
            cancel,
            emit,
            seed,
        )
        return generation, len(prompt.token_ids)


_END = object()


class _GenerationJob:
    """A request on its way through the scheduler; tells its end exactly once."""

    def __init__(
        self, engine: LocalEngine, request: GenerationRequest, on_chunk: ChunkCallback
    ) -> None:
        self._engine = engine
        self._request = request
        self._on_chunk = on_chunk
        self._text: list[str] = []
        seed = request.sampling.seed
        self._seed = secrets.randbits(31) if seed is None else seed
        self.job_id = request.request_id
        self.lane: Lane | None = request.lane
        self.cancel = CancelToken()

    def steps(self) -> Iterator[None]:
        """Generate; every way out sends the last chunk."""
        if self.cancel.cancelled():
            self.fail(FinishReason.CANCELLED, None)
            return
        try:
            generation, prompt_tokens = self._engine.start_generation(
                self._request, self.cancel, self._emit, self._seed
            )
            try:
                yield from generation.steps()
            finally:
                self._engine.give_back(generation.cache)
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
            self._engine.note_speed(generation.decode_tokens_per_s)
            self._finish(generation, prompt_tokens)

    def fail(self, reason: FinishReason, error: EngineError | None) -> None:
        """Send a last chunk without a generation."""
        self._send_result(reason, error, (), 0, Timings(0.0, 0.0, 0.0, 0.0))

    def _finish(self, generation: Generation, prompt_tokens: int) -> None:
        timings = Timings(
            self._engine.status().load_ms,
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
            model=self._engine.model_name(),
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


class _Work(Protocol[_Covariant]):
    """Something done in steps; ``result`` is None until it is done."""

    @property
    def result(self) -> _Covariant | None: ...

    def steps(self) -> Iterator[None]: ...


class _BackgroundJob(Generic[_Result]):
    """Work without a lane, such as scoring a text."""

    def __init__(
        self,
        start: Callable[[KVCache, CancelToken], _Work[_Result]],
        pool: CachePool,
        token_ids: Sequence[int],
        length: int,
    ) -> None:
        self._start = start
        self._pool = pool
        self._token_ids = token_ids
        self._length = length
        self.job_id = next(_background_ids)
        self.lane: Lane | None = None
        self.cancel = CancelToken()
        self.done = threading.Event()
        self.result: _Result | None = None
        self.error: EngineError | None = None

    def steps(self) -> Iterator[None]:
        """Do the work; ``done`` is set at the end, whatever it is."""
        cache = self._pool.take(self._token_ids, self._length)
        try:
            work = self._start(cache, self.cancel)
            yield from work.steps()
            self.result = work.result
        except ForwardCancelled:
            self.result = None
        except EngineError as error:
            self.error = error
        # A defect must not end the engine's thread and leave the caller waiting.
        except Exception:  # noqa: BLE001
            _log.exception("background work failed")
            self.error = GenerationFailed("The model stopped with an error. Try again.")
        finally:
            self._pool.give_back(cache, keep=bool(self._token_ids))
            self.done.set()
