"""One rewrite on its way: waits for the model, streams the cleaned text, ends in one result."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.editor.waiting import WaitingRun
from app.services.bridge import EngineBridge
from engine import (
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


class RewriteRun(WaitingRun):
    """Runs one request at a time; nothing is emitted for a request that was abandoned."""

    grown = Signal(str)
    """Carries the text so far, at most every 33 ms."""
    finished = Signal(object)
    """Carries the ``GenerationResult``, errors included."""

    def __init__(self, bridge: EngineBridge, parent: QObject | None = None) -> None:
        super().__init__(bridge, parent)
        self._request: GenerationRequest | None = None
        self._source = ""
        self._answer = ""
        self._tick = QTimer(self)
        self._tick.setSingleShot(True)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self._grow)

    def running(self) -> bool:
        """Whether a request waits or is answered."""
        return self._request is not None

    def begin(self, request: GenerationRequest, source: str) -> None:
        """Run ``request``, which rewrites ``source``, as soon as the model is ready."""
        self.abandon()
        self._request = request
        self._source = source
        self._answer = ""
        self._wait()

    def abandon(self) -> str:
        """Cancel what runs and return the text there is of it."""
        self._tick.stop()
        if self._request is None:
            return ""
        request, self._request = self._request, None
        if not self._waits:
            self._bridge.cancel(request.request_id)
        self._waits = False
        return text_so_far(self._answer, self._source)

    def _hand_over(self) -> None:
        if self._request is not None:
            self._bridge.submit(self._request, self._on_chunk)

    def _give_up(self) -> None:
        self._request = None

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
