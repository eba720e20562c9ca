"""The keys that lead from one thing found on a page to the next."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QTextBlock, QTextCursor

from app.core.found import Mark
from app.editor.mark_layer import MarkLayer
from app.editor.page_marks import PageMarks


class MarkWalk(QObject):
    """Selects the next mark and opens its menu; waits for paragraphs that are not checked yet."""

    remarked = Signal(str)
    """A sentence for the person."""

    def __init__(self, marks: PageMarks, parent: QObject) -> None:
        super().__init__(parent)
        self._marks = marks
        self._editor = marks.editor
        self._seek: tuple[int, int, int, int] | None = None
        self._editor.paragraphs_changed.connect(self._stop)

    def add(self, layer: MarkLayer) -> None:
        """Lead to what is in this layer, too."""
        self._marks.add(layer)
        layer.advanced.connect(self._go_on)

    @Slot()
    def show_next(self) -> None:
        """Select the next one and open its menu; behind the last comes the first."""
        self._begin(1)

    @Slot()
    def show_previous(self) -> None:
        """Select the one before and open its menu."""
        self._begin(-1)

    @Slot()
    def _stop(self) -> None:
        self._seek = None

    def _begin(self, step: int) -> None:
        if not any(layer.is_on() for layer in self._marks.layers):
            self.remarked.emit(
                self.tr(
                    "The spelling of this document is not checked: that is switched off, or there "
                    "is no dictionary for its language. The Write menu has both."
                )
            )
            return
        self._marks.show_typed()
        cursor = self._editor.textCursor()
        position = cursor.selectionEnd() if step > 0 else cursor.selectionStart()
        number = self._editor.document().findBlock(position).blockNumber()
        # One more than there are, to look at both sides of the caret in its paragraph.
        self._seek = (step, position, number, len(self._editor.lines()) + 1)
        self._go_on()

    @Slot()
    def _go_on(self) -> None:
        """Look on for a mark, as far as the paragraphs are checked."""
        if self._seek is None:
            return
        step, position, number, left = self._seek
        count = len(self._editor.lines())
        while left:
            holds = False
            for layer in self._marks.layers:
                known = layer.may_hold(number) if layer.is_on() else False
                if known is None:
                    self._seek = (step, position, number, left)
                    layer.check_first(number)
                    return
                holds = holds or known
            if holds and self._show_in(number, step, position):
                self._seek = None
                return
            number = (number + step) % count
            position = -1
            left -= 1
        self._seek = None
        self.remarked.emit(self._nothing())

    def _nothing(self) -> str:
        if sum(layer.is_on() for layer in self._marks.layers) > 1:
            return self.tr("No mistakes were found.")
        return self.tr("No misspelled words were found.")

    def _show_in(self, number: int, step: int, position: int) -> bool:
        """Show the first mark of a paragraph beyond ``position``, if that is not -1."""
        block = self._editor.document().findBlockByNumber(number)
        found = self._marks.in_block(block)[::step]
        if position >= 0:
            column = position - block.position()
            found = [f for f in found if (f[1].start >= column if step > 0 else f[1].end <= column)]
        if not found:
            return False
        self._show(block, *found[0])
        return True

    def _show(self, block: QTextBlock, layer: MarkLayer, mark: Mark) -> None:
        start = block.position()
        cursor = self._editor.textCursor()
        cursor.setPosition(start + mark.start)
        cursor.setPosition(start + mark.end, QTextCursor.MoveMode.KeepAnchor)
        self._editor.setTextCursor(cursor)
        self._editor.ensureCursorVisible()
        layer.offer(start, mark, self._marks.below(start + mark.start), standard=False)
