"""The Help menu: the welcome, the sample document and the user guide."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping

from PySide6.QtCore import QCoreApplication, QLocale, QObject, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from app.core.guide import sample_text
from app.core.settings import SettingsStore
from app.services.bridge import EngineBridge
from app.services.theme import ThemeService
from app.windows.desk import Desk
from app.windows.guide_window import GuideWindow
from app.windows.welcome import WelcomeCard

_log = logging.getLogger(__name__)
WELCOMED = "welcome.shown"
"""The setting that the welcome was shown."""


class Help(QObject):
    """Shows the welcome once by itself, and all of it when asked for."""

    remarked = Signal(str)
    """A sentence for the person."""

    def __init__(
        self,
        bridge: EngineBridge,
        desk: Desk,
        settings: SettingsStore,
        themes: ThemeService,
        window: QMainWindow,
    ) -> None:
        super().__init__(window)
        self._bridge = bridge
        self._desk = desk
        self._settings = settings
        self._themes = themes
        self._window = window
        self.guide: GuideWindow | None = None
        self.card: WelcomeCard | None = None

    def handlers(self) -> Mapping[str, Callable[..., None]]:
        """What the commands do."""
        return {"help.guide": self.show_guide, "help.welcome": self.show_welcome}

    def greet(self) -> None:
        """Show the welcome, unless it was shown at an earlier start."""
        if self._settings.get(WELCOMED):
            return
        self.show_welcome()
        try:
            self._settings.save()  # at once: who ends the program by force has seen it too
        except OSError as error:
            _log.warning("the settings could not be saved: %s", error)

    @Slot()
    def show_welcome(self) -> None:
        """Show the welcome over the page."""
        self._settings.set(WELCOMED, True)
        if self.card is None:
            self.card = WelcomeCard(self._settings, self._bridge.status(), self._window)
            self._bridge.status_changed.connect(self.card.show_engine)
            self.card.sample_wanted.connect(self.open_sample)
            self.card.guide_wanted.connect(self.show_guide)
            self.card.closed.connect(self._close)
            self.card.typed.connect(self._write)
            application = QApplication.instance()
            if isinstance(application, QApplication):
                application.focusChanged.connect(self._on_focus_changed)
        self.card.show()
        self.card.raise_()
        self.card.sample.setFocus()

    @Slot()
    def show_guide(self) -> None:
        """Open the user guide, or bring it to the front."""
        if self.guide is None:
            self.guide = GuideWindow(self._settings, self._themes, self._window)
        if self.guide.isVisible():
            self.guide.raise_()
        self.guide.show()
        self.guide.activateWindow()

    @Slot()
    def open_sample(self) -> None:
        """Open the document that teaches by doing, in a tab of its own."""
        self._close()
        try:
            text = sample_text(QLocale().name())
        except OSError as error:
            _log.warning("no sample document: %s", error)
            self.remarked.emit(
                self.tr("The sample document is missing. Installing Inkling again brings it back.")
            )
            return
        self._desk.free_tab().document.show_draft(text)
        self._desk.current().editor.setFocus()

    @Slot()
    def _close(self) -> None:
        card, self.card = self.card, None
        if card is None:
            return
        if card.holds_focus():
            self._desk.current().editor.setFocus()  # before Qt looks for another place for it
        card.hide()
        card.deleteLater()

    @Slot(object)
    def _write(self, event: QKeyEvent) -> None:
        """Go on in the page with the first letter."""
        self._close()
        again = QKeyEvent(event.type(), event.key(), event.modifiers(), event.text())
        QCoreApplication.sendEvent(self._desk.current().editor, again)

    @Slot(QWidget, QWidget)
    def _on_focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Close the welcome when the person turns to the page."""
        if self.card is not None and now is not None and self._desk.isAncestorOf(now):
            self._close()
