"""What is shown while the model reads a document through, and said when it has."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QBoxLayout

from app.editor.checking_bar import CheckingBar
from app.editor.model_check import ModelCheck
from app.services.sentences import said
from app.windows.tab import DocumentTab
from engine import EngineError, EngineStatus


class Reading(QObject):
    """A bar below the page, and a sentence at the end."""

    remarked = Signal(str)
    """A sentence for the person."""

    def __init__(self, tab: DocumentTab, model: ModelCheck) -> None:
        super().__init__(tab)
        self._model = model
        self.bar = CheckingBar(tab)
        layout = tab.layout()
        if isinstance(layout, QBoxLayout):
            layout.insertWidget(layout.indexOf(tab.editor) + 1, self.bar)
        self.bar.stopped.connect(model.stop)
        model.begun.connect(self.bar.begin)
        model.progressed.connect(self.bar.show_share)
        model.preparing.connect(self.bar.show_preparing)
        model.stopped.connect(self.bar.hide)
        model.finished.connect(self._finished)
        model.unavailable.connect(self._unavailable)

    @Slot(object)
    def _finished(self, found: int | Exception | None) -> None:
        if found is None:
            self.remarked.emit(
                self.tr(
                    "There is no adapter for proofreading with this model, so it cannot read the "
                    "document through. The rules still check it as you write."
                )
            )
        elif isinstance(found, Exception):
            self.remarked.emit(said(found))
        elif found:
            words = self.tr("The model found {count} places. F7 goes from one to the next.")
            self.remarked.emit(words.format(count=found))
        else:
            self.remarked.emit(self.tr("The model found nothing to change."))

    @Slot(object)
    def _unavailable(self, status: EngineStatus) -> None:
        error: EngineError | None = status.error
        if error is not None:
            self.remarked.emit(said(error))
