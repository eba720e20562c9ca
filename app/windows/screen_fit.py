"""Windows begin no larger than the screen, so that their buttons can be reached."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

_FRAME = QSize(16, 48)
"""Room for what the desktop draws around a window."""


def fitting(window: QWidget, width: int, height: int) -> QSize:
    """That size, or as much of it as the window's screen has room for."""
    return QSize(width, height).boundedTo(window.screen().availableSize() - _FRAME)
