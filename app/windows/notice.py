"""A quiet bar above the page that says one thing and offers a few answers."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QPushButton, QWidget

Answer = tuple[str, Callable[[], None] | None]
_NARROWEST_TEXT = 240
"""Pixels; where less is left beside the buttons, they go below the text."""


class Notice(QWidget):
    """Hidden until ``say``; each button runs its function and hides the bar.

    A question stays until it is answered, and what is said meanwhile waits; a mere remark gives
    way to the next one.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(16, 8, 16, 8)
        self._layout.setSpacing(8)
        self._label = QLabel(self)
        self._label.setWordWrap(True)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._layout.addWidget(self._label, 1)
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        self._layout.addLayout(self._row)
        self._answers: dict[QPushButton, Callable[[], None] | None] = {}
        self._waiting: list[tuple[str, tuple[Answer, ...]]] = []
        self.hide()

    def say(self, text: str, *answers: Answer) -> None:
        """Show ``text`` with one button for each answer, after a question that is still open."""
        if self._asks() and not self.isHidden():
            if (text, answers) not in self._waiting and text != self.text():
                self._waiting.append((text, answers))
        else:
            self._show(text, answers)

    def _asks(self) -> bool:
        return any(run is not None for run in self._answers.values())

    def _show(self, text: str, answers: tuple[Answer, ...]) -> None:
        for button in self._answers:
            button.deleteLater()
        self._answers = {}
        self._label.setText(text)
        self.setAccessibleName(text)
        for title, run in answers:
            button = QPushButton(title, self)
            button.clicked.connect(self._answered)
            self._row.addWidget(button)
            self._answers[button] = run
        self._fit()
        self.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons beside the text or below it, as the width allows."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        margins = self._layout.contentsMargins()
        beside = margins.left() + margins.right() + self._layout.spacing() * len(self._answers)
        beside += sum(button.sizeHint().width() for button in self._answers)
        narrow = self.width() - beside < _NARROWEST_TEXT
        direction = QBoxLayout.Direction
        self._layout.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)
        right = Qt.AlignmentFlag.AlignRight
        self._layout.setAlignment(self._row, right if narrow else Qt.AlignmentFlag(0))

    def take_back(self, text: str) -> None:
        """Say ``text`` no longer, if it is said or waits to be."""
        self._waiting = [item for item in self._waiting if item[0] != text]
        if text and text == self.text():
            self._finish()

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
        if self.isHidden() and self._waiting:
            self._show(*self._waiting.pop(0))

    def _finish(self) -> None:
        self.hide()
        if self._waiting:
            self._show(*self._waiting.pop(0))
