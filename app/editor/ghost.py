"""A suggestion drawn at the caret as part of the layout, never of the document."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QKeyEvent,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextLayout,
    QTextLine,
)
from PySide6.QtWidgets import QPlainTextEdit

from app.core.offsets import from_utf16, utf16_length
from app.editor.ghost_keys import SuggestionKeys, is_modifier
from app.editor.pieces import first_sentence, first_word
from app.editor.verbatim import from_qt, to_qt


class GhostText(QObject):
    """Shows at most one suggestion in a plain text editor.

    It is drawn in the layout's preedit area, so it wraps like text while the document, its undo
    stack, copying and searching never see it.
    """

    changed = Signal(str)
    """The text now shown, empty for none."""
    accepted = Signal(str)
    """What was just put into the document, and is no longer ghost text."""
    painted = Signal(str)
    """The text that has just come onto the screen; a slot must not change the page."""
    dismissed = Signal()
    """The person refused it."""

    def __init__(self, editor: QPlainTextEdit) -> None:
        super().__init__(editor)
        self._editor = editor
        self._text = ""
        self._anchor = QTextCursor(editor.document())
        self._anchor.setKeepPositionOnInsert(True)
        self._drawn = ""
        self._unpainted = False
        self._colour = QColor(Qt.GlobalColor.gray)
        self._accepting = False
        self._taking_key = Qt.Key.Key_unknown
        self.keys = SuggestionKeys()
        self._commands: dict[str, Callable[[], bool]] = {
            "suggestion.take": self.accept_all,
            "suggestion.take_sentence": self.accept_sentence,
            "suggestion.take_word": self.accept_word,
            "suggestion.dismiss": self.dismiss,
        }

    def add_command(self, command: str, act: Callable[[], bool]) -> None:
        """Let somebody else do a command for the suggestion; ``act`` is False if it could not."""
        self._commands[command] = act

    def perform(self, command: str) -> bool:
        """Do a command for the suggestion; False if nothing is shown."""
        return bool(self._text) and self._commands[command]()

    def set_colour(self, colour: str) -> None:
        """The colour of ghost text."""
        self._colour = QColor(colour)
        if self._text:
            self._draw()

    def text(self) -> str:
        """What is shown, empty for nothing."""
        return self._text

    def position(self) -> int:
        """The u16 position that the text is shown at."""
        return self._anchor.position()

    def show(self, text: str) -> bool:
        """Show ``text`` after the caret, in place of what was shown.

        False, and nothing is shown, where no suggestion can be: with a selection, in a read-only
        text, or while an input method composes.
        """
        cursor = self._editor.textCursor()
        if not text or not self.allowed():
            self.clear()
            return False
        if self._text and self._anchor.position() != cursor.position():
            self._erase()
        self._anchor.setPosition(cursor.position())
        self._text = text
        self._draw()
        self.changed.emit(text)
        return True

    def allowed(self) -> bool:
        """Whether a suggestion may be shown now."""
        editor = self._editor
        if editor.isReadOnly() or editor.textCursor().hasSelection():
            return False
        layout = editor.textCursor().block().layout()
        return bool(self._text) or not layout.preeditAreaText()

    def accepting(self) -> bool:
        """Whether the change going on is a suggestion being taken."""
        return self._accepting

    def clear(self) -> None:
        """Show nothing."""
        if self._text:
            self._text = ""
            self._erase()
            self.changed.emit("")

    def accept_all(self) -> bool:
        """Put all of it into the document as one undo step; False if nothing is shown."""
        return self._accept(self._text)

    def accept_word(self) -> bool:
        """Put its first word into the document as one undo step; False if nothing is shown."""
        return self._accept(first_word(self._text))

    def accept_sentence(self) -> bool:
        """Put its first sentence into the document as one undo step; False if nothing is shown."""
        return self._accept(first_sentence(self._text))

    def dismiss(self) -> bool:
        """Show nothing, since the person refused it."""
        self.clear()
        self.dismissed.emit()
        return True

    def index_at(self, point: QPoint) -> int | None:
        """The code point that is drawn at a point of the viewport; None beside the text."""
        if not self._drawn:
            return None
        block = self._anchor.block()
        origin = self._origin(block)
        within = QPointF(point) - origin
        start = self._anchor.position() - block.position()
        layout = block.layout()
        for number in range(layout.lineCount()):
            line = layout.lineAt(number)
            if not line.naturalTextRect().contains(within):
                continue
            unit = line.xToCursor(within.x(), QTextLine.CursorPosition.CursorOnCharacter) - start
            if 0 <= unit < utf16_length(self._drawn):
                return from_utf16(self._text, unit)
        return None

    def rect_of(self, start: int, end: int) -> QRect:
        """Where code points are drawn, in the viewport: as far as they are on the first line."""
        block = self._anchor.block()
        layout = block.layout()
        offset = self._anchor.position() - block.position()
        first, last = (offset + utf16_length(self._text[:index]) for index in (start, end))
        line = layout.lineForTextPosition(first)
        if not line.isValid():
            return QRect()
        left = _x(line, first)
        right = _x(line, min(last, line.textStart() + line.textLength()))
        box = QRectF(min(left, right), line.y(), abs(right - left), line.height())
        return box.translated(self._origin(block)).toAlignedRect()

    def lift(self) -> str:
        """Take the text off the page before something changes the page; returns it."""
        text = self._text
        if text:
            self._erase()
        return text

    def lay(self) -> None:
        """Draw again what ``lift`` took off, if the caret is where it was."""
        if not self._text:
            return
        if self.allowed() and self._anchor.position() == self._editor.textCursor().position():
            self._draw()
        else:
            self.clear()

    def wants(self, event: QKeyEvent) -> bool:
        """Whether the key acts on the suggestion rather than on the text."""
        return bool(self._text and self.keys.command(event, self._line_before()))

    def key_pressed(self, event: QKeyEvent) -> bool:
        """React to a key before the editor does; True if that was all it meant.

        A printable key leaves the text standing: the change it makes decides (``follow``).
        """
        key = Qt.Key(event.key())
        if event.isAutoRepeat() and key == self._taking_key == Qt.Key.Key_Tab:
            # The key is still held: neither a tab nor a suggestion not yet read was meant.
            return True
        self._taking_key = Qt.Key.Key_unknown
        if not self._text or is_modifier(event):
            return False
        if command := self.keys.command(event, self._line_before()):
            self._taking_key = key
            return self.perform(command)
        if not event.text().isprintable() or not self._text.startswith(event.text() or "\0"):
            self.clear()
        return False

    def follow(self, removed: str, inserted: str, typed: bool) -> None:
        """The document is changing: keep what is still ahead of the caret, or clear.

        To be called from ``contentsChange``, when the caret has moved and the layout has not.
        """
        if not self._text or self._accepting:
            return
        caret = self._editor.textCursor().position()
        if (
            typed
            and not removed
            and caret == self._anchor.position() + utf16_length(inserted)
            and len(inserted) < len(self._text)
            and self._text.startswith(inserted)
        ):
            lifted = not self._drawn
            self._erase()
            self._text = self._text[len(inserted) :]
            self._anchor.setPosition(caret)
            if not lifted:
                self._draw()
            self.changed.emit(self._text)
        else:
            self.clear()

    def caret_moved(self) -> None:
        """Clear if the caret left the place, or something is selected now."""
        if not self._text or self._accepting:
            return
        cursor = self._editor.textCursor()
        if cursor.hasSelection() or cursor.position() != self._anchor.position():
            self.clear()

    def page_painted(self) -> None:
        """The page has just been painted, with what is shown."""
        if self._unpainted:
            self._unpainted = False
            self.painted.emit(self._text)

    def announce(self) -> None:
        """Tell a screen reader what is shown, when it has a moment."""
        if self._text and QAccessible.isActive():
            message = self.tr("Suggestion: {text}").format(text=self._text)
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._editor, message))

    def _origin(self, block: QTextBlock) -> QPointF:
        """Where the block's layout begins in the viewport."""
        editor = self._editor
        return editor.blockBoundingGeometry(block).translated(editor.contentOffset()).topLeft()

    def _line_before(self) -> str:
        block = self._anchor.block()
        text = block.text()
        return from_qt(text[: from_utf16(text, self._anchor.position() - block.position())])

    def _accept(self, part: str) -> bool:
        if not part:
            return False
        rest = self._text[len(part) :]
        self._erase()
        self._accepting = True
        try:
            cursor = self._editor.textCursor()
            cursor.setPosition(self._anchor.position())
            cursor.beginEditBlock()
            cursor.insertText(to_qt(part))
            cursor.endEditBlock()
            self._anchor.setPosition(cursor.position())
            self._text = rest
            self._editor.setTextCursor(cursor)
        finally:
            self._accepting = False
        if rest:
            self._draw()
        self._editor.ensureCursorVisible()
        self.changed.emit(rest)
        self.accepted.emit(part)
        return True

    def _draw(self) -> None:
        block = self._anchor.block()
        layout = block.layout()
        offset = self._anchor.position() - block.position()
        formats = _without_ghost(layout)
        shown = to_qt(self._text)
        size = utf16_length(shown)
        look = QTextCharFormat()
        look.setForeground(self._colour)
        look.setFontItalic(True)
        look.setFontUnderline(False)
        layout.setPreeditArea(offset, shown)
        layout.setFormats([*_make_room(formats, offset, size), _range(offset, size, look)])
        self._drawn = shown
        self._unpainted = True
        self._relayout(block)

    def _erase(self) -> None:
        if not self._drawn:
            return
        block = self._home()
        self._drawn = ""
        self._unpainted = False
        if block is None:
            return
        layout = block.layout()
        formats = _without_ghost(layout)
        layout.setPreeditArea(-1, "")
        layout.setFormats(formats)
        self._relayout(block)

    def _home(self) -> QTextBlock | None:
        """The block whose layout holds the drawn text; it can have moved by a split or a join."""
        block = self._anchor.block()
        for candidate in (block, block.previous(), block.next()):
            if candidate.isValid() and candidate.layout().preeditAreaText() == self._drawn:
                return candidate
        candidate = self._editor.document().begin()
        while candidate.isValid():
            if candidate.layout().preeditAreaText() == self._drawn:
                return candidate
            candidate = candidate.next()
        return None

    def _relayout(self, block: QTextBlock) -> None:
        document = self._editor.document()
        end = block.position() + 2 * block.length()
        document.markContentsDirty(block.position(), block.length())
        # Qt forgets the lines of as many characters again behind the block; unless they are laid
        # out at once, the scroll bar shrinks and grows with each suggestion.
        layout = document.documentLayout()
        while block.isValid() and block.position() < end:
            layout.blockBoundingRect(block)
            block = block.next()


def _x(line: QTextLine, position: int) -> float:
    # PySide6 gives the position, too, which it may have moved to a whole character.
    x: tuple[float, int] = line.cursorToX(position)  # type: ignore[assignment]
    return x[0]


def _range(start: int, length: int, look: QTextCharFormat) -> QTextLayout.FormatRange:
    result = QTextLayout.FormatRange()
    result.start, result.length, result.format = start, length, look
    return result


def _make_room(
    formats: list[QTextLayout.FormatRange], at: int, size: int
) -> list[QTextLayout.FormatRange]:
    """The ranges as they are once ``size`` units were put in at ``at``."""
    result = []
    for item in formats:
        end = item.start + item.length
        if item.start >= at:
            result.append(_range(item.start + size, item.length, item.format))
        elif end > at:
            result.append(_range(item.start, at - item.start, item.format))
            result.append(_range(at + size, end - at, item.format))
        else:
            result.append(_range(item.start, item.length, item.format))
    return result


def _without_ghost(layout: QTextLayout) -> list[QTextLayout.FormatRange]:
    """The ranges of a layout as they are without its preedit area."""
    at = layout.preeditAreaPosition()
    size = utf16_length(layout.preeditAreaText())
    formats = [_range(item.start, item.length, item.format) for item in layout.formats()]
    if not size:
        return formats
    result = []
    for item in formats:
        if item.start >= at + size:
            result.append(_range(item.start - size, item.length, item.format))
        elif item.start < at:
            result.append(item)
    return result
