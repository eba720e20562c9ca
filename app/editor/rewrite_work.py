"""The model's part of a rewrite, whichever way it goes: what is said of it, its pieces, its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from app.editor.proofread_run import ProofreadRun
from app.editor.run import RewriteOutcome, RewriteRun
from app.services.action_titles import refusal_words
from app.services.bridge import EngineBridge
from app.services.sentences import said
from engine import (
    ContextOverflow,
    EngineError,
    EngineStatus,
    PieceDone,
    PieceStarted,
    RewriteAction,
    RewriteContext,
    rewritten,
)

_PROOFREAD = "proofread"


@dataclass(frozen=True, slots=True)
class WorkEnd:
    """How it ended: with a ``text``, or with a ``problem`` and none; perhaps with both."""

    text: str = ""
    problem: str = ""
    """A sentence; with a text, on what may be wrong with it."""
    can_retry: bool = True


class RewriteWork(QObject):
    """Proofreads with the adapter made for it, or asks the model in words; one text at a time."""

    told = Signal(str)
    """What it is doing, in a few words."""
    grown = Signal(str)
    """The whole text so far."""
    began = Signal(object)
    """Carries a ``PieceStarted``."""
    done = Signal(object)
    """Carries a ``PieceDone``."""
    ended = Signal(object)
    """Carries a ``WorkEnd``."""

    def __init__(self, bridge: EngineBridge, parent: QObject) -> None:
        super().__init__(parent)
        self._run = RewriteRun(bridge, self)
        self._proofread = ProofreadRun(bridge, self)
        self._action: RewriteAction | None = None
        self._context = RewriteContext()
        self._source = ""
        self._done: list[PieceDone] = []
        for run in (self._run, self._proofread):
            run.loading.connect(self._on_loading)
            run.thinking.connect(self._on_thinking)
            run.grown.connect(self.grown)
            run.piece_started.connect(self._on_started)
            run.piece_done.connect(self._on_done)
            run.unavailable.connect(self._on_unavailable)
        self._run.finished.connect(self._on_finished)
        self._proofread.preparing.connect(self._on_preparing)
        self._proofread.finished.connect(self._on_proofread)

    def set_folders(self, folders: Sequence[Path]) -> None:
        """Where adapters are looked for."""
        self._proofread.set_folders(folders)
        self._run.set_folders(folders)

    def running(self) -> bool:
        """Whether a text waits or is rewritten."""
        return self._run.running() or self._proofread.running()

    def begin(
        self, action: RewriteAction, source: str, context: RewriteContext, seed: int | None = None
    ) -> None:
        """Rewrite ``source``; with a ``seed`` into another version, which asks in words."""
        self.abandon()
        self._action, self._source, self._context = action, source, context
        self._done = []
        if action.name == _PROOFREAD and seed is None and self._proofread.has_folders():
            self._proofread.begin(source)
        else:
            self._ask(seed)

    def stop(self) -> None:
        """End now and keep the pieces that are done."""
        if not self.running():
            return
        outcome = self._run.abandon()
        self._proofread.abandon()
        text = outcome.text if outcome else rewritten(self._source, self._done)
        if self._done and text.strip():
            self.ended.emit(WorkEnd(text, self.tr("Stopped: the rest of the text is as it was.")))
        else:
            self.ended.emit(WorkEnd(problem=self.tr("Stopped. Nothing was changed.")))

    def abandon(self) -> None:
        """End now, and tell nothing."""
        self._run.abandon()
        self._proofread.abandon()

    def _ask(self, seed: int | None) -> None:
        if self._action is not None:
            self._run.begin(
                self._action, self._source, self._context, seed=seed, fresh=seed is not None
            )

    @Slot(float)
    def _on_loading(self, progress: float) -> None:
        words = self.tr("Loading the model, {percent}%. The rewrite starts then.")
        self.told.emit(words.format(percent=round(progress * 100)))

    @Slot(float)
    def _on_preparing(self, progress: float) -> None:
        words = self.tr("Preparing to proofread, {percent}%. This is done once.")
        self.told.emit(words.format(percent=round(progress * 100)))

    @Slot()
    def _on_thinking(self) -> None:
        self.told.emit(self.tr("Thinking\u2026"))

    @Slot(object)
    def _on_started(self, piece: PieceStarted) -> None:
        self.began.emit(piece)

    @Slot(object)
    def _on_done(self, piece: PieceDone) -> None:
        self._done.append(piece)
        self.done.emit(piece)

    @Slot(object)
    def _on_unavailable(self, status: EngineStatus) -> None:
        error = status.error
        words = said(error) if error else self.tr("The model is not running. Restart Inkling.")
        self.ended.emit(WorkEnd(problem=words))

    @Slot(object)
    def _on_proofread(self, found: str | EngineError | None) -> None:
        if isinstance(found, EngineError):
            text = rewritten(self._source, self._done) if self._done else ""
            self.ended.emit(WorkEnd(text, said(found)))
        elif found is None:
            self._ask(None)  # there is no adapter for this model
        else:
            self.ended.emit(WorkEnd(found))

    @Slot(object)
    def _on_finished(self, outcome: RewriteOutcome) -> None:
        error = outcome.error
        if error is not None and not outcome.usable:
            can_retry = not isinstance(error, ContextOverflow)
            self.ended.emit(WorkEnd(problem=said(error), can_retry=can_retry))
        elif outcome.usable:
            problem = said(error) if error is not None else self._left(outcome)
            self.ended.emit(WorkEnd(outcome.text, problem))
        elif outcome.refused:
            words = self.tr("The rewrite was not usable: {reason}. Your text is as it was.")
            reason = refusal_words(outcome.refused[0].verdict)
            self.ended.emit(WorkEnd(problem=words.format(reason=reason)))
        else:
            words = self.tr("There is no prose to rewrite here. Your text is as it was.")
            self.ended.emit(WorkEnd(problem=words))

    def _left(self, outcome: RewriteOutcome) -> str:
        """What to say of parts that had no usable result."""
        refused = outcome.refused
        if not refused:
            return ""
        words = self.tr("{count} of {all} parts were left as they were: {reason}.")
        return words.format(
            count=len(refused), all=len(outcome.done), reason=refusal_words(refused[0].verdict)
        )
