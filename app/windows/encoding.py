"""Reading the document's file in another encoding than the one that was found or guessed."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QInputDialog, QWidget

from app.core.charset import ENCODINGS
from app.core.document import LoadedText, encoding_name, load_text
from app.services.conversions import Conversions
from app.services.sentences import said
from app.windows.desk import Desk


class EncodingChoice(QObject):
    """Says when an encoding is a guess, and lets the person choose another."""

    remarked = Signal(str)
    """A sentence for the person."""

    def __init__(self, desk: Desk, conversions: Conversions, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._conversions = conversions
        self._window = window

    @Slot()
    def choose(self) -> None:
        """Ask for an encoding and read the file of the document in front in it."""
        tab = self._desk.current()
        path = tab.document.path()
        if path is None:
            self.remarked.emit(self.tr("This document has no file yet, so it has no encoding."))
            return
        if tab.document.is_unsettled():
            words = self.tr("Save or undo your changes first: the file is read anew from the disk.")
            self.remarked.emit(words)
            return
        now = encoding_name(tab.document.encoding())
        titles = list(ENCODINGS.values())
        dialog = QInputDialog(self._window)
        dialog.setWindowTitle(self.tr("Encoding"))
        dialog.setLabelText(
            self.tr("{name} was read in {encoding}. Read it in:").format(
                name=path.name, encoding=now
            )
        )
        dialog.setComboBoxItems(titles)
        dialog.setTextValue(now if now in titles else titles[0])
        accepted = bool(dialog.exec())
        chosen = dialog.textValue()
        dialog.deleteLater()
        encoding = next((name for name, title in ENCODINGS.items() if title == chosen), "")
        if not accepted or not encoding:
            return

        def done(outcome: Any) -> None:
            if not isinstance(outcome, LoadedText):
                self.remarked.emit(said(outcome))
            elif tab.document.path() == path and not tab.document.is_unsettled():
                tab.document.show(outcome)

        what = self.tr("Opening {name}\u2026").format(name=path.name)
        self._conversions.run(what, lambda _pandoc, _stop: load_text(path, encoding), done)
