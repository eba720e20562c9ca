"""The choice between a conversation and answers that quote the sources."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget


class ModeSwitch(QWidget):
    """Two buttons of which one is down; the arrow keys go from one to the other."""

    chosen = Signal(bool)
    """Whether answers are to come from the sources alone, with quotations."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        self._group = QButtonGroup(self)
        self.chat_button = QPushButton(self)
        self.quote_button = QPushButton(self)
        for button in (self.chat_button, self.quote_button):
            button.setProperty("role", "mode")
            button.setCheckable(True)
            button.setAutoDefault(False)
            self._group.addButton(button)
            row.addWidget(button)
        self.chat_button.setChecked(True)
        self.quote_button.toggled.connect(self._choose)
        self._name_all()

    def show_mode(self, *, quoting: bool) -> None:
        """Show that one as chosen."""
        (self.quote_button if quoting else self.chat_button).setChecked(True)

    def changeEvent(self, event: QEvent) -> None:
        """Speak another language at once."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._name_all()

    def _name_all(self) -> None:
        self.setAccessibleName(self.tr("Kind of answer"))
        self.chat_button.setText(self.tr("Chat"))
        self.chat_button.setToolTip(self.tr("Talk with the model; it may use what you add"))
        self.quote_button.setText(self.tr("Ask"))
        self.quote_button.setToolTip(
            self.tr("Answers from your sources alone, the words they rest on first")
        )

    @Slot(bool)
    def _choose(self, on: bool) -> None:
        self.chosen.emit(on)
