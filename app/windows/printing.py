"""Printing the document in front, and looking at its pages before."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from app.core.formats.exporting import Source
from app.core.formats.page_setup import PageSetup
from app.core.formats.pandoc import Pandoc
from app.services.conversions import Conversions
from app.services.formats import page_content
from app.services.pages import page_layout, paint_all
from app.services.sentences import said
from app.windows.preview_dialog import PreviewDialog


class Printing(QObject):
    """Pages are laid out and painted off the interface's thread."""

    remarked = Signal(str)
    """A sentence for the person."""

    def __init__(
        self,
        conversions: Conversions,
        source: Callable[[], Source],
        setup: Callable[[], PageSetup],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._conversions = conversions
        self._source = source
        self._setup = setup
        self._window = window

    @Slot()
    def print(self) -> None:
        """Ask for a printer and print."""
        setup = self._setup()
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setFullPage(True)
        printer.setPageLayout(page_layout(setup))
        printer.setDocName(self._source().name)
        printer.setCreator("Inkling")
        dialog = QPrintDialog(printer, self._window)
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        if accepted:
            self.print_on(printer, setup)

    def print_on(self, printer: QPrinter, setup: PageSetup) -> None:
        """Print on a printer that was chosen, or into its file."""
        source = self._source()

        def wanted(count: int) -> Iterator[int]:
            first, last = printer.fromPage() or 1, printer.toPage() or count
            numbers = range(max(1, first) - 1, min(last, count))
            backwards = printer.pageOrder() == QPrinter.PageOrder.LastPageFirst
            return iter(reversed(numbers) if backwards else numbers)

        def job(pandoc: Pandoc, stop: threading.Event) -> str:
            paint_all(page_content(source, pandoc), setup, printer, stop, wanted)
            return source.name

        def done(outcome: Any) -> None:
            if isinstance(outcome, str):
                self.remarked.emit(self.tr("{name} was sent to the printer.").format(name=outcome))
            else:
                self.remarked.emit(said(outcome))

        self._conversions.run(self.tr("Printing\u2026"), job, done)

    @Slot()
    def preview(self) -> None:
        """Show the pages as they will be printed."""
        dialog = PreviewDialog(self._conversions, self._source(), self._setup(), self._window)
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.close_down()
        dialog.deleteLater()
        if accepted:
            self.print()
