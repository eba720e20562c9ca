"""Carries engine callbacks from the engine's thread to the interface's thread."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot

from app.services.generations import GenerationLog, LoggedEngine
from engine import (
    Avoiding,
    CandidateScore,
    EngineError,
    EngineStatus,
    GenerationChunk,
    GenerationRequest,
    Prompt,
    TextEngine,
)

Scores = tuple[CandidateScore, ...]


class EngineBridge(QObject):
    """The interface's way to the engine.

    ``submit`` takes a callback that is called on the interface's thread, once for each chunk, until
    the last one or until ``cancel``; after ``cancel`` nothing more arrives for that request.
    """

    status_changed = Signal(object)
    """Carries an ``EngineStatus``; emitted on the interface's thread."""

    _chunk = Signal(object)
    _status = Signal(object)
    _found = Signal(object)

    def __init__(self, engine: TextEngine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.log = GenerationLog()
        self._logged: TextEngine = LoggedEngine(engine, self.log)
        self._engine = Avoiding(self._logged)
        self._callbacks: dict[int, Callable[[GenerationChunk], None]] = {}
        self._closed = False
        self._chunk.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._status.connect(self._announce, Qt.ConnectionType.QueuedConnection)
        self._found.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        self._unsubscribe = engine.subscribe(self._status_from_engine)

    def status(self) -> EngineStatus:
        """The engine's state at this moment."""
        return self._engine.status()

    def avoid(self, words: Sequence[str]) -> None:
        """Keep these words out of what is asked for from now on."""
        self._engine.avoid(words)

    def submit(
        self, request: GenerationRequest, on_chunk: Callable[[GenerationChunk], None]
    ) -> int:
        """Start a request and return its id."""
        self._callbacks[request.request_id] = on_chunk
        self._engine.submit(request, self._chunk_from_engine)
        return request.request_id

    def cancel(self, request_id: int) -> None:
        """Forget the request's callback and cancel it."""
        if self._callbacks.pop(request_id, None) is not None:
            self._engine.cancel(request_id)

    def score_candidates(
        self,
        prompt: Prompt,
        candidates: Sequence[str],
        on_scores: Callable[[Scores | EngineError], None],
        adapter: str = "",
    ) -> None:
        """Have the engine score candidates when it has nothing else to do; see ``apart``."""
        self.apart(
            lambda engine: engine.score_candidates(prompt, candidates, adapter=adapter), on_scores
        )

    def has_adapter(self, name: str) -> bool:
        """Whether an adapter is ready; else it is on its way now, unless it failed before."""
        found = next((each for each in self.status().adapters if each.name == name), None)
        if found is None:
            self._engine.prepare_adapter(name)
        return found is not None and found.ready

    def apart(
        self,
        work: Callable[[TextEngine], Any],
        done: Callable[[Any], None],
        *,
        exactly: bool = False,
    ) -> None:
        """Do what waits for the engine, in a thread of its own.

        ``done`` is called on the interface's thread with the result, or with the ``EngineError``
        if there was one. With ``exactly`` requests are made as they are, whatever is to be avoided.
        """
        engine = self._logged if exactly else self._engine

        def run() -> None:
            try:
                found = work(engine)
            except EngineError as error:
                found = error
            if not self._closed:
                self._found.emit((done, found))

        threading.Thread(target=run, name="inkling-apart", daemon=True).start()

    def close(self) -> bool:
        """Cancel everything and end the engine; True if its thread ended in time."""
        self._closed = True
        self._callbacks.clear()
        self._unsubscribe()
        return self._engine.close()

    def _chunk_from_engine(self, chunk: GenerationChunk) -> None:
        if not self._closed:
            self._chunk.emit(chunk)

    def _status_from_engine(self, status: EngineStatus) -> None:
        if not self._closed:
            self._status.emit(status)

    @Slot(object)
    def _deliver(self, chunk: GenerationChunk) -> None:
        if chunk.result is not None:
            callback = self._callbacks.pop(chunk.request_id, None)
        else:
            callback = self._callbacks.get(chunk.request_id)
        if callback is not None:
            callback(chunk)

    @Slot(object)
    def _tell(self, outcome: tuple[Callable[[Any], None], Any]) -> None:
        if not self._closed:
            done, found = outcome
            done(found)

    @Slot(object)
    def _announce(self, status: EngineStatus) -> None:
        if not self._closed:
            self.status_changed.emit(status)
