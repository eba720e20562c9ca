"""The row of open documents."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QTabBar, QWidget

_WIDEST = 240


class DocumentBar(QTabBar):
    """Tabs that can be dragged, and closed by their button or the middle mouse button."""

    close_requested = Signal(int)
    """Carries the tab's place."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("documents")
        self.setAccessibleName(self.tr("Open documents"))
        self.setDocumentMode(True)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setMovable(True)
        self.setTabsClosable(True)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideMiddle)
        self.tabCloseRequested.connect(self.close_requested)

    def tabSizeHint(self, index: int) -> QSize:  # noqa: N802
        """As wide as the name, within limits."""
        size = super().tabSizeHint(index)
        return QSize(min(size.width(), _WIDEST), size.height())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Close by the middle button."""
        at = self.tabAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.MiddleButton and at >= 0:
            self.close_requested.emit(at)
            return
        super().mouseReleaseEvent(event)
