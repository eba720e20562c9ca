"""The menu at something that was found: what may come in its place, and letting it be."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QPoint, Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from app.core.found import Mark
from app.editor.editor import Editor


class MarkMenu(QObject):
    """Replaces what was found by what is chosen, as one step; goes when the text changes."""

    def __init__(self, editor: Editor, parent: QObject) -> None:
        super().__init__(parent)
        self._editor = editor
        self._menu: QMenu | None = None
        self._place = QPoint()
        self._start = 0
        self._mark = Mark(0, 0)
        self._standard = False
        editor.paragraphs_changed.connect(self._forget)
        editor.loaded.connect(self._forget)

    def shown(self) -> QMenu | None:
        """The menu while it is open."""
        return self._menu if self._menu is not None and self._menu.isVisible() else None

    @Slot()
    def _forget(self) -> None:
        self._forgotten()
        if self._menu is not None:
            menu, self._menu = self._menu, None
            menu.close()
            menu.deleteLater()

    def _forgotten(self) -> None:
        """Let go of what only this menu was for."""

    def _aim(self, start: int, mark: Mark, place: QPoint, *, standard: bool) -> None:
        """The menu will be for ``mark`` of the paragraph that begins at u16 ``start``.

        ``place`` is on the screen; ``standard`` has the page's usual menu follow.
        """
        self._forget()
        self._start, self._mark, self._place, self._standard = start, mark, place, standard

    def _text(self) -> str:
        """What the page has there."""
        cursor = self._editor.textCursor()
        cursor.setPosition(self._start + self._mark.start)
        cursor.setPosition(self._start + self._mark.end, cursor.MoveMode.KeepAnchor)
        return cursor.selectedText()

    def _build(self, own: Sequence[tuple[str, Callable[[], None]]]) -> tuple[QMenu, QAction]:
        """A menu with ``own`` entries, and the separator above them, before which more may come."""
        menu = self._editor.createStandardContextMenu() if self._standard else QMenu(self._editor)
        self._menu = menu
        before = next(iter(menu.actions()), None)
        actions = [_separator(menu), *(_action(menu, text, slot) for text, slot in own)]
        if before is not None:
            actions.append(_separator(menu))
        for action in actions:
            menu.insertAction(before, action)  # type: ignore[arg-type] # None is behind all
        return menu, actions[0]

    def _note(self, menu: QMenu, before: QAction, text: str) -> None:
        """Put in words that cannot be chosen."""
        note = QAction(text.replace("&", "&&"), menu)
        note.setEnabled(False)
        menu.insertAction(before, note)

    def _fill(self, menu: QMenu, before: QAction, replacements: Sequence[tuple[str, str]]) -> None:
        """Put in what may come in its place, each with what it is called."""
        actions = []
        for title, text in replacements:
            # An ampersand would be taken for a mnemonic's mark.
            action = QAction(title.replace("&", "&&"), menu)
            action.setData(text)
            font = action.font()
            font.setBold(True)
            action.setFont(font)
            action.triggered.connect(self._replace)
            menu.insertAction(before, action)
            actions.append(action)
        if actions and not self._standard:  # opened by a key, so that Enter takes the first one
            menu.setActiveAction(actions[0])

    @Slot()
    def _replace(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            start, mark = self._start, self._mark
            self._editor.replace_range(start + mark.start, start + mark.end, action.data())
            self._editor.setFocus(Qt.FocusReason.MenuBarFocusReason)


def _action(menu: QMenu, text: str, slot: Callable[[], None]) -> QAction:
    action = QAction(text, menu)
    action.triggered.connect(slot)
    return action


def _separator(menu: QMenu) -> QAction:
    action = QAction(menu)
    action.setSeparator(True)
    return action
