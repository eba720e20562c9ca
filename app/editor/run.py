"""One rewrite on its way: waits for the model, tells of each piece, ends in one outcome."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot

from app.editor.waiting import WaitingRun
from app.services.bridge import EngineBridge
from engine import (
    ActionOutput,
    CancelToken,
    EngineError,
    PieceDone,
    PieceGrown,
    PieceStarted,
    RewriteAction,
    RewriteContext,
    RewriteEvent,
    Rewriter,
    TextEngine,
    rewritten,
)

_TICK_S = 0.033
"""How often a growing text is shown: about every second frame of a 60 Hz screen."""


@dataclass(frozen=True, slots=True)
class RewriteOutcome:
    """How a rewrite of ``source`` ended: its pieces, in order, and the error that ended it early.

    ``text`` is the source with the results in their places, or for an action that adds something
    what it adds; "" where no piece has a usable result.
    """

    source: str
    action: RewriteAction
    done: tuple[PieceDone, ...] = ()
    error: EngineError | None = None
    stopped: bool = False

    @property
    def usable(self) -> bool:
        """Whether any piece has a result that is worth a look."""
        return any(each.verdict.usable for each in self.done)

    @property
    def refused(self) -> tuple[PieceDone, ...]:
        """The pieces that are left as they were."""
        return tuple(each for each in self.done if not each.verdict.usable)

    @property
    def text(self) -> str:
        """The result."""
        if not self.usable:
            return ""
        if self.action.output is ActionOutput.REVIEW:
            return rewritten(self.source, self.done)
        return "".join(each.result for each in self.done if each.verdict.usable)


class RewriteRun(WaitingRun):
    """Rewrites one text at a time; nothing is emitted for one that was abandoned."""

    piece_started = Signal(object)
    """Carries a ``PieceStarted``, in code points of the source; a piece may start twice."""
    piece_grown = Signal(object)
    """Carries a ``PieceGrown``, at most every 33 ms."""
    piece_done = Signal(object)
    """Carries a ``PieceDone``."""
    grown = Signal(str)
    """Carries the whole text so far: up to the end of the piece that grows."""
    finished = Signal(object)
    """Carries the ``RewriteOutcome``, errors included."""

    _event = Signal(object, object)

    def __init__(self, bridge: EngineBridge, parent: QObject | None = None) -> None:
        super().__init__(bridge, parent)
        self._folders: tuple[Path, ...] = ()
        self._cancel: CancelToken | None = None
        self._source = ""
        self._action: RewriteAction | None = None
        self._context = RewriteContext()
        self._seed: int | None = None
        self._fresh = False
        self._done: list[PieceDone] = []
        self._begun: PieceStarted | None = None
        self._piece = ""
        self._event.connect(self._on_event, Qt.ConnectionType.QueuedConnection)

    def set_folders(self, folders: Sequence[Path]) -> None:
        """Where adapters are looked for."""
        self._folders = tuple(folders)

    def running(self) -> bool:
        """Whether a text waits or is rewritten."""
        return self._cancel is not None

    def begin(
        self,
        action: RewriteAction,
        source: str,
        context: RewriteContext | None = None,
        *,
        seed: int | None = None,
        fresh: bool = False,
    ) -> None:
        """Rewrite ``source`` as soon as the model is ready; ``fresh`` asks for another version."""
        self.abandon()
        self._action, self._source = action, source
        self._context = context or RewriteContext()
        self._seed, self._fresh = seed, fresh
        self._done = []
        self._begun = None
        self._piece = ""
        self._cancel = CancelToken()
        self._wait()

    def abandon(self) -> RewriteOutcome | None:
        """Cancel what runs and return what is done of it; None where nothing ran."""
        cancel, self._cancel = self._cancel, None
        self._waits = False
        if cancel is None or self._action is None:
            return None
        cancel.cancel()
        return RewriteOutcome(self._source, self._action, tuple(self._done), stopped=True)

    def _hand_over(self) -> None:
        cancel, action = self._cancel, self._action
        if cancel is None or action is None:
            return
        source, context = self._source, self._context
        seed, fresh, folders = self._seed, self._fresh, self._folders

        def work(engine: TextEngine) -> None:
            rewriter = Rewriter(engine, action, context, seed=seed, fresh=fresh, folders=folders)
            told = 0.0
            for event in rewriter.run(source, cancel):
                if isinstance(event, PieceGrown):
                    now = time.monotonic()
                    if now - told < _TICK_S:
                        continue
                    told = now
                else:
                    told = 0.0
                with suppress(RuntimeError):  # the window is gone
                    self._event.emit(cancel, event)

        self._bridge.apart(work, lambda error: self._end(cancel, error))

    def _give_up(self) -> None:
        self._cancel = None

    def _end(self, cancel: CancelToken, error: EngineError | None) -> None:
        if cancel is self._cancel and self._action is not None:
            self._cancel = None
            outcome = RewriteOutcome(self._source, self._action, tuple(self._done), error)
            self.finished.emit(outcome)

    @Slot(object, object)
    def _on_event(self, cancel: CancelToken, event: RewriteEvent) -> None:
        if cancel is not self._cancel:
            return
        if isinstance(event, PieceStarted):
            self._begun, self._piece = event, ""
            self.piece_started.emit(event)
        elif isinstance(event, PieceGrown):
            self._piece = event.text
            self.piece_grown.emit(event)
            self.grown.emit(self._so_far())
        else:
            self._done.append(event)
            self._begun = None
            self.piece_done.emit(event)
            self.grown.emit(self._so_far())

    def _so_far(self) -> str:
        if self._action is not None and self._action.output is not ActionOutput.REVIEW:
            return "".join(each.result for each in self._done) + self._piece * bool(self._begun)
        end = self._begun.start if self._begun else self._done[-1].end
        return rewritten(self._source[:end], self._done) + (self._piece if self._begun else "")
