"""Proofreading with the adapter made for it: stretch by stretch, on a thread of its own."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot

from app.editor.waiting import WaitingRun
from app.services.bridge import EngineBridge
from engine import (
    PROOFREADING_PROMPT,
    CancelToken,
    Correction,
    EngineError,
    EngineStatus,
    PieceDone,
    PieceStarted,
    Proofreader,
    Stretch,
    TextEngine,
    WithAdapter,
    adapter_for,
    corrected,
    stretches,
)


class ProofreadRun(WaitingRun):
    """Proofreads one text at a time; nothing is emitted for one that was abandoned."""

    preparing = Signal(float)
    """The adapter is being made ready for the first time; carries how far that is, 0 to 1."""
    piece_started = Signal(object)
    """Carries a ``PieceStarted`` for each stretch of sentences; offsets are code points."""
    piece_done = Signal(object)
    """Carries a ``PieceDone`` with the corrections that were made."""
    grown = Signal(str)
    """Carries the text so far."""
    finished = Signal(object)
    """Carries the corrected text, None where there is no adapter, or the ``EngineError``."""

    _read = Signal(object, object, str)

    def __init__(self, bridge: EngineBridge, parent: QObject | None = None) -> None:
        super().__init__(bridge, parent)
        self._folders: tuple[Path, ...] = ()
        self._cancel: CancelToken | None = None
        self._source = self._text = ""
        self._read.connect(self._grow, Qt.ConnectionType.QueuedConnection)
        bridge.status_changed.connect(self._tell)

    def set_folders(self, folders: Sequence[Path]) -> None:
        """Where adapters are looked for."""
        self._folders = tuple(folders)

    def has_folders(self) -> bool:
        """Whether there is anywhere to look for an adapter."""
        return bool(self._folders)

    def running(self) -> bool:
        """Whether a text waits or is read."""
        return self._cancel is not None

    def begin(self, source: str) -> None:
        """Proofread ``source`` as soon as the model is ready."""
        self.abandon()
        self._source = source
        self._text = ""
        self._cancel = CancelToken()
        self._wait()

    def abandon(self) -> str:
        """Cancel what runs and return what is read of it."""
        if self._cancel is not None:
            self._cancel.cancel()
        self._cancel = None
        self._waits = False
        return self._text

    def _hand_over(self) -> None:
        cancel = self._cancel
        if cancel is not None:
            self._bridge.apart(
                lambda engine: self._work(engine, cancel), lambda found: self._end(cancel, found)
            )

    def _give_up(self) -> None:
        self._cancel = None

    def _work(self, engine: TextEngine, cancel: CancelToken) -> str | None:
        """On another thread: the corrected text, as far as it was not cancelled."""
        source, model = self._source, engine.status().model
        adapter = adapter_for("proofread", model.name if model else "", self._folders)
        if adapter is None:
            return None
        adapted = WithAdapter(engine, adapter.name)
        found: list[Correction] = []
        reader = Proofreader([], adapted, prompt=adapter.prompt or PROOFREADING_PROMPT)
        places = stretches(source)
        of = len(places)
        if places:
            self._tell_of(cancel, PieceStarted(0, of, places[0].start, places[0].end), "")
        for index, (stretch, corrections) in enumerate(reader.read(source)):
            if cancel.cancelled():
                break
            found += corrections
            done = _piece_done(index, of, stretch, corrections)
            self._tell_of(cancel, done, corrected(source[: stretch.end], found))
            if index + 1 < of:
                start, end = places[index + 1].start, places[index + 1].end
                self._tell_of(cancel, PieceStarted(index + 1, of, start, end), "")
        return corrected(source, found)

    def _tell_of(self, cancel: CancelToken, event: PieceStarted | PieceDone, text: str) -> None:
        with suppress(RuntimeError):  # the window is gone
            self._read.emit(cancel, event, text)

    def _end(self, cancel: CancelToken, found: str | EngineError | None) -> None:
        if cancel is self._cancel:
            self._cancel = None
            self.finished.emit(found)

    @Slot(object, object, str)
    def _grow(self, cancel: CancelToken, event: PieceStarted | PieceDone, text: str) -> None:
        if cancel is not self._cancel:
            return
        if isinstance(event, PieceStarted):
            self.piece_started.emit(event)
        else:
            self._text = text
            self.piece_done.emit(event)
            self.grown.emit(text)

    @Slot(object)
    def _tell(self, status: EngineStatus) -> None:
        unready = [each for each in status.adapters if not each.ready and each.error is None]
        if self._cancel is not None and unready and not self._text:
            self.preparing.emit(unready[0].progress)


def _piece_done(
    index: int, of: int, stretch: Stretch, corrections: Sequence[Correction]
) -> PieceDone:
    here = [
        replace(each, start=each.start - stretch.start, end=each.end - stretch.start)
        for each in corrections
    ]
    return PieceDone(
        index,
        of,
        stretch.start,
        stretch.end,
        stretch.text,
        corrected(stretch.text, here),
        corrections=tuple(corrections),
    )
