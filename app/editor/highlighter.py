"""Shows Markdown's structure on the page without hiding a character of it."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from typing import TYPE_CHECKING

from PySide6.QtGui import (
    QColor,
    QFont,
    QSyntaxHighlighter,
    QTextBlock,
    QTextCharFormat,
    QTextDocument,
)

from app.editor.leading import with_leading
from app.editor.markdown import NORMAL, Kind, Span, read_line
from app.services.fonts import mono_font

if TYPE_CHECKING:
    from app.services.theme import Theme

_HEADING_STEPS = {1: 2, 2: 1}
"""Qt's steps of relative size: 1.5 and 1.2 times the page's."""
_MOST_BLOCKS = 30_000
"""A longer document stays plain: highlighting it would hold up the window for seconds."""


def inside_code(block: QTextBlock) -> bool:
    """Whether a block is within fenced code or front matter that began before it."""
    previous = block.previous()
    return previous.isValid() and previous.userState() > NORMAL


class MarkdownHighlighter(QSyntaxHighlighter):
    """Highlights a document as it changes, a line at a time."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._colours: dict[Kind, QColor] = {}
        self._tint = QColor()
        self._mono = with_leading(mono_font()).families()
        self._formats: dict[tuple[tuple[Kind, int], ...], QTextCharFormat] = {}

    def apply_theme(self, theme: Theme) -> None:
        """Take the colours of ``theme``."""
        self._colours = {
            Kind.MARK: QColor(theme.secondary),
            Kind.QUOTE: QColor(theme.secondary),
            Kind.FRONT: QColor(theme.secondary),
            Kind.LINK: QColor(theme.accent),
        }
        self._tint = QColor(theme.tint)
        self._formats.clear()
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        if self.document().blockCount() > _MOST_BLOCKS:
            self.setCurrentBlockState(NORMAL)
            return
        first = self.currentBlock().blockNumber() == 0
        spans, state = read_line(text, max(NORMAL, self.previousBlockState()), first)
        self.setCurrentBlockState(state)
        if not spans:
            return
        wide = [] if text.isascii() else [i for i, c in enumerate(text) if c > "\uffff"]
        for start, end, kinds in _layers(spans):
            if wide:
                start, end = start + bisect_left(wide, start), end + bisect_left(wide, end)
            self.setFormat(start, end - start, self._format(kinds))

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
            elif kind is Kind.STRONG:
                look.setFontWeight(QFont.Weight.Bold)
            elif kind is Kind.EMPHASIS:
                look.setFontItalic(True)
            elif kind in (Kind.CODE, Kind.CODE_BLOCK):
                look.setFontFamilies(self._mono)
                if self._tint.isValid():
                    look.setBackground(self._tint)
        return look


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
