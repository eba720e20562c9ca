"""The parts of the review card: the words under review, the field for an instruction, the looks."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QKeyEvent, QResizeEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QLineEdit, QTextEdit, QWidget

from app.core.diff import DiffSpan
from app.services.theme import THEMES, Theme

_MAX_PREVIEW = 220
_MIN_PREVIEW = 34

_SHEET = """
#reviewCard {{ background: {page}; border: none; border-top: 1px solid {line}; }}
#reviewCard QLabel {{ background: transparent; color: {ink}; }}
#reviewCard QLabel[role="title"] {{ font-weight: 700; }}
#reviewCard QLabel[role="quiet"] {{ color: {secondary}; }}
#reviewCard QLabel[role="warning"] {{ color: {warning}; }}
#reviewCard QTextEdit {{ background: transparent; color: {ink}; border: none;
    selection-background-color: {selection}; selection-color: {selection_ink}; }}
#reviewCard QLineEdit {{ background: {page}; color: {ink}; border: 1px solid {line};
    placeholder-text-color: {secondary};
    border-radius: 6px; padding: 5px 8px; selection-background-color: {selection};
    selection-color: {selection_ink}; }}
#reviewCard QLineEdit:focus {{ border: 2px solid {accent}; padding: 4px 7px; }}
#reviewCard QComboBox {{ background: {page}; color: {ink}; border: 1px solid {line};
    border-radius: 6px; padding: 2px 8px; }}
#reviewCard QComboBox:focus {{ border: 2px solid {accent}; padding: 1px 7px; }}
#reviewCard QPushButton {{ background: transparent; color: {ink}; border: 1px solid {line};
    border-radius: 6px; padding: 4px 12px; outline: 0; }}
#reviewCard QPushButton:hover {{ background: {tint}; }}
#reviewCard QPushButton:focus {{ border: 2px solid {accent}; padding: 3px 11px; }}
#reviewCard QPushButton:disabled {{ color: {secondary}; background: transparent; }}
#reviewCard QPushButton[role="main"] {{ background: {accent}; color: {on_accent};
    border-color: {accent}; font-weight: 700; }}
#reviewCard QPushButton[role="main"]:focus {{ background: {page}; color: {accent}; }}
#reviewCard QPushButton[role="main"]:disabled {{ background: transparent; color: {secondary};
    border-color: {line}; }}
#reviewCard QPushButton[role="flat"] {{ border-color: transparent; color: {secondary};
    padding: 4px 8px; }}
#reviewCard QPushButton[role="flat"]:hover {{ color: {ink}; }}
#reviewCard QPushButton[role="flat"]:focus {{ border-color: {accent}; color: {ink};
    padding: 3px 7px; }}
"""


def review_style(theme: Theme) -> str:
    """The review card's style sheet for ``theme``."""
    return _SHEET.format(
        page=theme.page,
        ink=theme.ink,
        secondary=theme.secondary,
        line=theme.line,
        accent=theme.accent,
        on_accent=theme.on_accent,
        tint=theme.tint,
        warning=theme.warning,
        selection=theme.selection,
        selection_ink=theme.selection_ink,
    )


class Preview(QTextEdit):
    """Read-only words; grows with them up to a limit and does not shrink while they stream."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = THEMES["paper"]
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        # The keyboard comes here by itself; a caret would promise that typing works.
        self.setCursorWidth(0)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.viewport().setAutoFillBackground(False)
        self.document().setDocumentMargin(0)

    def set_theme(self, theme: Theme) -> None:
        """Use the theme's colours for what is shown next."""
        self._theme = theme

    def make_room_for(self, text: str) -> None:
        """Take the height ``text`` would need, so that the page does not move while it streams."""
        self.setPlainText(text)
        self._fit(shrink=True)
        self.setPlainText("")

    def grow(self, text: str) -> None:
        """Show more of a text, or another text; only what is new is drawn."""
        shown = self.toPlainText()
        cursor = QTextCursor(self.document())
        if text.startswith(shown):
            cursor.movePosition(QTextCursor.MoveOperation.End)
            cursor.insertText(text[len(shown) :], QTextCharFormat())
        else:
            cursor.select(QTextCursor.SelectionType.Document)
            cursor.insertText(text, QTextCharFormat())
        self._fit(shrink=False)
        bar = self.verticalScrollBar()
        bar.setValue(bar.maximum())

    def show_changes(self, spans: tuple[DiffSpan, ...]) -> None:
        """Deletions struck through, insertions underlined, in the theme's colours."""
        old, new = QTextCharFormat(), QTextCharFormat()
        old.setForeground(QColor(self._theme.deleted))
        old.setFontStrikeOut(True)
        new.setForeground(QColor(self._theme.inserted))
        new.setFontUnderline(True)
        self.clear()
        cursor = QTextCursor(self.document())
        for span in spans:
            if span.kind == "equal":
                cursor.insertText(span.new, QTextCharFormat())
                continue
            cursor.insertText(_visible(span.old, keep=bool(span.new)), old)
            if len(spans) == 1 and span.old:
                cursor.insertText("\n\n", QTextCharFormat())
            cursor.insertText(span.new, new)
        self._finish()

    def show_result(self, text: str) -> None:
        """The text alone."""
        self.setPlainText(text)
        self._finish()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the height to another width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit(shrink=True)

    def _finish(self) -> None:
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self._fit(shrink=True)

    def _fit(self, *, shrink: bool) -> None:
        needed = round(self.document().size().height()) + 2
        # In a low window the page must keep room for the words that are under review.
        most = min(_MAX_PREVIEW, self.window().height() // 3)
        height = max(_MIN_PREVIEW, min(most, needed))
        if shrink or height > self.minimumHeight():
            self.setFixedHeight(height)


def _visible(old: str, *, keep: bool) -> str:
    """A deleted stretch as it is shown: a line break that is only deleted would show nothing."""
    return old if keep or old.strip() else old.replace("\n", "¶")


class InstructionField(QLineEdit):
    """A line whose Enter goes no further: the card around it also listens for Enter."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep Enter; leave the rest to the line."""
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
