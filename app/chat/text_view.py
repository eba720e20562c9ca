"""A read-only text that is as high as its content; only what is too wide scrolls."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QSizeF, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QResizeEvent, QTextOption, QWheelEvent
from PySide6.QtWidgets import QFrame, QMessageBox, QSizePolicy, QTextBrowser, QWidget

from app.chat.markdown import WEB_SCHEMES, AnswerLook, InertDocument, show_markdown, show_plain
from app.chat.wide_tables import fit_tables, has_tables


class TextView(QTextBrowser):
    """Shows an answer's Markdown or a person's plain words; selectable, never loading anything."""

    link_requested = Signal(QUrl)
    """A web link was clicked; nothing has been opened."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._has_tables = False
        self.setDocument(InertDocument(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextBrowserInteraction
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        # The message around it is the tab stop; Enter there leads in here.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.viewport().setAutoFillBackground(False)
        self.document().setDocumentMargin(0)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self.anchorClicked.connect(self._ask_for)

    def show_markdown(self, markdown: str, look: AnswerLook) -> None:
        """Show ``markdown`` with everything active in it taken out."""
        show_markdown(self.document(), markdown, look)
        self._has_tables = has_tables(self.document())
        self._fit_tables()

    def show_plain(self, text: str, look: AnswerLook) -> None:
        """Show ``text`` exactly as it is."""
        show_plain(self.document(), text, look)

    def set_left_margin(self, pixels: int) -> None:
        """Leave ``pixels`` free at the left of the text."""
        self.setViewportMargins(pixels, 0, 0, 0)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave scrolling to the list around it, but for going sideways."""
        sideways = event.angleDelta().x() or event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if sideways and self.horizontalScrollBar().maximum():
            super().wheelEvent(event)
        else:
            event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the height the text needs at the new width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit_tables()
        self._fit(self.document().size())

    def _fit_tables(self) -> None:
        if self._has_tables:
            fit_tables(self.document(), self.viewport().width())

    @Slot(QSizeF)
    def _fit(self, size: QSizeF) -> None:
        height = ceil(size.height())
        if ceil(size.width()) > self.viewport().width():
            height += self.horizontalScrollBar().sizeHint().height()
        if height != self.height() or height != self.minimumHeight():
            self.setFixedHeight(height)

    @Slot(QUrl)
    def _ask_for(self, url: QUrl) -> None:
        if url.scheme().lower() in WEB_SCHEMES:
            self.link_requested.emit(url)


class LinkQuestion(QMessageBox):
    """Asks before an address is handed to the person's browser or mail program."""

    def __init__(self, url: QUrl, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._url = url
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setIcon(QMessageBox.Icon.NoIcon)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWindowTitle(self.tr("Open this address?"))
        self.setText(self.tr("Open this address in your browser?"))
        self.setInformativeText(
            self.tr("{address}\n\nThe model wrote it; it may not exist.").format(
                address=url.toDisplayString()
            )
        )
        self.setStandardButtons(QMessageBox.StandardButton.Open | QMessageBox.StandardButton.Cancel)
        self.setDefaultButton(QMessageBox.StandardButton.Cancel)
        self.accepted.connect(self._open)

    @Slot()
    def _open(self) -> None:
        QDesktopServices.openUrl(self._url)
