"""A window that shows to the letter what the model is given with a message."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from app.core.conversation import GivenText


class GivenDialog(QDialog):
    """A tab for each text."""

    def __init__(
        self, texts: Sequence[GivenText], words: str, font: QFont, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("What the Model Is Given"))
        self.resize(560, 480)
        self.words = QLabel(words, self)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        self.words.setVisible(bool(words))
        self.tabs = QTabWidget(self)
        for given in texts:
            self.tabs.addTab(self._page(given, font), given.title.replace("&", "&&"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addWidget(self.words)
        column.addWidget(self.tabs, 1)
        column.addWidget(buttons)

    def _page(self, given: GivenText, font: QFont) -> QWidget:
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(8, 8, 8, 8)
        note = QLabel(self._note(given), page)
        note.setWordWrap(True)
        note.setProperty("role", "quiet")
        text = QPlainTextEdit(given.text or "", page)
        text.setReadOnly(True)
        text.setFont(font)
        text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        text.setAccessibleName(given.title)
        text.setVisible(given.text is not None)
        column.addWidget(note)
        column.addWidget(text, 1)
        if given.text is None:
            column.addStretch(1)
        return page

    def _note(self, given: GivenText) -> str:
        if given.text is None:
            return self.tr("What was in it then is not known any more.")
        characters = f"{len(given.text):,}"
        if given.whole:
            return self.tr("All of it: {count} characters.").format(count=characters)
        return self.tr("Its first {count} characters; there is no room for the rest.").format(
            count=characters
        )
