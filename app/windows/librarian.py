"""The library in the main window: its own window, and the status bar while it is indexed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Signal, Slot
from PySide6.QtWidgets import QMainWindow, QPushButton

from app.services.library import LibraryService
from app.services.sentences import said
from app.windows.library_window import LibraryWindow
from app.windows.library_words import short_words
from engine import IndexStage


class LibraryButton(QPushButton):
    """How far indexing is, for the status bar; hidden while nothing is indexed."""

    def __init__(self, service: LibraryService) -> None:
        super().__init__()
        self.setObjectName("library")
        self._service = service
        service.status_changed.connect(self._show_state)
        self._show_state()

    @Slot()
    def _show_state(self) -> None:
        stage = self._service.status.progress.stage
        # A look at the folders that finds nothing new is over before it could be read.
        self.setVisible(stage not in (IndexStage.IDLE, IndexStage.LOOKING))
        self.setText(short_words(self._service.status))
        self.setToolTip(self.tr("Shows the library"))

    def changeEvent(self, event: QEvent) -> None:
        """Speak another language at once."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._show_state()


class Librarian(QObject):
    """What of the main window has to do with the library."""

    remarked = Signal(str)
    """A sentence for the person."""

    def __init__(self, service: LibraryService, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._shown: LibraryWindow | None = None
        self.service = service
        self.button = LibraryButton(service)
        self.button.clicked.connect(self.show_window)
        service.failed.connect(self._tell)

    def handlers(self) -> dict[str, Callable[..., None]]:
        """What the command does."""
        return {"tools.library": self.show_window}

    @Slot()
    def show_window(self) -> None:
        """Show the folders and what is being indexed."""
        if self._shown is None:
            self._shown = LibraryWindow(self.service, self._window)
        self._shown.show()
        self._shown.raise_()
        self._shown.activateWindow()

    @Slot()
    def offer(self) -> None:
        """Show the window if there is no folder yet in which an answer could be found."""
        if self.service.known and not self.service.view.folders:
            self.show_window()

    def close(self) -> None:
        """End what runs; the next start goes on with it."""
        self.service.close()

    @Slot(object)
    def _tell(self, error: Exception) -> None:
        if self._shown is None or not self._shown.isVisible():
            self.remarked.emit(said(error))
