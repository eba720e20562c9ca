"""The real engine: one thread owns the ONNX Runtime session and serves the lanes."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from engine.adapted import AdaptedSessions, AdapterPlaces
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
    PromptSize,
    ScoreResult,
    StatusCallback,
    WordOffers,
)
from engine.cancel import CancelToken
from engine.decode.alternatives import MAX_ALTERNATIVES, Alternatives
from engine.decode.candidates import CandidateScoring, CandidateTokens
from engine.decode.generate import Generation, reusable
from engine.decode.long_context import LongContext
from engine.decode.model import LoadedModel, load_model, open_session
from engine.decode.replay import Replay
from engine.decode.score import Scoring
from engine.decode.suggest import Suggestion
from engine.errors import EngineClosed, EngineError, InvalidRequest
from engine.jobs import BackgroundJob, GenerationJob, Work
from engine.lanes import LaneScheduler
from engine.machine import default_cache_bytes, give_way
from engine.runtime.cache_pool import CachePool
from engine.runtime.kv_cache import KVCache
from engine.runtime.processors import physical_cores
from engine.runtime.providers import DeviceWish
from engine.runtime.session import DecoderSession
from engine.sampling.sampler import check_params
from engine.store.manifest import Manifest
from engine.store.measured import MeasuredChoices

_log = logging.getLogger(__name__)
_Result = TypeVar("_Result")
_REPLAYED = 2048
"""Positions that a prompt of a completion hardly exceeds."""
_END = object()
_MAX_PRIORS = 256
"""Prompts that say nothing, each with some labels, of which is known how probable these are."""


class LocalEngine:
    """Implements ``TextEngine`` on a model directory.

    Loading starts at once on the engine's thread; requests made meanwhile wait for it. A model that
    cannot be loaded never raises here: the status becomes ``FAILED`` with the error, and requests
    end with that error. ``threads`` None uses every physical core. ``cache_bytes`` is the memory
    that earlier requests' keys and values may take, None for a share of the machine's. Where
    ``device`` asks for a graphics card that cannot be used, the status' ``notice`` says why. What
    is measured on this machine is remembered in the folder ``data_dir``, None for nowhere; what is
    made of the model and an adapter lies there too. ``adapters`` are the folders that adapters are
    looked for in.
    """

    def __init__(
        self,
        model_dir: Path,
        *,
        threads: int | None = None,
        cache_bytes: int | None = None,
        device: DeviceWish = DeviceWish.CPU,
        data_dir: Path | None = None,
        adapters: Sequence[Path] = (),
        niceness: int = 0,
    ) -> None:
        self._niceness = niceness
        self._model_dir = model_dir
        self._device = device
        self._data_dir = data_dir
        self._threads = threads or physical_cores()
        self._cache_bytes = default_cache_bytes() if cache_bytes is None else cache_bytes
        self._scheduler = LaneScheduler()
        self._status = EngineStatus(EngineState.LOADING)
        self._listeners: list[StatusCallback] = []
        self._status_lock = threading.RLock()
        self._loaded = threading.Event()
        self._model: LoadedModel | None = None
        self._pool: CachePool | None = None
        self._long: LongContext | None = None
        self._priors: dict[str, dict[CandidateTokens, list[float]]] = {}
        self._closing = CancelToken()
        self._adapted = AdaptedSessions(
            AdapterPlaces(model_dir, tuple(adapters), data_dir),
            self._open_adapted,
            before=self.wait_until_loaded,
            changed=self._adapters_changed,
            dropped=self._drop,
        )
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
        if request.adapter:
            self._adapted.need(request.adapter)
        job = GenerationJob(self, request, on_chunk)
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

    def measure(self, request: GenerationRequest) -> PromptSize:
        """See ``TextEngine``; waits for the model while it loads."""
        self._loaded.wait()
        return self._ready_model().measure(request)

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

    def prepare_adapter(self, name: str) -> None:
        """See ``TextEngine``."""
        self._adapted.need(name)

    def can_run(self, adapter: str) -> bool:
        """Whether a request with that adapter can begin, if only to fail."""
        return not adapter or self._adapted.settled(adapter)

    def score(self, text: str, *, adapter: str = "") -> ScoreResult:
        """See ``TextEngine``."""
        self._loaded.wait()
        model = self._ready_model()
        ids = model.tokenizer.encode(text)

        def scoring(session: DecoderSession, cache: KVCache, cancel: CancelToken) -> Scoring:
            token_bytes = model.vocabulary.token_bytes
            return Scoring(ids, model.start_id, session, cache, token_bytes, cancel)

        return self._run_in_background(scoring, (), len(ids) + 1, adapter)

    def score_candidates(
        self,
        prompt: Prompt,
        candidates: Sequence[str],
        neutral: Sequence[Prompt] = (),
        *,
        adapter: str = "",
    ) -> tuple[CandidateScore, ...]:
        """See ``TextEngine``."""
        self._loaded.wait()
        model = self._ready_model()
        asked, *others = (model.candidate_tokens(each, candidates) for each in (prompt, *neutral))

        def scoring(
            session: DecoderSession, cache: KVCache, cancel: CancelToken
        ) -> CandidateScoring:
            priors = self._priors.setdefault(adapter, {})
            if len(priors) > _MAX_PRIORS:
                priors.clear()
            return CandidateScoring(candidates, asked, others, priors, session, cache, cancel)

        longest = len(asked.prompt) + max(map(len, asked.candidates))
        return self._run_in_background(scoring, asked.prompt, longest, adapter)

    def offers(
        self,
        requests: Iterable[GenerationRequest],
        progress: Callable[[int], None] | None = None,
        cancel: CancelToken | None = None,
        *,
        adapter: str = "",
    ) -> tuple[WordOffers, ...] | None:
        """See ``TextEngine``."""
        self._loaded.wait()
        model = self._ready_model()
        cancel = cancel or CancelToken()

        def replay(session: DecoderSession, cache: KVCache, stop: CancelToken) -> Replay:
            return Replay(
                requests,
                model.prepare,
                session,
                cache,
                model.vocabulary,
                stop,
                progress or (lambda _: None),
            )

        try:
            return self._run_in_background(replay, (), _REPLAYED, adapter, cancel)
        except EngineClosed:
            if cancel.cancelled():
                return None
            raise

    def _run_in_background(
        self,
        start: Callable[[DecoderSession, KVCache, CancelToken], Work[_Result]],
        token_ids: Sequence[int],
        length: int,
        adapter: str,
        cancel: CancelToken | None = None,
    ) -> _Result:
        """Do the work that ``start`` makes on the engine's thread, and wait for its result.

        It gets the session with ``adapter`` and that one's cache that knows most of ``token_ids``,
        and may fill ``length`` positions of it.
        """
        length = min(length, self._ready_model().info.context_length)
        pool = self._ready_pool()
        if adapter:
            self._adapted.need(adapter)
        job = BackgroundJob(
            lambda: self.can_run(adapter),
            lambda: pool.take(token_ids, length, self._session(adapter)),
            lambda cache: pool.give_back(cache, keep=bool(token_ids)),
            lambda cache, stop: start(self._session(adapter), cache, stop),
        )
        if not self._scheduler.submit(job):
            raise EngineClosed("The engine was closed.")
        if cancel is not None:
            cancel.on_cancel(lambda: self._scheduler.cancel(job.job_id))
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
        self._adapted.stop()
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
        give_way(self._niceness)
        try:
            self._load()
            while (running := self._scheduler.next()) is not None:
                job = running.job
                self._adapted.sweep()
                if job.lane is Lane.READ:
                    self._thinking_over()  # nobody waits for it
                else:
                    self._thinking(job.lane)
                if next(running.steps, _END) is _END:
                    self._scheduler.finish(running)
                    if self._scheduler.idle():
                        self._thinking_over()
        finally:
            self._model = self._pool = self._long = None
            self._loaded.set()
            self._adapted.close()
            self._announce(lambda old: replace(old, state=EngineState.CLOSED, lane=None))

    def _load(self) -> None:
        def progress(share: float) -> None:
            self._announce(lambda _: EngineStatus(EngineState.LOADING, share))

        try:
            model = load_model(
                self._model_dir, self._threads, progress, self._closing, self._device
            )
            self._pool = CachePool(self._cache_bytes)
            measured = MeasuredChoices(self._data_dir, self._model_dir, self._threads)
            self._long = LongContext(model.info, model.session, measured)
            self._model = model
            ready = EngineStatus(
                EngineState.READY,
                1.0,
                model=model.info,
                load_ms=model.load_ms,
                cache=self._pool.usage(),
                device=model.session.device,
                notice=model.session.notice,
                long_context=self._long.choice,
                threads=self._threads,
            )
            self._announce(lambda _: replace(ready, adapters=self._adapted.status()))
        except EngineError as error:
            self._fail(error)
        # Whatever else goes wrong, the window must hear of it and stay usable.
        except Exception:  # noqa: BLE001
            _log.exception("loading %s failed", self._model_dir)
            self._fail(
                EngineError(
                    "The model could not be loaded. Your documents are not affected. "
                    "Restart Inkling; if it happens again, set the model up again."
                )
            )
        self._loaded.set()

    def _fail(self, error: EngineError) -> None:
        self._announce(lambda _: EngineStatus(EngineState.FAILED, error=error))

    def _thinking(self, lane: Lane | None) -> None:
        status = self._status
        if status.model is not None and (status.state, status.lane) != (EngineState.THINKING, lane):
            self._announce(lambda old: replace(old, state=EngineState.THINKING, lane=lane))

    def _thinking_over(self) -> None:
        if self._status.state is EngineState.THINKING:
            self._announce(lambda old: replace(old, state=EngineState.READY, lane=None))

    def note_speed(self, tokens_per_s: float) -> None:
        """Remember the speed of the last generation for the status."""
        if tokens_per_s:
            with self._status_lock:
                self._status = replace(self._status, tokens_per_s=tokens_per_s)

    def give_back(self, cache: KVCache) -> None:
        """Keep what a finished generation has computed, for the requests that follow."""
        pool = self._ready_pool()
        pool.give_back(cache)
        choice = self._long.choice if self._long is not None else None
        usage = pool.usage()
        self._announce(lambda old: replace(old, cache=usage, long_context=choice))

    def _announce(self, change: Callable[[EngineStatus], EngineStatus]) -> None:
        """Tell the new status; threads one after the other, so that none hears an older last."""
        with self._status_lock:
            self._status = status = change(self._status)
            for listener in tuple(self._listeners):
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
        read = len(prompt.token_ids)
        length = min(read + len(prompt.tail) + request.max_tokens, model.info.context_length)
        session = self._session(request.adapter)
        cache = self._ready_pool().take(reusable(prompt.token_ids), length, session)
        given = (cache, model.vocabulary, cancel, emit, seed)
        generation: Generation
        if request.alternatives > 1:
            generation = Alternatives(request, prompt, session, *given)
        elif request.gate:
            generation = Suggestion(request, prompt, session, *given)
        else:
            long = None if request.adapter else self._long
            decoder = session if long is None else long.decoder(read, length)
            generation = Generation(request, prompt, decoder, *given)
        return generation, len(prompt.token_ids)

    def _session(self, adapter: str) -> DecoderSession:
        """The session of the model, or of the model with an adapter that is settled."""
        return self._adapted.session(adapter) if adapter else self._ready_model().session

    def _drop(self, session: DecoderSession) -> None:
        self._ready_pool().drop(session)

    # The threads on which adapters are made ready, from here on.

    def _adapters_changed(self) -> None:
        self._announce(lambda old: replace(old, adapters=self._adapted.status()))
        self._scheduler.wake()

    def _open_adapted(self, place: Path, manifest: Manifest) -> DecoderSession:
        return open_session(place, manifest, self._threads, self._device)
