"""One rewrite on its way: waits for the model, streams the cleaned text, ends in one result."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.services.bridge import EngineBridge
from engine import (
    EngineState,
    EngineStatus,
    GenerationChunk,
    GenerationRequest,
    clean_rewrite,
)

_TICK_MS = 33
"""How often a growing text is shown: about every second frame of a 60 Hz screen."""
_HELD_CHARACTERS = 20
"""By then it is clear whether an answer begins like an introduction ("Here is the ...")."""
_OPEN_END = "\0"


def text_so_far(answer: str, source: str) -> str:
    """What of an unfinished answer is shown: nothing while it may be an introduction."""
    started = answer.lstrip()
    if "\n" not in started and (
        len(started) < _HELD_CHARACTERS or clean_rewrite(f"{started}:\nx", "x") == "x"
    ):
        return ""
    # With an end that is no quotation mark, only the introduction is cut away yet.
    text = clean_rewrite(started.rstrip() + _OPEN_END, source).rstrip().removesuffix(_OPEN_END)
    if text.lstrip().startswith('"') and not source.lstrip().startswith('"'):
        return text.replace('"', "", 1)
    return text


class RewriteRun(QObject):
    """Runs one request at a time; nothing is emitted for a request that was abandoned."""

    loading = Signal(float)
    """The model is not there yet; carries how far it is, 0 to 1."""
    thinking = Signal()
    """The request is with the model."""
    grown = Signal(str)
    """Carries the text so far, at most every 33 ms."""
    finished = Signal(object)
    """Carries the ``GenerationResult``, errors included."""
    unavailable = Signal(object)
    """The model cannot be used; carries the ``EngineStatus`` that says why."""

    def __init__(self, bridge: EngineBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._request: GenerationRequest | None = None
        self._source = ""
        self._submitted = False
        self._answer = ""
        self._tick = QTimer(self)
        self._tick.setSingleShot(True)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self._grow)
        bridge.status_changed.connect(self._proceed)

    def running(self) -> bool:
        """Whether a request waits or is answered."""
        return self._request is not None

    def begin(self, request: GenerationRequest, source: str) -> None:
        """Run ``request``, which rewrites ``source``, as soon as the model is ready."""
        self.abandon()
        self._request = request
        self._source = source
        self._submitted = False
        self._answer = ""
        self._proceed(self._bridge.status())

    def abandon(self) -> str:
        """Cancel what runs and return the text there is of it."""
        self._tick.stop()
        if self._request is None:
            return ""
        request, self._request = self._request, None
        if self._submitted:
            self._bridge.cancel(request.request_id)
        return text_so_far(self._answer, self._source)

    @Slot(object)
    def _proceed(self, status: EngineStatus) -> None:
        """Hand the waiting request over if the model can take it, or say why it cannot."""
        if self._request is None or self._submitted:
            return
        if status.state is EngineState.LOADING:
            self.loading.emit(status.progress)
        elif status.state in (EngineState.FAILED, EngineState.CLOSED):
            self._request = None
            self.unavailable.emit(status)
        else:
            self._submitted = True
            self.thinking.emit()
            self._bridge.submit(self._request, self._on_chunk)

    def _on_chunk(self, chunk: GenerationChunk) -> None:
        if self._request is None or chunk.request_id != self._request.request_id:
            return
        self._answer += chunk.text
        if chunk.result is not None:
            self._tick.stop()
            self._request = None
            self.finished.emit(chunk.result)
        elif not self._tick.isActive():
            self._tick.start()

    @Slot()
    def _grow(self) -> None:
        if text := text_so_far(self._answer, self._source):
            self.grown.emit(text)
