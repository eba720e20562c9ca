"""What the marks on the page mean, with the shares, as a button of the status bar."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QPushButton, QWidget

from app.core.provenance.shares import Shares


class OriginLegend(QPushButton):
    """Says which line is under what; a click asks for more."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("origin")
        self._shares = Shares()
        self.setVisible(False)
        self._name_all()

    def show_shares(self, shares: Shares) -> None:
        """Show the shares of the text in front."""
        if shares != self._shares:
            self._shares = shares
            self._name_all()

    def changeEvent(self, event: QEvent) -> None:
        """Speak another language at once."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._name_all()

    def _name_all(self) -> None:
        typed, accepted, pasted, unknown = self._shares.percents()
        parts = [
            self.tr("{percent}% typed").format(percent=typed),
            self.tr("\u00b7\u00b7\u00b7\u00b7 {percent}% from the model").format(percent=accepted),
            self.tr("\u2013 \u2013 {percent}% pasted").format(percent=pasted),
        ]
        if unknown:
            parts.append(self.tr("{percent}% not known").format(percent=unknown))
        self.setText("  ".join(parts))
        self.setToolTip(
            self.tr(
                "Dots are under what came from the model, dashes under what was pasted. Click for "
                "the list."
            )
        )
