"""Has a page's paragraphs checked while it is written: what is seen first, then all the others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QTextBlock

from app.core.spelling.client import Misspelling
from app.core.spelling.dictionaries import Dictionary
from app.editor.editor import Editor
from app.editor.markdown import is_code
from app.editor.paragraphs import ParagraphChange
from app.editor.spelling_marks import ParagraphSpelling, SpellingMarks
from app.services.spelling import SpellingService

_PAUSE_MS = 200
"""From an edit to the check of what it changed; more edits do not put it off."""
_BATCH = 8_000
"""Code points asked about at once: a few milliseconds of the checker's time."""
_MOST_LINES = 400
_MOST_SCANNED = 5_000
"""Paragraphs looked through at one go for some that have to be checked."""
_LETTER = re.compile(r"[^\W\d_]")


class SpellingCheck(QObject):
    """Knows what is misspelled in each paragraph, as of a moment ago."""

    changed = Signal()
    """What is known of paragraphs in sight is different."""
    advanced = Signal()
    """Some paragraphs more were checked."""

    def __init__(self, editor: Editor, service: SpellingService, parent: QObject) -> None:
        super().__init__(parent)
        self._editor = editor
        self._service = service
        self._marks = SpellingMarks()
        self._dictionary: Dictionary | None = None
        self._capitals = False
        self._asking = False
        self._first = -1
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._ask)
        self._marks.load(editor.document().blockCount())
        editor.loaded.connect(self._forget)
        editor.paragraphs_changed.connect(self._follow)
        editor.view_changed.connect(self._scrolled)

    def use(self, dictionary: Dictionary | None, *, capitals: bool) -> None:
        """Check by this dictionary or not at all, with words in capitals or without."""
        if (dictionary, capitals) != (self._dictionary, self._capitals):
            self._dictionary, self._capitals = dictionary, capitals
            self._forget()

    def dictionary(self) -> Dictionary | None:
        """The dictionary in use."""
        return self._dictionary

    def found(self, block: QTextBlock) -> tuple[Misspelling, ...]:
        """What is known to be misspelled in a paragraph."""
        number = block.blockNumber()
        entry = self._marks.entry(number)
        if entry is None or not (entry.found or entry.code):
            return ()
        if entry.code != self._in_code(number):
            # A fence above it was opened or closed.
            self._marks.reopen(number)
            self._hurry()
            return ()
        return entry.found

    def may_hold(self, number: int) -> bool | None:
        """Whether a paragraph has misspellings; None while that is not known."""
        entry = self._marks.entry(number)
        return bool(entry.found) if entry is not None and entry.known else None

    def check_first(self, number: int) -> None:
        """Check this paragraph and those behind it before all others."""
        self._first = number
        self._hurry()

    def is_done(self) -> bool:
        """Whether everything is checked."""
        return self._dictionary is None or (self._marks.done and not self._asking)

    @Slot()
    def _forget(self) -> None:
        self._marks.load(self._editor.document().blockCount())
        self._first = -1
        self.changed.emit()
        self._hurry()

    @Slot(object)
    def _follow(self, change: ParagraphChange) -> None:
        self._marks.splice(change)
        if self._dictionary is not None and not self._timer.isActive():
            self._timer.start(_PAUSE_MS)

    @Slot()
    def _scrolled(self) -> None:
        if not self._marks.done:
            self._hurry()

    def _in_code(self, number: int) -> bool:
        return is_code(self._editor.states.before(number))

    def _hurry(self) -> None:
        if self._dictionary is not None and not self._asking:
            self._timer.start(0)

    @Slot()
    def _ask(self) -> None:
        dictionary = self._dictionary
        if self._asking or dictionary is None:
            return
        lines: list[str] = []
        entries: list[ParagraphSpelling] = []
        room = _BATCH
        seen = False
        for number, in_sight in self._wanted():
            text = self._editor.lines()[number]
            code = self._in_code(number)
            entry = self._marks.begin(number, code=code)
            if code or not _LETTER.search(text):
                self._marks.end(entry, ())
                continue
            seen |= in_sight
            entries.append(entry)
            lines.append(text)
            room -= len(text) + 1
            if room <= 0 or len(lines) >= _MOST_LINES:
                break
        if lines:
            self._asking = True
            done = partial(self._checked, dictionary, entries, seen)
            self._service.check(dictionary, lines, self._capitals, done)
        elif not self._marks.done:
            self._timer.start(0)

    def _wanted(self) -> Iterator[tuple[int, bool]]:
        """Paragraphs to be checked, the most urgent first, and whether they are in sight."""
        first, self._first = self._first, -1
        if first >= 0:
            for number in range(first, min(len(self._marks), first + _MOST_LINES)):
                if self._marks.is_open(number):
                    yield number, True
        for block in blocks_in_sight(self._editor):
            if self._marks.is_open(block.blockNumber()):
                yield block.blockNumber(), True
        for number in self._marks.open_from(_MOST_SCANNED):
            yield number, False

    def _checked(
        self,
        dictionary: Dictionary,
        entries: list[ParagraphSpelling],
        in_sight: bool,
        found: list[tuple[Misspelling, ...]],
    ) -> None:
        if not shiboken6.isValid(self) or not shiboken6.isValid(self._editor):
            return  # the document was closed meanwhile
        self._asking = False
        if dictionary == self._dictionary:
            for entry, misspellings in zip(entries, found, strict=True):
                self._marks.end(entry, misspellings)
            if in_sight:
                self.changed.emit()
            self.advanced.emit()
        if not self._marks.done and not self._timer.isActive():
            self._timer.start(0)


def blocks_in_sight(editor: Editor) -> Iterator[QTextBlock]:
    """The blocks that are seen at least in part, from above."""
    block = editor.firstVisibleBlock()
    top = editor.blockBoundingGeometry(block).translated(editor.contentOffset()).top()
    bottom = editor.viewport().height()
    while block.isValid() and top <= bottom:
        yield block
        top += editor.blockBoundingRect(block).height()
        block = block.next()
