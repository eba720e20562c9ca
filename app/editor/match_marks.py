"""Marks the matches of a search that are in sight, and where it is confined to."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer, Slot
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from app.core.find import Matches
from app.core.offsets import to_utf16, utf16_length
from app.editor.editor import Editor
from app.services.theme import Theme

_LAYER = "matches"
_MOST = 1000
"""Marks at once; more would be a page of nothing else."""


class MatchMarks(QObject):
    """Draws nothing out of sight, so that a long document costs no more than a short one."""

    def __init__(self, editor: Editor, parent: QObject) -> None:
        super().__init__(parent)
        self._matches: Matches | None = None
        self._scope: QTextCursor | None = None
        self._match_look = QTextCharFormat()
        self._scope_look = QTextCharFormat()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._draw)
        self._editor = editor
        self._follow()

    def set_editor(self, editor: Editor) -> None:
        """Mark in another editor."""
        self._editor.set_layer(_LAYER, [])
        self._editor.verticalScrollBar().valueChanged.disconnect(self.refresh)
        self._editor.viewport().removeEventFilter(self)
        self._matches = self._scope = None
        self._editor = editor
        self._follow()

    def set_matches(self, matches: Matches | None) -> None:
        """Mark these; the same object may change before ``refresh``."""
        self._matches = matches
        self._draw()

    def set_scope(self, scope: QTextCursor | None) -> None:
        """Mark the part that is searched."""
        self._scope = scope
        self.refresh()

    def apply_theme(self, theme: Theme) -> None:
        """Mark in the colours of ``theme``: a tint, and a line under each match."""
        self._match_look.setBackground(_between(theme.selection, theme.page))
        self._match_look.setFontUnderline(True)
        self._match_look.setUnderlineColor(QColor(theme.accent))
        self._scope_look.setBackground(QColor(theme.tint))
        self._draw()

    @Slot()
    def refresh(self) -> None:
        """Mark anew once the present events are done with."""
        self._soon.start(0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Another size shows other lines."""
        if event.type() == QEvent.Type.Resize:
            self.refresh()
        return super().eventFilter(watched, event)

    def _follow(self) -> None:
        self._editor.verticalScrollBar().valueChanged.connect(self.refresh)
        self._editor.viewport().installEventFilter(self)

    @Slot()
    def _draw(self) -> None:
        marks = []
        if self._scope is not None:
            marks.append(_mark(QTextCursor(self._scope), self._scope_look))
        if self._matches is not None and len(self._matches):
            marks += self._in_sight(self._matches)
        self._editor.set_layer(_LAYER, marks)

    def _in_sight(self, matches: Matches) -> list[QTextEdit.ExtraSelection]:
        editor = self._editor
        area = editor.viewport().rect()
        start = editor.cursorForPosition(QPoint(0, 0))
        end_u16 = editor.cursorForPosition(area.bottomRight()).position()
        start.setPosition(
            start.block().position() if start.positionInBlock() < _MOST else start.position()
        )
        text = _text(editor, start.position(), end_u16)
        first = editor.position_of(start.position())
        marks = []
        selected = editor.textCursor()
        for begin, end in matches.touching(first, first + len(text))[:_MOST]:
            begin_u16 = start.position() + to_utf16(text, max(0, begin - first))
            inside = text[max(0, begin - first) : end - first]
            stop_u16 = begin_u16 + utf16_length(inside)
            if (selected.selectionStart(), selected.selectionEnd()) == (begin_u16, stop_u16):
                continue  # the selection shows it
            cursor = QTextCursor(editor.document())
            cursor.setPosition(begin_u16)
            cursor.setPosition(stop_u16, QTextCursor.MoveMode.KeepAnchor)
            marks.append(_mark(cursor, self._match_look))
        return marks


def _text(editor: Editor, start: int, end: int) -> str:
    cursor = QTextCursor(editor.document())
    cursor.setPosition(start)
    cursor.setPosition(max(start, end), QTextCursor.MoveMode.KeepAnchor)
    return cursor.selectedText()


def _mark(cursor: QTextCursor, look: QTextCharFormat) -> QTextEdit.ExtraSelection:
    mark = QTextEdit.ExtraSelection()
    mark.cursor = cursor
    mark.format = look
    return mark


def _between(one: str, other: str) -> QColor:
    first, second = QColor(one), QColor(other)
    return QColor(
        (first.red() + second.red()) // 2,
        (first.green() + second.green()) // 2,
        (first.blue() + second.blue()) // 2,
    )
