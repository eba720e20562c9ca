"""The page: a plain text editor that shows exactly what the file holds."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QEvent,
    QMimeData,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragMoveEvent,
    QFocusEvent,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
    QPaintEvent,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QWidget

from app.core.counts import Counts
from app.core.find import Replacement
from app.core.lines import LineEdit, Lines, Place, Selection
from app.core.offsets import to_utf16, utf16_length
from app.core.paste import plain_text
from app.core.provenance.sources import Kind, Made
from app.core.smart import smart_replacement
from app.editor.ghost import GhostText
from app.editor.line_keys import is_shift_enter, line_edit_of
from app.editor.line_states import LineStates
from app.editor.markdown import is_code
from app.editor.mirror import DocumentMirror, Origin, TextChange, column_of, narrowed
from app.editor.page import Page
from app.editor.paragraphs import paragraph_change
from app.editor.verbatim import from_qt, to_qt

if TYPE_CHECKING:
    from app.services.theme import Theme

LineLook = tuple[int, int, QTextCharFormat]
"""UTF-16 units of a line, start and end, and how they look."""
_COUNT_BUDGET = 10_000
"""Code points whose words are counted at one go: a few milliseconds."""
_SUGGESTED = Made(Kind.SUGGESTION)
_MENUS = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.MenuBarFocusReason)


class Editor(Page):
    """Edits one text. Positions named ``u16`` are Qt's; all others count code points."""

    edited = Signal(object)
    """A ``TextChange`` for each change; replaying them on the loaded text gives ``text()``."""
    spliced = Signal(int, int, int)
    """Before each ``edited``: lines first to last (inclusive) gave way to that many."""
    lines_changed = Signal(int, int)
    """Where lines changed and how many there are now, while the page's layout is still to follow.
    """
    paragraphs_changed = Signal(object)
    """A ``ParagraphChange`` for each change, emitted before ``edited``."""
    loaded = Signal()
    """Another text was put in as a whole."""
    words_changed = Signal(int)
    """The number of words, once all are counted after a change."""
    copied = Signal(int, str)
    """From this code point on this text is handed to the clipboard or dragged."""
    composing = Signal()
    """An input method begins to compose at the caret."""
    focus_left = Signal()
    """The keyboard went elsewhere."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mirror = DocumentMirror()
        self.states = LineStates(self._mirror)
        self._revision = 0
        self._loading = False
        self._composing = False
        self._origin = Origin.OTHER
        self._made: Made | None = None
        self._typing_since = 0.0
        self._step_done = False
        self._smart = False
        self._improved = (-1, -1)
        """The revision and caret just after typed characters were improved."""
        self._menus: list[Callable[[QContextMenuEvent], bool]] = []
        self._undoers: list[Callable[[], bool]] = []
        self._looks: list[Callable[[int], Sequence[LineLook]]] = []
        self._counting = QTimer(self)
        self._counting.setSingleShot(True)
        self._counting.timeout.connect(self._count_words)
        self.ghost = GhostText(self)
        self.document().contentsChange.connect(self._on_contents_change)
        self.ghost.accepted.connect(self._on_ghost_accepted)
        self.cursorPositionChanged.connect(self._on_caret_moved)
        self.selectionChanged.connect(self._on_caret_moved)

    def text(self) -> str:
        """The whole text, exactly: line feeds between lines, every other character kept."""
        return self._mirror.text()

    def load_text(self, text: str) -> None:
        """Show another text: nothing to undo, unmodified, the caret at the start."""
        self.ghost.clear()
        shown = to_qt(text)
        # Before the document has it: the page moves with it, and its lines are asked for at once.
        self._mirror.load(shown.split("\n"))
        self.states.reset()
        self._loading = True
        try:
            self.setPlainText(shown)
        finally:
            self._loading = False
        self.document().setModified(False)
        self._revision += 1
        self._mirror.count(_COUNT_BUDGET)
        self._counting.start(0)
        self.loaded.emit()

    def snapshot(self) -> list[str]:
        """The lines of ``text()`` as the document holds them now (see ``verbatim``)."""
        return self._mirror.snapshot()

    def position_of(self, u16: int) -> int:
        """The place in code points of one in UTF-16 units."""
        block = self.document().findBlock(u16)
        number = block.blockNumber()
        before = self._mirror.code_points_before(number, block.position())
        return before + column_of(self._mirror.line(number), u16 - block.position())

    def u16_of(self, position: int) -> int:
        """The place in UTF-16 units of one in code points."""
        return self._mirror.utf16_position(position)

    def revision(self) -> int:
        """A number that grows with each change of the text."""
        return self._revision

    def caret(self) -> int:
        """The caret's place in UTF-16 units."""
        return self.textCursor().position()

    def caret_position(self) -> int:
        """The caret's place in code points."""
        return self.position_of(self.caret())

    def in_code(self) -> bool:
        """Whether the caret is in a fenced code block or front matter."""
        return is_code(self.states.before(self.textCursor().blockNumber()))

    def text_before_caret(self, limit: int) -> str:
        """At most ``limit`` code points that end at the caret."""
        number, column = self._caret_place()
        return from_qt(self._mirror.text_before(number, column, limit))

    def text_after_caret(self, limit: int) -> str:
        """At most ``limit`` code points that follow the caret."""
        number, column = self._caret_place()
        return from_qt(self._mirror.text_after(number, column, limit))

    def text_before(self, position: int, limit: int) -> str:
        """At most ``limit`` code points that end at a place in code points."""
        place = self._place(self.u16_of(position))
        return from_qt(self._mirror.text_before(place.line, place.column, limit))

    def lines(self) -> Lines:
        """The paragraphs as they are now, for edits of lines; what it holds changes with them."""
        return self._mirror

    def selection(self) -> Selection:
        """What is selected."""
        cursor = self.textCursor()
        return Selection(self._place(cursor.anchor()), self._place(cursor.position()))

    def apply_lines(self, edit: LineEdit, origin: Origin = Origin.OTHER) -> None:
        """Apply an edit of ``lines()`` as one undo step and select what it says."""
        cursor = self.textCursor()
        old = "\n".join(self._mirror[number] for number in range(edit.first, edit.last))
        change = narrowed(0, old, "\n".join(edit.lines))
        if change is not None:
            start = self.document().findBlockByNumber(edit.first).position()
            start += to_utf16(old, change.position)
            cursor.setPosition(start)
            end = start + utf16_length(change.removed)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            with self.bringing(origin):
                self._insert(cursor, from_qt(change.inserted))
        cursor.setPosition(self.u16_at(edit.selection.anchor))
        cursor.setPosition(self.u16_at(edit.selection.caret), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def word_count(self) -> int:
        """Words counted so far; ``words_changed`` tells when all are."""
        return self.counts().words

    def counts(self) -> Counts:
        """What was counted so far of the whole text."""
        return self._mirror.counts.total()

    def is_counted(self) -> bool:
        """Whether ``counts`` is of the whole text."""
        return self._mirror.counts.complete

    def selection_counts(self) -> Counts | None:
        """What the selection has, as far as was counted; None where nothing is selected."""
        cursor = self.textCursor()
        if not cursor.hasSelection():
            return None
        start, end = (self._place(u16) for u16 in (cursor.selectionStart(), cursor.selectionEnd()))
        head = self._mirror.line(start.line)[
            start.column : end.column if start.line == end.line else None
        ]
        tail = self._mirror.line(end.line)[: end.column]
        return self._mirror.counts.between(start.line, head, end.line, tail)

    def is_composing(self) -> bool:
        """Whether an input method is composing text at the caret."""
        return self._composing

    def since_typing(self) -> float:
        """Seconds since the last key or input method event that types began to be handled."""
        return time.perf_counter() - self._typing_since

    def insert_generated(
        self, text: str, position: int | None = None, *, made: Made | None = None
    ) -> None:
        """Insert text as one undo step: at the caret, which moves behind it, or at a u16 place.

        ``made`` is said of text of the model, so that its origin is kept.
        """
        cursor = self.textCursor()
        if position is not None:
            cursor.setPosition(position)
        else:
            cursor.setPosition(cursor.selectionEnd())
        with self._made_by(made, text):
            self._insert(cursor, text)
        if position is None:
            self.setTextCursor(cursor)
            self.ensureCursorVisible()

    def replace_range(
        self, start_u16: int, end_u16: int, text: str, *, made: Made | None = None
    ) -> None:
        """Replace that range as one undo step; the caret goes behind the new text.

        ``made`` is said of text of the model, so that its origin is kept: only the words that it
        changed count as its own.
        """
        cursor = self.textCursor()
        cursor.setPosition(start_u16)
        cursor.setPosition(end_u16, QTextCursor.MoveMode.KeepAnchor)
        with self._made_by(made, text):
            self._insert(cursor, text)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def replace_ranges(self, ranges: Iterable[Replacement], *, made: Made | None = None) -> None:
        """Replace ranges, which are in order, as one undo step; the caret stays where it is."""
        self.ghost.clear()
        found = list(ranges)
        cursor = QTextCursor(self.document())
        if found:
            cursor.setPosition(found[0].start)  # where undo will put the caret
        with self._made_by(made):
            cursor.beginEditBlock()
            for one in reversed(found):
                cursor.setPosition(one.start)
                cursor.setPosition(one.end, QTextCursor.MoveMode.KeepAnchor)
                cursor.insertText(to_qt(one.text))
            cursor.endEditBlock()
        self._step_done = True

    def add_menu(self, opens: Callable[[QContextMenuEvent], bool]) -> None:
        """Ask ``opens`` first when a context menu is wanted; True says that it shows one."""
        self._menus.append(opens)

    def add_undo(self, undoes: Callable[[], bool]) -> None:
        """Ask ``undoes`` first when something is to be undone; True says that it did that."""
        self._undoers.append(undoes)

    def add_looks(self, looks: Callable[[int], Sequence[LineLook]]) -> None:
        """Let ``looks`` say how stretches of a line look, over what Markdown makes of them."""
        self._looks.append(looks)

    def line_looks(self, number: int) -> list[LineLook]:
        """The looks of a line that others than Markdown give it."""
        return [each for looks in self._looks for each in looks(number)]

    def restyle(self, numbers: Iterable[int]) -> None:
        """Have lines styled anew: now if they are in sight, or once they are."""
        for number in numbers:
            block = self.document().findBlockByNumber(number)
            if block.isValid():
                block.setUserState(-1)
        self.view_changed.emit()
        self.viewport().update()

    def apply_theme(self, theme: Theme) -> None:
        """Take the colours of ``theme``."""
        super().apply_theme(theme)
        self.ghost.set_colour(theme.ghost)

    @Slot()
    def undo(self) -> None:
        self.ghost.clear()
        if not any(undoes() for undoes in self._undoers):
            super().undo()

    @Slot()
    def redo(self) -> None:
        self.ghost.clear()
        super().redo()

    def event(self, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and self.ghost.wants(event)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.ghost.key_pressed(event):
            event.accept()
            return
        if self._take_back_improvement(event) or self._shape_lines(event):
            event.accept()
            return
        if not _types(event):
            super().keyPressEvent(event)
            return
        with self.bringing(Origin.TYPING), self._own_step():
            if is_shift_enter(event):
                self.textCursor().insertText("\n")
                self.ensureCursorVisible()
            else:
                super().keyPressEvent(event)
        if self._smart:
            self._improve_typed()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self.ghost.page_painted()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        was_composing, self._composing = self._composing, bool(event.preeditString())
        if self._composing and not was_composing:
            self.composing.emit()
        if self._composing or event.replacementLength():
            self.ghost.clear()
        # The input method owns the preedit area while it speaks.
        self.ghost.lift()
        with self.bringing(Origin.TYPING):
            super().inputMethodEvent(event)
        self.ghost.lay()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.ghost.clear()
        super().mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.ghost.clear()
        if any(opens(event) for opens in self._menus):
            event.accept()
            return
        super().contextMenuEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self.ghost.clear()
        super().dragMoveEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._composing = False
        super().focusOutEvent(event)
        # A menu has the keyboard for a moment only, perhaps to take the suggestion.
        if event.reason() not in _MENUS:
            self.ghost.clear()
            self.focus_left.emit()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:  # noqa: N802
        return source.hasText() and not any(url.isLocalFile() for url in source.urls())

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802
        text = source.text().replace("\r\n", "\n").replace("\r", "\n")
        cursor = self.textCursor()
        with self.bringing(Origin.PASTE):
            self._insert(cursor, text.replace("\u2029", "\n"))
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    @Slot()
    def paste_plain(self) -> None:
        """Paste without the clipboard's unseen characters."""
        text = plain_text(QGuiApplication.clipboard().text())
        if text and not self.isReadOnly():
            cursor = self.textCursor()
            with self.bringing(Origin.PASTE):
                self._insert(cursor, text)
            self.setTextCursor(cursor)
            self.ensureCursorVisible()

    def createMimeDataFromSelection(self) -> QMimeData:  # noqa: N802
        data = QMimeData()
        cursor = self.textCursor()
        text = from_qt(cursor.selectedText().replace("\u2029", "\n"))
        data.setText(text)
        self.copied.emit(self.position_of(cursor.selectionStart()), text)
        return data

    def set_smart_typing(self, on: bool) -> None:
        """Put typographic quotes, dashes and dots in place of those of the keyboard, or do not."""
        self._smart = on

    def _improve_typed(self) -> None:
        if self.in_code():
            return
        number, column = self._caret_place()
        replacement = smart_replacement(self._mirror[number][:column])
        if replacement is not None:
            # A step of its own: undo, or Backspace as the next key, brings back what was typed.
            caret = self.caret()
            with self.bringing(Origin.TYPING):
                self.replace_range(caret - replacement.removed, caret, replacement.inserted)
            self._improved = self._revision, self.caret()

    def _take_back_improvement(self, event: QKeyEvent) -> bool:
        plain = event.key() == Qt.Key.Key_Backspace and not event.modifiers()
        if not plain or self._improved != (self._revision, self.caret()):
            return False
        self.undo()
        return True

    def _shape_lines(self, event: QKeyEvent) -> bool:
        """Let Enter and Tab go on with a list; True if that was all the key meant."""
        if self.isReadOnly() or self.in_code():
            return False
        edit = line_edit_of(event, self._mirror, self.selection())
        if edit is not None:
            self.apply_lines(edit, Origin.TYPING)
        # There is nothing that Shift+Tab could do instead: it must not leave the page.
        return edit is not None or event.key() == Qt.Key.Key_Backtab

    def _insert(self, cursor: QTextCursor, text: str) -> None:
        self.ghost.clear()
        cursor.beginEditBlock()
        cursor.insertText(to_qt(text))
        cursor.endEditBlock()
        self._step_done = True

    def _caret_place(self) -> tuple[int, int]:
        place = self._place(self.textCursor().position())
        return place.line, place.column

    def _place(self, u16: int) -> Place:
        block = self.document().findBlock(u16)
        number = block.blockNumber()
        return Place(number, column_of(self._mirror[number], u16 - block.position()))

    def u16_at(self, place: Place) -> int:
        """The place in UTF-16 units."""
        block = self.document().findBlockByNumber(place.line)
        return block.position() + to_utf16(self._mirror[place.line], place.column)

    @contextmanager
    def _own_step(self) -> Iterator[None]:
        """Keep the first key after generated text out of its undo step, which Qt would join."""
        if not self._step_done:
            yield
            return
        self._step_done = False
        cursor = self.textCursor()
        cursor.beginEditBlock()
        try:
            yield
        finally:
            cursor.endEditBlock()
        self.ensureCursorVisible()

    @contextmanager
    def bringing(self, origin: Origin, made: Made | None = None) -> Iterator[None]:
        """Tell of the changes made meanwhile what brought them about."""
        before = self._origin, self._made
        self._origin, self._made = origin, made
        if origin is Origin.TYPING:
            self._typing_since = time.perf_counter()
        try:
            yield
        finally:
            self._origin, self._made = before

    @contextmanager
    def _made_by(self, made: Made | None, text: str = "") -> Iterator[None]:
        if made is None:
            yield
            return
        with self.bringing(Origin.GENERATED, replace(made, whole=made.whole or text)):
            yield

    @Slot(int, int, int)
    def _on_contents_change(self, position: int, _removed: int, added: int) -> None:
        if self._loading:
            return
        change = self._follow(position, added)
        if change is None:
            return
        self._revision += 1
        self._counting.start(0)
        self.ghost.follow(change.removed, change.inserted, change.origin is Origin.TYPING)
        self.edited.emit(change)

    @Slot(str)
    def _on_ghost_accepted(self, _part: str) -> None:
        self._step_done = True

    @Slot()
    def _on_caret_moved(self) -> None:
        self.ghost.caret_moved()

    def _follow(self, position: int, added: int) -> TextChange | None:
        document = self.document()
        length = document.characterCount() - 1
        head = document.findBlock(min(position, length))
        tail = document.findBlock(min(position + added, length))
        first, new_last = head.blockNumber(), tail.blockNumber()
        # What follows the change is the same paragraphs as before, so the old last one is known.
        last = max(first, new_last - document.blockCount() + len(self._mirror))
        lines = []
        block = head
        for _ in range(first, new_last + 1):
            lines.append(block.text())
            block = block.next()
        kept_before = column_of(lines[0], min(position, length) - head.position())
        kept_after = len(lines[-1]) - column_of(
            lines[-1], min(position + added, length) - tail.position()
        )
        old_lines = [self._mirror.line(number) for number in range(first, last + 1)]
        old = "\n".join(old_lines)
        new = "\n".join(lines)
        start = self._mirror.code_points_before(first, head.position()) + kept_before
        self._mirror.splice(first, last, lines)
        self.states.splice(first, last, len(lines))
        self.lines_changed.emit(first, len(lines))
        self.spliced.emit(first, last, len(lines))
        change = narrowed(
            start,
            from_qt(old[kept_before : len(old) - kept_after]),
            from_qt(new[kept_before : len(new) - kept_after]),
            self._text_between_caret_and(min(position + added, length)),
        )
        if change is None:
            return None
        kept = change.position - start + kept_before
        rest = len(new) - kept - len(change.inserted)
        self.paragraphs_changed.emit(paragraph_change(first, old_lines, lines, kept, rest))
        origin, made = self._origin, self._made
        if self.ghost.accepting():
            origin, made = Origin.GENERATED, _SUGGESTED
        return TextChange(change.position, change.removed, change.inserted, origin, made)

    def _text_between_caret_and(self, end_u16: int) -> str:
        """What a change that ends there left behind the caret, within the caret's paragraph.

        An input method reports the whole paragraph as changed; the caret tells where it was.
        """
        cursor = self.textCursor()
        block = cursor.block()
        if not block.contains(end_u16):
            return ""
        text = block.text().encode("utf-16-le", "surrogatepass")
        first, last = cursor.position() - block.position(), end_u16 - block.position()
        return from_qt(text[2 * first : 2 * last].decode("utf-16-le", "surrogatepass"))

    @Slot()
    def _count_words(self) -> None:
        if self._mirror.count(_COUNT_BUDGET):
            self.words_changed.emit(self.word_count())
        else:
            self._counting.start(0)


def _types(event: QKeyEvent) -> bool:
    text = event.text()
    return bool(text) and (text.isprintable() or text in "\r\n\t")
