"""Asks for suggestions while a person types, and decides when one may be seen."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Slot

from app.editor.editor import Editor
from app.editor.mirror import Origin, TextChange
from app.editor.places import welcomes_suggestion
from app.editor.recent import RecentSuggestions
from app.services.bridge import EngineBridge
from engine import (
    EngineState,
    EngineStatus,
    FinishReason,
    GenerationChunk,
    completion_request,
    reading_request,
    trim_completion,
)

_BEFORE = 9_000
"""Code points before the caret that are read: more than a request ever uses."""
_AFTER = 200
_ABLE = (EngineState.READY, EngineState.THINKING)


@dataclass(slots=True)
class _Attempt:
    """One suggestion, from the key that caused it until it is taken, refused or overtaken."""

    before: str
    after: str
    anchor: int
    revision: int
    request_id: int | None = None
    raw: str = ""
    text: str = ""
    """As much of the suggestion as is known, trimmed; it only grows."""
    used: int = 0
    """How much of ``text`` the person has typed or taken already."""
    due: bool = False
    """Whether it may be seen: the pause is over."""
    shown: bool = False

    @property
    def rest(self) -> str:
        return self.text[self.used :]


class CompletionController(QObject):
    """Offers suggestions in an editor as ghost text.

    A request starts with each typed character, so that the answer is often there when the pause
    that gates showing it is over; the next key that does not match cancels it.
    """

    def __init__(self, editor: Editor, bridge: EngineBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._bridge = bridge
        self._enabled = True
        self._max_tokens = 16
        self._attempt: _Attempt | None = None
        self._waiting: tuple[int, int, bool] | None = None
        self._recent = RecentSuggestions()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(350)
        self._pause.timeout.connect(self._pause_over)
        editor.edited.connect(self._on_edited)
        editor.loaded.connect(self._on_loaded)
        editor.cursorPositionChanged.connect(self._on_caret_moved)
        editor.selectionChanged.connect(self._on_caret_moved)
        editor.focus_left.connect(self.cancel)
        editor.composing.connect(self.cancel)
        editor.ghost.changed.connect(self._on_ghost_changed)
        editor.ghost.accepted.connect(self._on_accepted)
        bridge.status_changed.connect(self._on_status)

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
        self._pause.setInterval(max(0, delay))

    def set_max_tokens(self, tokens: int) -> None:
        """The longest suggestion."""
        if tokens != self._max_tokens:
            self._max_tokens = tokens
            self._recent.clear()

    @Slot()
    def suggest_now(self) -> None:
        """Show a suggestion at the caret without a pause, wherever the caret is."""
        if self._attempt is None:
            self._start(asked=True)
        if self._attempt is not None:
            self._pause.stop()
            self._attempt.due = True
            self._present()

    @Slot()
    def cancel(self) -> None:
        """Ask for nothing and show nothing."""
        self._drop()
        self._editor.ghost.clear()

    @Slot(object)
    def _on_edited(self, change: TextChange) -> None:
        if self._editor.ghost.accepting():
            return
        self._waiting = None
        if change.origin is not Origin.TYPING or change.removed or not change.inserted:
            self._drop()
            return
        if self._typed_through(change.inserted):
            return
        self._drop()
        if self._enabled:
            self._start(asked=False)

    @Slot(str)
    def _on_accepted(self, part: str) -> None:
        attempt = self._attempt
        if attempt is not None and attempt.rest.startswith(part):
            self._advance(attempt, part)  # a part: taking the whole ends the attempt
        elif self._enabled:
            self._drop()
            self._start(asked=False)

    @Slot(str)
    def _on_ghost_changed(self, shown: str) -> None:
        if not shown and self._attempt is not None and self._attempt.shown:
            self._drop()

    @Slot()
    def _on_loaded(self) -> None:
        self._drop()
        self._read_ahead()

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
            self._attempt.due = True
            self._present()

    def _on_chunk(self, chunk: GenerationChunk) -> None:
        attempt = self._attempt
        if attempt is None or attempt.request_id != chunk.request_id:
            return
        if not self._in_place(attempt):
            self._drop()
            return
        attempt.raw += chunk.text
        text = trim_completion(attempt.raw, attempt.before, attempt.after)
        if text.startswith(attempt.text):
            attempt.text = text
        if chunk.result is None:
            self._present()
            return
        attempt.request_id = None
        if chunk.result.finish_reason in (FinishReason.ERROR, FinishReason.CANCELLED):
            if not attempt.text:
                self._drop()
            return
        self._finished(attempt)

    def _finished(self, attempt: _Attempt) -> None:
        if attempt.text:
            self._recent.add(attempt.before, attempt.after, attempt.text)
        if attempt.rest:
            was_whole = attempt.rest == self._editor.ghost.text()
            self._present()
            if was_whole:
                self._editor.ghost.announce()
        else:
            used_up = attempt.used > 0
            self._drop()
            if used_up and self._enabled:
                self._start(asked=False)

    def _typed_through(self, typed: str) -> bool:
        attempt = self._attempt
        if attempt is None or not attempt.rest.startswith(typed):
            return False
        if attempt.rest == typed and attempt.request_id is None:
            return False
        self._advance(attempt, typed)
        if not attempt.shown:
            attempt.due = False
            self._pause.start()
        return True

    def _advance(self, attempt: _Attempt, used: str) -> None:
        attempt.used += len(used)
        attempt.anchor = self._editor.caret()
        attempt.revision = self._editor.revision()

    def _start(self, *, asked: bool) -> None:
        editor = self._editor
        if not editor.ghost.allowed() or editor.is_composing():
            return
        before = editor.text_before_caret(_BEFORE)
        after = editor.text_after_caret(_AFTER)
        if not asked and not self._welcome(before, after):
            return
        state = self._bridge.status().state
        if state not in _ABLE:
            if state is EngineState.LOADING:
                self._waiting = editor.revision(), editor.caret(), asked
            return
        attempt = _Attempt(before, after, editor.caret(), editor.revision(), due=asked)
        known = self._recent.find(before, after)
        if known:
            attempt.text = known
        else:
            request = completion_request(
                before,
                max_tokens=self._max_tokens,
                revision=editor.revision(),
                offset=editor.caret_position() - len(before),
            )
            if request is None:
                return
            attempt.request_id = request.request_id
            self._attempt = attempt
            self._bridge.submit(request, self._on_chunk)
        self._attempt = attempt
        if not asked:
            self._pause.start()

    def _read_ahead(self) -> None:
        """Have the opened text read, so that the first suggestion comes as soon as the others."""
        editor = self._editor
        before = editor.text_before_caret(_BEFORE)
        request = reading_request(
            before or editor.text_after_caret(_BEFORE),
            offset=editor.caret_position() - len(before),
        )
        if self._enabled and request is not None:
            self._bridge.submit(request, lambda _: None)

    def _welcome(self, before: str, after: str) -> bool:
        return (
            bool(before.strip())
            and not self._editor.in_code()
            and welcomes_suggestion(before.rpartition("\n")[2], after.partition("\n")[0])
        )

    def _in_place(self, attempt: _Attempt) -> bool:
        cursor = self._editor.textCursor()
        return (
            not cursor.hasSelection()
            and cursor.position() == attempt.anchor
            and self._editor.revision() == attempt.revision
        )

    def _present(self) -> None:
        attempt = self._attempt
        if attempt is None or not attempt.due or not attempt.rest:
            return
        if not self._in_place(attempt) or self._editor.is_composing():
            self._drop()
        elif attempt.rest != self._editor.ghost.text():
            # Emptying the ghost, as a refusal to show does, ends the attempt.
            attempt.shown = True
            if not self._editor.ghost.show(attempt.rest):
                self._drop()
            elif attempt.request_id is None:
                self._editor.ghost.announce()

    def _drop(self) -> None:
        attempt, self._attempt = self._attempt, None
        self._waiting = None
        self._pause.stop()
        if attempt is not None and attempt.request_id is not None:
            self._bridge.cancel(attempt.request_id)
