"""Two versions of a text side by side, with what differs marked in the right one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Slot
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from app.core.readable import readable_changes
from app.editor.preview import Preview
from app.services.theme import Theme


class Comparison(QWidget):
    """The original and every version; each side shows the one that is chosen over it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts: tuple[str, ...] = ()
        self.choices = (QComboBox(self), QComboBox(self))
        self.sides = (Preview(self), Preview(self))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(24)
        for choice, side in zip(self.choices, self.sides, strict=True):
            column = QVBoxLayout()
            column.setSpacing(4)
            column.addWidget(choice)
            column.addWidget(side)
            column.addStretch(1)
            row.addLayout(column, 1)
            choice.currentIndexChanged.connect(self._show)
        self._name_all()

    def show_texts(self, texts: Sequence[str], chosen: int) -> None:
        """Offer the original, which is first, and its versions; compare the chosen one with it."""
        if tuple(texts) == self._texts:
            return
        self._texts = tuple(texts)
        self._fill()
        self.choices[0].setCurrentIndex(0)
        self.choices[1].setCurrentIndex(chosen)
        self._show()

    def apply_theme(self, theme: Theme) -> None:
        """Mark in the colours of ``theme``."""
        for side in self.sides:
            side.set_theme(theme)
        self._show()

    def set_text_font(self, font: QFont) -> None:
        """The font of the page."""
        for side in self.sides:
            side.document().setDefaultFont(font)
            side.setFont(font)

    def changeEvent(self, event: QEvent) -> None:
        """Speak another language at once."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._name_all()

    def _name_all(self) -> None:
        for choice, side, words in zip(
            self.choices,
            self.sides,
            (self.tr("Left version"), self.tr("Right version")),
            strict=True,
        ):
            choice.setAccessibleName(words)
            side.setAccessibleName(words)
        self._fill()

    def _fill(self) -> None:
        for choice in self.choices:
            at = choice.currentIndex()
            choice.blockSignals(True)
            choice.clear()
            for number in range(len(self._texts)):
                named = self.tr("Version {number}").format(number=number)
                choice.addItem(named if number else self.tr("Original"))
            choice.setCurrentIndex(at)
            choice.blockSignals(False)

    @Slot()
    def _show(self) -> None:
        left, right = (choice.currentIndex() for choice in self.choices)
        if left < 0 or right < 0 or not self._texts:
            return
        self.sides[0].show_result(self._texts[left])
        spans = readable_changes(self._texts[left], self._texts[right])
        self.sides[1].show_changes(tuple(spans))
