"""Makes a text of the model again, off the interface's thread, and says whether it is the same."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.core.provenance.replay import Obstacle, Replayed, replay
from app.core.provenance.sources import Source
from app.services.bridge import EngineBridge
from app.services.sentences import said
from app.windows.origin_words import obstacle_sentence
from engine import CancelToken, EngineError

_MOST_SHOWN = 400


class OriginReplay(QObject):
    """One text at a time; asking for another one stops the one before."""

    said = Signal(str)
    """A sentence on how it goes, and at the end on what came of it."""
    ended = Signal(object)
    """Carries a ``Replayed``, an ``Obstacle`` or an ``EngineError``."""

    def __init__(self, bridge: EngineBridge, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._cancel = CancelToken()

    def start(self, source: Source) -> None:
        """Make the text again, once the model has nothing else to do."""
        self.stop()
        recipe = source.recipe
        if recipe is None:
            self._end(self._cancel, Obstacle.NO_RECIPE)
            return
        cancel = self._cancel = CancelToken()
        log = self._bridge.log
        self.said.emit(self.tr("Making it again\u2026"))
        self._bridge.apart(
            lambda engine: replay(engine, recipe, cancel, log.circumstances),
            partial(self._end, cancel),
            exactly=True,
        )

    def stop(self) -> None:
        """Wait for nothing any more."""
        self._cancel.cancel()

    def _end(self, cancel: CancelToken, outcome: Any) -> None:
        if cancel is not self._cancel or cancel.cancelled():
            return
        if isinstance(outcome, Replayed):
            self.said.emit(self._words(outcome))
        elif isinstance(outcome, Obstacle):
            self.said.emit(obstacle_sentence(outcome))
        elif isinstance(outcome, EngineError):
            self.said.emit(said(outcome))
        self.ended.emit(outcome)

    def _words(self, outcome: Replayed) -> str:
        if outcome.same and outcome.text == outcome.before:
            return self.tr("Made again: it is the same, to the last character.")
        if outcome.same:
            return self.tr("Made again: it is the same as far as it went then, and goes on.")
        text = outcome.text if len(outcome.text) <= _MOST_SHOWN else outcome.text[:_MOST_SHOWN]
        words = self.tr("Made again, it is different: \u201c{text}\u201d").format(text=text)
        if outcome.changed:
            names = {
                "device": self.tr("what computes"),
                "threads": self.tr("the number of threads"),
                "runtime": self.tr("the version of ONNX Runtime"),
                "program": self.tr("the version of Inkling"),
            }
            changed = ", ".join(names[name] for name in outcome.changed)
            words += " " + self.tr("Other than then: {names}.").format(names=changed)
        return words
