"""The menu at a misspelled word: what it may have been meant to be, and letting it be right."""

from __future__ import annotations

from functools import partial

import shiboken6
from PySide6.QtCore import QObject, QPoint, QTimer, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from app.core.spelling.client import Misspelling
from app.core.spelling.dictionaries import Dictionary
from app.editor.editor import Editor
from app.editor.mark_menu import MarkMenu
from app.services.spelling import SpellingService

_PATIENCE_MS = 250
"""How long the menu waits for suggestions before it opens without them."""


class SpellingMenu(MarkMenu):
    """Opens complete as soon as there are suggestions; fills up later if they take long."""

    learned = Signal(str)
    """This word belongs into the personal dictionary."""
    ignored = Signal(str)
    """This word is right in this document."""

    def __init__(self, editor: Editor, service: SpellingService, parent: QObject) -> None:
        super().__init__(editor, parent)
        self._service = service
        self._request = 0
        self._word = ""
        self._suggestions: tuple[str, ...] | None = None
        self._waiting = QTimer(self)
        self._waiting.setSingleShot(True)
        self._waiting.setInterval(_PATIENCE_MS)
        self._waiting.timeout.connect(self._open)

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
        self._aim(start, misspelling, place, standard=standard)
        self._word = misspelling.word
        self._waiting.start()
        self._service.suggest(dictionary, self._text(), partial(self._suggested, self._request))

    def _forgotten(self) -> None:
        self._request += 1
        self._suggestions = None
        self._waiting.stop()

    def _suggested(self, request: int, suggestions: tuple[str, ...]) -> None:
        if not shiboken6.isValid(self) or request != self._request:
            return
        self._suggestions = suggestions
        if self._waiting.isActive():
            self._waiting.stop()
            self._open()
        elif self._menu is not None:
            placeholder = self._menu.actions()[0]
            self._suggest(self._menu, placeholder, suggestions)
            self._menu.removeAction(placeholder)

    @Slot()
    def _open(self) -> None:
        own = (
            (self.tr("&Add to Dictionary"), self._learn),
            (self.tr("&Ignore in This Document"), self._ignore),
        )
        menu, before = self._build(own)
        if self._suggestions is None:
            self._note(menu, before, self.tr("Looking for suggestions\u2026"))
        else:
            self._suggest(menu, before, self._suggestions)
        menu.popup(self._place)

    def _suggest(self, menu: QMenu, before: QAction, suggestions: tuple[str, ...]) -> None:
        if suggestions:
            self._fill(menu, before, [(each, each) for each in suggestions])
        else:
            self._note(menu, before, self.tr("No suggestions"))

    @Slot()
    def _learn(self) -> None:
        self.learned.emit(self._word)

    @Slot()
    def _ignore(self) -> None:
        self.ignored.emit(self._word)
