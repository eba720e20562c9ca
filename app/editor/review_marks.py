"""Draws a review on the page: deletions struck through, insertions underlined at their place.

The inserted words are never in the document. A short insertion stands in a gap: letter spacing
behind the character that it follows. A long one stands in rows of its own under its line, for which
a taller font of that one character makes room. Both are the layout's own, so that the caret, clicks
and wrapping agree with what is seen, and the text stays editable around them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from math import ceil

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, QTimer, Slot
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontInfo,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QPen,
    QTextBlock,
    QTextCharFormat,
    QTextLayout,
    QTextLine,
    QTextOption,
)

from app.core.offsets import utf16_length
from app.editor.editor import Editor, LineLook
from app.editor.leading import with_leading
from app.editor.review_lines import LINE_END, Deletion, Insertion, ReviewLine
from app.editor.verbatim import to_qt
from app.services.theme import THEMES, Theme

_WIDEST_GAP = 0.5
"""The share of the column up to which an insertion stands within its line."""
_PLACE = "\u2038"
"""A caret sign: where in its line a long insertion belongs."""
_PAD = 2.0
_MOST_ROWS = 18
_MOST_BELOW = 3000
"""Hundredths of the text's size; a font cannot be much taller."""
_INDENT = 12.0
_BAR = 2.0
_STEPS = {1: 1.2, 2: 1.5}
"""How much larger text is by Qt's steps of relative size."""


@dataclass(frozen=True, slots=True)
class _Gap:
    """An insertion with what it needs: ``width`` in the line, ``rows`` under it."""

    insertion: Insertion
    words: str
    width: float
    rows: QTextLayout | None = None
    height: float = 0.0


@dataclass(slots=True)
class _Drawn:
    """A line's marks, measured."""

    line: ReviewLine
    gaps: list[_Gap] = field(default_factory=list)
    looks: list[LineLook] = field(default_factory=list)


class ReviewMarks(QObject):
    """Keeps what is drawn in step with what it is told."""

    def __init__(self, editor: Editor) -> None:
        super().__init__(editor)
        self._editor = editor
        self._theme = THEMES["paper"]
        self._lines: Mapping[int, ReviewLine] = {}
        self._drawn: dict[int, _Drawn] = {}
        self._current: int | None = None
        self._width = 0
        self._measured_for = (0, "")
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._remeasure)
        editor.add_looks(self._line_looks)
        editor.add_overlay(self._paint)
        editor.installEventFilter(self)
        editor.viewport().installEventFilter(self)

    def show(self, lines: Mapping[int, ReviewLine], current: int | None) -> None:
        """Show the open changes of these lines of the document; ``current`` is pointed out."""
        changed = [
            number
            for number in self._lines.keys() | lines.keys()
            if self._lines.get(number) != lines.get(number)
        ]
        self._lines = lines
        for number in changed:
            self._drawn.pop(number, None)
        self._current = current
        if changed:
            self._editor.restyle(changed)
        self._editor.viewport().update()

    def apply_theme(self, theme: Theme) -> None:
        """Draw in the colours of ``theme``."""
        self._theme = theme
        self._measure_again()

    def covered(self, number: int) -> list[tuple[int, int]]:
        """The UTF-16 ranges of a line that changes are drawn on or behind."""
        line = self._lines.get(number, ReviewLine())
        deleted = [(each.start, each.end) for each in line.deletions]
        return deleted + [(each.start, each.end) for each in line.insertions]

    def area_of(self, number: int) -> QRectF:
        """Where a change is drawn, in the viewport; empty for one that is not on the page."""
        area = QRectF()
        for line_number, line in self._lines.items():
            if number in line.numbers():
                block = self._editor.document().findBlockByNumber(line_number)
                for mark, box in self._boxes(block, line_number):
                    if mark == number:
                        area = area.united(box)
        return area

    def change_at(self, point: QPointF) -> int | None:
        """The change that is drawn at a point of the viewport."""
        for block, number in self._in_sight():
            for change, box in self._boxes(block, number):
                if box.contains(point):
                    return change
        return None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Measure again when the page's width or font is another."""
        if self._lines and event.type() in (QEvent.Type.Resize, QEvent.Type.FontChange):
            self._soon.start()
        return super().eventFilter(watched, event)

    @Slot()
    def _remeasure(self) -> None:
        """After an event that may, or may not, mean another width."""
        look = self._editor.viewport().width(), self._editor.font().key()
        if look != self._measured_for:
            self._measured_for = look
            self._measure_again()

    def _measure_again(self) -> None:
        self._drawn.clear()
        if self._lines:
            self._editor.restyle(self._lines)

    # --- measuring

    def _line_looks(self, number: int) -> list[LineLook]:
        return self._measured(number).looks if number in self._lines else []

    def _measured(self, number: int) -> _Drawn:
        known = self._drawn.get(number)
        if known is not None:
            return known
        line = self._lines[number]
        self._width = self._editor.viewport().width()
        drawn = self._drawn[number] = _Drawn(line)
        font = self._font_of(number)
        drawn.gaps = [self._gap(insertion, font) for insertion in line.insertions]
        size = utf16_length(self._editor.lines()[number])
        gone = QTextCharFormat()
        gone.setForeground(QColor(self._theme.deleted))
        drawn.looks = [
            (each.start, min(each.end, size), gone)
            for each in line.deletions
            if each.start < min(each.end, size)
        ]
        below = self._below(drawn.gaps, number)
        ends = {gap.insertion.end: gap.insertion.start for gap in drawn.gaps if gap.insertion.end}
        for end, start in ends.items():
            if end <= size:
                here = [gap for gap in drawn.gaps if gap.insertion.end == end]
                look = self._room(sum(gap.width for gap in here), below.get(end, 0.0), font)
                drawn.looks.append((start, end, look))
        return drawn

    def _gap(self, insertion: Insertion, font: QFont) -> _Gap:
        words = to_qt(insertion.text)
        flat = words.replace("\n", LINE_END)
        metrics = QFontMetricsF(font)
        width = metrics.horizontalAdvance(flat) + 2 * _PAD
        if not insertion.end or (
            ("\n" not in words or not words.strip()) and width <= _WIDEST_GAP * self._width
        ):
            return _Gap(insertion, flat, width)
        rows = QTextLayout(words.strip("\n").replace("\n", "\u2028"), font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        rows.setTextOption(option)
        height = 0.0
        rows.beginLayout()
        for _ in range(_MOST_ROWS):
            row = rows.createLine()
            if not row.isValid():
                break
            row.setLineWidth(max(40.0, self._width - _INDENT))
            row.setPosition(QPointF(0, height))
            height += row.height()
        rows.endLayout()
        return _Gap(insertion, _PLACE, metrics.horizontalAdvance(_PLACE) + _PAD, rows, height)

    def _below(self, gaps: list[_Gap], number: int) -> dict[int, float]:
        """By the end of the character that makes the room, the height wanted under its line.

        Long insertions that belong to one line on the screen stand under it one after the other.
        """
        tall = [gap for gap in gaps if gap.rows is not None]
        if not tall:
            return {}
        if len(tall) == 1:
            return {tall[0].insertion.end: tall[0].height}
        wanted: dict[int, float] = {}
        heights: dict[int, float] = {}
        probe = self._probe(gaps, number)
        for gap in tall:
            row = probe.lineForTextPosition(gap.insertion.start)
            place = row.lineNumber() if row.isValid() else 0
            heights[place] = heights.get(place, 0.0) + gap.height
            wanted[gap.insertion.end] = heights[place]
        return wanted

    def _probe(self, gaps: list[_Gap], number: int) -> QTextLayout:
        """The line as it will wrap."""
        font = self._font_of(number)
        probe = QTextLayout(self._editor.lines()[number], font)
        formats = []
        for gap in gaps:
            item = QTextLayout.FormatRange()
            item.start, item.length = gap.insertion.start, gap.insertion.end - gap.insertion.start
            item.format = self._room(gap.width, 0.0, font)
            formats.append(item)
        probe.setFormats(formats)
        probe.beginLayout()
        while (row := probe.createLine()).isValid():
            row.setLineWidth(self._width)
        probe.endLayout()
        return probe

    def _room(self, width: float, below: float, font: QFont) -> QTextCharFormat:
        look = QTextCharFormat()
        look.setFontLetterSpacingType(QFont.SpacingType.AbsoluteSpacing)
        look.setFontLetterSpacing(width)
        if below:
            share = min(_MOST_BELOW, ceil(100 * below / max(1, QFontInfo(font).pixelSize())))
            page = self._editor
            families = with_leading(page.font(), page.line_spacing(), below=share).families()
            look.setFontFamilies(families)
        return look

    def _font_of(self, number: int) -> QFont:
        """The font of a line: headings are larger."""
        font = QFont(self._editor.font())
        text = self._editor.lines()[number].lstrip()
        level = len(text) - len(text.lstrip("#"))
        if 1 <= level <= 6 and text[level : level + 1].isspace():
            font.setWeight(QFont.Weight.DemiBold if level < 3 else QFont.Weight.Bold)
            size = QFontInfo(font).pixelSize()
            font.setPixelSize(round(size * _STEPS.get(3 - level, 1.0)))
        return font

    # --- where things are

    def _in_sight(self) -> Iterator[tuple[QTextBlock, int]]:
        if not self._lines:
            return
        block = self._editor.firstVisibleBlock()
        number = block.blockNumber()
        bottom = self._editor.viewport().height()
        while block.isValid():
            if number in self._lines:
                yield block, number
            if self._origin(block).y() > bottom:
                return
            block, number = block.next(), number + 1

    def _origin(self, block: QTextBlock) -> QPointF:
        editor = self._editor
        return editor.blockBoundingGeometry(block).translated(editor.contentOffset()).topLeft()

    def _boxes(self, block: QTextBlock, number: int) -> Iterator[tuple[int, QRectF]]:
        """The changes of a line with the areas where they are drawn."""
        drawn = self._measured(number)
        origin = self._origin(block)
        for deletion in drawn.line.deletions:
            for box in self._deleted(block, deletion, drawn):
                yield deletion.number, box.translated(origin)
        for gap, place, rows in self._inserted(block, drawn):
            yield gap.insertion.number, place.translated(origin)
            if not rows.isEmpty():
                yield gap.insertion.number, rows.translated(origin)

    def _deleted(self, block: QTextBlock, deletion: Deletion, drawn: _Drawn) -> Iterator[QRectF]:
        layout = block.layout()
        gap = sum(each.width for each in drawn.gaps if each.insertion.end == deletion.end)
        start, end = _laid(layout, deletion.start), _laid_end(layout, deletion.end)
        for index in range(layout.lineCount()):
            line = layout.lineAt(index)
            first = max(start, line.textStart())
            last = min(end, line.textStart() + line.textLength())
            ends_here = deletion.line_end and index == layout.lineCount() - 1
            if first >= last and not ends_here:
                continue
            left, right = _x(line, first), _x(line, max(first, last))
            if last == end and first < last:
                right -= gap
            if ends_here:
                right += QFontMetricsF(self._editor.font()).horizontalAdvance(LINE_END)
            top, height = _letters(line, self._editor)
            yield QRectF(left, top, max(1.0, right - left), height)

    def _inserted(self, block: QTextBlock, drawn: _Drawn) -> Iterator[tuple[_Gap, QRectF, QRectF]]:
        """Each insertion with its place in the line and that of its rows, empty if it has none."""
        layout = block.layout()
        under: dict[int, float] = {}
        for gap in drawn.gaps:
            line = layout.lineForTextPosition(_laid(layout, gap.insertion.start))
            if line.isValid() and gap.rows is not None:
                under[line.lineNumber()] = under.get(line.lineNumber(), 0.0) + gap.height
        taken: dict[int, float] = {}
        used: dict[int, float] = {}
        for gap in drawn.gaps:
            insertion = gap.insertion
            line = layout.lineForTextPosition(_laid(layout, insertion.start))
            if not line.isValid():
                continue
            here = [each.width for each in drawn.gaps if each.insertion.end == insertion.end]
            right = _x(line, _laid_end(layout, insertion.end)) if insertion.end else sum(here)
            left = right - sum(here) + taken.get(insertion.end, 0.0)
            taken[insertion.end] = taken.get(insertion.end, 0.0) + gap.width
            top, height = _letters(line, self._editor)
            place = QRectF(left, top, gap.width, height)
            rows = QRectF()
            if gap.rows is not None:
                index = line.lineNumber()
                first = line.y() + line.height() - under[index] + used.get(index, 0.0)
                used[index] = used.get(index, 0.0) + gap.height
                rows = QRectF(0, first, self._width, gap.height)
            yield gap, place, rows

    # --- painting

    def _paint(self, _event: QPaintEvent) -> None:
        if not self._lines:
            return
        painter = QPainter(self._editor.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for block, number in self._in_sight():
            self._paint_line(painter, block, number)
        painter.end()

    def _paint_line(self, painter: QPainter, block: QTextBlock, number: int) -> None:
        drawn = self._measured(number)
        origin = self._origin(block)
        theme = self._theme
        font = self._font_of(number)
        gone, come = QPen(QColor(theme.deleted), 1.4), QPen(QColor(theme.inserted), 1.4)
        for deletion in drawn.line.deletions:
            painter.setPen(gone)
            for box in self._deleted(block, deletion, drawn):
                at = box.translated(origin)
                middle = at.top() + 0.58 * at.height()
                painter.drawLine(QPointF(at.left(), middle), QPointF(at.right(), middle))
                if deletion.line_end:
                    painter.setFont(font)
                    painter.drawText(at, Qt.AlignmentFlag.AlignRight, LINE_END)
        underlined = QFont(font)
        underlined.setUnderline(True)
        for gap, place, rows in self._inserted(block, drawn):
            painter.setPen(come)
            painter.setFont(font if gap.rows is not None else underlined)
            at = place.translated(origin)
            line = block.layout().lineForTextPosition(_laid(block.layout(), gap.insertion.start))
            base = origin.y() + line.y() + line.ascent()
            painter.drawText(QPointF(at.left() + _PAD, base), gap.words)
            if gap.rows is not None:
                self._paint_rows(painter, gap.rows, rows.translated(origin), come.color())
        for change, box in _united(self._boxes(block, number)):
            if change in drawn.line.flagged:
                _wave(painter, box, QColor(theme.warning))
            if change == self._current:
                painter.setPen(QPen(QColor(theme.accent), 1.2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                frame = box.adjusted(-1.5, -1, 1.5, 1)
                frame.setLeft(max(0.6, frame.left()))
                painter.drawRoundedRect(frame, 3, 3)

    def _paint_rows(
        self, painter: QPainter, rows: QTextLayout, area: QRectF, colour: QColor
    ) -> None:
        bar = QRectF(area.left() + 2, area.top() + 3, _BAR, area.height() - 6)
        painter.fillRect(bar, colour)
        look = QTextCharFormat()
        look.setForeground(colour)
        look.setFontUnderline(True)
        item = QTextLayout.FormatRange()
        item.start, item.length, item.format = 0, utf16_length(rows.text()), look
        rows.draw(painter, area.topLeft() + QPointF(_INDENT, 0), [item])


def _laid(layout: QTextLayout, position: int) -> int:
    """The place of a line's character in its layout, where a suggestion may be shown before it."""
    ghost = utf16_length(layout.preeditAreaText())
    return position + ghost if ghost and position >= layout.preeditAreaPosition() else position


def _laid_end(layout: QTextLayout, position: int) -> int:
    return _laid(layout, position - 1) + 1 if position else 0


def _x(line: QTextLine, position: int) -> float:
    # PySide6 gives the position, too, which it may have moved to a whole character.
    x: tuple[float, int] = line.cursorToX(position)  # type: ignore[assignment]
    return x[0]


def _letters(line: QTextLine, editor: Editor) -> tuple[float, float]:
    """Top and height of the letters of a line, without the room above and under them."""
    size = QFontInfo(editor.font()).pixelSize()
    base = line.y() + line.ascent()
    return base - 0.95 * size, 1.25 * size


def _united(boxes: Iterable[tuple[int, QRectF]]) -> list[tuple[int, QRectF]]:
    """Boxes of a change that stand side by side as one."""
    found: list[tuple[int, QRectF]] = []
    for change, box in boxes:
        for index, (other, there) in enumerate(found):
            beside = abs(there.top() - box.top()) < 1 and abs(there.right() - box.left()) < 4
            if other == change and beside:
                found[index] = change, there.united(box)
                break
        else:
            found.append((change, box))
    return found


def _wave(painter: QPainter, box: QRectF, colour: QColor) -> None:
    painter.setPen(QPen(colour, 1.2))
    points = []
    x, up = box.left(), True
    while x <= box.right():
        points.append(QPointF(x, box.bottom() + (0 if up else 2.5)))
        x, up = x + 3, not up
    if len(points) > 1:
        painter.drawPolyline(points)
