"""Follows where each part of a page's text came from.

Whoever puts text of the model into the page says so with it, and that is all there is to do::

    editor.replace_range(start, end, text, made=Made(Kind.REWRITE, "clearer", whole=answer))

(``insert_generated`` and ``replace_ranges`` take ``made`` too). How it was made is looked up in the
log of generations by the request's id, or by the words of ``whole``. Only words that were not there
before count as the model's, so a change may be put in whole or piece by piece.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.core.provenance.carried import carried
from app.core.provenance.runs import EARLIER, TYPED, Run, Runs, Span, joined, taken
from app.core.provenance.sources import Kind, Made, Recipe, Source
from app.core.provenance.tracked import TrackedRuns
from app.editor.editor import Editor
from app.editor.mirror import Origin, TextChange
from app.services.generations import GenerationLog
from app.services.origins import OriginState

_BEFORE = 240
_AROUND = 24
"""Code points before a corrected word by which it is found in what the model gave."""
_NEW = "\0"
_MOST_COPIES = 8


class Copies:
    """The origins of what was copied last in any document, by its words."""

    def __init__(self) -> None:
        self._copies: OrderedDict[str, tuple[tuple[Run, ...], Mapping[str, Source]]] = OrderedDict()

    def keep(self, text: str, runs: tuple[Run, ...], sources: Mapping[str, Source]) -> None:
        """Remember a copy."""
        self._copies[text] = runs, sources
        self._copies.move_to_end(text)
        while len(self._copies) > _MOST_COPIES:
            self._copies.popitem(last=False)

    def find(self, text: str) -> tuple[list[Run], Mapping[str, Source]] | None:
        """The origins of ``text``, if it is, or is part of, what was copied."""
        for copy, (runs, sources) in reversed(self._copies.items()):
            at = copy.find(text)
            if at >= 0:
                return taken(runs, at, at + len(text)), sources
        return None


class OriginTracker(QObject):
    """The origins of one page's text, through every edit, undo and redo."""

    changed = Signal()
    """Some origin is another one, or stands elsewhere; told once the events at hand are done."""

    def __init__(
        self,
        editor: Editor,
        log: GenerationLog,
        copies: Copies,
        parent: QObject | None = None,
        *,
        clock: Callable[[], float] = time.time,
    ) -> None:
        super().__init__(parent)
        self._editor = editor
        self._document = editor.document()
        self._log = log
        self._copies = copies
        self._clock = clock
        self._sources: dict[str, Source] = {}
        self._by_request: dict[tuple[int, int], str] = {}
        self._new_step = False
        self._tracked = TrackedRuns(Runs())
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.changed)
        self._document.undoCommandAdded.connect(self._on_step)
        editor.edited.connect(self._on_edited)
        editor.loaded.connect(self._on_loaded)
        editor.copied.connect(self._on_copied)
        self._on_loaded()

    def runs(self) -> Runs:
        """The origins as they are now; not to be changed."""
        return self._tracked.runs()

    def sources(self) -> Mapping[str, Source]:
        """What is known of each origin in the text, or that undo may bring back."""
        return self._sources

    def source(self, span: Span) -> Source | None:
        """What is known of where a span came from."""
        return self._sources.get(span.origin)

    def state(self) -> OriginState:
        """The text with its origins, to be kept."""
        return OriginState(self._editor.text(), self.runs().runs(), dict(self._sources))

    def adopt(self, runs: Runs, sources: Mapping[str, Source]) -> bool:
        """Take over what was kept of the text that was loaded last; False if it does not fit.

        What the person wrote since then stays as it is.
        """
        if not self._tracked.rebase(Runs(runs.runs())):
            return False
        self._sources |= sources
        self._soon.start(0)
        return True

    def erase(self) -> None:
        """Know of nothing where it came from."""
        self._sources.clear()
        self._by_request.clear()
        self._tracked = TrackedRuns(
            Runs([(len(self._tracked.runs()), EARLIER)]), self._document.availableUndoSteps()
        )
        self._soon.start(0)

    def forget_prompts(self) -> None:
        """Keep no words that the model was given and gave."""
        self._sources = {name: each.without_prompt() for name, each in self._sources.items()}

    @Slot()
    def _on_step(self) -> None:
        self._new_step = True

    @Slot()
    def _on_loaded(self) -> None:
        self._sources.clear()
        self._by_request.clear()
        self._new_step = False
        self._tracked = TrackedRuns(
            Runs([(len(self._editor.text()), EARLIER)]), self._document.availableUndoSteps()
        )
        self._soon.start(0)

    @Slot(object)
    def _on_edited(self, change: TextChange) -> None:
        tracked = self._tracked
        key = self._document.availableUndoSteps()
        new_step, self._new_step = self._new_step, False
        if change.origin is Origin.TYPING and not change.removed:
            # Every key comes through here.
            tracked.type(key, change.position, len(change.inserted))
        elif new_step or key == tracked.key or not self._go(key, change):
            self._replace(key, change)
        if not self._soon.isActive():
            self._soon.start(0)

    def _go(self, key: int, change: TextChange) -> bool:
        """Undo or redo; False if that was none that is remembered."""
        length = len(self._tracked.runs()) + len(change.inserted) - len(change.removed)
        return self._tracked.go(key, length)

    def _replace(self, key: int, change: TextChange) -> None:
        position, removed = change.position, len(change.removed)
        old = self._tracked.runs().cut(position, position + removed)
        try:
            self._tracked.replace(key, position, removed, self._inserted(change, old))
        except ValueError:
            # The page and what is known of it differ: better to know nothing.
            self._on_loaded()

    def _inserted(self, change: TextChange, old: tuple[Run, ...]) -> list[Run]:
        text = change.inserted
        if not text:
            return []
        if change.origin is Origin.PASTE:
            return self._pasted(change, old)
        if change.origin is Origin.GENERATED and change.made is not None:
            if change.made.kind is Kind.SUGGESTION:
                return self._suggested(text)
            return self._generated(change, old, change.made)
        fresh = EARLIER if change.origin is Origin.ELSEWHERE else TYPED
        return carried(change.removed, old, text, fresh)

    def _pasted(self, change: TextChange, old: tuple[Run, ...]) -> list[Run]:
        found = self._copies.find(change.inserted)
        if found is None:
            return carried(change.removed, old, change.inserted, self._add(Kind.PASTE))
        runs, sources = found
        self._sources |= {name: sources[name] for _, name in runs if name in sources}
        return runs

    def _suggested(self, text: str) -> list[Run]:
        before = self._editor.text_before_caret(_BEFORE + len(text)).removesuffix(text)
        pieces = self._log.suggested(before, text)
        return joined(
            (piece.length, self._add(Kind.SUGGESTION, recipe=piece.recipe)) for piece in pieces
        )

    def _generated(self, change: TextChange, old: tuple[Run, ...], made: Made) -> list[Run]:
        recipe = self._log.answered(made.whole or change.inserted, made.request_id)
        if recipe is not None:
            fresh = self._add(made.kind, made.detail, recipe)
            return carried(change.removed, old, change.inserted, fresh)
        # Several answers may have gone into it: each new word is looked up by those beside it.
        result: list[Run] = []
        place = 0
        before = self._editor.text_before(change.position, _AROUND)
        for length, origin in carried(change.removed, old, change.inserted, _NEW):
            end = place + length
            if origin == _NEW:
                beside = (before + change.inserted[:place])[-_AROUND:]
                words = change.inserted[place:end]
                recipe = self._log.with_words(beside, words, made.whole or change.inserted)
                origin = self._add(made.kind, made.detail, recipe)
            result.append((length, origin))
            place = end
        return result

    def _add(self, kind: Kind, detail: str = "", recipe: Recipe | None = None) -> str:
        """The name of an origin; what one answer gave has one name, however it was taken."""
        asked = (
            (recipe.request.request_id, recipe.choice)
            if recipe is not None and recipe.request is not None
            else None
        )
        known = self._by_request.get(asked) if asked is not None else None
        if known is not None and known in self._sources:
            # More of the answer may be there than when its first words were taken.
            self._sources[known] = replace(self._sources[known], recipe=recipe)
            return known
        source = Source(kind, self._clock(), detail, recipe)
        self._sources[source.id] = source
        if asked is not None:
            self._by_request[asked] = source.id
        return source.id

    @Slot(int, str)
    def _on_copied(self, start: int, text: str) -> None:
        runs = self._tracked.runs().cut(start, start + len(text))
        names = {name for _, name in runs}
        known = {name: self._sources[name] for name in names if name in self._sources}
        self._copies.keep(text, runs, known)
