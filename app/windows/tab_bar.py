"""The row of open documents."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QTabBar, QWidget

_WIDEST = 240
_NARROWEST = 128


class DocumentBar(QTabBar):
    """Tabs that can be dragged, and closed by their button or the middle mouse button."""

    close_requested = Signal(int)
    """Carries the tab's place."""

    menu_requested = Signal(int, QPoint)
    """Carries the tab's place, and where on the screen its menu belongs."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("documents")
        self._name_all()
        self.setDocumentMode(True)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setMovable(True)
        self.setTabsClosable(True)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideMiddle)
        self.tabCloseRequested.connect(self.close_requested)

    def changeEvent(self, event: QEvent) -> None:
        """Speak another language at once."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._name_all()

    def tabSizeHint(self, index: int) -> QSize:  # noqa: N802
        """As wide as the name, within limits."""
        size = super().tabSizeHint(index)
        return QSize(min(size.width(), _WIDEST), size.height())

    def minimumTabSizeHint(self, index: int) -> QSize:  # noqa: N802
        """Wide enough to tell names apart; from then on the row scrolls."""
        size = self.tabSizeHint(index)
        return QSize(min(size.width(), _NARROWEST), size.height())

    def tabInserted(self, index: int) -> None:  # noqa: N802
        """Name the new button."""
        super().tabInserted(index)
        self._name_all()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many tabs as there is room for now, the one in front among them."""
        super().resizeEvent(event)
        # Qt keeps what a narrower row had to be scrolled by, and tells nobody of scrolling alone.
        at = self.currentIndex()
        blocked = self.blockSignals(True)
        self.setCurrentIndex(0)
        self.setCurrentIndex(at)
        self.blockSignals(blocked)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the tab below the mouse, or of the one in front."""
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        at = self.tabAt(event.pos()) if by_mouse else self.currentIndex()
        if at >= 0:
            where = event.pos() if by_mouse else self.tabRect(at).center()
            self.menu_requested.emit(at, self.mapToGlobal(where))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Close by the middle button."""
        at = self.tabAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.MiddleButton and at >= 0:
            self.close_requested.emit(at)
            return
        super().mouseReleaseEvent(event)

    def _name_all(self) -> None:
        self.setAccessibleName(self.tr("Open documents"))
        # Qt names these once, in the language of that moment.
        for button in self.findChildren(QAbstractButton):
            if button.objectName() == "ScrollLeftButton":
                button.setAccessibleName(self.tr("Earlier documents"))
            elif button.objectName() == "ScrollRightButton":
                button.setAccessibleName(self.tr("Later documents"))
            else:
                button.setToolTip(self.tr("Close this document"))
