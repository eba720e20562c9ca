"""A sentence that belongs to no message."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from app.chat.buttons import quiet_button


class Notice(QFrame):
    """A sentence above the field, with one thing to do about it or nothing."""

    acted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("chatNotice")
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 6, 6, 6)
        self._words = QLabel(self)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        self._action = quiet_button("", self)
        self._action.clicked.connect(self.acted)
        row.addWidget(self._words, 1)
        row.addWidget(self._action, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def say(self, words: str, action: str = "") -> None:
        """Show ``words``; ``action`` names the button, if there is one."""
        self._words.setText(words)
        self._action.setText(action)
        self._action.setVisible(bool(action))
        self.setAccessibleName(words)
        self.show()

    def words(self) -> str:
        """What is said now, empty when nothing is."""
        return "" if self.isHidden() else self._words.text()

    def act(self) -> None:
        """Press the button."""
        self._action.click()
