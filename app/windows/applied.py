"""Applies the settings to the window as they change, and changes those that have commands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QWidget

from app.chat.panel import ChatPanel
from app.core.commands import COMMANDS
from app.core.endings import Ending
from app.core.settings import SETTINGS, SettingsStore
from app.editor.focus import Extent
from app.services.fonts import reading_font
from app.services.theme import ThemeService
from app.windows.desk import Desk
from app.windows.tab import DocumentTab

THEME_PREFIX = "view.theme."
"""Of the commands that choose a theme."""
_ZOOM_STEP = 1
_APPLIERS: Mapping[str, Callable[[DocumentTab, Any], None]] = MappingProxyType(
    {
        "ghost.enabled": lambda tab, value: tab.completion.set_enabled(value),
        "ghost.delay_ms": lambda tab, value: tab.completion.set_delay_ms(value),
        "ghost.adaptive": lambda tab, value: tab.completion.set_adaptive(value),
        "ghost.eagerness": lambda tab, value: tab.completion.set_eagerness(value),
        "ghost.ending": lambda tab, value: tab.completion.set_ending(Ending(value)),
        "ghost.max_tokens": lambda tab, value: tab.completion.set_max_tokens(value),
        "ghost.everywhere": lambda tab, value: tab.completion.set_everywhere(value),
        "ghost.tab_in_lists": lambda tab, value: tab.editor.ghost.keys.set_tab_in_lists(value),
        "editor.column": lambda tab, value: tab.editor.set_column(value),
        "editor.line_spacing": lambda tab, value: tab.set_line_spacing(value),
        "editor.paragraph_spacing": lambda tab, value: tab.highlighter.set_paragraph_spacing(value),
        "editor.caret_width": lambda tab, value: tab.editor.setCursorWidth(value),
        "editor.typewriter": lambda tab, value: tab.editor.set_typewriter(value),
        "writing.smart_typing": lambda tab, value: tab.editor.set_smart_typing(value),
        "rewrite.unreviewed": lambda tab, value: tab.rewrite.set_unreviewed(value),
        "focus.extent": lambda tab, value: tab.focus.set_extent(Extent(value)),
        "focus.on": lambda tab, value: tab.focus.set_on(value),
    }
)
"""What settings do to each document."""
_OF_DOCUMENTS = ("editor.font_size", *_APPLIERS)
_SWITCHES = {
    "ghost.enabled": "write.ghost_toggle",
    "panel.visible": "chat.toggle_panel",
    "chat.quote": "chat.quote",
    "outline.visible": "view.outline",
    "focus.on": "view.focus",
    "editor.typewriter": "view.typewriter",
}
"""Settings that commands switch, and the commands."""
_OF_THE_WINDOW = (*_SWITCHES, "editor.font_size", "editor.caret_blinks", "theme")


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
        self._blink_ms = QApplication.cursorFlashTime()
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

    @Slot(bool)
    def focus(self, on: bool) -> None:
        """Let all but the words around the caret step back, or not."""
        self._settings.set("focus.on", on)

    @Slot(bool)
    def typewriter(self, on: bool) -> None:
        """Keep the line being written in the middle, or not."""
        self._settings.set("editor.typewriter", on)

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
        self._zoom(_usual("editor.font_size"))

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
        if name in _SWITCHES:
            self._actions[_SWITCHES[name]].setChecked(value)
        if name == "panel.visible":
            self._chat.setVisible(value)
        elif name == "outline.visible":
            self._outline.setVisible(value)
        elif name == "editor.font_size":
            self._chat.set_text_scale(value / _usual("editor.font_size"))
        elif name == "editor.caret_blinks":
            QApplication.setCursorFlashTime(self._blink_ms if value else 0)
        elif name == "theme":
            self._themes.choose(value)
            self._mark_theme()

    def _apply_to_new(self, tab: DocumentTab) -> None:
        for name in _OF_DOCUMENTS:
            self._apply_to(tab, name, self._settings.get(name))

    def _apply_to(self, tab: DocumentTab, name: str, value: Any) -> None:
        if name in _APPLIERS:
            _APPLIERS[name](tab, value)
        elif name in ("editor.font_size", "editor.font_family"):
            family = self._settings.get("editor.font_family")
            tab.editor.set_reading_font(
                reading_font(family, self._settings.get("editor.font_size"))
            )


def _usual(name: str) -> Any:
    return next(setting.default for setting in SETTINGS if setting.name == name)
