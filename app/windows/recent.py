"""The menu of recent files."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from app.core.settings import SettingsStore


class RecentMenu(QMenu):
    """Made anew each time it opens; a file that is gone is taken off the list when chosen."""

    chosen = Signal(object)
    """Carries the ``Path``."""
    missing = Signal(str)
    """A sentence for the person."""

    def __init__(self, settings: SettingsStore, parent: QWidget) -> None:
        super().__init__(parent)
        self._name_all()
        self.setToolTipsVisible(True)
        self._settings = settings
        self.aboutToShow.connect(self.fill)
        self.triggered.connect(self._open)

    def put_above(self, action: QAction, bar: QMenuBar) -> None:
        """Take a place above ``action`` in its menu, and above the line that parts it off."""
        for entry in bar.actions():
            menu = entry.menu()
            if isinstance(menu, QMenu) and action in menu.actions():
                above = menu.actions()[menu.actions().index(action) - 1]
                menu.insertMenu(above if above.isSeparator() else action, self)

    def changeEvent(self, event: QEvent) -> None:
        """Speak another language at once."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._name_all()

    def _name_all(self) -> None:
        self.setTitle(self.tr("Open &Recent"))

    @Slot()
    def fill(self) -> None:
        """List the files as they are known now."""
        self.clear()
        for name in self._settings.get("recent_files"):
            action = self.addAction(Path(name).name.replace("&", "&&"))
            action.setData(name)
            action.setToolTip(name)
        if self.isEmpty():
            self.addAction(self.tr("Nothing yet")).setEnabled(False)

    @Slot(QAction)
    def _open(self, action: QAction) -> None:
        name = action.data()
        if not name:
            return
        if Path(name).is_file():
            self.chosen.emit(Path(name))
            return
        others = [other for other in self._settings.get("recent_files") if other != name]
        self._settings.set("recent_files", others)
        self.missing.emit(
            self.tr("{name} is no longer there, so it was taken off the list.").format(name=name)
        )
