"""The stretch of text a rewrite is about: found, marked, and followed through edits around it."""

from __future__ import annotations

from PySide6.QtGui import QColor, QTextBlock, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from app.editor.editor import Editor
from app.editor.verbatim import from_qt
from app.services.theme import Theme

_PARAGRAPH_END = "\u2029"


def find_target(editor: Editor) -> Target | None:
    """The selection, or the paragraph around the caret; None where there are no words.

    A paragraph is what Markdown takes for one: neighbouring lines that are not blank. On a blank
    line it is the one above, which has just been written, or else the one below.
    """
    cursor = QTextCursor(editor.textCursor())
    if not cursor.hasSelection():
        block = _nearest_words(cursor.block())
        if block is None:
            return None
        first = last = block
        while first.previous().isValid() and first.previous().text().strip():
            first = first.previous()
        while last.next().isValid() and last.next().text().strip():
            last = last.next()
        cursor.setPosition(first.position())
        cursor.setPosition(last.position() + last.length() - 1, QTextCursor.MoveMode.KeepAnchor)
    target = Target(editor, cursor)
    return target if target.source.strip() else None


def _nearest_words(block: QTextBlock) -> QTextBlock | None:
    """``block``, or the nearest one above, or else below, that is not blank."""
    for step in (QTextBlock.previous, QTextBlock.next):
        candidate = block
        while candidate.isValid():
            if candidate.text().strip():
                return candidate
            candidate = step(candidate)
    return None


class Target:
    """A range that Qt moves along when text before it changes."""

    def __init__(self, editor: Editor, cursor: QTextCursor) -> None:
        self._editor = editor
        self._cursor = QTextCursor(cursor)
        self._mark: QTextEdit.ExtraSelection | None = None
        self.source = self._text()
        """The text as it was when the rewrite began."""

    def unchanged(self) -> bool:
        """Whether the range still holds exactly ``source``, wherever it is now."""
        return self._text() == self.source

    def range(self) -> tuple[int, int]:
        """Start and end in UTF-16 units."""
        return self._cursor.selectionStart(), self._cursor.selectionEnd()

    def end_of_paragraph(self) -> int:
        """The end of the last line the range touches, in UTF-16 units."""
        start, end = self.range()
        document = self._editor.document()
        block = document.findBlock(end)
        if end > start and end == block.position():
            block = block.previous()  # a selection that ends with its line break
        return block.position() + block.length() - 1

    def select(self) -> None:
        """Make the range the editor's selection and bring it into view."""
        self._editor.setTextCursor(QTextCursor(self._cursor))
        self._editor.ensureCursorVisible()

    def mark(self, theme: Theme) -> None:
        """Keep the range visible while the selection may be elsewhere."""
        self.unmark()
        look = QTextCharFormat()
        look.setBackground(QColor(theme.selection))
        look.setForeground(QColor(theme.selection_ink))
        mark = QTextEdit.ExtraSelection()
        mark.cursor = QTextCursor(self._cursor)
        mark.format = look
        self._mark = mark
        self._editor.set_layer("rewrite", [mark])

    def marked(self) -> bool:
        """Whether the range is marked."""
        return self._mark is not None

    def unmark(self) -> None:
        """Take the mark away."""
        if self._mark is not None:
            self._mark = None
            self._editor.set_layer("rewrite", [])

    def _text(self) -> str:
        return from_qt(self._cursor.selectedText().replace(_PARAGRAPH_END, "\n"))
