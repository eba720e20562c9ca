"""Opens the dialogs of the main window."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QDialog, QWidget

from app.core.settings import SettingsStore
from app.services.bridge import EngineBridge
from app.windows.about_dialog import AboutDialog
from app.windows.keys_dialog import KeysDialog
from app.windows.model_dialog import ModelDialog
from app.windows.preferences import SHORTCUTS, PreferencesDialog


class Dialogs(QObject):
    """The preferences stay open beside the page; the others are closed before work goes on."""

    def __init__(self, settings: SettingsStore, bridge: EngineBridge, window: QWidget) -> None:
        super().__init__(window)
        self._settings = settings
        self._bridge = bridge
        self._window = window
        self._preferences: PreferencesDialog | None = None

    @Slot()
    def show_preferences(self) -> None:
        """Open the preferences, or bring them to the front."""
        self._open_preferences()

    @Slot()
    def show_shortcuts(self) -> None:
        """Open the preferences where the keys are."""
        self._open_preferences().show_page(SHORTCUTS)

    @Slot()
    def show_keys(self) -> None:
        """Show every key; from there a person can go on to change them."""
        dialog = KeysDialog(self._settings, self._window)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.show_shortcuts()
        dialog.deleteLater()

    @Slot()
    def show_model(self) -> None:
        """Show what is known of the model, as it changes."""
        dialog = ModelDialog(self._bridge.status(), self._window)
        self._bridge.status_changed.connect(dialog.show_engine)
        dialog.exec()
        dialog.deleteLater()

    @Slot()
    def show_about(self) -> None:
        """Show what Inkling is."""
        dialog = AboutDialog(self._window)
        dialog.exec()
        dialog.deleteLater()

    def _open_preferences(self) -> PreferencesDialog:
        if self._preferences is None:
            self._preferences = PreferencesDialog(self._settings, self._window)
        if self._preferences.isVisible():
            self._preferences.raise_()
        self._preferences.show()
        self._preferences.activateWindow()
        return self._preferences
