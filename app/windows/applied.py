"""Applies the settings to the window as they change, and changes those that have commands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from app.chat.panel import ChatPanel
from app.core.commands import COMMANDS
from app.core.endings import Ending
from app.core.settings import SETTINGS, SettingsStore
from app.services.fonts import reading_font
from app.services.theme import ThemeService
from app.windows.desk import Desk
from app.windows.tab import DocumentTab

THEME_PREFIX = "view.theme."
"""Of the commands that choose a theme."""
_ZOOM_STEP = 1
_OF_DOCUMENTS = (
    "ghost.enabled",
    "ghost.delay_ms",
    "ghost.adaptive",
    "ghost.eagerness",
    "ghost.ending",
    "ghost.max_tokens",
    "ghost.everywhere",
    "ghost.tab_in_lists",
    "editor.font_size",
    "editor.column",
)
_OF_THE_WINDOW = ("ghost.enabled", "panel.visible", "outline.visible", "theme")


class AppliedSettings(QObject):
    """The one place where a setting takes effect."""

    def __init__(
        self,
        settings: SettingsStore,
        themes: ThemeService,
        desk: Desk,
        chat: ChatPanel,
        outline: QWidget,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._themes = themes
        self._desk = desk
        self._chat = chat
        self._outline = outline
        self._actions: Mapping[str, QAction] = {}
        self._unsubscribe = settings.subscribe(self._setting_changed)

    def set_actions(self, actions: Mapping[str, QAction]) -> None:
        """The commands whose marks show settings."""
        self._actions = actions

    def apply_all(self) -> None:
        """Let every setting take effect."""
        for name in _OF_THE_WINDOW:
            self._apply(name, self._settings.get(name))
        self._desk.for_each(self._apply_to_new)

    def close(self) -> None:
        """Follow the settings no longer."""
        self._unsubscribe()

    @Slot()
    def theme_chosen(self) -> None:
        """Use the theme of the command that was chosen."""
        action = self.sender()
        if action is not None:
            self._settings.set("theme", action.objectName().removeprefix(THEME_PREFIX))
            self._mark_theme()

    @Slot()
    def zoom_in(self) -> None:
        """Enlarge the text of the page."""
        self._zoom(self._settings.get("editor.font_size") + _ZOOM_STEP)

    @Slot()
    def zoom_out(self) -> None:
        """Make the text of the page smaller."""
        self._zoom(self._settings.get("editor.font_size") - _ZOOM_STEP)

    @Slot()
    def zoom_reset(self) -> None:
        """Give the text of the page its usual size."""
        usual = next(setting for setting in SETTINGS if setting.name == "editor.font_size")
        if isinstance(usual.default, int):
            self._zoom(usual.default)

    def _zoom(self, size: int) -> None:
        self._settings.set("editor.font_size", min(72, max(8, size)))

    def _mark_theme(self) -> None:
        for command in COMMANDS:
            if command.id.startswith(THEME_PREFIX):
                chosen = command.id == THEME_PREFIX + self._settings.get("theme")
                self._actions[command.id].setChecked(chosen)

    def _setting_changed(self, name: str, value: Any) -> None:
        self._apply(name, value)
        for tab in self._desk.tabs():
            self._apply_to(tab, name, value)

    def _apply(self, name: str, value: Any) -> None:
        if name == "ghost.enabled":
            self._actions["write.ghost_toggle"].setChecked(value)
        elif name == "panel.visible":
            self._chat.setVisible(value)
            self._actions["chat.toggle_panel"].setChecked(value)
        elif name == "outline.visible":
            self._outline.setVisible(value)
            self._actions["view.outline"].setChecked(value)
        elif name == "theme":
            self._themes.choose(value)
            self._mark_theme()

    def _apply_to_new(self, tab: DocumentTab) -> None:
        for name in _OF_DOCUMENTS:
            self._apply_to(tab, name, self._settings.get(name))

    def _apply_to(self, tab: DocumentTab, name: str, value: Any) -> None:
        if name == "ghost.enabled":
            tab.completion.set_enabled(value)
        elif name == "ghost.delay_ms":
            tab.completion.set_delay_ms(value)
        elif name == "ghost.adaptive":
            tab.completion.set_adaptive(value)
        elif name == "ghost.eagerness":
            tab.completion.set_eagerness(value)
        elif name == "ghost.ending":
            tab.completion.set_ending(Ending(value))
        elif name == "ghost.everywhere":
            tab.completion.set_everywhere(value)
        elif name == "ghost.max_tokens":
            tab.completion.set_max_tokens(value)
        elif name == "ghost.tab_in_lists":
            tab.editor.ghost.keys.set_tab_in_lists(value)
        elif name in ("editor.font_size", "editor.font_family"):
            family = self._settings.get("editor.font_family")
            tab.editor.set_reading_font(
                reading_font(family, self._settings.get("editor.font_size"))
            )
        elif name == "editor.column":
            tab.editor.set_column(value)
