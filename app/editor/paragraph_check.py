"""Has a page's paragraphs checked while it is written: what is seen first, then all the others."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Generic

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QTextBlock

from app.editor.editor import Editor
from app.editor.markdown import is_code
from app.editor.paragraph_marks import M, Paragraph, ParagraphMarks
from app.editor.paragraphs import ParagraphChange

_BATCH = 8_000
"""Code points asked about at once: a few milliseconds of the checker's time."""
_MOST_LINES = 400
_MOST_SCANNED = 5_000
"""Paragraphs looked through at one go for some that have to be checked."""
_LETTER = re.compile(r"[^\W\d_]")

Found = Sequence[Sequence[tuple[M, ...]]]
"""For each group of paragraphs that was asked about, what was found in each of them."""


@dataclass(frozen=True, slots=True)
class _Asked(Generic[M]):
    """Paragraphs that are looked at together, and where what is found in each belongs."""

    lines: list[str]
    entries: list[Paragraph[M] | None]


class ParagraphCheck(QObject, Generic[M]):
    """Knows what was found in each paragraph, as of a moment ago.

    Kinds of checks say how it is asked for. ``way`` is whatever they check by, None for nothing.
    """

    changed = Signal()
    """What is known of paragraphs in sight is different."""
    advanced = Signal()
    """Some paragraphs more were checked."""

    PAUSE_MS = 200
    """From an edit to the check of what it changed."""
    LOAD_MS = 0
    """From the opening of a text to its check."""
    WAITS = False
    """Whether more edits put the check off."""
    EVERYWHERE = True
    """Whether what is out of sight is checked before it is asked for."""

    def __init__(self, editor: Editor, parent: QObject) -> None:
        super().__init__(parent)
        self._editor = editor
        self._marks: ParagraphMarks[M] = ParagraphMarks()
        self._way: object | None = None
        self._asking = False
        self._first = -1
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._ask)
        self._marks.load(editor.document().blockCount())
        editor.loaded.connect(self._forget)
        editor.paragraphs_changed.connect(self._follow)
        editor.view_changed.connect(self._scrolled)

    def check_by(self, way: object | None) -> None:
        """Check in another way, or not at all."""
        if way != self._way:
            self._way = way
            self._forget()

    def is_on(self) -> bool:
        """Whether anything is checked."""
        return self._way is not None

    def found(self, block: QTextBlock) -> tuple[M, ...]:
        """What is known to be in a paragraph."""
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
        """Whether something is in a paragraph; None while that is not known."""
        entry = self._marks.entry(number)
        return bool(entry.found) if entry is not None and entry.known else None

    def check_first(self, number: int) -> None:
        """Check this paragraph and those behind it before all others."""
        self._first = number
        self._hurry()

    def is_done(self) -> bool:
        """Whether everything is checked that is to be."""
        if self._way is None:
            return True
        if self._asking:
            return False
        return self._marks.done if self.EVERYWHERE else next(self._open_in_sight(), None) is None

    def _group(self, number: int) -> tuple[int, int]:
        """The first and the last of the paragraphs that one is to be looked at with."""
        return number, number

    def _submit(self, groups: list[list[str]], done: Callable[[Found[M]], None]) -> None:
        raise NotImplementedError

    def _skips(self, text: str) -> bool:
        """Whether there is nothing to be checked in a paragraph."""
        return not _LETTER.search(text)

    @Slot()
    def _forget(self) -> None:
        self._marks.load(self._editor.document().blockCount())
        self._first = -1
        self.changed.emit()
        if self._way is not None:
            self._timer.start(self.LOAD_MS)

    @Slot(object)
    def _follow(self, change: ParagraphChange) -> None:
        self._marks.splice(change)
        if self._way is not None and (self.WAITS or not self._timer.isActive()):
            self._timer.start(self.PAUSE_MS)

    @Slot()
    def _scrolled(self) -> None:
        if self._way is None or self._marks.done:
            return
        if not self.WAITS:
            self._hurry()
        elif not self._timer.isActive():
            self._timer.start(self.PAUSE_MS)

    def _in_code(self, number: int) -> bool:
        return is_code(self._editor.states.before(number))

    def _hurry(self) -> None:
        if self._way is not None and not self._asking:
            self._timer.start(0)

    @Slot()
    def _ask(self) -> None:
        if self._asking or self._way is None:
            return
        asked: list[_Asked[M]] = []
        room, count = _BATCH, 0
        seen = False
        for number, in_sight in self._wanted():
            group = self._begin(number)
            if group is None:
                continue
            seen |= in_sight
            asked.append(group)
            room -= sum(len(line) + 1 for line in group.lines)
            count += len(group.lines)
            if room <= 0 or count >= _MOST_LINES:
                break
        if asked:
            self._asking = True
            done = partial(self._checked, self._way, asked, seen)
            self._submit([each.lines for each in asked], done)
        else:
            self.advanced.emit()
            if self.EVERYWHERE and not self._marks.done:
                self._timer.start(0)

    def _begin(self, number: int) -> _Asked[M] | None:
        """Note that the group of a paragraph is being checked; None if nothing is to be done."""
        lines = self._editor.lines()
        first, last = self._group(number)
        group: _Asked[M] = _Asked([], [])
        for each in range(first, last + 1):
            code, text = self._in_code(each), lines[each]
            if self._marks.is_open(each):
                entry = self._marks.begin(each, code=code)
                if code or self._skips(text):
                    self._marks.end(entry, ())
                else:
                    group.lines.append(text)
                    group.entries.append(entry)
            elif not code:
                group.lines.append(text)
                group.entries.append(None)
        return group if any(entry is not None for entry in group.entries) else None

    def _wanted(self) -> Iterator[tuple[int, bool]]:
        """Paragraphs to be checked, the most urgent first, and whether they are in sight."""
        first, self._first = self._first, -1
        if first >= 0:
            for number in range(first, min(len(self._marks), first + _MOST_LINES)):
                if self._marks.is_open(number):
                    yield number, True
        for number in self._open_in_sight():
            yield number, True
        if self.EVERYWHERE:
            for number in self._marks.open_from(_MOST_SCANNED):
                yield number, False

    def _open_in_sight(self) -> Iterator[int]:
        for block in blocks_in_sight(self._editor):
            if self._marks.is_open(block.blockNumber()):
                yield block.blockNumber()

    def _checked(
        self, way: object, asked: list[_Asked[M]], in_sight: bool, found: Found[M]
    ) -> None:
        if not shiboken6.isValid(self) or not shiboken6.isValid(self._editor):
            return  # the document was closed meanwhile
        self._asking = False
        if way == self._way:
            for group, marks in zip(asked, found, strict=True):
                for entry, here in zip(group.entries, marks, strict=True):
                    if entry is not None:
                        self._marks.end(entry, here)
            if in_sight:
                self.changed.emit()
            self.advanced.emit()
        if not self._marks.done and not self._timer.isActive():
            self._timer.start(self.PAUSE_MS if self.WAITS else 0)


def blocks_in_sight(editor: Editor) -> Iterator[QTextBlock]:
    """The blocks that are seen at least in part, from above."""
    block = editor.firstVisibleBlock()
    top = editor.blockBoundingGeometry(block).translated(editor.contentOffset()).top()
    bottom = editor.viewport().height()
    while block.isValid() and top <= bottom:
        yield block
        top += editor.blockBoundingRect(block).height()
        block = block.next()
