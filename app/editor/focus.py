"""Focus mode: all but the sentence or paragraph at the caret steps back."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from app.core.lines import Place
from app.core.sentences import sentence_at
from app.editor.editor import Editor
from app.services.theme import Theme, contrast

_LAYER = "focus"
_LEGIBLE = 4.5
"""The least contrast of text (WCAG 2.2, 1.4.3)."""


class Extent(StrEnum):
    """How much stays in the light."""

    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"


class FocusMode(QObject):
    """Dims what is in sight on an editor's page, except where the person writes."""

    def __init__(self, editor: Editor) -> None:
        super().__init__(editor)
        self._editor = editor
        self._on = False
        self._extent = Extent.PARAGRAPH
        self._look = QTextCharFormat()
        self._drawn: tuple[int, int, int, int] | None = None
        editor.cursorPositionChanged.connect(self._update)
        editor.selectionChanged.connect(self._update)
        editor.textChanged.connect(self._update)
        editor.view_changed.connect(self._update)

    def set_on(self, on: bool) -> None:
        """Dim, or show everything alike."""
        self._on = on
        self._redraw()

    def set_extent(self, extent: Extent) -> None:
        """What stays in the light."""
        self._extent = extent
        self._redraw()

    def apply_theme(self, theme: Theme) -> None:
        """Dim in a colour of ``theme`` that can still be read."""
        line_is_legible = contrast(theme.line, theme.page) >= _LEGIBLE
        self._look.setForeground(QColor(theme.line if line_is_legible else theme.ghost))
        self._redraw()

    def lit(self) -> tuple[int, int]:
        """Start and end, in UTF-16 units, of what stays in the light."""
        editor = self._editor
        document = editor.document()
        selection = editor.selection()
        first, last = selection.start, selection.end
        if self._extent is Extent.PARAGRAPH:
            end = document.findBlockByNumber(last.line)
            start = document.findBlockByNumber(first.line).position()
            return start, end.position() + end.length() - 1
        lines = editor.lines()
        begin = sentence_at(lines[first.line], first.column)[0]
        end_column = sentence_at(lines[last.line], last.column)[1]
        return (
            editor.u16_at(Place(first.line, min(begin, first.column))),
            editor.u16_at(Place(last.line, max(end_column, last.column))),
        )

    def _redraw(self) -> None:
        self._drawn = None
        self._update()

    @Slot()
    def _update(self) -> None:
        if not self._on:
            self._editor.set_layer(_LAYER, [])
            return
        top, bottom = self._editor.in_sight()
        start, end = self.lit()
        drawn = top, max(top, start), min(end, bottom), bottom
        if drawn == self._drawn:
            return
        self._drawn = drawn
        parts = [(drawn[0], drawn[1]), (drawn[2], drawn[3])]
        self._editor.set_layer(
            _LAYER, [self._mark(first, last) for first, last in parts if first < last]
        )

    def _mark(self, first: int, last: int) -> QTextEdit.ExtraSelection:
        mark = QTextEdit.ExtraSelection()
        mark.cursor = QTextCursor(self._editor.document())
        mark.cursor.setPosition(first)
        mark.cursor.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
        mark.format = self._look
        return mark
