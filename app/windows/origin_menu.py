"""The context menu of words that were not typed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QContextMenuEvent

from app.editor.editor import Editor
from app.editor.origin import OriginTracker


class OriginMenu(QObject):
    """Adds to the usual menu what can be asked of the words under the mouse."""

    def __init__(
        self,
        editor: Editor,
        tracker: OriginTracker,
        shown: Callable[[], bool],
        report: Callable[[int, bool], None],
        parent: QObject,
    ) -> None:
        """``report`` gets a code point, and whether its text is to be made again."""
        super().__init__(parent)
        self._editor = editor
        self._tracker = tracker
        self._shown = shown
        self._report = report
        editor.add_menu(self._open)

    def _open(self, event: QContextMenuEvent) -> bool:
        if not self._shown():
            return False
        by_mouse = event.reason() is QContextMenuEvent.Reason.Mouse
        editor = self._editor
        cursor = editor.cursorForPosition(event.pos()) if by_mouse else editor.textCursor()
        position = editor.position_of(cursor.position())
        span = self._tracker.runs().at(position)
        source = self._tracker.source(span) if span is not None else None
        if source is None:
            return False
        menu = editor.createStandardContextMenu()
        menu.addSeparator()
        menu.addAction(
            self.tr("&Origin of These Words\u2026"), lambda: self._report(position, False)
        )
        if source.recipe is not None:
            menu.addAction(self.tr("&Regenerate Exactly"), lambda: self._report(position, True))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(event.globalPos())
        return True
