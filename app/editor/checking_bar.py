"""How far the reading of a document is, below its page, with a way to stop it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

_WIDTH = 220
_STEPS = 1000


class CheckingBar(QWidget):
    """Hidden while nothing is read."""

    stopped = Signal()
    """The person has had enough."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = QLabel(self)
        self.progress = QProgressBar(self)
        self.progress.setRange(0, _STEPS)
        self.progress.setTextVisible(False)
        self.progress.setFixedWidth(_WIDTH)
        self.stop = QPushButton(self)
        self.stop.clicked.connect(self.stopped)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 6, 24, 6)
        row.setSpacing(12)
        row.addWidget(self._label)
        row.addWidget(self.progress)
        row.addStretch(1)
        row.addWidget(self.stop)
        self._prepares = False
        self._name_all()
        self.hide()

    def changeEvent(self, event: QEvent) -> None:
        """Speak another language at once."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._name_all()

    def _name_all(self) -> None:
        if self._prepares:
            self._label.setText(self.tr("Preparing to read\u2026 This is done once."))
        else:
            self._label.setText(self.tr("The model reads the document\u2026"))
        self.progress.setAccessibleName(self._label.text())
        self.stop.setText(self.tr("S&top"))

    @Slot()
    def begin(self) -> None:
        """Show that it begins."""
        self.show_share(0.0)
        self.show()

    @Slot(float)
    def show_share(self, share: float) -> None:
        """Show how much is read, 0 to 1."""
        self._show(share, prepares=False)

    @Slot(float)
    def show_preparing(self, share: float) -> None:
        """Show how far the adapter is, 0 to 1."""
        self._show(share, prepares=True)

    def _show(self, share: float, *, prepares: bool) -> None:
        if prepares is not self._prepares:
            self._prepares = prepares
            self._name_all()
        self.progress.setValue(round(_STEPS * share))
