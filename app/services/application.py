"""The application, which is also told from outside which files to open."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication


class Application(QApplication):
    """Qt's application; ``files_wanted`` has their paths, as a list.

    macOS names the files of a double click so, also while the program runs, and never as arguments.
    """

    files_wanted = Signal(object)

    def event(self, event: QEvent) -> bool:
        """Take the files out of the events for the application itself; the rest is Qt's."""
        path = wanted_file(event)
        if path:
            self.files_wanted.emit([Path(path)])
            return True
        return super().event(event)


def wanted_file(event: QEvent) -> str:
    """The path that an event asks to open; empty for other events, and for addresses."""
    return event.file() if isinstance(event, QFileOpenEvent) else ""
