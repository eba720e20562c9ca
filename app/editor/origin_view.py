"""Shows on the page which words did not come from the person's keys."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from app.core.provenance.sources import Kind
from app.editor.editor import Editor
from app.editor.origin import OriginTracker
from app.services.theme import Theme

_LAYER = "origin"
_MOST = 600
"""Marks at once; more would be a page of nothing else."""


class OriginView(QObject):
    """Dims what the model wrote and underlines it with dots; pasted text gets dashes.

    Nothing is drawn out of sight, so that a long document costs no more than a short one.
    """

    def __init__(self, editor: Editor, tracker: OriginTracker, parent: QObject) -> None:
        super().__init__(parent)
        self._editor = editor
        self._tracker = tracker
        self._on = False
        self._made = QTextCharFormat()
        self._pasted = QTextCharFormat()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._draw)
        tracker.changed.connect(self._refresh)
        editor.view_changed.connect(self._refresh)

    def set_on(self, on: bool) -> None:
        """Show it, or do not."""
        self._on = on
        self._draw()

    def apply_theme(self, theme: Theme) -> None:
        """Mark in the colours of ``theme``."""
        styles = QTextCharFormat.UnderlineStyle
        for look, colour, line in (
            (self._made, theme.ghost, styles.DotLine),
            (self._pasted, theme.secondary, styles.DashUnderline),
        ):
            look.setForeground(QColor(colour))
            look.setUnderlineStyle(line)
            look.setUnderlineColor(QColor(theme.accent))
        self._made.setBackground(QColor(theme.tint))
        self._draw()

    @Slot()
    def _refresh(self) -> None:
        if self._on and not self._soon.isActive():
            self._soon.start(0)

    @Slot()
    def _draw(self) -> None:
        marks = []
        if self._on:
            editor = self._editor
            first, last = (editor.position_of(u16) for u16 in editor.in_sight())
            for span in self._tracker.runs().spans(first, last)[:_MOST]:
                source = self._tracker.source(span)
                mark = QTextEdit.ExtraSelection()
                cursor = QTextCursor(editor.document())
                cursor.setPosition(editor.u16_of(span.start))
                cursor.setPosition(editor.u16_of(span.end), QTextCursor.MoveMode.KeepAnchor)
                mark.cursor = cursor
                pasted = source is not None and source.kind is Kind.PASTE
                mark.format = self._pasted if pasted else self._made
                marks.append(mark)
        self._editor.set_layer(_LAYER, marks)
