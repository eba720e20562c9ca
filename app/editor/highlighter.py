"""Shows Markdown's structure on the page without hiding a character of it.

Only lines in sight, and those just edited, are given their looks: a document costs as much to open
and to change as the part of it that is seen, however long it is.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QColor, QFont, QTextBlock, QTextCharFormat, QTextLayout

from app.core.offsets import utf16_length
from app.editor.editor import Editor
from app.editor.leading import LINE_SPACING, with_leading
from app.editor.markdown import MAX_STATE, Kind, Role, Span, read_line
from app.services.fonts import mono_font

if TYPE_CHECKING:
    from app.services.theme import Theme

_HEADING_STEPS = {1: 2, 2: 1}
"""Qt's steps of relative size: 1.5 and 1.2 times the page's."""
_AT_ONCE = 100
"""Changed lines that are styled as they change; of more, only those in sight."""
_FIRST_WORDS = 24
"""Characters of a paragraph that are on its first line, if the page is not very narrow."""
_CLOSE_TOGETHER = frozenset({Kind.CODE_BLOCK, Kind.FRONT, Kind.TABLE, Kind.HEAD, Kind.COMMENT})
"""Lines of these are no paragraphs."""
_ITEM = re.compile(r"\s*(?:[-*+]|\d+[.)]|>)\s")
"""Nor are items of lists and lines of quotes."""
_GENERATIONS = 0x7FFF_FFFF // ((MAX_STATE + 1) * len(Role))


class MarkdownHighlighter(QObject):
    """Styles the lines of an editor. A block's user state says how it was styled, -1 not yet."""

    def __init__(self, editor: Editor) -> None:
        super().__init__(editor)
        self._editor = editor
        self._colours: dict[Kind, QColor] = {}
        self._tint = QColor()
        self._mono = with_leading(mono_font()).families()
        self._formats: dict[tuple[tuple[Kind, int], ...], QTextCharFormat] = {}
        self._generation = 0
        self._spacing, self._gap = LINE_SPACING, 0
        editor.lines_changed.connect(self._on_lines_changed)
        editor.loaded.connect(self.style_in_sight)
        editor.view_changed.connect(self.style_in_sight)

    def apply_theme(self, theme: Theme) -> None:
        """Take the colours of ``theme``."""
        secondary = QColor(theme.secondary)
        self._colours = {
            Kind.MARK: secondary,
            Kind.QUOTE: secondary,
            Kind.FRONT: secondary,
            Kind.COMMENT: secondary,
            Kind.DONE: secondary,
            Kind.LINK: QColor(theme.accent),
        }
        self._tint = QColor(theme.tint)
        self._begin_again()

    def set_line_spacing(self, percent: int) -> None:
        """The height of lines of code, as that of the page's other lines."""
        self._spacing = percent
        self._mono = with_leading(mono_font(), percent).families()
        self._begin_again()

    def set_paragraph_spacing(self, percent: int) -> None:
        """The space over a paragraph, as a share of the text's size."""
        self._gap = percent
        self._begin_again()

    @Slot()
    def style_in_sight(self) -> None:
        """Style the lines in sight that are not, or whose surroundings changed since."""
        editor = self._editor
        block = editor.firstVisibleBlock()
        number = block.blockNumber()
        end = editor.in_sight()[1]
        changed = False
        while block.isValid() and block.position() <= end:
            if block.userState() != self._wanted(number):
                changed |= self._style_again(block, number)
            block = block.next()
            number += 1
        if changed:
            editor.viewport().update()

    @Slot(int, int)
    def _on_lines_changed(self, first: int, count: int) -> None:
        document = self._editor.document()
        block = document.findBlockByNumber(first)
        previous = block.previous()
        if previous.isValid() and previous.userState() not in (-1, self._wanted(first - 1)):
            self._style(previous, first - 1)
            document.markContentsDirty(previous.position(), previous.length())
        if count > _AT_ONCE:
            # The first and the last may be old blocks with looks; the others are new.
            self._style(block, first)
            self._style(document.findBlockByNumber(first + count - 1), first + count - 1)
            return
        for number in range(first, first + count):
            self._style(block, number)
            block = block.next()
        for number in range(first + count, first + count + _AT_ONCE):
            if not block.isValid() or block.userState() in (-1, self._wanted(number)):
                break
            self._style(block, number)
            document.markContentsDirty(block.position(), block.length())
            block = block.next()

    def _begin_again(self) -> None:
        self._formats.clear()
        self._generation = (self._generation + 1) % _GENERATIONS
        self.style_in_sight()

    def _wanted(self, number: int) -> int:
        """The user state of a line that is styled as it should be."""
        states = self._editor.states
        around = self._generation * len(Role) + states.role(number)
        return around * (MAX_STATE + 1) + states.before(number)

    def _style_again(self, block: QTextBlock, number: int) -> bool:
        """Style a block outside of a change; whether it may look different on the page."""
        if not self._style(block, number):
            return False
        if block.layout().lineCount():
            # Not by markContentsDirty, which would take the lines of the next blocks as well.
            block.clearLayout()
            self._editor.document().documentLayout().blockBoundingRect(block)
        return True

    def _style(self, block: QTextBlock, number: int) -> bool:
        """Give a block's layout its formats; False if it had none and gets none."""
        lines, states = self._editor.lines(), self._editor.states
        text = lines[number]
        before = lines[number - 1] if number else ""
        spans = read_line(text, states.before(number), states.role(number), not number, before)
        block.setUserState(self._wanted(number))
        layout = block.layout()
        old = layout.formats()
        gap = self._gap_at(text, spans) if number else None
        looks = self._editor.line_looks(number)
        if not spans and not old and gap is None and not looks:
            return False
        wide = [] if text.isascii() else [i for i, c in enumerate(text) if c > "\uffff"]
        formats = []
        for start, end, kinds in _layers(spans):
            if wide:
                start, end = start + bisect_left(wide, start), end + bisect_left(wide, end)
            formats.append((start, end, self._format(kinds)))
        if gap is not None:
            tall = QTextCharFormat()
            families = with_leading(self._editor.font(), self._spacing, self._gap).families()
            tall.setFontFamilies(families)
            formats.append((*gap, tall))
        layout.setFormats(_with_preedit([*formats, *looks], old, layout))
        return True

    def _gap_at(self, text: str, spans: list[Span]) -> tuple[int, int] | None:
        """Which character is to make a paragraph's first line taller, in UTF-16 units.

        The layout has no space between paragraphs, but the tallest font makes a line's height. A
        space's is best: only beside it the caret is as tall.
        """
        if not self._gap or not text.strip() or _ITEM.match(text):
            return None
        if any(span.kind in _CLOSE_TOGETHER for span in spans):
            return None
        place = max(0, text[:_FIRST_WORDS].rfind(" "))
        start = utf16_length(text[:place])
        return start, start + utf16_length(text[place])

    def _format(self, kinds: tuple[tuple[Kind, int], ...]) -> QTextCharFormat:
        known = self._formats.get(kinds)
        if known is None:
            known = self._formats[kinds] = self._merged(kinds)
        return known

    def _merged(self, kinds: tuple[tuple[Kind, int], ...]) -> QTextCharFormat:
        look = QTextCharFormat()
        for kind, level in kinds:
            if kind in self._colours:
                look.setForeground(self._colours[kind])
            if kind is Kind.HEADING:
                look.setFontWeight(QFont.Weight.DemiBold if level < 3 else QFont.Weight.Bold)
                # Relative, so that headings follow when the page's font changes.
                look.setProperty(
                    QTextCharFormat.Property.FontSizeAdjustment, _HEADING_STEPS.get(level, 0)
                )
            elif kind in (Kind.STRONG, Kind.HEAD):
                look.setFontWeight(QFont.Weight.Bold)
            elif kind is Kind.EMPHASIS:
                look.setFontItalic(True)
            elif kind in (Kind.STRIKE, Kind.DONE):
                look.setFontStrikeOut(True)
            if kind in (Kind.CODE, Kind.CODE_BLOCK, Kind.TABLE, Kind.HEAD):
                look.setFontFamilies(self._mono)
            if kind in (Kind.CODE, Kind.CODE_BLOCK) and self._tint.isValid():
                look.setBackground(self._tint)
        return look


def _with_preedit(
    formats: list[tuple[int, int, QTextCharFormat]],
    old: list[QTextLayout.FormatRange],
    layout: QTextLayout,
) -> list[QTextLayout.FormatRange]:
    """The formats as ranges that make room for text in the preedit area, which keeps its own."""
    at, size = layout.preeditAreaPosition(), utf16_length(layout.preeditAreaText())
    if not size:
        return [_range(*item) for item in formats]
    ranges = [item for item in old if at <= item.start and item.start + item.length <= at + size]
    for start, end, look in formats:
        if start < at:
            ranges.append(_range(start, min(end, at), look))
        if end > at:
            ranges.append(_range(max(start, at) + size, end + size, look))
    return ranges


def _range(start: int, end: int, look: QTextCharFormat) -> QTextLayout.FormatRange:
    result = QTextLayout.FormatRange()
    result.start, result.length, result.format = start, end - start, look
    return result


def _layers(spans: list[Span]) -> list[tuple[int, int, tuple[tuple[Kind, int], ...]]]:
    """Cut overlapping spans into pieces, each with all the kinds that cover it."""
    edges = sorted({edge for span in spans for edge in (span.start, span.end)})
    ahead = sorted(enumerate(spans), key=lambda item: item[1].start, reverse=True)
    covering: list[tuple[int, Span]] = []
    pieces = []
    for start, end in itertools.pairwise(edges):
        covering = [item for item in covering if item[1].end > start]
        while ahead and ahead[-1][1].start <= start:
            covering.append(ahead.pop())
        if covering:
            covering.sort(key=lambda item: item[0])
            kinds = dict.fromkeys((span.kind, span.level) for _, span in covering)
            pieces.append((start, end, tuple(kinds)))
    return pieces
