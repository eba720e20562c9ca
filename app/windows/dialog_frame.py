"""What all small dialogs have around their contents."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QVBoxLayout, QWidget


def frame(dialog: QDialog, widgets: Sequence[QWidget], *buttons: QPushButton) -> None:
    """Put ``widgets`` one below the other, with ``buttons`` and one that closes at the end."""
    layout = QVBoxLayout(dialog)
    layout.setContentsMargins(24, 24, 24, 16)
    layout.setSpacing(16)
    for widget in widgets:
        layout.addWidget(widget)
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, dialog)
    for button in buttons:
        box.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
    box.rejected.connect(dialog.reject)
    layout.addWidget(box)
