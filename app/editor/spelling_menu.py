"""The menu at a misspelled word: what it may have been meant to be, and letting it be right."""

from __future__ import annotations

from functools import partial

import shiboken6
from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from app.core.spelling.client import Misspelling
from app.core.spelling.dictionaries import Dictionary
from app.editor.editor import Editor
from app.services.spelling import SpellingService

_PATIENCE_MS = 250
"""How long the menu waits for suggestions before it opens without them."""


class SpellingMenu(QObject):
    """Opens complete as soon as there are suggestions; fills up later if they take long."""

    learned = Signal(str)
    """This word belongs into the personal dictionary."""
    ignored = Signal(str)
    """This word is right in this document."""

    def __init__(self, editor: Editor, service: SpellingService, parent: QObject) -> None:
        super().__init__(parent)
        self._editor = editor
        self._service = service
        self._menu: QMenu | None = None
        self._request = 0
        self._place = QPoint()
        self._start = 0
        self._misspelling = Misspelling(0, 0, "")
        self._text = ""
        self._standard = False
        self._suggestions: tuple[str, ...] | None = None
        self._waiting = QTimer(self)
        self._waiting.setSingleShot(True)
        self._waiting.setInterval(_PATIENCE_MS)
        self._waiting.timeout.connect(self._open)
        editor.paragraphs_changed.connect(self._forget)
        editor.loaded.connect(self._forget)

    def offer(
        self,
        dictionary: Dictionary,
        start: int,
        misspelling: Misspelling,
        place: QPoint,
        *,
        standard: bool,
    ) -> None:
        """Open the menu for a word of the paragraph that begins at u16 ``start``.

        ``place`` is on the screen; ``standard`` has the page's usual menu follow.
        """
        self._forget()
        self._place, self._standard = place, standard
        self._start, self._misspelling = start, misspelling
        cursor = self._editor.textCursor()
        cursor.setPosition(start + misspelling.start)
        cursor.setPosition(start + misspelling.end, cursor.MoveMode.KeepAnchor)
        self._text = cursor.selectedText()
        self._waiting.start()
        self._service.suggest(dictionary, self._text, partial(self._suggested, self._request))

    def shown(self) -> QMenu | None:
        """The menu while it is open."""
        return self._menu if self._menu is not None and self._menu.isVisible() else None

    @Slot()
    def _forget(self) -> None:
        self._request += 1
        self._suggestions = None
        self._waiting.stop()
        if self._menu is not None:
            menu, self._menu = self._menu, None
            menu.close()
            menu.deleteLater()

    def _suggested(self, request: int, suggestions: tuple[str, ...]) -> None:
        if not shiboken6.isValid(self) or request != self._request:
            return
        self._suggestions = suggestions
        if self._waiting.isActive():
            self._waiting.stop()
            self._open()
        elif self._menu is not None:
            placeholder = self._menu.actions()[0]
            self._fill(self._menu, placeholder, suggestions)
            self._menu.removeAction(placeholder)

    @Slot()
    def _open(self) -> None:
        menu = self._editor.createStandardContextMenu() if self._standard else QMenu(self._editor)
        self._menu = menu
        before = next(iter(menu.actions()), None)
        own = [self._separator(menu)]
        own.append(self._action(menu, self.tr("&Add to Dictionary"), self._learn))
        own.append(self._action(menu, self.tr("&Ignore in This Document"), self._ignore))
        if before is not None:
            own.append(self._separator(menu))
        for action in own:
            menu.insertAction(before, action)  # type: ignore[arg-type] # None is behind all
        if self._suggestions is None:
            waiting = QAction(self.tr("Looking for suggestions\u2026"), menu)
            waiting.setEnabled(False)
            menu.insertAction(own[0], waiting)
        else:
            self._fill(menu, own[0], self._suggestions)
        menu.popup(self._place)

    def _fill(self, menu: QMenu, before: QAction, suggestions: tuple[str, ...]) -> None:
        if not suggestions:
            nothing = QAction(self.tr("No suggestions"), menu)
            nothing.setEnabled(False)
            menu.insertAction(before, nothing)
            return
        actions = []
        for text in suggestions:
            # An ampersand would be taken for a mnemonic's mark.
            action = QAction(text.replace("&", "&&"), menu)
            action.setData(text)
            font = action.font()
            font.setBold(True)
            action.setFont(font)
            action.triggered.connect(self._replace)
            menu.insertAction(before, action)
            actions.append(action)
        if not self._standard:  # opened by a key, so that Enter takes the first one
            menu.setActiveAction(actions[0])

    def _action(self, menu: QMenu, text: str, slot: object) -> QAction:
        action = QAction(text, menu)
        action.triggered.connect(slot)
        return action

    def _separator(self, menu: QMenu) -> QAction:
        action = QAction(menu)
        action.setSeparator(True)
        return action

    @Slot()
    def _replace(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            start, found = self._start, self._misspelling
            self._editor.replace_range(start + found.start, start + found.end, action.data())
            self._editor.setFocus(Qt.FocusReason.MenuBarFocusReason)

    @Slot()
    def _learn(self) -> None:
        self.learned.emit(self._misspelling.word)

    @Slot()
    def _ignore(self) -> None:
        self.ignored.emit(self._misspelling.word)
