"""Asks for suggestions while a person types, and decides when one may be seen."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.core.endings import Ending
from app.core.latency import LatencyRecorder
from app.core.patience import Patience
from app.editor.attempt import Attempt
from app.editor.editor import Editor
from app.editor.mirror import Origin, TextChange
from app.editor.places import allows_suggestion, welcomes_suggestion
from app.editor.source import CompletionSource
from app.editor.space_after import SpaceAfterWord
from app.editor.stopwatch import Stopwatch
from app.services.bridge import EngineBridge
from engine import EngineState, EngineStatus, GenerationResult

_BEFORE = 9_000
"""Code points before the caret that are read: more than a request ever uses."""
_AFTER = 200
_READ_S = 0.4
"""What was shown for less was not read, and typing past it says nothing."""
_ABLE = (EngineState.READY, EngineState.THINKING)


class CompletionController(QObject):
    """Offers suggestions in an editor as ghost text.

    A request starts with each typed character, so that the answer is often there when the pause
    that gates showing it is over; the next key that does not match cancels it. Once a suggestion
    is whole and seen, idle time goes into other candidates and into what would follow it.
    """

    paused_changed = Signal(bool)
    """So many suggestions were refused that none comes until ``resume``; or that is over."""

    def __init__(
        self,
        editor: Editor,
        bridge: EngineBridge,
        parent: QObject | None = None,
        *,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        super().__init__(parent)
        self._editor = editor
        self._bridge = bridge
        self._clock = clock
        self._latency = LatencyRecorder()
        self._watch = Stopwatch(self._latency, clock, None)
        self._on_screen = ""
        self._enabled = True
        self._everywhere = False
        self._attempt: Attempt | None = None
        self._waiting: tuple[int, int, bool] | None = None
        self._turning = 0
        self._refused: tuple[int, str] | None = None
        self._source = CompletionSource(bridge)
        self._patience = Patience()
        self._space_after = SpaceAfterWord(editor, self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._pause_over)
        editor.edited.connect(self._on_edited)
        editor.loaded.connect(self._on_loaded)
        editor.cursorPositionChanged.connect(self._on_caret_moved)
        editor.selectionChanged.connect(self._on_caret_moved)
        editor.focus_left.connect(self.cancel)
        editor.composing.connect(self.cancel)
        editor.ghost.changed.connect(self._on_ghost_changed)
        editor.ghost.painted.connect(self._on_painted)
        editor.ghost.accepted.connect(self._on_accepted)
        editor.ghost.dismissed.connect(self._on_dismissed)
        editor.ghost.add_command("suggestion.next", self.next_candidate)
        editor.ghost.add_command("suggestion.previous", self.previous_candidate)
        bridge.status_changed.connect(self._on_status)

    # --- settings

    def enabled(self) -> bool:
        """Whether suggestions come by themselves."""
        return self._enabled

    @Slot(bool)
    def set_enabled(self, enabled: bool) -> None:
        """Let suggestions come by themselves, or only when asked for."""
        self._enabled = enabled
        if not enabled:
            self.cancel()

    def set_delay_ms(self, delay: int) -> None:
        """The pause in typing, in milliseconds, after which a suggestion is shown."""
        self._patience.set_delay_ms(delay)

    def set_adaptive(self, adaptive: bool) -> None:
        """Let that pause follow the typing rhythm, and refusals hold suggestions back."""
        self._patience.set_adaptive(adaptive)
        self.paused_changed.emit(self.paused())

    def set_everywhere(self, everywhere: bool) -> None:
        """Offer suggestions in headings, code and addresses too."""
        self._everywhere = everywhere

    def set_max_tokens(self, tokens: int) -> None:
        """The longest suggestion."""
        self._source.set_max_tokens(tokens)

    def set_eagerness(self, eagerness: str) -> None:
        """How sure a suggestion that comes by itself must be: a name in ``GATES``."""
        self._source.set_eagerness(eagerness)

    def set_ending(self, ending: Ending) -> None:
        """Where suggestions end."""
        self._source.set_ending(ending)

    def set_adapter(self, name: str) -> None:
        """The adapter chosen for this document, "" for the usual one."""
        self._source.set_adapter(name)

    def set_usual_adapter(self, name: str) -> None:
        """The adapter that suggests where none is chosen, "" for the model as it is."""
        self._source.set_usual_adapter(name)

    def adapter(self) -> str:
        """The adapter that suggests now, "" for the model as it is."""
        return self._source.adapter()

    def set_latency(self, recorder: LatencyRecorder) -> None:
        """Where to keep how long suggestions take."""
        self._latency = recorder

    def paused(self) -> bool:
        """Whether none comes by itself because so many were refused."""
        return self._patience.paused()

    # --- what the person asks for

    @Slot()
    def resume(self) -> None:
        """Let suggestions come again after many were refused."""
        if self._patience.paused():
            self._patience.resume()
            self.paused_changed.emit(False)

    @Slot()
    def suggest_now(self) -> None:
        """Show a suggestion at the caret without a pause, wherever the caret is."""
        self.resume()
        self._refused = None
        if self._attempt is None or not self._attempt.rest:
            # What is on its way may turn out too unsure to be shown.
            self._drop()
            self._start(asked=True)
        if self._attempt is not None:
            self._pause.stop()
            self._watch.due(asked=True)
            self._attempt.due = True
            self._present()

    def next_candidate(self) -> bool:
        """Show another candidate in place of the one shown, asking for more if need be."""
        return self._turn(1)

    def previous_candidate(self) -> bool:
        """Show the candidate before, or the last one."""
        return self._turn(-1)

    def find_words(self, start: int, found: Callable[[str, GenerationResult], None]) -> bool:
        """Find other words at ``start`` of the suggestion; False if none is shown.

        ``found`` gets the text before the word, as far as it was read, and its continuations.
        """
        attempt = self._attempt
        if attempt is None or not self._editor.ghost.text():
            return False
        return self._source.find_words(attempt, start, found)

    def go_on_from(self, beginning: str) -> None:
        """Show a suggestion that begins like this, in place of the one shown."""
        self._drop()
        self._start(asked=True, fixed=beginning)
        self._present()

    @Slot()
    def cancel(self) -> None:
        """Ask for nothing and show nothing."""
        self._drop()
        self._editor.ghost.clear()

    # --- what happens in the editor

    @Slot(object)
    def _on_edited(self, change: TextChange) -> None:
        if self._editor.ghost.accepting():
            return
        self._waiting = None
        if change.origin is not Origin.TYPING or change.removed or not change.inserted:
            self._drop()
            return
        self._patience.key_typed(self._clock())
        if self._typed_through(change.inserted):
            return
        self._typed_past()
        self._drop()
        if self._enabled:
            self._start(asked=False, typed=True)

    @Slot(str)
    def _on_accepted(self, part: str) -> None:
        self._patience.taken()
        attempt = self._attempt
        if attempt is not None and attempt.rest.startswith(part) and attempt.rest != part:
            attempt.used += len(part)
            self._follow_caret(attempt)
            return
        self._drop()
        if self._enabled:
            self._start(asked=False, taken=True)

    @Slot()
    def _on_dismissed(self) -> None:
        if self._attempt is not None:
            self._refused = self._attempt.start, self._attempt.text
        self._drop()
        self._patience.dismissed()
        self._tell_pause()

    @Slot(str)
    def _on_ghost_changed(self, shown: str) -> None:
        if not shown and self._attempt is not None and not self._editor.ghost.accepting():
            # A key took it off the page; if it types what another candidate has, that one follows.
            self._attempt.due = False

    @Slot()
    def _on_loaded(self) -> None:
        self._drop()
        self._refused = None
        self.read_ahead()

    def read_ahead(self) -> None:
        """Have the text read, so that its first suggestion comes as soon as the others."""
        if self._enabled:
            before = self._editor.text_before_caret(_BEFORE)
            text = before or self._editor.text_after_caret(_BEFORE)
            self._source.read_ahead(text, self._editor.caret_position() - len(before))

    @Slot()
    def _on_caret_moved(self) -> None:
        attempt = self._attempt
        if (
            attempt is not None
            and not self._editor.ghost.accepting()
            and not self._in_place(attempt)
        ):
            self._drop()

    @Slot(object)
    def _on_status(self, status: EngineStatus) -> None:
        if self._waiting is None or status.state not in _ABLE:
            return
        revision, caret, asked = self._waiting
        self._waiting = None
        if (revision, caret) == (self._editor.revision(), self._editor.caret()):
            self._start(asked=asked)

    @Slot()
    def _pause_over(self) -> None:
        if self._attempt is not None:
            self._watch.due()
            self._attempt.due = True
            self._present()

    def _typed_through(self, typed: str) -> bool:
        attempt = self._attempt
        if attempt is None or not attempt.follow(typed):
            return False
        self._follow_caret(attempt)
        if attempt.request_id is None and not attempt.rest.strip():
            self.cancel()  # The word was typed by hand; only the space after it would be left.
            self._start(asked=False)
        elif attempt.seen_at is None:
            attempt.due = False
            self._watch.not_due()
            self._pause.start(self._patience.delay_ms())
        else:
            attempt.due = True
            self._present()
        return True

    def _typed_past(self) -> None:
        attempt = self._attempt
        if attempt is None or attempt.seen_at is None or self._clock() - attempt.seen_at < _READ_S:
            return
        self._patience.typed_past()
        self._tell_pause()

    def _tell_pause(self) -> None:
        if self._patience.paused():
            self.paused_changed.emit(True)

    # --- what the engine says

    def _told(self, attempt: Attempt) -> None:
        if attempt is not self._attempt:
            return
        if attempt.raw:
            self._watch.text_came()
        if attempt.request_id is None:
            self._watch.whole(painted=attempt.rest == self._on_screen)
        if not self._in_place(attempt):
            self._drop()
        elif attempt.request_id is not None:
            self._present()
        elif attempt.rest:
            was_whole = attempt.rest == self._editor.ghost.text()
            self._present()
            if was_whole:
                self._whole_and_seen(attempt)
        else:
            used_up = attempt.used > 0
            self._drop()
            self._editor.ghost.clear()  # Nothing may be left of what was seen while it came.
            if used_up and self._enabled:
                self._start(asked=False)

    # --- asking

    def _start(
        self, *, asked: bool, typed: bool = False, taken: bool = False, fixed: str = ""
    ) -> None:
        editor = self._editor
        if not editor.ghost.allowed() or editor.is_composing():
            return
        before = editor.text_before_caret(_BEFORE)
        after = editor.text_after_caret(_AFTER)
        if not asked and (self._patience.paused() or not self._welcome(before, after)):
            return
        state = self._bridge.status().state
        if state not in _ABLE:
            if state is EngineState.LOADING:
                self._waiting = editor.revision(), editor.caret(), asked
            return
        offset = editor.caret_position() - len(before)
        attempt = Attempt(before, after, offset, editor.caret(), editor.revision(), due=asked)
        attempt.fixed = fixed
        attempt.grow(fixed)
        if not self._source.ask(attempt, self._told, sure=not asked, taken=taken):
            return
        self._attempt = attempt
        since = self._clock() - editor.since_typing() if typed else None
        self._watch = Stopwatch(self._latency, self._clock, since)
        if attempt.request_id is not None:
            self._watch.requested()
        if not asked:
            self._pause.start(self._patience.delay_ms())

    def _turn(self, step: int) -> bool:
        attempt = self._attempt
        if attempt is None:
            return False
        if attempt.turn(step):
            self._present()
        elif self._source.looking():
            self._turning = step
        return True

    # --- showing

    def _welcome(self, before: str, after: str) -> bool:
        line_before, line_after = before.rpartition("\n")[2], after.partition("\n")[0]
        if not before.strip() or not allows_suggestion(line_after):
            return False
        return self._everywhere or (not self._editor.in_code() and welcomes_suggestion(line_before))

    def _in_place(self, attempt: Attempt) -> bool:
        cursor = self._editor.textCursor()
        return (
            not cursor.hasSelection()
            and cursor.position() == attempt.anchor
            and self._editor.revision() == attempt.revision
        )

    def _follow_caret(self, attempt: Attempt) -> None:
        attempt.anchor = self._editor.caret()
        attempt.revision = self._editor.revision()

    def _present(self) -> None:
        attempt = self._attempt
        if attempt is None or not attempt.due or not attempt.rest:
            return
        if self._refused is not None and attempt.repeats(*self._refused):
            return
        if not self._in_place(attempt) or self._editor.is_composing():
            self._drop()
        elif attempt.rest != self._editor.ghost.text():
            if not self._editor.ghost.show(attempt.rest):
                self._drop()
                return
            attempt.seen_at = attempt.seen_at or self._clock()
            if attempt.request_id is None:
                self._whole_and_seen(attempt)

    @Slot(str)
    def _on_painted(self, text: str) -> None:
        self._on_screen = text
        attempt = self._attempt
        if attempt is not None and attempt.rest == text:
            self._watch.painted(whole=attempt.request_id is None)

    def _whole_and_seen(self, attempt: Attempt) -> None:
        self._editor.ghost.announce()
        self._source.look_further(attempt, self._found)

    def _found(self) -> None:
        turning, self._turning = self._turning, 0
        if turning:
            self._turn(turning)

    def _drop(self) -> None:
        attempt, self._attempt = self._attempt, None
        self._on_screen = ""
        self._waiting = None
        self._turning = 0
        self._pause.stop()
        if attempt is not None:
            self._source.drop(attempt)
