"""Actions and menus made from the table of commands."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QWidget

from app.core.commands import COMMANDS, MENUS, PAGE, REVIEW, WINDOW
from app.core.titles import plain

__all__ = ["give_page_its_keys", "make_actions", "name_actions", "plain", "translated"]

_GROUPS = frozenset(
    {
        "file.save",
        "file.export",
        "edit.undo",
        "edit.cut",
        "edit.move_up",
        "format.link",
        "format.heading_deeper",
        "format.bullets",
        "suggestion.take",
        "edit.find",
        "rewrite.simpler",
        "rewrite.title",
        "rewrite.custom",
        "review.accept",
        "spelling.next",
        "write.counts",
        "file.preferences",
        "file.close",
        "chat.add_document",
        "chat.stop",
        "chat.edit",
        "chat.copy",
        "view.zoom_in",
        "view.theme.system",
        "view.next_document",
        "view.focus",
    }
)


def give_page_its_keys(page: QWidget, actions: Mapping[str, QAction]) -> None:
    """Let ``page`` answer to the keys of the commands for the page."""
    page.addActions([actions[command.id] for command in COMMANDS if command.context == PAGE])


def translated(text: str) -> str:
    """A text of the table in the interface's language."""
    return QCoreApplication.translate("Commands", text)


def make_actions(
    window: QMainWindow, handlers: Mapping[str, Callable[..., None]]
) -> dict[str, QAction]:
    """One action for each command, connected to its handler and placed in its menu.

    Raises ``KeyError`` for a command without a handler.
    """
    actions: dict[str, QAction] = {}
    menus: dict[str, QMenu] = {menu: window.menuBar().addMenu("") for menu in MENUS}
    for command in COMMANDS:
        action = QAction(window)
        action.setObjectName(command.id)
        action.setCheckable(command.checkable)
        if command.shortcut:
            action.setShortcuts([QKeySequence(key) for key in (command.shortcut, *command.also)])
        if command.context == REVIEW:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        elif command.context != WINDOW:
            # The menu shows the key; the page decides when it is this command's.
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(handlers[command.id])
        if command.id in _GROUPS:
            menus[command.menu].addSeparator()
        menus[command.menu].addAction(action)
        actions[command.id] = action
    name_actions(window, actions)
    return actions


def name_actions(window: QMainWindow, actions: Mapping[str, QAction]) -> None:
    """Give menus and actions their titles in the interface's language."""
    for entry, menu in zip(window.menuBar().actions(), MENUS, strict=True):
        entry.setText(translated(menu))
    for command in COMMANDS:
        actions[command.id].setText(translated(command.title))
