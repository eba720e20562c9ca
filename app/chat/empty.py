"""What the panel says while nothing was asked yet; it scrolls where there is little room."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QWidget


class EmptyWords(QScrollArea):
    """Words at the foot of the room, or from their first line on where they do not fit."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._quoting = False
        self.setObjectName("messages")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.words = QLabel()
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        self.words.setProperty("role", "teach")
        self.words.setAlignment(Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft)
        self.setWidget(self.words)
        self._name_all()

    def set_quoting(self, on: bool) -> None:
        """Teach how to ask the sources, or how to talk."""
        self._quoting = on
        self._name_all()

    def changeEvent(self, event: QEvent) -> None:
        """Speak another language at once."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._name_all()

    def _name_all(self) -> None:
        if self._quoting:
            self.words.setText(
                self.tr(
                    "Ask what your texts say. The sentence that answers is quoted first; press its "
                    "source to see it where it stands.\n\nChoose below where to look: this "
                    "document, files, or the library, which holds folders of yours.\n\nWhat they "
                    "do not say is not made up."
                )
            )
            return
        self.words.setText(
            self.tr(
                "Ask anything about what you are writing: a better word, a title, what a "
                "paragraph says.\n\nAdd the document, a selection or a file below and the answer "
                "can use it. Nothing leaves this computer.\n\nThe model is small and can be "
                "wrong. Check what it claims."
            )
        )
