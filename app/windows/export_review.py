"""A rewrite under review as a Word document, for somebody else to decide on."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from app.core.files import replace_file
from app.core.formats.errors import NOT_WRITTEN, FormatError
from app.core.formats.exporting import Source
from app.core.formats.pandoc import Pandoc
from app.core.formats.review_changes import review_changes
from app.core.formats.tracked import tracked_docx
from app.core.messages import reason
from app.services.conversions import Conversions
from app.services.sentences import said
from app.windows.desk import Desk

_AUTHOR = "Inkling"


class ReviewExport(QObject):
    """Writes the document in front with the changes of its review tracked."""

    remarked = Signal(str)
    """A sentence for the person."""

    def __init__(self, desk: Desk, conversions: Conversions, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._conversions = conversions
        self._window = window

    @Slot()
    def ask(self) -> None:
        """Ask for a file and write it."""
        tab = self._desk.current()
        page, editor = tab.rewrite.page, tab.editor
        review = page.review()
        if review is None or not review.changes:
            self.remarked.emit(
                self.tr(
                    "There is no rewrite under review. Proofread or rewrite something first; while "
                    "its changes are shown they can be exported."
                )
            )
            return
        start = editor.position_of(page.end_u16()) - len(review.text)

        def translated(words: str) -> str:
            return QCoreApplication.translate("Reasons", words)

        text, changes = review_changes(editor.text(), start, review, translated)
        name = Path(tab.document.title()).stem
        folder = tab.document.folder()
        path = self._choose(folder or Path.home(), name)
        if path is None:
            return
        source = Source(text, name, folder)

        def job(pandoc: Pandoc, _stop: object) -> str:
            data = tracked_docx(source, changes, _AUTHOR, datetime.now(UTC), pandoc)
            try:
                replace_file(path, data)
            except OSError as error:
                raise FormatError(NOT_WRITTEN, name=path.name, reason=reason(error)) from error
            return path.name

        def done(outcome: Any) -> None:
            if isinstance(outcome, str):
                words = self.tr("{name} was written, with every change tracked.")
                self.remarked.emit(words.format(name=outcome))
            else:
                self.remarked.emit(said(outcome))

        self._conversions.run(self.tr("Writing {name}\u2026").format(name=path.name), job, done)

    def _choose(self, folder: Path, name: str) -> Path | None:
        title = QCoreApplication.translate("Formats", "Word document")
        dialog = QFileDialog(
            self._window, self.tr("Export Review"), str(folder), f"{title} (*.docx)"
        )
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("docx")
        dialog.selectFile(f"{name.replace('/', ' ')}-review.docx")
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        names = dialog.selectedFiles()
        dialog.deleteLater()
        return Path(names[0]) if accepted and names else None
