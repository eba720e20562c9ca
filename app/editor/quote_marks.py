"""Shows on the page the words that an answer quoted, until the text changes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from app.editor.editor import Editor
from app.services.theme import Theme

_LAYER = "quote"


class QuoteMarks(QObject):
    """Marks one quotation and, stronger, the words of it that support the answer."""

    def __init__(self, editor: Editor, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._editor = editor
        self._quote: tuple[int, int] | None = None
        self._words: list[tuple[int, int]] = []
        self._theme = theme
        editor.edited.connect(self.clear)
        editor.loaded.connect(self.clear)

    def show_quote(self, start: int, end: int, words: Sequence[tuple[int, int]]) -> None:
        """Mark code points ``start`` to ``end`` and ``words``; the caret goes before them."""
        self._quote, self._words = (start, end), list(words)
        cursor = self._editor.textCursor()
        cursor.setPosition(self._editor.u16_of(start))
        self._editor.setTextCursor(cursor)
        self._editor.centerCursor()
        self._draw()

    def quoted(self) -> tuple[int, int] | None:
        """What is marked, in code points."""
        return self._quote

    def apply_theme(self, theme: Theme) -> None:
        """Mark in the colours of ``theme``."""
        self._theme = theme
        self._draw()

    @Slot()
    def clear(self) -> None:
        """Mark nothing."""
        self._quote, self._words = None, []
        self._draw()

    def _draw(self) -> None:
        marks: list[QTextEdit.ExtraSelection] = []
        if self._quote is not None:
            quiet, strong = quote_formats(self._theme)
            marks.append(self._mark(*self._quote, quiet))
            marks += [self._mark(start, end, strong) for start, end in self._words]
        self._editor.set_layer(_LAYER, marks)

    def _mark(self, start: int, end: int, look: QTextCharFormat) -> QTextEdit.ExtraSelection:
        mark = QTextEdit.ExtraSelection()
        cursor = QTextCursor(self._editor.document())
        cursor.setPosition(self._editor.u16_of(start))
        cursor.setPosition(self._editor.u16_of(end), QTextCursor.MoveMode.KeepAnchor)
        mark.cursor = cursor
        mark.format = look
        return mark


def quote_formats(theme: Theme) -> tuple[QTextCharFormat, QTextCharFormat]:
    """How a quotation looks in its source, and how its supporting words do."""
    quiet, strong = QTextCharFormat(), QTextCharFormat()
    quiet.setBackground(QColor(theme.tint))
    quiet.setFontUnderline(True)
    quiet.setUnderlineColor(QColor(theme.accent))
    strong.setBackground(QColor(theme.selection))
    strong.setForeground(QColor(theme.selection_ink))
    strong.setFontUnderline(True)
    strong.setUnderlineColor(QColor(theme.accent))
    return quiet, strong
