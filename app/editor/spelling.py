"""The spelling of one page: its language, the waves under misspellings, and the way to them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QPointF, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QTextBlock,
    QTextCursor,
)

from app.core.spelling.client import Misspelling
from app.core.spelling.dictionaries import Dictionary
from app.core.spelling.personal import Accepted, DocumentSpelling
from app.editor.editor import Editor
from app.editor.mirror import Origin, TextChange
from app.editor.paragraphs import ParagraphChange
from app.editor.spelling_check import SpellingCheck
from app.editor.spelling_menu import SpellingMenu
from app.editor.waves import draw_waves
from app.services.spelling import SYSTEM, SpellingService

if TYPE_CHECKING:
    from app.services.theme import Theme

_FRONT_LINES = 60
_FRONT_LANGUAGE = re.compile(r"(?:lang|language)\s*:\s*[\"']?([A-Za-z]{2,3}(?:[-_]\w+)*)[\"']?\s*$")
_PEN_WIDTH = 1.2


def front_matter_language(lines: Sequence[str]) -> str:
    """The language that a document's front matter names, "" if it names none."""
    if not lines or lines[0].rstrip() != "---":
        return ""
    for line in lines[1:]:
        if line.rstrip() in ("---", "..."):
            break
        if match := _FRONT_LANGUAGE.match(line):
            return match.group(1)
    return ""


class SpellingController(QObject):
    """Underlines what is misspelled on a page, offers better words, and moves to the next one."""

    chosen_changed = Signal(object)
    """The person chose something for this document; carries the ``DocumentSpelling``."""
    language_changed = Signal()
    """Another dictionary is in use, or none any more."""
    remarked = Signal(str)
    """A sentence for the person."""

    def __init__(self, editor: Editor, service: SpellingService, parent: QObject) -> None:
        super().__init__(parent)
        self._editor = editor
        self._service = service
        self._chosen = DocumentSpelling()
        self._ignored = Accepted()
        self._enabled = False
        self._capitals = False
        self._default = SYSTEM
        self._typed_at = -1
        self._seek: tuple[int, int, int, int] | None = None
        self._pen = QPen()
        self.check = SpellingCheck(editor, service, self)
        self.check.changed.connect(self._redraw)
        self.check.advanced.connect(self._go_on)
        self.menu = SpellingMenu(editor, service, self)
        self.menu.learned.connect(service.add_word)
        self.menu.ignored.connect(self.ignore)
        editor.loaded.connect(self._settle)
        editor.paragraphs_changed.connect(self._follow)
        editor.edited.connect(self._edited)
        editor.cursorPositionChanged.connect(self._caret_moved)
        editor.add_overlay(self._paint)
        editor.add_menu(self._open_menu)
        service.dictionaries_changed.connect(self._settle)
        service.words_changed.connect(self._redraw)

    # --- what is wanted

    def configure(self, *, enabled: bool, language: str, capitals: bool) -> None:
        """Check or not, by default in ``language``, with words in capitals or without."""
        self._enabled, self._default, self._capitals = enabled, language, capitals
        self._settle()

    def chosen(self) -> DocumentSpelling:
        """What was chosen for this document."""
        return self._chosen

    def choose(self, chosen: DocumentSpelling) -> None:
        """Take what was chosen for this document at another time."""
        self._chosen = chosen
        self._ignored = Accepted(chosen.ignored)
        self._settle()
        self._redraw()

    def choose_language(self, language: str) -> None:
        """Check in ``language`` (a dictionary's name, ``NO_LANGUAGE``, "" for what fits)."""
        self.choose(replace(self._chosen, language=language))
        self.chosen_changed.emit(self._chosen)

    @Slot(str)
    def ignore(self, word: str) -> None:
        """Take a word for right in this document."""
        self.choose(self._chosen.ignoring(word))
        self.chosen_changed.emit(self._chosen)

    def dictionary(self) -> Dictionary | None:
        """The dictionary in use."""
        return self.check.dictionary()

    def apply_theme(self, theme: Theme) -> None:
        """Take the colour of the waves."""
        self._pen = QPen(QColor(theme.deleted), _PEN_WIDTH)
        self._redraw()

    def misspellings(self, block: QTextBlock) -> list[Misspelling]:
        """What is shown as misspelled in a paragraph: not the word that is being typed."""
        typed = self._typed_at - block.position() if self._typed_at >= 0 else -1
        return [
            found
            for found in self.check.found(block)
            if not found.start <= typed <= found.end
            and found.word not in self._ignored
            and not self._service.accepts(found.word)
        ]

    @Slot()
    def _settle(self) -> None:
        """Find out the language and its dictionary."""
        before = self.check.dictionary()
        lines = self._editor.lines()
        front = [lines[number] for number in range(min(len(lines), _FRONT_LINES))]
        language = self._chosen.language or front_matter_language(front) or self._default
        dictionary = self._service.dictionary(language) if self._enabled else None
        self.check.use(dictionary, capitals=self._capitals)
        if dictionary != before:
            self.language_changed.emit()

    # --- while it is written

    @Slot(object)
    def _follow(self, change: ParagraphChange) -> None:
        self._seek = None
        lines = self._editor.lines()
        if change.first < _FRONT_LINES and lines[0].startswith("---"):
            self._settle()

    @Slot(object)
    def _edited(self, change: TextChange) -> None:
        deleted = not change.inserted and len(change.removed) == 1
        typing = change.origin is Origin.TYPING or deleted
        self._typed_at = self._editor.caret() if typing else -1

    @Slot()
    def _caret_moved(self) -> None:
        if self._typed_at >= 0 and self._editor.caret() != self._typed_at:
            self._typed_at = -1
            self._redraw()

    @Slot()
    def _redraw(self) -> None:
        self._editor.viewport().update()

    def _paint(self, event: QPaintEvent) -> None:
        if self.check.dictionary() is None:
            return
        editor = self._editor
        painter = QPainter(editor.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._pen)
        block = editor.firstVisibleBlock()
        origin = editor.blockBoundingGeometry(block).translated(editor.contentOffset()).topLeft()
        while block.isValid() and origin.y() <= event.rect().bottom():
            height = editor.blockBoundingRect(block).height()
            if origin.y() + height >= event.rect().top():
                ranges = [(found.start, found.end) for found in self.misspellings(block)]
                if ranges:
                    draw_waves(painter, block, origin, ranges)
            origin += QPointF(0, height)
            block = block.next()
        painter.end()

    # --- the way to them

    @Slot()
    def show_next(self) -> None:
        """Select the next misspelling and open its menu; behind the last comes the first."""
        self._begin(1)

    @Slot()
    def show_previous(self) -> None:
        """Select the misspelling before and open its menu."""
        self._begin(-1)

    def at(self, position: int) -> tuple[int, Misspelling] | None:
        """The misspelling at a u16 position, and the position its paragraph begins at."""
        block = self._editor.document().findBlock(position)
        column = position - block.position()
        for found in self.misspellings(block):
            if found.start <= column <= found.end:
                return block.position(), found
        return None

    def _begin(self, step: int) -> None:
        if self.check.dictionary() is None:
            self.remarked.emit(
                self.tr(
                    "The spelling of this document is not checked: that is switched off, or there "
                    "is no dictionary for its language. The Write menu has both."
                )
            )
            return
        self._typed_at = -1
        cursor = self._editor.textCursor()
        position = cursor.selectionEnd() if step > 0 else cursor.selectionStart()
        number = self._editor.document().findBlock(position).blockNumber()
        # One more than there are, to look at both sides of the caret in its paragraph.
        self._seek = (step, position, number, len(self._editor.lines()) + 1)
        self._go_on()

    @Slot()
    def _go_on(self) -> None:
        """Look on for a misspelling, as far as the paragraphs are checked."""
        if self._seek is None:
            return
        step, position, number, left = self._seek
        count = len(self._editor.lines())
        while left:
            holds = self.check.may_hold(number)
            if holds is None:
                self._seek = (step, position, number, left)
                self.check.check_first(number)
                return
            if holds and self._show_in(number, step, position):
                self._seek = None
                return
            number = (number + step) % count
            position = -1
            left -= 1
        self._seek = None
        self.remarked.emit(self.tr("No misspelled words were found."))

    def _show_in(self, number: int, step: int, position: int) -> bool:
        """Show the first misspelling of a paragraph beyond ``position``, if that is not -1."""
        block = self._editor.document().findBlockByNumber(number)
        found = self.misspellings(block)[::step]
        if position >= 0:
            column = position - block.position()
            found = [f for f in found if (f.start >= column if step > 0 else f.end <= column)]
        if not found:
            return False
        self._show(block, found[0])
        return True

    def _show(self, block: QTextBlock, found: Misspelling) -> None:
        cursor = self._editor.textCursor()
        cursor.setPosition(block.position() + found.start)
        cursor.setPosition(block.position() + found.end, QTextCursor.MoveMode.KeepAnchor)
        self._editor.setTextCursor(cursor)
        self._editor.ensureCursorVisible()
        self._offer(block.position(), found, standard=False)

    def _offer(self, start: int, found: Misspelling, *, standard: bool) -> None:
        dictionary = self.check.dictionary()
        if dictionary is not None:
            place = self._below(start + found.start)
            self.menu.offer(dictionary, start, found, place, standard=standard)

    def _below(self, position: int) -> QPoint:
        cursor = self._editor.textCursor()
        cursor.setPosition(position)
        corner = self._editor.cursorRect(cursor).bottomLeft()
        return self._editor.viewport().mapToGlobal(corner)

    def _open_menu(self, event: QContextMenuEvent) -> bool:
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            position = self._editor.cursorForPosition(event.pos()).position()
        else:
            position = self._editor.textCursor().selectionStart()
        found = self.at(position)
        if found is None:
            return False
        self._offer(*found, standard=True)
        return True
