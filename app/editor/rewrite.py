"""Rewrites the selection: asks the model, and lets the person decide on what would change."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import (
    QEvent,
    QObject,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from app.core.assets import asset
from app.core.proposal import corrections_proposed, proposed
from app.core.provenance.sources import Kind, Made
from app.core.review import Change, Review
from app.editor.editor import Editor
from app.editor.ghost_keys import pressed_sequence
from app.editor.page_review import PageReview
from app.editor.review_card import Offer, ReviewCard
from app.editor.rewrite_work import RewriteWork, WorkEnd
from app.editor.target import Target, find_target
from app.services.action_titles import action_title, finding_words
from app.services.bridge import EngineBridge
from app.services.theme import THEMES, Theme
from engine import (
    ActionLibrary,
    ActionOutput,
    ActionPrompt,
    PieceDone,
    PieceStarted,
    RewriteAction,
    RewriteContext,
    load_actions,
)

_MAX_RECENT = 12
_MAX_SHOWN = 4
_PROOFREAD = "proofread"
_NATIVE = QKeySequence.SequenceFormat.NativeText


@dataclass(frozen=True, slots=True)
class Version:
    """One rewrite of the text: its changes in code points of the source, none where it adds."""

    text: str
    changes: tuple[Change, ...] = ()
    problem: str = ""
    """What may be wrong with it."""


class RewriteController(QObject):
    """Takes a rewrite from the menu to decisions on its changes, or to nothing at all."""

    active_changed = Signal(bool)
    """Whether a rewrite is being asked for, written or reviewed."""
    review_changed = Signal()
    """What can be decided on is another."""
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
        self.page = PageReview(editor)
        self._theme = THEMES["paper"]
        self._title = ""
        self._library = load_actions([asset("prompts")])
        self._action: RewriteAction | None = None
        self._context = RewriteContext()
        self._instructions: tuple[str, ...] = ()
        self._target: Target | None = None
        self._work = RewriteWork(bridge, self)
        self._changes: list[Change] = []
        """Those of the version that is being written."""
        self._versions: list[Version] = []
        self._index = 0
        self._active = False
        self._unreviewed = False
        self._keys: dict[str, QKeySequence] = {}
        self._confirming = False
        self._revealing = QTimer(self)
        self._revealing.setSingleShot(True)
        self._revealing.setInterval(0)
        self._revealing.timeout.connect(self._reveal)
        self._connect()

    def _connect(self) -> None:
        self._work.told.connect(self._card.say)
        self._work.grown.connect(self._on_grown)
        self._work.began.connect(self._on_began)
        self._work.done.connect(self._on_piece)
        self._work.ended.connect(self._on_ended)
        self.page.changed.connect(self._on_page_changed)
        self.page.decided.connect(self._on_decided)
        self.page.woke.connect(self._on_woke)
        self._card.instruction_given.connect(self.start_custom)
        self._card.accept_requested.connect(self.accept_all)
        self._card.reject_requested.connect(self.reject_all)
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

    def versions(self) -> tuple[Version, ...]:
        """The versions there are of the text under review."""
        return tuple(self._versions)

    def instructions(self) -> tuple[str, ...]:
        """The remembered instructions, newest first."""
        return self._instructions

    def set_instructions(self, instructions: tuple[str, ...]) -> None:
        """Remember these, newest first; for what was kept from an earlier start."""
        self._instructions = tuple(instructions)[:_MAX_RECENT]

    def set_adapter_folders(self, folders: Sequence[Path]) -> None:
        """Where adapters are looked for."""
        self._work.set_folders(folders)

    def set_actions(self, library: ActionLibrary) -> None:
        """The actions that can be started by name."""
        self._library = library

    def set_unreviewed(self, on: bool) -> None:
        """Take rewrites into the text at once, but for those that the guards object to."""
        self._unreviewed = on

    def set_key(self, command: str, key: str) -> None:
        """Which key a command has, as the system writes it; for the tool tips."""
        self._keys[command] = QKeySequence.fromString(key, _NATIVE)
        self.page.set_key(command, key)
        self._card.set_key(command, key)

    def apply_theme(self, theme: Theme) -> None:
        """Show everything in ``theme``."""
        self._card.apply_theme(theme)
        self.page.apply_theme(theme)
        self._theme = theme
        if self._target is not None and self._target.marked():
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
        """Leave the rest of the text as it is; the keyboard goes back to the page."""
        if not self._active:
            return
        self._work.abandon()
        if self._target is not None and self._target.unchanged():
            self._target.select()
        self.page.end()
        self._versions = []
        self._close()

    @Slot()
    def stop(self) -> None:
        """End the running version and keep what there is of it."""
        self._work.stop()

    @Slot()
    def try_again(self) -> None:
        """Ask for another version by another seed; the earlier ones are kept."""
        if not self._work.running() and self._target is not None and self._action is not None:
            self._ask_model(self._new_seed() if self._versions else None)

    @Slot(int)
    def step(self, by: int) -> None:
        """Show an earlier (-1) or later (1) version."""
        at = self._index + by
        if self._active and not self._work.running() and 0 <= at < len(self._versions):
            self._index = at
            self._show_version()

    @Slot()
    def accept_all(self) -> None:
        """Take all open changes as one undo step.

        Where the guards object to some, the first time only shows these.
        """
        review = self.page.review()
        if review is None or not self.page.shown():
            return
        if review.flagged and not self._confirming:
            self._confirming = True
            self.page.point_out(review.flagged[0])
            self._offer()
            return
        self.page.accept_all()

    @Slot()
    def reject_all(self) -> None:
        """Leave the text as it is at all open changes."""
        if self.page.shown():
            self.page.reject_all()

    @Slot()
    def compare(self) -> None:
        """Show the versions side by side, or no more."""
        if self._versions and not self._work.running():
            self._card.compare.toggle()

    @Slot()
    def insert_below(self) -> None:
        """Put the version shown into a paragraph of its own below the text, as one undo step."""
        offer, target = self._card.offer(), self._target
        if offer is None or target is None:
            return
        end = target.end_of_paragraph()
        below = "\n\n" + offer.result.strip()
        self._editor.replace_range(end, end, below, made=self._made())
        self.page.end()
        self._close()

    def _made(self) -> Made:
        """What is known of the version shown, for the record of origins."""
        name = self._action.name if self._action is not None else ""
        kind = Kind.PROOFREADING if name == _PROOFREAD else Kind.REWRITE
        finished = self._index < len(self._versions)
        return Made(kind, name, self._versions[self._index].text if finished else "")

    @Slot()
    def copy(self) -> None:
        """Put the version shown on the clipboard; the review goes on."""
        offer = self._card.offer()
        if offer is not None:
            QGuiApplication.clipboard().setText(offer.result)
            self._card.say(self.tr("Copied"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the page's column, and listen for Esc while the page has the keys.

        A shortcut would be ambiguous with those of the ghost text and the chat.
        """
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self._align()
            if self._active and watched is not self._editor:
                # The page gets lower as the card grows; the words must not end up below its edge.
                self._revealing.start()
        if (
            watched is self._editor
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and self.page.shown()
            and pressed_sequence(event) in self._keys.values()
        ):
            # On some systems Alt+Backspace is Undo for a text field, which would keep it.
            event.ignore()
            return True
        if self._active and watched is self._editor and isinstance(event, QKeyEvent):
            escapes = event.key() == Qt.Key.Key_Escape and not self._editor.ghost.text()
            if escapes and event.type() == QEvent.Type.KeyPress:
                self.cancel()
                return True
        return super().eventFilter(watched, event)

    def _align(self) -> None:
        page = self._editor.viewport().geometry()
        self._card.set_side_margins(page.left(), self._editor.width() - page.right() - 1)

    def _source(self) -> str:
        return self._target.source if self._target is not None else ""

    def _adds(self) -> bool:
        """Whether the action adds something and leaves the text as it is."""
        return self._action is not None and self._action.output is not ActionOutput.REVIEW

    def _start(self, title: str, action: RewriteAction) -> None:
        if self._take_target(title):
            self._title, self._action = title, action
            self._ask_model(None)
            self._card.take_focus()

    def _take_target(self, title: str) -> bool:
        """Find and mark the text to rewrite; the card says so if there is none."""
        self._work.abandon()
        self._action = None
        if self._target is not None and self._target.unchanged():
            self._target.select()
        self._release_target()
        self._versions = []
        self._index = 0
        self._align()
        self._card.set_text_font(self._editor.font())
        self.page.end()
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
        self.page.begin(self._editor.position_of(target.range()[0]), target.source)
        return True

    @Slot()
    def _reveal(self) -> None:
        if self._target is not None:
            self._editor.ensureCursorVisible()

    # --- the model at work

    def _ask_model(self, seed: int | None) -> None:
        """Have the text rewritten; with a ``seed`` into another version."""
        if self._action is None:
            return
        self._changes = []
        self._index = len(self._versions)
        if self._versions:
            self.page.show_version(self._index, ())
        source = self._source()
        self._card.begin(self._title, "", source)
        self.page.set_made(self._made())
        self._work.begin(self._action, source, self._context, seed)

    @Slot(str)
    def _on_grown(self, text: str) -> None:
        self._card.grow(text)

    @Slot(object)
    def _on_began(self, piece: PieceStarted) -> None:
        if piece.of == 1 or self._adds():
            self._card.say(self.tr("Writing\u2026"))
            return
        words = self.tr("{index} of {all} parts, {count} changes so far")
        count = len(self._changes)
        self._card.show_progress(words.format(index=piece.index + 1, all=piece.of, count=count))

    @Slot(object)
    def _on_piece(self, piece: PieceDone) -> None:
        if self._adds():
            return
        changes = _changes_of(piece)
        self._changes += changes
        if changes:
            self._unveil()
            self.page.propose(changes)

    def _unveil(self) -> None:
        """Take the mark off the text, so that its changes are seen."""
        if self._target is None or not self._target.marked():
            return
        self._target.unmark()
        cursor = self._editor.textCursor()
        if (cursor.selectionStart(), cursor.selectionEnd()) == self._target.range():
            cursor.setPosition(cursor.selectionStart())
            self._editor.setTextCursor(cursor)

    @Slot(object)
    def _on_ended(self, end: WorkEnd) -> None:
        if end.text:
            changes = () if self._adds() else tuple(self._changes)
            self._versions.append(Version(end.text, changes, end.problem))
            self._index = len(self._versions) - 1
            self._settle()
        else:
            self._index = max(0, len(self._versions) - 1)
            if self._versions:
                self._show_version(end.problem)
            else:
                self._card.fail(self._title, end.problem, can_retry=end.can_retry)

    def _settle(self) -> None:
        """A version is finished: show it, and go to its first change if the person waited."""
        review = self.page.review()
        waited = self._card.has_keyboard()
        self._offer()
        if review is None or not review.open:
            return
        if self._unreviewed and not review.flagged and not self._versions[self._index].problem:
            self.page.accept_all()
        elif waited:
            self._editor.setFocus(Qt.FocusReason.OtherFocusReason)
            self.page.point_out(review.open[0])

    # --- deciding

    def _show_version(self, problem: str = "") -> None:
        version = self._versions[self._index]
        self._confirming = False
        if not self._adds():
            self._unveil()
            self.page.show_version(self._index, version.changes)
        self._offer(problem)

    @Slot()
    def _on_page_changed(self) -> None:
        if self._active and self._index < len(self._versions) and not self._work.running():
            self._offer()
        self.review_changed.emit()

    @Slot()
    def _on_decided(self) -> None:
        self._confirming = False
        review = self.page.review()
        if review is not None and not review.open and not self._work.running():
            self.page.rest()
            self._close()

    @Slot()
    def _on_woke(self) -> None:
        if self._versions:
            self._set_active(True)
            self._offer()

    def _offer(self, problem: str = "") -> None:
        """Show in the card how the review stands."""
        if self._index >= len(self._versions):
            return  # the version is only being written
        self.page.set_made(self._made())
        version = self._versions[self._index]
        review = None if self._adds() else self.page.review()
        warning = problem or self._warning(review) or version.problem
        self._card.show_offer(
            self._title,
            Offer(
                version.text,
                self._summary(version, review),
                self._texts(),
                warning,
                self._index,
                len(self._versions),
                len(review.open) if review is not None else 0,
                on_page=not self._adds(),
                can_insert=version.text != self._source(),
            ),
        )

    def _texts(self) -> tuple[str, ...]:
        """What can be compared: the original and the versions, if any is another text."""
        texts = self._source(), *(one.text for one in self._versions)
        return () if self._adds() or len(set(texts)) == 1 else texts

    def _summary(self, version: Version, review: Review | None) -> str:
        if review is None:
            return self.tr("Written anew")
        if not version.changes:
            return self.tr("Nothing to change: the model gave the same text back.")
        count, left = len(review.changes), len(review.open)
        if not count:
            return self.tr("The text was edited at every change, so none is left.")
        if left < count:
            return self.tr("{left} of {count} changes left").format(left=left, count=count)
        return self.tr("1 change") if count == 1 else self.tr("{count} changes").format(count=count)

    def _warning(self, review: Review | None) -> str:
        if review is None or not review.flagged:
            return ""
        found = list(dict.fromkeys(flag for one in review.flagged for flag in one.flags))
        shown = "; ".join(finding_words(flag) for flag in found[:_MAX_SHOWN])
        shown += "\u2026" if len(found) > _MAX_SHOWN else ""
        if self._confirming:
            words = self.tr("Look at these first: {findings}. Accept all again takes them too.")
        else:
            words = self.tr("To be looked at: {findings}")
        return words.format(findings=shown)

    def _close(self) -> None:
        self._release_mark()
        had_keyboard = self._card.has_keyboard()
        self._card.hide()
        if had_keyboard:
            self._editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self._set_active(False)

    def _release_mark(self) -> None:
        if self._target is not None:
            self._target.unmark()

    def _release_target(self) -> None:
        self._release_mark()
        self._target = None

    def _set_active(self, active: bool) -> None:
        if active != self._active:
            self._active = active
            self.active_changed.emit(active)
        self.review_changed.emit()


def _changes_of(piece: PieceDone) -> tuple[Change, ...]:
    """A piece's changes, in code points of the whole source."""
    if not piece.corrections:
        return proposed(piece.source, piece.result, piece.start, piece.findings)
    by = piece.start
    here = [replace(each, start=each.start - by, end=each.end - by) for each in piece.corrections]
    found = corrections_proposed(piece.source, here)
    return tuple(replace(each, start=each.start + by) for each in found)


def _literal(words: str) -> str:
    """An instruction in a person's own words, in which braces are only braces."""
    return words.replace("{", "(").replace("}", ")")
