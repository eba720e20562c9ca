"""The small bar beside the change that is pointed out: why, and take it or leave it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from app.core.commands import COMMANDS, REVIEW
from app.core.review import Change
from app.editor.editor import Editor
from app.services.action_titles import finding_words, reason_title
from app.services.theme import THEMES, Theme

_MOST_SHOWN = 42
_APART = 4

_SHEET = """
#reviewBar {{ background: {page}; border: 1px solid {line}; border-radius: 6px; }}
#reviewBar QLabel {{ background: transparent; color: {ink}; }}
#reviewBar QLabel[role="reason"] {{ font-weight: 700; }}
#reviewBar QLabel[role="quiet"] {{ color: {secondary}; }}
#reviewBar QLabel[role="warning"] {{ color: {warning}; }}
#reviewBar QPushButton {{ background: transparent; color: {ink}; border: 1px solid {line};
    border-radius: 4px; padding: 2px 10px; outline: 0; }}
#reviewBar QPushButton:hover {{ background: {tint}; }}
#reviewBar QPushButton[role="main"] {{ background: {accent}; color: {on_accent};
    border-color: {accent}; font-weight: 700; }}
#reviewBar QPushButton[role="flat"] {{ border-color: transparent; color: {secondary};
    padding: 2px 6px; }}
#reviewBar QPushButton[role="flat"]:hover {{ color: {ink}; }}
"""


class ReviewBar(QFrame):
    """Stands under the words of a change, or over them, and takes no keyboard."""

    accepted = Signal()
    rejected = Signal()
    stepped = Signal(int)
    """1 for the next change, -1 for the one before."""

    def __init__(self, editor: Editor) -> None:
        super().__init__(editor)
        self._editor = editor
        self._keys = {
            command.id: native(command.shortcut)
            for command in COMMANDS
            if command.context == REVIEW
        }
        self.setObjectName("reviewBar")
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.reason = QLabel(self)
        self.reason.setProperty("role", "reason")
        self.words = QLabel(self)
        self.number = QLabel(self)
        self.number.setProperty("role", "quiet")
        self.warning = QLabel(self)
        self.warning.setProperty("role", "warning")
        for label in (self.reason, self.words, self.number, self.warning):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.previous = self._button("\u2039", "flat")
        self.next = self._button("\u203a", "flat")
        self.accept = self._button("", "main")
        self.reject = self._button("", "")
        self._lay_out()
        self.accept.clicked.connect(self.accepted)
        self.reject.clicked.connect(self.rejected)
        self.previous.clicked.connect(self._step_back)
        self.next.clicked.connect(self._step_on)
        self._name_all()
        self.apply_theme(THEMES["paper"])
        self.hide()

    def set_key(self, command: str, key: str) -> None:
        """Which key a command has, as the system writes it."""
        if self._keys.get(command) != key:
            self._keys[command] = key
            self._name_all()

    def apply_theme(self, theme: Theme) -> None:
        """Take the colours of ``theme``."""
        names = "page line ink secondary warning tint accent on_accent".split()
        self.setStyleSheet(_SHEET.format(**{name: getattr(theme, name) for name in names}))

    def show_change(self, change: Change, number: int, count: int) -> None:
        """Say what a change is, the ``number``-th of so many open ones."""
        self.reason.setText(reason_title(change.reason))
        self.words.setText(f"{_short(change.old)} \u2192 {_short(change.new)}")
        self.number.setText(self.tr("{index} / {total}").format(index=number, total=count))
        warnings = "; ".join(finding_words(flag) for flag in change.flags)
        self.warning.setText(self.tr("Look closely: {findings}").format(findings=warnings))
        self.warning.setVisible(bool(warnings))

    def stand_by(self, area: QRectF) -> None:
        """Stand under that part of the viewport, or over it where there is no room."""
        viewport = self._editor.viewport()
        sight = QRectF(viewport.rect())
        if area.isEmpty() or not sight.intersects(area):
            self.hide()
            return
        self._column.activate()
        self.resize(self.sizeHint())
        origin = viewport.mapTo(self._editor, QPoint())
        left = origin.x() + round(area.left())
        left = max(4, min(left, self._editor.width() - self.width() - 20))
        top = origin.y() + round(area.bottom()) + _APART
        if top + self.height() > self._editor.height():
            top = origin.y() + round(area.top()) - self.height() - _APART
        self.move(left, top)
        self.show()
        self.raise_()

    def changeEvent(self, event: QEvent) -> None:
        """Speak another language at once."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._name_all()

    def _button(self, text: str, role: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setProperty("role", role)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        return button

    def _lay_out(self) -> None:
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(10, 6, 8, 6)
        column.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(8)
        for part in (self.reason, self.words, self.number, self.previous, self.next):
            row.addWidget(part)
        row.addSpacing(4)
        row.addWidget(self.accept)
        row.addWidget(self.reject)
        column.addLayout(row)
        column.addWidget(self.warning)

    def _name_all(self) -> None:
        self.setAccessibleName(self.tr("Change"))
        self.accept.setText(self.tr("Accept"))
        self.reject.setText(self.tr("Reject"))
        for button, words, command in (
            (self.accept, self.tr("Take this change into the text"), "review.accept"),
            (self.reject, self.tr("Leave the text as it is here"), "review.reject"),
            (self.previous, self.tr("Previous change"), "review.previous"),
            (self.next, self.tr("Next change"), "review.next"),
        ):
            key = self._keys[command]
            button.setToolTip(f"{words} ({key})" if key else words)
            button.setAccessibleName(words)

    @Slot()
    def _step_back(self) -> None:
        self.stepped.emit(-1)

    @Slot()
    def _step_on(self) -> None:
        self.stepped.emit(1)


def native(key: str) -> str:
    """A key in Qt's portable text as this system writes it."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def _short(words: str) -> str:
    """Words in one line; "∅" for none."""
    line = (
        " ".join(words.split()) or ("\u00b6" if "\n" in words else words and "\u2423") or "\u2205"
    )
    return line if len(line) <= _MOST_SHOWN else line[: _MOST_SHOWN - 1].rstrip() + "\u2026"
