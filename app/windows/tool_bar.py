"""The tool bar: the open documents, rewriting, and the switches of suggestions and panel."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QSize, Qt, Slot
from PySide6.QtGui import QAction, QCursor
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QSizePolicy,
    QTabBar,
    QToolBar,
    QToolButton,
    QWidget,
)

from app.core.commands import COMMANDS
from app.services.icons import icon
from app.services.theme import Theme
from app.windows.actions import plain


class ToolBar(QToolBar):
    """Its buttons are the commands of the menus; ``documents`` is the row of tabs."""

    def __init__(self, actions: Mapping[str, QAction], documents: QTabBar, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("tools")
        self.setMovable(False)
        self.setFloatable(False)
        self.setIconSize(QSize(24, 18))  # wider than the icon: the gap before the text
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self._new = actions["file.new"]
        self._new_button = QToolButton(self)
        self._new_button.clicked.connect(self._new.trigger)
        row = QWidget(self)
        row.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        line.addWidget(documents)
        line.addWidget(self._new_button)
        line.addStretch(1)
        self.addWidget(row)
        rewrite_menu = QMenu(self)
        self.rewrite_menu = rewrite_menu
        for command in COMMANDS:
            if command.id.startswith("rewrite."):
                rewrite_menu.addAction(actions[command.id])
        self.rewrite_button = QToolButton(self)
        self.rewrite_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.rewrite_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.rewrite_button.setMenu(rewrite_menu)
        rewrite_menu.aboutToHide.connect(self._menu_hides)
        self.addWidget(self.rewrite_button)
        self._ghost = actions["write.ghost_toggle"]
        self._panel = actions["chat.toggle_panel"]
        self.addAction(self._ghost)
        self.addAction(self._panel)
        # Qt keeps the buttons of a tool bar from the keyboard.
        for action in (self._ghost, self._panel):
            self.widgetForAction(action).setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._name_all()

    def _name_all(self) -> None:
        self.setWindowTitle(self.tr("Tools"))
        self._new_button.setToolTip(plain(self._new.text()))
        self._new_button.setAccessibleName(self._new_button.toolTip())
        self.rewrite_button.setText(self.tr("Rewrite"))
        self.rewrite_button.setToolTip(self.tr("Rewrite the selection or this paragraph"))
        self._ghost.setIconText(self.tr("Suggestions"))
        self._panel.setIconText(self.tr("Panel"))

    def changeEvent(self, event: QEvent) -> None:
        """Speak another language at once."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._name_all()

    def apply_theme(self, theme: Theme) -> None:
        """Draw the icons in the colours of ``theme``."""
        self.rewrite_button.setIcon(icon("pen-line", theme))
        self._new_button.setIcon(icon("plus", theme))
        self._ghost.setIcon(icon("text-cursor-input", theme))
        self._panel.setIcon(icon("panel-right", theme))

    @Slot()
    def _menu_hides(self) -> None:
        # Qt does not notice that the mouse left the button by way of the menu.
        button = self.rewrite_button
        inside = button.rect().contains(button.mapFromGlobal(QCursor.pos()))
        button.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, inside)
        button.update()
