"""The chips of what goes along with a message, and how much of the model's context it fills."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.chat.fill import Fill
from app.chat.sources import Source

_WORTH_TELLING = 50
"""Percent from which the fill is told where only the conversation fills."""


class Chip(QFrame):
    """One text: pressing its name shows it, pressing the cross or Delete takes it away."""

    shown = Signal(str)
    removed = Signal(str)

    def __init__(self, source: Source, parent: QWidget) -> None:
        super().__init__(parent)
        self.source = source
        self.setObjectName("chip")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.label = QPushButton(self)
        self.remove = QPushButton("×", self)
        for button in (self.label, self.remove):
            button.setProperty("role", "chip")
            button.setAutoDefault(False)
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            row.addWidget(button)
        self.label.clicked.connect(self._show)
        self.remove.clicked.connect(self._remove)
        self._name_all()

    def _name_all(self) -> None:
        title = self.source.title
        self.label.setAccessibleName(
            self.tr("{name} is used; press to see what the model is given").format(name=title)
        )
        self.label.setToolTip(self.tr("{name}: see what the model is given").format(name=title))
        self.remove.setAccessibleName(self.tr("Remove {name}").format(name=title))
        self.remove.setToolTip(self.tr("Not used for answers any more"))

    def fit(self, width: int) -> None:
        """Cut the name so that the chip is no wider than ``width``."""
        room = max(40, width - self.remove.sizeHint().width() - 24)
        metrics = self.label.fontMetrics()
        shown = metrics.elidedText(self.source.title, Qt.TextElideMode.ElideMiddle, room)
        self.label.setText(shown.replace("&", "&&"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete takes it away."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._remove()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _show(self) -> None:
        self.shown.emit(self.source.name)

    @Slot()
    def _remove(self) -> None:
        self.removed.emit(self.source.name)


class ChipColumn(QWidget):
    """A chip for each text, in rows as they fit, and one line about the context below."""

    shown = Signal(str)
    removed = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._fill: Fill | None = None
        self._chips: list[Chip] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self.fill_words = QLabel(self)
        self.fill_words.setProperty("role", "quiet")
        self.fill_words.setWordWrap(True)
        self._column.addWidget(self.fill_words)
        self._say_fill()
        self.hide()

    def chip(self, name: str) -> Chip | None:
        """The chip of that text, if it goes along."""
        return next((chip for chip in self._chips if chip.source.name == name), None)

    def show_sources(self, sources: Sequence[Source]) -> None:
        """Show these texts."""
        for chip in self._chips:
            self._column.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = [Chip(source, self) for source in sources]
        for place, chip in enumerate(self._chips):
            chip.shown.connect(self.shown)
            chip.removed.connect(self.removed)
            chip.fit(self.width())
            self._column.insertWidget(place, chip, 0, Qt.AlignmentFlag.AlignLeft)
        self._update()

    def stops(self) -> list[QWidget]:
        """What the Tab key reaches, in order."""
        return [part for chip in self._chips for part in (chip.label, chip.remove)]

    @Slot(object)
    def show_fill(self, fill: Fill | None) -> None:
        """Say how much of the context what would be sent takes."""
        self._fill = fill
        self._say_fill()
        self._update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the names where the panel now ends."""
        super().resizeEvent(event)
        for chip in self._chips:
            chip.fit(event.size().width())

    def changeEvent(self, event: QEvent) -> None:
        """Speak another language at once."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._say_fill()

    def _say_fill(self) -> None:
        fill = self._fill
        if fill is None:
            self.fill_words.clear()
            return
        words = self.tr("Fills {percent}% of what the model can read at once.")
        if fill.too_much:
            words = self.tr("Too long: {percent}% of what the model can read at once.")
        elif fill.dropped:
            words = self.tr(
                "Fills {percent}% of what the model can read at once; the oldest {dropped} "
                "messages are left out."
            )
        self.fill_words.setText(words.format(percent=fill.percent, dropped=fill.dropped))
        self.fill_words.setToolTip(
            self.tr("{tokens} of {limit} tokens").format(
                tokens=f"{fill.tokens:,}", limit=f"{fill.limit:,}"
            )
        )
        role = "problem" if fill.too_much else "quiet"
        if self.fill_words.property("role") != role:
            self.fill_words.setProperty("role", role)
            self.fill_words.style().unpolish(self.fill_words)
            self.fill_words.style().polish(self.fill_words)

    def _update(self) -> None:
        fill = self._fill
        told = fill is not None and (bool(self._chips) or fill.percent >= _WORTH_TELLING)
        self.fill_words.setVisible(told)
        self.setVisible(told or bool(self._chips))
