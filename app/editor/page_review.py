"""A rewrite under review on the page: its changes at their places, decided one by one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QMouseEvent

from app.core.find import Replacement
from app.core.offsets import from_utf16, utf16_length
from app.core.provenance.sources import Made
from app.core.review import Change, Decision, Review, Splice
from app.core.tracked import TrackedReview
from app.editor.editor import Editor
from app.editor.mirror import TextChange
from app.editor.review_bar import ReviewBar
from app.editor.review_lines import review_lines
from app.editor.review_marks import ReviewMarks
from app.editor.verbatim import from_qt
from app.services.action_titles import change_words
from app.services.theme import Theme


class PageReview(QObject):
    """Shows a review in the text and does what the person decides; each decision is one undo step.

    The document holds old words or accepted ones and never a proposal, so that saving and recovery
    need not know of a review.
    """

    changed = Signal()
    """The proposals, the decisions or the current change are others."""
    decided = Signal()
    """The person decided on something."""
    woke = Signal()
    """All was decided, and undo has brought changes back."""

    def __init__(self, editor: Editor) -> None:
        super().__init__(editor)
        self._editor = editor
        self._tracked: TrackedReview | None = None
        self._current: int | None = None
        self._shown = False
        self._made: Made | None = None
        self._applying = False
        self._dirty = False
        self._rejected: list[tuple[int, tuple[int, ...]]] = []
        """How many undo steps there were when changes were rejected: no step of the text's own."""
        self._marks = ReviewMarks(editor)
        self._bar = ReviewBar(editor)
        self._placing = QTimer(self)
        self._placing.setSingleShot(True)
        self._placing.setInterval(0)
        self._placing.timeout.connect(self._place_bar)
        editor.edited.connect(self._on_edited)
        editor.loaded.connect(self.end)
        editor.textChanged.connect(self._on_text_changed)
        editor.cursorPositionChanged.connect(self._on_caret_moved)
        editor.view_changed.connect(self._placing.start)
        editor.viewport().installEventFilter(self)
        editor.add_undo(self._undo_rejection)
        self._bar.accepted.connect(self.accept)
        self._bar.rejected.connect(self.reject)
        self._bar.stepped.connect(self.go)

    def apply_theme(self, theme: Theme) -> None:
        """Show everything in ``theme``."""
        self._marks.apply_theme(theme)
        self._bar.apply_theme(theme)

    def covered(self, number: int) -> list[tuple[int, int]]:
        """The UTF-16 ranges of a line of the document that show a change."""
        return self._marks.covered(number)

    def set_key(self, command: str, key: str) -> None:
        """Which key a command has, for the tool tips."""
        self._bar.set_key(command, key)

    def set_made(self, made: Made) -> None:
        """What is known of the version shown, for the record of origins."""
        self._made = made

    def begin(self, start: int, source: str) -> None:
        """Review ``source``, which begins at code point ``start`` of the document."""
        self.end()
        self._tracked = TrackedReview(start, source)
        self._shown = True

    @Slot()
    def end(self) -> None:
        """Show no review any more; what was accepted stays."""
        self._tracked = None
        self._shown = False
        self._rejected.clear()
        self._current = None
        self._refresh()

    def rest(self) -> None:
        """All is decided: show nothing until undo brings changes back."""
        self._shown = False
        self._current = None
        self._refresh()

    def review(self) -> Review | None:
        """What is reviewed, decisions and all; None where nothing is."""
        return self._tracked.review if self._tracked is not None else None

    def text(self) -> str:
        """The text under review as it is now."""
        return self._tracked.review.text if self._tracked is not None else ""

    def end_u16(self) -> int:
        """Where that text ends, in UTF-16 units."""
        return self._editor.u16_of(self._tracked.end) if self._tracked is not None else 0

    def shown(self) -> bool:
        """Whether there are changes on the page to decide on."""
        return self._shown and self._tracked is not None and bool(self._tracked.review.open)

    def current(self) -> Change | None:
        """The change that is pointed out."""
        review = self.review()
        return review.find(self._current) if review is not None else None

    def propose(self, changes: Iterable[Change]) -> None:
        """Show further changes of the source."""
        if self._tracked is not None:
            self._tracked.propose(changes)
            self._refresh()

    def show_version(self, version: int, changes: Sequence[Change]) -> None:
        """Show another version's changes of the source in place of the present ones."""
        if self._tracked is not None:
            self._shown = True
            self._current = None
            self._rejected.clear()
            self._tracked.show_version(version, changes)
            self._refresh()

    @Slot(int)
    def go(self, by: int) -> None:
        """Point out the next (1) or previous (-1) open change; the caret goes along."""
        review, tracked = self.review(), self._tracked
        if review is None or tracked is None or not review.open:
            return
        here = self._editor.caret_position() - tracked.start
        current = self.current()
        if current is not None:
            here = current.start
        if by > 0:
            after = [
                one
                for one in review.open
                if one.start > here or (not current and one.start == here)
            ]
            target = after[0] if after else review.open[0]
        else:
            before = [one for one in review.open if one.start < here]
            target = before[-1] if before else review.open[-1]
        self.point_out(target)

    def point_out(self, change: Change) -> None:
        """Make a change the current one, bring it into view and tell a screen reader of it."""
        if self._tracked is None:
            return
        self._current = change.number
        editor = self._editor
        cursor = editor.textCursor()
        cursor.setPosition(editor.u16_of(self._tracked.start + change.end))
        self._applying = True
        try:
            editor.setTextCursor(cursor)
            # The whole change, and the bar under it, are to be seen.
            cursor.setPosition(editor.u16_of(self._tracked.start + change.start))
            editor.setTextCursor(cursor)
        finally:
            self._applying = False
        editor.ensureCursorVisible()
        self._refresh()
        self._announce(change)

    @Slot()
    def accept(self) -> None:
        """Take the current change into the text and go to the next; without one, go to one."""
        self._decide_current(Decision.ACCEPTED)

    @Slot()
    def reject(self) -> None:
        """Leave the text as it is at the current change and go to the next; or go to one."""
        self._decide_current(Decision.REJECTED)

    def accept_all(self) -> None:
        """Take every open change, as one undo step."""
        self._decide_open(Decision.ACCEPTED)

    def reject_all(self) -> None:
        """Leave the text as it is at every open change."""
        self._decide_open(Decision.REJECTED)

    # --- deciding

    def _decide_current(self, decision: Decision) -> None:
        change = self.current()
        if change is None or not change.is_open:
            self.go(1)
            return
        place = change.start
        if not self._decide((change.number,), decision):
            return
        review = self.review()
        following = review.open if review is not None else ()
        behind = [one for one in following if one.start >= place]
        if following:
            self.point_out((behind or list(following))[0])
        else:
            self._refresh()
        self.decided.emit()

    def _decide_open(self, decision: Decision) -> None:
        review = self.review()
        if review is not None and review.open:
            self._decide([change.number for change in review.open], decision)
            self._refresh()
            self.decided.emit()

    def _decide(self, numbers: Collection[int], decision: Decision) -> bool:
        tracked = self._tracked
        if tracked is None:
            return False
        if not self._agrees(tracked):
            self.end()  # never write at a place that is not known for sure
            return False
        before, start = tracked.review.text, tracked.start
        splices = tracked.decide(numbers, decision)
        self._current = None
        if splices:
            self._applying = True
            try:
                replacements = self._replacements(before, start, splices)
                self._editor.replace_ranges(replacements, made=self._made)
            finally:
                self._applying = False
            self._editor.ensureCursorVisible()
        else:
            steps = self._editor.document().availableUndoSteps()
            self._rejected.append((steps, tuple(numbers)))
        return True

    def _agrees(self, tracked: TrackedReview) -> bool:
        """Whether the document has the text under review where it is thought to be."""
        lines = self._editor.lines()
        editor = self._editor
        start = editor.u16_of(tracked.start)
        block = editor.document().findBlock(start)
        number = block.blockNumber()
        text = tracked.review.text.split("\n")
        if number + len(text) > len(lines):
            return False
        column = from_utf16(lines[number], start - block.position())
        here = [lines[number + index] for index in range(len(text))]
        here[-1] = here[-1][: len(text[-1]) + (column if len(text) == 1 else 0)]
        here[0] = here[0][column:]
        return from_qt("\n".join(here)) == tracked.review.text

    def _replacements(self, text: str, start: int, splices: Iterable[Splice]) -> list[Replacement]:
        found = []
        at, u16 = 0, self._editor.u16_of(start)
        for each in splices:
            begin = u16 + utf16_length(text[at : each.start - start])
            end = begin + utf16_length(text[each.start - start : each.end - start])
            found.append(Replacement(begin, end, each.text))
            at, u16 = each.end - start, end
        return found

    def _undo_rejection(self) -> bool:
        """Bring back the changes that were rejected last, if nothing was done since."""
        tracked = self._tracked
        if tracked is None or not self._rejected:
            return False
        now = self._editor.document().availableUndoSteps()
        while self._rejected and self._rejected[-1][0] > now:
            self._rejected.pop()  # what it followed is undone
        if not self._rejected or self._rejected[-1][0] < now:
            return False
        numbers = self._rejected.pop()[1]
        there = [number for number in numbers if tracked.review.find(number) is not None]
        tracked.decide(there, Decision.OPEN)
        self._wake()
        first = tracked.review.find(there[0]) if there else None
        if first is not None:
            self.point_out(first)
        return True

    # --- following

    @Slot(object)
    def _on_edited(self, change: TextChange) -> None:
        if self._tracked is not None and not self._applying:
            self._tracked.follow(change.position, len(change.removed), change.inserted)
            self._dirty = True

    @Slot()
    def _on_text_changed(self) -> None:
        if not self._dirty:
            return
        # The layout knows of the edit now, so its lines may be given their marks again.
        self._dirty = False
        if self._tracked is not None and self._tracked.review.open and not self._shown:
            self._wake()
        else:
            self._refresh()

    def _wake(self) -> None:
        slept = not self._shown
        self._shown = True
        self._refresh()
        if slept:
            self.woke.emit()

    @Slot()
    def _on_caret_moved(self) -> None:
        tracked = self._tracked
        if tracked is None or self._applying or not self._shown:
            return
        place = self._editor.caret_position() - tracked.start
        current = self.current()
        if current is not None and not current.start <= place <= current.end:
            self._current = None
            self._refresh()
        if self._current is None and not self._editor.textCursor().hasSelection():
            inside = (one for one in tracked.review.open if one.start < place < one.end)
            found = next(inside, None)
            if found is not None:
                self._current = found.number
                self._refresh()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A click on a change points it out."""
        if (
            self._shown
            and isinstance(event, QMouseEvent)
            and event.type() == QEvent.Type.MouseButtonRelease
            and event.button() == Qt.MouseButton.LeftButton
            and not self._editor.textCursor().hasSelection()
        ):
            self._click(event.position().toPoint())
        return super().eventFilter(watched, event)

    def _click(self, point: QPoint) -> None:
        review = self.review()
        number = self._marks.change_at(point.toPointF())
        change = review.find(number) if review is not None else None
        if change is not None and change.is_open:
            self._current = change.number
            self._refresh()
            self._announce(change)

    # --- showing

    def _refresh(self) -> None:
        tracked = self._tracked
        change = self.current()
        if change is None or not change.is_open:
            self._current = None
        if tracked is None or not self._shown:
            self._marks.show({}, None)
        else:
            editor = self._editor
            start = editor.u16_of(tracked.start)
            block = editor.document().findBlock(start)
            first = block.blockNumber()
            line = editor.lines()[first]
            before = line[: from_utf16(line, start - block.position())]
            lines = review_lines(tracked.review.text, tracked.review.open, before)
            self._marks.show(
                {first + number: each for number, each in lines.items()}, self._current
            )
        self._placing.start()
        self.changed.emit()

    @Slot()
    def _place_bar(self) -> None:
        change, review = self.current(), self.review()
        if change is None or review is None or not self._shown:
            self._bar.hide()
            return
        number = next(i for i, one in enumerate(review.open, 1) if one.number == change.number)
        self._bar.show_change(change, number, len(review.open))
        self._bar.stand_by(self._marks.area_of(change.number))

    def _announce(self, change: Change) -> None:
        if QAccessible.isActive():
            event = QAccessibleAnnouncementEvent(self._editor, change_words(change))
            QAccessible.updateAccessibility(event)
