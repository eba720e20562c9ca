"""Rewrites the selection: asks the model, shows what would change, replaces only when told to."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import (
    QEvent,
    QObject,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QWidget

from app.core.assets import asset
from app.core.diff import DiffSpan
from app.core.provenance.sources import Kind, Made
from app.core.readable import count_changes, readable_changes
from app.editor.details import lost_details
from app.editor.editor import Editor
from app.editor.proofread_run import ProofreadRun
from app.editor.review import Review, ReviewCard
from app.editor.run import RewriteOutcome, RewriteRun
from app.editor.target import Target, find_target
from app.services.action_titles import action_title, refusal_words
from app.services.bridge import EngineBridge
from app.services.sentences import said
from app.services.theme import THEMES, Theme
from engine import (
    ActionLibrary,
    ActionOutput,
    ActionPrompt,
    ContextOverflow,
    EngineError,
    EngineStatus,
    FinishReason,
    RewriteAction,
    RewriteContext,
    load_actions,
)

_MAX_RECENT = 12
_MAX_SHOWN_LOST = 6
_PROOFREAD = "proofread"


@dataclass(frozen=True, slots=True)
class _Version:
    """One finished rewrite of the target."""

    text: str
    reason: FinishReason
    left: str = ""
    """What to say of parts that are as they were."""


class RewriteController(QObject):
    """Takes one rewrite from the menu to one undo step, or to nothing at all."""

    active_changed = Signal(bool)
    """Whether a rewrite is being asked for, written or reviewed."""
    instructions_changed = Signal(object)
    """Carries the remembered instructions, newest first, as a tuple of strings."""

    def __init__(
        self,
        editor: Editor,
        bridge: EngineBridge,
        parent: QObject | None = None,
        *,
        new_seed: Callable[[], int] = lambda: secrets.randbelow(2**31),
    ) -> None:
        super().__init__(parent)
        self._editor = editor
        self._new_seed = new_seed
        self._card = ReviewCard()
        self._theme = THEMES["paper"]
        self._title = ""
        self._library = load_actions([asset("prompts")])
        self._action: RewriteAction | None = None
        self._context = RewriteContext()
        self._instructions: tuple[str, ...] = ()
        self._target: Target | None = None
        self._run = RewriteRun(bridge, self)
        self._proofread = ProofreadRun(bridge, self)
        self._versions: list[_Version] = []
        self._index = 0
        self._active = False
        self._revealing = QTimer(self)
        self._revealing.setSingleShot(True)
        self._revealing.setInterval(0)
        self._revealing.timeout.connect(self._reveal)
        self._connect()

    def _connect(self) -> None:
        self._run.loading.connect(self._on_loading)
        self._run.thinking.connect(self._on_thinking)
        self._run.grown.connect(self._on_grown)
        self._run.finished.connect(self._on_finished)
        self._run.unavailable.connect(self._on_unavailable)
        self._proofread.loading.connect(self._on_loading)
        self._proofread.preparing.connect(self._on_preparing)
        self._proofread.thinking.connect(self._on_thinking)
        self._proofread.grown.connect(self._on_grown)
        self._proofread.finished.connect(self._on_proofread)
        self._proofread.unavailable.connect(self._on_unavailable)
        self._card.instruction_given.connect(self.start_custom)
        self._card.replace_requested.connect(self.replace)
        self._card.insert_requested.connect(self.insert_below)
        self._card.copy_requested.connect(self.copy)
        self._card.again_requested.connect(self.try_again)
        self._card.stop_requested.connect(self.stop)
        self._card.cancel_requested.connect(self.cancel)
        self._card.step_requested.connect(self.step)
        self._editor.installEventFilter(self)
        self._editor.viewport().installEventFilter(self)

    def panel(self) -> QWidget:
        """The review card, hidden while nothing is under review; it belongs below the page."""
        return self._card

    def active(self) -> bool:
        """Whether a rewrite is being asked for, written or reviewed."""
        return self._active

    def instructions(self) -> tuple[str, ...]:
        """The remembered instructions, newest first."""
        return self._instructions

    def set_instructions(self, instructions: tuple[str, ...]) -> None:
        """Remember these, newest first; for what was kept from an earlier start."""
        self._instructions = tuple(instructions)[:_MAX_RECENT]

    def set_adapter_folders(self, folders: Sequence[Path]) -> None:
        """Where the adapter that proofreads is looked for."""
        self._proofread.set_folders(folders)
        self._run.set_folders(folders)

    def set_actions(self, library: ActionLibrary) -> None:
        """The actions that can be started by name."""
        self._library = library

    def apply_theme(self, theme: Theme) -> None:
        """Show everything in ``theme``."""
        self._card.apply_theme(theme)
        self._theme = theme
        if self._target is not None:
            self._target.mark(theme)

    @Slot(str)
    def start(self, action_name: str, *, language: str = "", title: str = "") -> None:
        """Rewrite the selection, or the paragraph at the caret, by a named action.

        ``language`` is for actions that need one, ``title`` the document's. Raises ``ValueError``
        for a name that no action has.
        """
        action = self._library.find(action_name)
        if action is None:
            raise ValueError(f"There is no rewrite action named {action_name!r}.")
        self._context = RewriteContext(language=language, title=title)
        self._start(action_title(action), action)

    @Slot(str)
    def start_custom(self, instruction: str) -> None:
        """Rewrite by the person's own words, and remember them."""
        words = " ".join(instruction.split())
        if not words:
            self.ask_instruction()
            return
        earlier = tuple(item for item in self._instructions if item != words)
        self._instructions = (words, *earlier)[:_MAX_RECENT]
        self.instructions_changed.emit(self._instructions)
        self._context = RewriteContext()
        self._start(words, RewriteAction("own-words", words, ActionPrompt(_literal(words))))

    @Slot()
    def ask_instruction(self) -> None:
        """Ask in the card what is to be changed."""
        title = self.tr("Rewrite")
        if self._take_target(title):
            self._card.ask(title, self._instructions)
            self._card.take_focus()

    @Slot()
    def cancel(self) -> None:
        """Leave the text as it is; the selection and the keyboard go back to the page."""
        if not self._active:
            return
        self._abandon()
        if self._target is not None and self._target.unchanged():
            self._target.select()
        self._close()

    @Slot()
    def stop(self) -> None:
        """End the running version and keep what there is of it."""
        if self._run.running():
            outcome = self._run.abandon()
            self._keep_stopped(outcome.text if outcome else "")
        elif self._proofread.running():
            self._keep_stopped(self._proofread.abandon())

    def _busy(self) -> bool:
        return self._run.running() or self._proofread.running()

    def _abandon(self) -> None:
        self._run.abandon()
        self._proofread.abandon()

    def _keep_stopped(self, answer: str) -> None:
        if answer.strip():
            self._keep(_Version(answer, FinishReason.CANCELLED))
        elif self._versions:
            self._show_version()
        else:
            stopped = self.tr("Stopped. Nothing was changed.")
            self._card.fail(self._title, stopped, can_retry=True)

    @Slot()
    def try_again(self) -> None:
        """Ask for another version by another seed; the earlier ones are kept."""
        if not self._busy() and self._target is not None:
            fresh = bool(self._versions)
            self._ask_model(seed=self._new_seed() if fresh else None)

    @Slot(int)
    def step(self, by: int) -> None:
        """Show an earlier (-1) or later (1) version."""
        at = self._index + by
        if not self._busy() and 0 <= at < len(self._versions):
            self._index = at
            self._show_version()

    @Slot()
    def replace(self) -> None:
        """Put the version shown in the place of the text, as one undo step."""
        review, target = self._card.review(), self._target
        if review is None or target is None or not review.can_replace:
            return
        if not target.unchanged():
            self._show_version()
            return
        start, end = target.range()
        self._editor.replace_range(start, end, review.result, made=self._made())
        self._close()

    @Slot()
    def insert_below(self) -> None:
        """Put the version shown into a paragraph of its own below the text, as one undo step."""
        review, target = self._card.review(), self._target
        if review is None or target is None:
            return
        end = target.end_of_paragraph()
        below = "\n\n" + review.result.strip()
        self._editor.replace_range(end, end, below, made=self._made())
        self._close()

    def _made(self) -> Made:
        """What is known of the version shown, for the record of origins."""
        name = self._action.name if self._action is not None else ""
        kind = Kind.PROOFREADING if name == _PROOFREAD else Kind.REWRITE
        return Made(kind, name, self._versions[self._index].text)

    @Slot()
    def copy(self) -> None:
        """Put the version shown on the clipboard; the review goes on."""
        review = self._card.review()
        if review is not None:
            QGuiApplication.clipboard().setText(review.result)
            self._card.say(self.tr("Copied"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the page's column, and listen for Esc and Alt+Enter while the page has the keys.

        Shortcuts would be ambiguous with those of the ghost text and the chat.
        """
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self._align()
            if self._active and watched is not self._editor:
                # The page gets lower as the card grows; the words must not end up below its edge.
                self._revealing.start()
        if self._active and watched is self._editor and isinstance(event, QKeyEvent):
            return event.type() == QEvent.Type.KeyPress and self._take_key(event)
        return super().eventFilter(watched, event)

    def _take_key(self, event: QKeyEvent) -> bool:
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and alt:
            self.replace()
            return True
        if event.key() == Qt.Key.Key_Escape and not self._editor.ghost.text():
            self.cancel()
            return True
        return False

    def _align(self) -> None:
        page = self._editor.viewport().geometry()
        self._card.set_side_margins(page.left(), self._editor.width() - page.right() - 1)

    def _source(self) -> str:
        return self._target.source if self._target is not None else ""

    def _start(self, title: str, action: RewriteAction) -> None:
        if not self._take_target(title):
            return
        self._title, self._action = title, action
        if action.name == _PROOFREAD and self._proofread.has_folders():
            self._card.begin(title, "", self._source())
            self._proofread.begin(self._source())
        else:
            self._ask_model(seed=None)
        self._card.take_focus()

    def _take_target(self, title: str) -> bool:
        """Find and mark the text to rewrite; the card says so if there is none."""
        self._abandon()
        if self._target is not None and self._target.unchanged():
            self._target.select()
        self._release_target()
        self._versions = []
        self._index = 0
        self._align()
        self._card.set_text_font(self._editor.font())
        target = find_target(self._editor)
        self._set_active(True)
        if target is None:
            sentence = self.tr("There is no text here yet. Write some, or select what to change.")
            self._card.fail(title, sentence, can_retry=False)
            self._card.take_focus()
            return False
        self._target = target
        target.select()
        target.mark(self._theme)
        return True

    @Slot()
    def _reveal(self) -> None:
        if self._target is not None:
            self._editor.ensureCursorVisible()

    def _ask_model(self, *, seed: int | None) -> None:
        """Have the text rewritten; with a ``seed`` into another version."""
        if self._action is None:
            return
        source = self._source()
        self._card.begin(self._title, "", source)
        self._run.begin(self._action, source, self._context, seed=seed, fresh=seed is not None)

    @Slot(float)
    def _on_loading(self, progress: float) -> None:
        words = self.tr("Loading the model, {percent}%. The rewrite starts then.")
        self._card.say(words.format(percent=round(progress * 100)))

    @Slot(float)
    def _on_preparing(self, progress: float) -> None:
        words = self.tr("Preparing to proofread, {percent}%. This is done once.")
        self._card.say(words.format(percent=round(progress * 100)))

    @Slot(object)
    def _on_proofread(self, found: str | EngineError | None) -> None:
        if isinstance(found, EngineError):
            self._fail(said(found))
        elif found is None:
            # There is no adapter for this model; it is asked in words.
            self._ask_model(seed=None)
        else:
            self._keep(_Version(found, FinishReason.STOP))

    @Slot()
    def _on_thinking(self) -> None:
        self._card.say(self.tr("Thinking…"))

    @Slot(str)
    def _on_grown(self, text: str) -> None:
        self._card.say(self.tr("Writing…"))
        self._card.grow(text)

    @Slot(object)
    def _on_unavailable(self, status: EngineStatus) -> None:
        error = status.error
        self._fail(said(error) if error else self.tr("The model is not running. Restart Inkling."))

    @Slot(object)
    def _on_finished(self, outcome: RewriteOutcome) -> None:
        if outcome.error is not None and not outcome.done:
            too_long = isinstance(outcome.error, ContextOverflow)
            self._fail(said(outcome.error), can_retry=not too_long)
        elif outcome.usable:
            stopped = outcome.error is not None
            reason = FinishReason.CANCELLED if stopped else FinishReason.STOP
            self._keep(_Version(outcome.text, reason, self._left(outcome)))
        elif outcome.refused:
            words = self.tr("The rewrite was not usable: {reason}. Your text is as it was.")
            self._fail(words.format(reason=refusal_words(outcome.refused[0].verdict)))
        else:
            self._fail(self.tr("There is no prose to rewrite here. Your text is as it was."))

    def _left(self, outcome: RewriteOutcome) -> str:
        """What to say of parts that had no usable result."""
        refused = outcome.refused
        if not refused:
            return ""
        words = self.tr("{count} of {all} parts were left as they were: {reason}.")
        return words.format(
            count=len(refused),
            all=len(outcome.done),
            reason=refusal_words(refused[0].verdict),
        )

    def _fail(self, sentence: str, *, can_retry: bool = True) -> None:
        self._card.fail(self._title, sentence, can_retry=can_retry)
        if self._versions:
            self._show_version(sentence)

    def _keep(self, version: _Version) -> None:
        self._versions.append(version)
        self._index = len(self._versions) - 1
        self._show_version()

    def _show_version(self, problem: str = "") -> None:
        version = self._versions[self._index]
        source = self._source()
        same = version.text == source
        unchanged = self._target is not None and self._target.unchanged()
        adds = self._action is not None and self._action.output is not ActionOutput.REVIEW
        spans = tuple(readable_changes("" if adds else source, version.text))
        self._card.begin(self._title, "", source)
        self._card.show_review(
            Review(
                spans,
                version.text,
                self._summary(spans),
                problem or self._warning(version, unchanged=unchanged),
                self._index,
                len(self._versions),
                can_replace=unchanged and not same and not adds,
                can_insert=not same,
            )
        )

    def _summary(self, spans: Sequence[DiffSpan]) -> str:
        changes = count_changes(spans)
        if changes == 0:
            return self.tr("Nothing to change: the model gave the same text back.")
        if len(spans) == 1:
            return self.tr("Written anew")
        if changes == 1:
            return self.tr("1 change")
        return self.tr("{count} changes").format(count=changes)

    def _warning(self, version: _Version, *, unchanged: bool) -> str:
        if not unchanged:
            return self.tr(
                "The text has changed meanwhile, so it cannot be replaced. "
                "Insert the new version below it, or copy it."
            )
        if version.reason is FinishReason.CANCELLED:
            return self.tr("Stopped: the end of the text is missing here.")
        if version.reason in (FinishReason.LENGTH, FinishReason.TIME):
            return self.tr("Cut at its length limit: check the end.")
        if version.left:
            return version.left
        if self._action is not None and self._action.output is not ActionOutput.REVIEW:
            return ""
        lost = lost_details(self._source(), version.text)
        if not lost:
            return ""
        shown = ", ".join(lost[:_MAX_SHOWN_LOST]) + ("…" if len(lost) > _MAX_SHOWN_LOST else "")
        return self.tr("Missing: {details}").format(details=shown)

    def _close(self) -> None:
        self._release_target()
        self._versions = []
        had_keyboard = self._card.isAncestorOf(self._card.window().focusWidget() or self._editor)
        self._card.hide()
        if had_keyboard:
            self._editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self._set_active(False)

    def _release_target(self) -> None:
        if self._target is not None:
            self._target.unmark()
            self._target = None

    def _set_active(self, active: bool) -> None:
        if active != self._active:
            self._active = active
            self.active_changed.emit(active)


def _literal(words: str) -> str:
    """An instruction in a person's own words, in which braces are only braces."""
    return words.replace("{", "(").replace("}", ")")
