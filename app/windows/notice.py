"""A quiet bar above the page that says one thing and offers a few answers."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget


class Notice(QWidget):
    """Hidden until ``say``; each button runs its function and hides the bar."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(16, 8, 16, 8)
        self._layout.setSpacing(8)
        self._label = QLabel(self)
        self._label.setWordWrap(True)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._layout.addWidget(self._label, 1)
        self._answers: dict[QPushButton, Callable[[], None] | None] = {}
        self.hide()

    def say(self, text: str, *answers: tuple[str, Callable[[], None] | None]) -> None:
        """Show ``text`` with one button for each answer."""
        for button in self._answers:
            button.deleteLater()
        self._answers = {}
        self._label.setText(text)
        self.setAccessibleName(text)
        for title, run in answers:
            button = QPushButton(title, self)
            button.clicked.connect(self._answered)
            self._layout.addWidget(button)
            self._answers[button] = run
        self.show()

    def text(self) -> str:
        """What is said at the moment, "" when hidden."""
        return "" if self.isHidden() else self._label.text()

    def buttons(self) -> list[QPushButton]:
        """The answers' buttons in order."""
        return list(self._answers)

    @Slot()
    def _answered(self) -> None:
        button = self.sender()
        self.hide()
        run = self._answers.get(button) if isinstance(button, QPushButton) else None
        if run is not None:
            run()
