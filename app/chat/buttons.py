"""Buttons made of words, which step back until they are needed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Slot
from PySide6.QtWidgets import QPushButton, QWidget

_COPIED_MS = 1500


def quiet_button(text: str, parent: QWidget) -> QPushButton:
    """A button of words that steps back until it is needed."""
    button = QPushButton(text, parent)
    button.setProperty("role", "quiet")
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    button.setAutoDefault(False)
    return button


class CopyButton(QPushButton):
    """Puts a text on the clipboard and says so for a moment."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "quiet")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        self._back = QTimer(self)
        self._back.setSingleShot(True)
        self._back.setInterval(_COPIED_MS)
        self._back.timeout.connect(self._say_copy)
        self._say_copy()

    def say_copied(self) -> None:
        """Change the words for a moment."""
        self.setText(self.tr("Copied"))
        self._back.start()

    def changeEvent(self, event: QEvent) -> None:
        """Speak another language at once."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._say_copy()

    def sizeHint(self) -> QSize:
        """Wide enough for both words, so that nothing beside it moves."""
        hint = super().sizeHint()
        metrics = self.fontMetrics()
        words = (self.tr("Copy"), self.tr("Copied"))
        missing = max(map(metrics.horizontalAdvance, words)) - metrics.horizontalAdvance(
            self.text()
        )
        return QSize(hint.width() + missing, hint.height())

    @Slot()
    def _say_copy(self) -> None:
        self.setText(self.tr("Copy"))
