"""The space that comes with a word taken from a suggestion, and gives way to punctuation."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtGui import QKeyEvent

from app.editor.editor import Editor
from app.editor.ghost_keys import is_modifier
from engine import takes_place_of_space

_LINE = 2_000
"""Code points before the caret that are read, to know an opening quotation mark."""


class SpaceAfterWord(QObject):
    """Removes such a space when the next key types what stands right after a word.

    Only right after the word was taken: a space that the person typed, or came back to, stays.
    """

    def __init__(self, editor: Editor, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._state: tuple[int, int] | None = None
        editor.ghost.accepted.connect(self._on_accepted)
        editor.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and not is_modifier(event)
        ):
            state, self._state = self._state, None
            if state == (self._editor.revision(), self._editor.caret()):
                self._make_way(event.text().replace("\r", "\n"))
        return super().eventFilter(watched, event)

    @Slot(str)
    def _on_accepted(self, part: str) -> None:
        comes_along = part.strip() and part.endswith(" ")
        self._state = (self._editor.revision(), self._editor.caret()) if comes_along else None

    def _make_way(self, typed: str) -> None:
        editor = self._editor
        line = editor.text_before_caret(_LINE).rpartition("\n")[2]
        if (
            not editor.isReadOnly()
            and not editor.textCursor().hasSelection()
            and takes_place_of_space(typed, line)
        ):
            editor.textCursor().deletePreviousChar()
