"""The card below the page that shows a rewrite: growing, then as changes, with what to do about it.

It only draws and reports what the person chose; ``RewriteController`` decides.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.core.commands import COMMANDS, REVIEW
from app.editor.comparison import Comparison
from app.editor.preview import InstructionField, Preview, review_style
from app.editor.review_bar import native
from app.services.theme import THEMES, Theme

_MIN_MARGIN = 16
_RECENT_SHOWN = 3
_RECENT_CHARACTERS = 34


@dataclass(frozen=True, slots=True)
class Offer:
    """A version as the card shows it, and what can be done with it."""

    result: str
    summary: str
    """One quiet line: how many changes, or that there are none."""
    texts: tuple[str, ...] = ()
    """The original and all versions, to be compared."""
    warning: str = ""
    """One line on what may be wrong with it; empty when nothing was found."""
    index: int = 0
    total: int = 1
    open: int = 0
    """How many changes on the page wait for a decision."""
    on_page: bool = True
    """Whether the version is shown on the page, and not here."""
    can_insert: bool = True


class ReviewCard(QFrame):
    """A rewrite under review, docked below the page so that it never covers the words."""

    instruction_given = Signal(str)
    accept_requested = Signal()
    """All changes are to be taken."""
    reject_requested = Signal()
    """None of the changes is to be taken."""
    insert_requested = Signal()
    copy_requested = Signal()
    again_requested = Signal()
    stop_requested = Signal()
    cancel_requested = Signal()
    step_requested = Signal(int)
    """-1 for the version before, 1 for the next."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offer: Offer | None = None
        self._running = False
        self._recent: tuple[str, ...] = ()
        self._recalled = -1
        self.setObjectName("reviewCard")
        self._alone = False
        self._keys = {
            command.id: native(command.shortcut)
            for command in COMMANDS
            if command.context == REVIEW
        }
        self._make_parts()
        self._lay_out()
        self._connect()
        self._name_all()
        self.apply_theme(THEMES["paper"])
        self.hide()

    def _make_parts(self) -> None:
        self.title = QLabel(self)
        self.title.setProperty("role", "title")
        self.state = QLabel(self)
        self.state.setProperty("role", "quiet")
        self.state.setTextFormat(Qt.TextFormat.PlainText)
        self.warning = QLabel(self)
        self.warning.setProperty("role", "warning")
        for label in (self.warning, self.title):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.warning.setWordWrap(True)
        self.field = InstructionField(self)
        self.field.setMaxLength(1000)
        self.go = self._button("", "main")
        self.recent = [self._button("", "flat") for _ in range(_RECENT_SHOWN)]
        self.preview = Preview(self)
        self.back = self._button("‹", "flat")
        self.forth = self._button("›", "flat")
        self.number = QLabel(self)
        self.number.setProperty("role", "quiet")
        self.comparison = Comparison(self)
        self.accept = self._button("", "main")
        self.reject = self._button("")
        self.insert = self._button("")
        self.copy = self._button("")
        self.again = self._button("")
        self.compare = self._button("", "flat")
        self.compare.setCheckable(True)
        self.stop = self._button("")
        self.cancel = self._button("")

    def _name_all(self) -> None:
        self.setAccessibleName(self.tr("Rewrite"))
        self.field.setPlaceholderText(self.tr("What should change? For example: as a letter"))
        self.field.setAccessibleName(self.tr("Instruction"))
        self.go.setText(self.tr("Rewrite"))
        self.preview.setAccessibleName(self.tr("New version"))
        self.back.setAccessibleName(self.tr("Earlier version"))
        self.forth.setAccessibleName(self.tr("Later version"))
        self.accept.setText(self.tr("Accept all"))
        self.reject.setText(self.tr("Reject all"))
        self.insert.setText(self.tr("Insert below"))
        self.copy.setText(self.tr("Copy"))
        self.again.setText(self.tr("Try again"))
        self.stop.setText(self.tr("Stop"))
        self.cancel.setText(self.tr("Close") if self._alone else self.tr("Cancel"))
        self.compare.setText(self.tr("Compare"))
        for button, words, command in (
            (self.accept, self.tr("Take all changes into the text"), "review.accept_all"),
            (self.reject, self.tr("Leave the text as it is at all changes"), "review.reject_all"),
            (self.back, self.tr("Earlier version"), "review.earlier"),
            (self.forth, self.tr("Later version"), "review.later"),
            (self.compare, self.tr("Show versions side by side"), "review.compare"),
        ):
            key = self._keys[command]
            button.setToolTip(f"{words} ({key})" if key else words)
        self.cancel.setToolTip(self.tr("Leave the rest of the text as it is (Esc)"))

    def set_key(self, command: str, key: str) -> None:
        """Which key a command has, as the system writes it."""
        if self._keys.get(command) != key:
            self._keys[command] = key
            self._name_all()

    def changeEvent(self, event: QEvent) -> None:
        """Speak another language at once."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._name_all()

    def _button(self, text: str, role: str = "") -> QPushButton:
        button = QPushButton(text, self)
        button.setAutoDefault(False)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if role:
            button.setProperty("role", role)
        return button

    def _lay_out(self) -> None:
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(24, 12, 24, 14)
        self._column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self.title)
        head.addWidget(self.state, 1)
        for part in (self.compare, self.back, self.number, self.forth):
            head.addWidget(part)
        self._column.addLayout(head)
        asking = QHBoxLayout()
        asking.addWidget(self.field, 1)
        asking.addWidget(self.go)
        self._column.addLayout(asking)
        recent = QHBoxLayout()
        recent.setSpacing(2)
        for button in self.recent:
            recent.addWidget(button)
        recent.addStretch(1)
        self._column.addLayout(recent)
        self._column.addWidget(self.preview)
        self._column.addWidget(self.comparison)
        self._column.addWidget(self.warning)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for button in (self.accept, self.reject, self.insert, self.copy, self.again):
            foot.addWidget(button)
        foot.addStretch(1)
        for button in (self.stop, self.cancel):
            foot.addWidget(button)
        self._column.addLayout(foot)

    def _connect(self) -> None:
        self.field.returnPressed.connect(self._give_instruction)
        self.go.clicked.connect(self._give_instruction)
        for button in self.recent:
            button.clicked.connect(self._take_recent)
        self.accept.clicked.connect(self.accept_requested)
        self.reject.clicked.connect(self.reject_requested)
        self.insert.clicked.connect(self.insert_requested)
        self.copy.clicked.connect(self.copy_requested)
        self.again.clicked.connect(self.again_requested)
        self.stop.clicked.connect(self.stop_requested)
        self.cancel.clicked.connect(self.cancel_requested)
        self.back.clicked.connect(self._step_back)
        self.forth.clicked.connect(self._step_forth)
        self.compare.toggled.connect(self._show_parts)

    def apply_theme(self, theme: Theme) -> None:
        """Show everything in ``theme``."""
        self.setStyleSheet(review_style(theme))
        self.preview.set_theme(theme)
        self.comparison.apply_theme(theme)
        self._show_offer()

    def set_text_font(self, font: QFont) -> None:
        """The font of the page, so that the preview looks like what it will become."""
        self.preview.document().setDefaultFont(font)
        self.preview.setFont(font)
        self.comparison.set_text_font(font)

    def set_side_margins(self, left: int, right: int) -> None:
        """Stand in line with the column of the page above."""
        free = max(2 * _MIN_MARGIN, self.width() - self._content_width())
        if left + right > free:
            left = max(_MIN_MARGIN, min(left, free // 2))
            right = max(_MIN_MARGIN, free - left)
        self._column.setContentsMargins(left, 12, right, 14)

    def _content_width(self) -> int:
        margins = self._column.contentsMargins()
        return self._column.minimumSize().width() - margins.left() - margins.right()

    def ask(self, title: str, recent: tuple[str, ...]) -> None:
        """Ask for an instruction; ``recent`` are earlier ones, newest first."""
        self._open(title, "")
        self._recent, self._recalled = recent, -1
        for button, words in zip(self.recent, (*recent, "", "", ""), strict=False):
            button.setText(_short(words))
            button.setToolTip(words)
            button.setAccessibleName(self.tr("Use again: {words}").format(words=words))
            button.setVisible(bool(words))
        self.field.clear()
        self._show_only(self.field, self.go, self.cancel)

    def begin(self, title: str, state: str, source: str) -> None:
        """A version is on its way; room is made for a text as long as ``source``."""
        self._open(title, state)
        self._running = True
        self._show_only(self.preview, self.stop, self.cancel)
        self.preview.make_room_for(source)

    def say(self, state: str) -> None:
        """Change the quiet words beside the title."""
        self.state.setText(state)

    def grow(self, text: str) -> None:
        """Show more of the running version."""
        self.preview.grow(text)

    def show_progress(self, words: str) -> None:
        """A long text is being rewritten, and its changes appear on the page as they come."""
        self.state.setText(words)
        if self._running and not self.preview.isHidden():
            self._show_only(self.stop, self.cancel)

    def show_offer(self, title: str, offer: Offer) -> None:
        """Show a version and what can be done with it."""
        self._running = False
        self._offer = offer
        self.show()
        self.title.setText(title)
        self.state.setText(offer.summary)
        self.number.setText(
            self.tr("{index} / {total}").format(index=offer.index + 1, total=offer.total)
        )
        self.back.setEnabled(offer.index > 0)
        self.forth.setEnabled(offer.index < offer.total - 1)
        self.comparison.show_texts(offer.texts, offer.index + 1)
        self._warn(offer.warning)
        self._show_parts()
        self._show_offer()
        # Screen readers read a widget's description when the focus comes to it.
        self.preview.setAccessibleDescription(f"{offer.summary} {offer.warning}".strip())

    @Slot()
    def _show_parts(self) -> None:
        offer = self._offer
        if offer is None:
            return
        parts: list[QWidget] = [self.copy, self.again, self.cancel]
        if not offer.on_page:
            parts.append(self.preview)
        if offer.open:
            parts += [self.accept, self.reject]
        if offer.can_insert:
            parts.append(self.insert)
        if offer.texts:
            parts.append(self.compare)
            if self.compare.isChecked():
                parts.append(self.comparison)
        if offer.total > 1:
            parts += [self.back, self.number, self.forth]
        self._show_only(*parts)

    def fail(self, title: str, sentence: str, *, can_retry: bool) -> None:
        """Say what went wrong in place of a version."""
        self._open(title, "")
        self._warn(sentence)
        self._show_only(self.cancel, *((self.again,) if can_retry else ()))

    def take_focus(self) -> None:
        """Bring the keyboard here: to the field, the new version, or the way out."""
        for part in (self.field, self.preview, self.again, self.cancel):
            if not part.isHidden():
                part.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return

    def has_keyboard(self) -> bool:
        """Whether the keyboard is here."""
        focused = self.window().focusWidget()
        return focused is not None and (focused is self or self.isAncestorOf(focused))

    def running(self) -> bool:
        """Whether a version is on its way."""
        return self._running

    def offer(self) -> Offer | None:
        """The version shown, if one is."""
        return self._offer

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter does what the focused button says, or accepts all; Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.cancel_requested.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter(event.modifiers())
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self.field.hasFocus():
            self._recall(1 if event.key() == Qt.Key.Key_Up else -1)
        else:
            super().keyPressEvent(event)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """The margins that follow the page's must not hold the window wide."""
        width = self._content_width() + 2 * _MIN_MARGIN
        return QSize(width, super().minimumSizeHint().height())

    def _enter(self, modifiers: Qt.KeyboardModifier) -> None:
        focused = self.focusWidget()
        alt = bool(modifiers & Qt.KeyboardModifier.AltModifier)
        if isinstance(focused, QAbstractButton) and focused.isVisible() and not alt:
            focused.click()
        elif self._offer is not None and not self._running:
            if self._offer.open:
                self.accept_requested.emit()
            elif not self._offer.can_insert:
                self.cancel_requested.emit()

    def _open(self, title: str, state: str) -> None:
        self._offer = None
        self._running = False
        self.title.setText(title)
        self.state.setText(state)
        self._warn("")
        self.show()

    def _warn(self, words: str) -> None:
        self.warning.setText(words)
        self.warning.setVisible(bool(words))

    def _show_only(self, *parts: QWidget) -> None:
        asking = self.field in parts
        self._alone = len(parts) == 1 or self._offer is not None
        self.cancel.setText(self.tr("Close") if self._alone else self.tr("Cancel"))
        every = (self.field, self.go, self.preview, self.comparison, self.back, self.number,
                 self.forth, self.accept, self.reject, self.insert, self.copy, self.again,
                 self.compare, self.stop, self.cancel)  # fmt: skip
        for part in parts:
            part.setVisible(True)
        focused = self.window().focusWidget()
        leaving = focused in self.recent if not asking else False
        if leaving or (focused in every and focused not in parts):
            # Hiding the focused part would send the focus out of the card.
            kept = self.preview if self.preview in parts else self.cancel
            kept.setFocus(Qt.FocusReason.OtherFocusReason)
        for part in every:
            part.setVisible(part in parts)
        if not asking:
            for button in self.recent:
                button.hide()

    def _show_offer(self) -> None:
        offer = self._offer
        if offer is not None and not offer.on_page:
            self.preview.show_result(offer.result)

    @Slot()
    def _give_instruction(self) -> None:
        words = self.field.text().strip()
        if words:
            self.instruction_given.emit(words)

    @Slot()
    def _take_recent(self) -> None:
        sender = self.sender()
        for button, words in zip(self.recent, self._recent, strict=False):
            if button is sender:
                self.instruction_given.emit(words)

    def _recall(self, by: int) -> None:
        at = self._recalled + by
        if -1 <= at < len(self._recent):
            self._recalled = at
            self.field.setText(self._recent[at] if at >= 0 else "")

    @Slot()
    def _step_back(self) -> None:
        self.step_requested.emit(-1)

    @Slot()
    def _step_forth(self) -> None:
        self.step_requested.emit(1)


def _short(words: str) -> str:
    if len(words) <= _RECENT_CHARACTERS:
        return words
    return words[: _RECENT_CHARACTERS - 1].rstrip() + "…"
