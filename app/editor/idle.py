"""Requests that may take their time: made one after another while nothing else is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from app.services.bridge import EngineBridge
from engine import FinishReason, GenerationChunk, GenerationRequest, GenerationResult, Lane

Errand = tuple[GenerationRequest, Callable[[GenerationResult], None]]


class IdleRequests:
    """Runs errands in the lane that gives way to every other, until ``cancel``."""

    def __init__(self, bridge: EngineBridge) -> None:
        self._bridge = bridge
        self._errands: Iterator[Errand] = iter(())
        self._running: int | None = None
        self._handler: Callable[[GenerationResult], None] | None = None

    def start(self, errands: Iterator[Errand]) -> None:
        """Run these in place of what runs; each is made only when those before it have ended."""
        self.cancel()
        self._errands = errands
        self._next()

    def cancel(self) -> None:
        """Run nothing."""
        self._errands = iter(())
        running, self._running = self._running, None
        if running is not None:
            self._bridge.cancel(running)

    def busy(self) -> bool:
        """Whether anything runs."""
        return self._running is not None

    def _next(self) -> None:
        errand = next(self._errands, None)
        if errand is None:
            self._running = None
            return
        request, self._handler = errand
        request = replace(request, lane=Lane.READ)
        self._running = request.request_id
        self._bridge.submit(request, self._on_chunk)

    def _on_chunk(self, chunk: GenerationChunk) -> None:
        if chunk.request_id != self._running or chunk.result is None:
            return
        if chunk.result.finish_reason in (FinishReason.ERROR, FinishReason.CANCELLED):
            self.cancel()
            return
        if self._handler is not None:
            self._handler(chunk.result)
        if chunk.request_id == self._running:
            self._next()
