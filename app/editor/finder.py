"""Finds and replaces in the page: searches beside the typing, follows edits, moves the caret."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from functools import partial
from typing import Any

import regex
from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QTextCursor

from app.core.find import (
    BadPattern,
    Found,
    Matches,
    Query,
    Replacement,
    Template,
    compile_query,
    find_all,
    replace_all,
    replacement_of,
)
from app.editor.editor import Editor
from app.editor.match_marks import MatchMarks
from app.editor.mirror import TextChange
from app.editor.verbatim import from_qt
from app.services.theme import Theme
from app.services.worker import Worker

_PAUSE_MS = 150
"""After an edit the text is searched again once the hands have rested this long,"""
_PAUSE_FACTOR = 3
"""or for so many times as long as the last search took."""


@dataclass(frozen=True, slots=True)
class FindState:
    """How a search stands; ``current`` counts from 1 and is 0 when no match is selected."""

    count: int = 0
    current: int = 0
    searching: bool = False
    complete: bool = True
    wrapped: int = 0
    """1: the last step went on from the top; -1: from the end."""


class Finder(QObject):
    """Looks for one query in one editor at a time."""

    changed = Signal(object)
    """A ``FindState``."""
    replaced = Signal(int)
    """So many matches were replaced at once."""
    refused = Signal(object)
    """A ``BadPattern``, or what else could not be done and why as a ``str``."""

    def __init__(self, editor: Editor, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = Worker("inkling-find", (), self)
        self._stale = threading.Event()
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.timeout.connect(self._search)
        self._editor = editor
        self._marks = MatchMarks(editor, self)
        self._query = Query("")
        self._pattern: regex.Pattern[str] | None = None
        self._matches: Matches | None = None
        self._complete = True
        self._searching = False
        self._wrapped = 0
        self._steps = 0
        self._shown = False
        self._reveal = False
        self._moving = False
        self._anchor: QTextCursor | None = None
        self._selected: QTextCursor | None = None
        self._scope: QTextCursor | None = None
        self._pause = _PAUSE_MS
        self._follow(editor)

    # --- what is looked for

    def set_editor(self, editor: Editor) -> None:
        """Look in another editor from now on."""
        if editor is self._editor:
            return
        self._editor.edited.disconnect(self._edited)
        self._editor.loaded.disconnect(self._loaded)
        self._editor.selectionChanged.disconnect(self._selection_changed)
        self._editor.cursorPositionChanged.disconnect(self._selection_changed)
        self._editor = editor
        self._marks.set_editor(editor)
        self._follow(editor)
        self._loaded()

    def editor(self) -> Editor:
        """The editor that is searched."""
        return self._editor

    def begin(self) -> str:
        """Look from the caret on; returns the words selected, "" if they are no single line."""
        cursor = self._editor.textCursor()
        self._anchor = cursor
        text = cursor.selectedText()
        return "" if "\u2029" in text else from_qt(text)

    def look_for(self, query: Query) -> None:
        """Search; the first match from where the search began is selected."""
        self._query = query
        self._shown = True
        try:
            self._pattern = compile_query(query) if query.text else None
        except BadPattern as error:
            self._pattern = None
            self._drop()
            self.refused.emit(error)
            return
        self._reveal = True
        self._search()

    def set_in_selection(self, on: bool) -> bool:
        """Search only in what is selected now; False if nothing is."""
        selected = self._selected
        self._scope = QTextCursor(selected) if on and selected is not None else None
        self._marks.set_scope(self._scope)
        self._reveal = self._scope is not None
        if self._scope is not None:
            self._anchor = self._scope
        self._search()
        return self._scope is not None or not on

    def stop(self) -> None:
        """Take the marks away and rest; the next and the previous match can still be asked for."""
        self._shown = False
        self._scope = None
        self._marks.set_scope(None)
        self._drop()

    def close(self) -> None:
        """End the thread."""
        self._stale.set()
        self._worker.close()

    def apply_theme(self, theme: Theme) -> None:
        """Mark in the colours of ``theme``."""
        self._marks.apply_theme(theme)

    # --- moving

    @Slot()
    def find_next(self) -> None:
        """Select the next match, after the last one the first."""
        self._step(1)

    @Slot()
    def find_previous(self) -> None:
        """Select the match before, before the first one the last."""
        self._step(-1)

    def _step(self, by: int) -> None:
        self._reveal = False
        matches = self._matches
        if matches is None or self._searching or self._again.isActive():
            self._steps += by
            if not self._searching:
                self._search()
            return
        if not len(matches):
            return
        cursor = self._editor.textCursor()
        start = self._editor.position_of(cursor.selectionStart())
        end = self._editor.position_of(cursor.selectionEnd())
        current = matches.index(start, end)
        if current is not None:
            found = current + by
        elif by > 0:
            found = matches.at_or_after(end)
        else:
            found = matches.at_or_after(start) - 1
        self._wrapped = by if not 0 <= found < len(matches) else 0
        self._select(found % len(matches))

    def _select(self, number: int) -> None:
        assert self._matches is not None
        start, end = self._matches[number]
        cursor = self._editor.textCursor()
        cursor.setPosition(self._editor.u16_of(start))
        cursor.setPosition(self._editor.u16_of(end), QTextCursor.MoveMode.KeepAnchor)
        self._moving = True
        try:
            self._editor.setTextCursor(cursor)
            room = self._editor.viewport().rect()
            line = self._editor.cursorRect()
            if not room.adjusted(0, 0, 0, -2 * line.height()).contains(line):
                self._editor.centerCursor()  # with the words around it
        finally:
            self._moving = False
        self._tell()

    # --- replacing

    def replace(self, by: str) -> None:
        """Replace the match that is selected and go to the next; select one if none is."""
        matches, pattern = self._matches, self._pattern
        if matches is None or pattern is None or self._searching:
            return
        cursor = self._editor.textCursor()
        place = (
            self._editor.position_of(cursor.selectionStart()),
            self._editor.position_of(cursor.selectionEnd()),
        )
        if matches.index(*place) is not None:
            template = self._template(by)
            if template is None:
                return
            whole = self._editor.text()
            end = self._bounds()[1]
            new = replacement_of(
                pattern, template, whole, place, len(whole) if end is None else end
            )
            if new is not None:
                start, stop = cursor.selectionStart(), cursor.selectionEnd()
                self._editor.replace_range(start, stop, new)
                if place[0] == place[1]:
                    # An empty match is found again behind what was put there: step over it.
                    cursor = self._editor.textCursor()
                    cursor.movePosition(QTextCursor.MoveOperation.NextCharacter)
                    self._editor.setTextCursor(cursor)
        self._steps += 1
        self._search()

    def replace_all(self, text: str) -> None:
        """Replace every match, as one undo step; ``replaced`` or ``refused`` tells how it went."""
        pattern = self._pattern
        template = self._template(text) if pattern is not None else None
        if pattern is None or template is None:
            return
        lines, revision = self._editor.snapshot(), self._editor.revision()
        start, end = self._bounds()

        def job() -> list[Replacement] | None:
            return replace_all(pattern, template, _joined(lines), start, end)

        self._worker.submit(job, partial(self._replace_all, self._editor, revision))

    def _replace_all(
        self, editor: Editor, revision: int, replacements: list[Replacement] | None
    ) -> None:
        if replacements is None:
            self.refused.emit(
                self.tr("This pattern takes too long on this text. Nothing was replaced.")
            )
        elif editor is not self._editor or editor.revision() != revision:
            self.refused.emit(
                self.tr("The text was changed meanwhile. Nothing was replaced; try again.")
            )
        else:
            if replacements:
                editor.replace_ranges(replacements)
            self._search()
            self.replaced.emit(len(replacements))

    def _template(self, text: str) -> Template | None:
        assert self._pattern is not None
        try:
            return Template(text, self._pattern, literal=not self._query.regular_expression)
        except BadPattern as error:
            self.refused.emit(error)
            return None

    # --- searching

    def _bounds(self) -> tuple[int, int | None]:
        if self._scope is None:
            return 0, None
        first, last = self._scope.selectionStart(), self._scope.selectionEnd()
        return self._editor.position_of(first), self._editor.position_of(last)

    @Slot()
    def _search(self) -> None:
        self._again.stop()
        self._stale.set()
        pattern = self._pattern
        if pattern is None:
            self._drop()
            return
        self._stale = stale = threading.Event()
        lines = self._editor.snapshot()
        start, end = self._bounds()

        def job() -> Found | None:
            if stale.is_set():
                return None
            return find_all(pattern, _joined(lines), start, end, cancelled=stale.is_set)

        self._searching = True
        self._worker.submit(job, partial(self._found, stale, self._editor.revision()))
        self._tell()

    def _found(self, stale: threading.Event, revision: int, found: Any) -> None:
        if stale.is_set() or not isinstance(found, Found):
            return
        self._pause = max(_PAUSE_MS, round(1000 * _PAUSE_FACTOR * found.seconds))
        self._searching = False
        if self._editor.revision() != revision:
            # The editor went on: what was found no longer is where it was.
            self._again.start(self._pause)
            return
        self._matches = found.matches
        self._complete = found.complete
        self._marks.set_matches(found.matches if self._shown else None)
        if self._reveal:
            self._reveal = False
            self._show_first()
        while self._steps and len(found.matches):
            by = 1 if self._steps > 0 else -1
            self._steps -= by
            self._step(by)
        self._steps = 0
        self._tell()

    def _show_first(self) -> None:
        matches = self._matches
        if matches is None or not len(matches):
            return
        start = self._anchor.selectionStart() if self._anchor is not None else 0
        first = matches.at_or_after(self._editor.position_of(start))
        self._wrapped = 1 if first == len(matches) else 0
        self._select(first % len(matches))

    def _drop(self) -> None:
        self._stale.set()
        self._again.stop()
        self._matches = None
        self._searching = False
        self._complete = True
        self._wrapped = self._steps = 0
        self._marks.set_matches(None)
        self._tell()

    def _tell(self) -> None:
        matches = self._matches
        current = None
        if matches is not None and len(matches):
            cursor = self._editor.textCursor()
            current = matches.index(
                self._editor.position_of(cursor.selectionStart()),
                self._editor.position_of(cursor.selectionEnd()),
            )
        self.changed.emit(
            FindState(
                len(matches) if matches is not None else 0,
                0 if current is None else current + 1,
                self._searching,
                self._complete,
                self._wrapped,
            )
        )

    # --- following the editor

    def _follow(self, editor: Editor) -> None:
        editor.edited.connect(self._edited)
        editor.loaded.connect(self._loaded)
        editor.selectionChanged.connect(self._selection_changed)
        editor.cursorPositionChanged.connect(self._selection_changed)
        self._selection_changed()

    @Slot(object)
    def _edited(self, change: TextChange) -> None:
        if not self._shown:
            if self._matches is not None:
                self._drop()
            return
        if self._matches is not None:
            self._matches.follow(change.position, len(change.removed), len(change.inserted))
            self._marks.refresh()
        if self._pattern is not None:
            self._again.start(self._pause)

    @Slot()
    def _loaded(self) -> None:
        self._selected = self._scope = self._anchor = None
        self._marks.set_scope(None)
        if self._shown:
            self._search()
        else:
            self._drop()

    @Slot()
    def _selection_changed(self) -> None:
        if self._moving:
            return
        cursor = self._editor.textCursor()
        self._selected = cursor if cursor.hasSelection() else None
        if self._pattern is not None:
            self._wrapped = 0
            self._tell()


def _joined(lines: list[str]) -> str:
    return from_qt("\n".join(lines))
