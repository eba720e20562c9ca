"""Going through the versions of a message: ‹ 2/3 ›."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from app.chat.buttons import quiet_button


class VersionSwitch(QWidget):
    """Two buttons with the place between them; hidden while there is one version only."""

    chosen = Signal(int)
    """The person wants the version at this place, counted from 0."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._place, self._count = 0, 1
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.previous = quiet_button("\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}", self)
        self.words = QLabel(self)
        self.words.setProperty("role", "quiet")
        self.next = quiet_button("\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}", self)
        for part in (self.previous, self.words, self.next):
            row.addWidget(part)
        self.previous.clicked.connect(self._back)
        self.next.clicked.connect(self._on)
        self._name_all()
        self.hide()

    def show_place(self, place: int, count: int) -> None:
        """Show that the version at ``place`` of ``count`` is shown."""
        self._place, self._count = place, count
        self._name_all()
        self.setVisible(count > 1)

    def changeEvent(self, event: QEvent) -> None:
        """Speak another language at once."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._name_all()

    def _name_all(self) -> None:
        self.words.setText(f"{self._place + 1}/{self._count}")
        place = self.tr("version {place} of {count}").format(
            place=self._place + 1, count=self._count
        )
        self.words.setAccessibleName(place)
        for button, words in (
            (self.previous, self.tr("Previous version")),
            (self.next, self.tr("Next version")),
        ):
            button.setAccessibleName(f"{words}, {place}")
            button.setToolTip(words)
        self.previous.setEnabled(self._place > 0)
        self.next.setEnabled(self._place + 1 < self._count)

    @Slot()
    def _back(self) -> None:
        self.chosen.emit(self._place - 1)

    @Slot()
    def _on(self) -> None:
        self.chosen.emit(self._place + 1)
