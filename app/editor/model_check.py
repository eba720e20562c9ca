"""Reads a whole document through with the model, while nothing else is asked of it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QTextBlock

from app.core.grammar.client import GrammarFailed, GrammarFinding
from app.core.offsets import utf16_length
from app.core.spelling.client import SpellingFailed
from app.editor.editor import Editor
from app.editor.paragraph_marks import Paragraph, ParagraphMarks
from app.editor.paragraphs import ParagraphChange
from app.editor.waiting import WaitingRun
from app.services.bridge import EngineBridge
from engine import (
    PROOFREADING_PROMPT,
    CancelToken,
    Correction,
    EngineStatus,
    FindingSource,
    Lane,
    Proofreader,
    TextEngine,
    WithAdapter,
    adapter_for,
    prose_of,
)

Entry = Paragraph[GrammarFinding]


class ModelCheck(WaitingRun):
    """Knows what rules and the model together would change in each paragraph, once asked to.

    What is found belongs to a paragraph as it was; one that is edited loses what the edit touches.
    """

    changed = Signal()
    """More was found, or what was found is forgotten."""
    begun = Signal()
    stopped = Signal()
    """It reads no further, whether it is done or not."""
    progressed = Signal(float)
    """Carries how much of the document is read, 0 to 1."""
    preparing = Signal(float)
    """The adapter is being made ready for the first time; carries how far that is, 0 to 1."""
    finished = Signal(object)
    """Carries how many places were found, None where there is no adapter, or the error."""

    _read = Signal(object, object, float)

    def __init__(self, editor: Editor, bridge: EngineBridge, parent: QObject) -> None:
        super().__init__(bridge, parent)
        self._editor = editor
        self._folders: tuple[Path, ...] = ()
        self._marks: ParagraphMarks[GrammarFinding] = ParagraphMarks()
        self._entries: list[Entry] = []
        self._starts: list[int] = []
        self._text = ""
        self._sources: tuple[FindingSource, ...] = ()
        self._cancel: CancelToken | None = None
        self._count = 0
        self._reading = False
        self._read.connect(self._take, Qt.ConnectionType.QueuedConnection)
        bridge.status_changed.connect(self._tell)
        editor.loaded.connect(self._forget)
        editor.paragraphs_changed.connect(self._follow)
        self._marks.load(editor.document().blockCount())

    def set_folders(self, folders: Sequence[Path]) -> None:
        """Where adapters are looked for."""
        self._folders = tuple(folders)

    def running(self) -> bool:
        """Whether a document is being read."""
        return self._cancel is not None

    def begin(self, sources: Sequence[FindingSource]) -> None:
        """Read the document as it is now; ``sources`` propose, on another thread."""
        self.stop()
        self._text = self._editor.text()
        lines = self._text.split("\n")
        self._starts = [0]
        for line in lines[:-1]:
            self._starts.append(self._starts[-1] + len(line) + 1)
        self._marks.load(len(lines))
        self._entries = [self._marks.begin(number, code=False) for number in range(len(lines))]
        self._sources = tuple(sources)
        self._cancel = CancelToken()
        self._count = 0
        self._reading = False
        self.changed.emit()
        self.begun.emit()
        self._wait()

    @Slot()
    def stop(self) -> None:
        """Read no further; what was found stays."""
        self._waits = False
        if self._cancel is not None:
            self._cancel.cancel()
            self._cancel = None
            self.stopped.emit()

    def found(self, block: QTextBlock) -> tuple[GrammarFinding, ...]:
        """What was found in a paragraph."""
        entry = self._marks.entry(block.blockNumber())
        return entry.found if entry is not None else ()

    def may_hold(self, number: int) -> bool:
        """Whether something was found in a paragraph."""
        entry = self._marks.entry(number)
        return bool(entry is not None and entry.found)

    def any_found(self) -> bool:
        """Whether anything was found since the text was loaded or read."""
        return self._count > 0

    @Slot()
    def _forget(self) -> None:
        self.stop()
        self._count = 0
        self._marks.load(self._editor.document().blockCount())
        self.changed.emit()

    @Slot(object)
    def _follow(self, change: ParagraphChange) -> None:
        self._marks.splice(change)

    def _hand_over(self) -> None:
        cancel = self._cancel
        if cancel is not None:
            text, sources = self._text, self._sources
            self._bridge.apart(
                lambda engine: self._work(engine, cancel, text, sources),
                lambda found: self._end(cancel, found),
            )

    def _give_up(self) -> None:
        self._cancel = None
        self.stopped.emit()

    def _work(
        self,
        engine: TextEngine,
        cancel: CancelToken,
        text: str,
        sources: Sequence[FindingSource],
    ) -> bool | Exception:
        """On another thread; whether there is an adapter for it."""
        model = engine.status().model
        adapter = adapter_for("proofread", model.name if model else "", self._folders)
        if adapter is None:
            return False
        reader = Proofreader(
            sources,
            WithAdapter(engine, adapter.name),
            prompt=adapter.prompt or PROOFREADING_PROMPT,
            lane=Lane.CHECK,
        )
        try:
            for stretch, corrections in reader.read(prose_of(text, headings=False)):
                if cancel.cancelled():
                    break
                with suppress(RuntimeError):  # the window is gone
                    self._read.emit(cancel, corrections, stretch.end / len(text))
        except (GrammarFailed, SpellingFailed) as error:
            return error
        return True

    @Slot(object, object, float)
    def _take(self, cancel: CancelToken, corrections: list[Correction], share: float) -> None:
        if cancel is not self._cancel:
            return
        self._reading = True
        for each in corrections:
            number = bisect_right(self._starts, each.start) - 1
            start = self._starts[number]
            line_end = self._starts[number + 1] if number + 1 < len(self._starts) else None
            line = self._text[start:line_end].removesuffix("\n")
            # A replacement of a line's end would take the break away.
            if each.end - start <= len(line):
                entry = self._entries[number]
                entry.found = (*entry.found, _finding(line, start, each))
                self._count += 1
        self.progressed.emit(share)
        if corrections:
            self.changed.emit()

    def _end(self, cancel: CancelToken, found: bool | Exception) -> None:
        if cancel is self._cancel:
            self._cancel = None
            self.stopped.emit()
            result = self._count if found is True else None if found is False else found
            self.finished.emit(result)

    @Slot(object)
    def _tell(self, status: EngineStatus) -> None:
        unready = [each for each in status.adapters if not each.ready and each.error is None]
        if self._cancel is not None and unready and not self._reading:
            self.preparing.emit(unready[0].progress)


def _finding(line: str, start: int, correction: Correction) -> GrammarFinding:
    """A correction as what was found in the line that begins at ``start``."""
    first, last = correction.start - start, correction.end - start
    old, new = correction.old, correction.new
    if first == last or not old.strip():
        # There is nothing to underline where only something comes in: the word before is taken in.
        begin = _word_start(line, first)
        old, new, first = line[begin:last], line[begin:first] + new, begin
    at = utf16_length(line[:first])
    return GrammarFinding(
        at,
        at + utf16_length(line[first:last]),
        old,
        (new,),
        correction.rule,
        correction.kind,
        correction.message,
    )


def _word_start(line: str, end: int) -> int:
    begin = end
    while begin and line[begin - 1].isspace():
        begin -= 1
    while begin and not line[begin - 1].isspace():
        begin -= 1
    return begin
