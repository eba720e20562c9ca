"""All that is found on a page: what is drawn under the words, and the menu at the pointer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import QObject, QPoint, QPointF, Slot
from PySide6.QtGui import QContextMenuEvent, QPainter, QPaintEvent, QTextBlock

from app.core.found import Mark
from app.editor.editor import Editor
from app.editor.mark_layer import MarkLayer
from app.editor.mirror import Origin, TextChange


class PageMarks(QObject):
    """Shows the layers, the first on top: what overlaps something of a layer above is not shown.

    Neither is what is just being typed.
    """

    def __init__(self, editor: Editor, parent: QObject) -> None:
        super().__init__(parent)
        self.editor = editor
        self.layers: list[MarkLayer] = []
        self._covered: Callable[[int], Sequence[tuple[int, int]]] = _nothing
        self._typed_at = -1
        editor.edited.connect(self._edited)
        editor.cursorPositionChanged.connect(self._caret_moved)
        editor.add_overlay(self._paint)
        editor.add_menu(self._open_menu)

    def add(self, layer: MarkLayer) -> None:
        """Show another layer, below the others."""
        self.layers.append(layer)
        layer.changed.connect(self.redraw)

    def keep_clear(self, covered: Callable[[int], Sequence[tuple[int, int]]]) -> None:
        """Draw nothing that touches what ``covered`` says of a line, in UTF-16 ranges of it.

        A line under a word that a review strikes out would go on under the words proposed for it,
        which have their place in the same character's space.
        """
        self._covered = covered

    def of(self, layer: MarkLayer, block: QTextBlock) -> list[Mark]:
        """What is shown of a layer in a paragraph."""
        return [mark for each, mark in self.in_block(block) if each is layer]

    def in_block(self, block: QTextBlock) -> list[tuple[MarkLayer, Mark]]:
        """What is shown in a paragraph, in order."""
        typed = self._typed_at - block.position() if self._typed_at >= 0 else -1
        shown: list[tuple[MarkLayer, Mark]] = []
        for layer in self.layers:
            above = [mark for _, mark in shown]
            for mark in layer.standing(block):
                hidden = mark.start <= typed <= mark.end
                if not hidden and not any(_overlap(mark, each) for each in above):
                    shown.append((layer, mark))
        return sorted(shown, key=lambda each: each[1].start)

    def at(self, position: int) -> tuple[MarkLayer, int, Mark] | None:
        """What is shown at a u16 position, and the position its paragraph begins at."""
        block = self.editor.document().findBlock(position)
        column = position - block.position()
        for layer, mark in self.in_block(block):
            if mark.start <= column <= mark.end:
                return layer, block.position(), mark
        return None

    def below(self, position: int) -> QPoint:
        """The place on the screen below a u16 position."""
        cursor = self.editor.textCursor()
        cursor.setPosition(position)
        corner = self.editor.cursorRect(cursor).bottomLeft()
        return self.editor.viewport().mapToGlobal(corner)

    def show_typed(self) -> None:
        """Show what is just being typed, too."""
        self._typed_at = -1

    @Slot()
    def redraw(self) -> None:
        """Draw all of it again."""
        self.editor.viewport().update()

    @Slot(object)
    def _edited(self, change: TextChange) -> None:
        deleted = not change.inserted and len(change.removed) == 1
        typing = change.origin is Origin.TYPING or deleted
        self._typed_at = self.editor.caret() if typing else -1

    @Slot()
    def _caret_moved(self) -> None:
        if self._typed_at >= 0 and self.editor.caret() != self._typed_at:
            self._typed_at = -1
            self.redraw()

    def _paint(self, event: QPaintEvent) -> None:
        if not any(layer.is_on() for layer in self.layers):
            return
        painter = QPainter(self.editor.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for block, origin in self._to_paint(event):
            covered = self._covered(block.blockNumber())
            shown = [
                (layer, mark)
                for layer, mark in self.in_block(block)
                if not any(mark.start < end and start < mark.end for start, end in covered)
            ]
            for layer in self.layers if shown else ():
                ranges = [(mark.start, mark.end) for each, mark in shown if each is layer]
                if ranges:
                    painter.setPen(layer.pen)
                    layer.draw(painter, block, origin, ranges)
        painter.end()

    def _to_paint(self, event: QPaintEvent) -> Iterator[tuple[QTextBlock, QPointF]]:
        editor = self.editor
        block = editor.firstVisibleBlock()
        origin = editor.blockBoundingGeometry(block).translated(editor.contentOffset()).topLeft()
        while block.isValid() and origin.y() <= event.rect().bottom():
            height = editor.blockBoundingRect(block).height()
            if origin.y() + height >= event.rect().top():
                yield block, origin
            origin += QPointF(0, height)
            block = block.next()

    def _open_menu(self, event: QContextMenuEvent) -> bool:
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            position = self.editor.cursorForPosition(event.pos()).position()
        else:
            position = self.editor.textCursor().selectionStart()
        found = self.at(position)
        if found is None:
            return False
        layer, start, mark = found
        layer.offer(start, mark, self.below(start + mark.start), standard=True)
        return True


def _nothing(_line: int) -> Sequence[tuple[int, int]]:
    return ()


def _overlap(one: Mark, two: Mark) -> bool:
    return one.start < two.end and two.start < one.end
