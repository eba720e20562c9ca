"""The pages as they will be printed, each shown as soon as it is painted."""

from __future__ import annotations

import threading
from typing import Any

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from app.core.formats.exporting import Source
from app.core.formats.page_setup import PageSetup
from app.core.formats.pandoc import Pandoc
from app.services.conversions import Conversions
from app.services.formats import page_content
from app.services.pages import PagePicture, page_pictures
from app.services.sentences import said

_GAP = 16
"""Pixels between the pages."""
_SIZE = QSize(760, 860)
_DOTS = 110
"""Dots an inch that pages are painted with; they are kept packed, some 50 KB each."""


class PagesView(QAbstractScrollArea):
    """Pages one below the other, as wide as the view allows."""

    def __init__(self, setup: PageSetup, parent: QWidget) -> None:
        super().__init__(parent)
        width, height = setup.size_mm
        self._ratio = height / width
        self._pages: list[bytes] = []
        self._count = 0
        self._shown: dict[int, QImage] = {}
        self.verticalScrollBar().setSingleStep(40)
        self.viewport().setAutoFillBackground(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def add(self, picture: PagePicture) -> None:
        """Show one more page."""
        self._pages.append(picture.data)
        self._count = picture.count
        self._fit()
        self.viewport().update()

    def count(self) -> int:
        """How many pages there will be; 0 while that is not known."""
        return self._count

    def page(self) -> int:
        """The page in the middle of the view, from 1; 0 while there is none."""
        step = self._page_size().height() + _GAP
        middle = self.verticalScrollBar().value() + self.viewport().height() // 2
        return min(self._count, max(1, middle // step + 1)) if self._count else 0

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._shown.clear()
        self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), self.palette().mid())
        size = self._page_size()
        left = (self.viewport().width() - size.width()) // 2
        top = _GAP - self.verticalScrollBar().value()
        for number in range(self._count):
            place = QRect(left, top + number * (size.height() + _GAP), size.width(), size.height())
            if place.intersects(self.viewport().rect()):
                painter.fillRect(place, QColor("white"))
                if number < len(self._pages):
                    painter.drawImage(place, self._image(number, size))
            else:
                self._shown.pop(number, None)
        painter.end()

    def _image(self, number: int, size: QSize) -> QImage:
        if number not in self._shown:
            ratio = self.devicePixelRatioF()
            image = QImage.fromData(self._pages[number])
            self._shown[number] = image.scaled(
                size * ratio,
                Qt.AspectRatioMode.IgnoreAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
        return self._shown[number]

    def _page_size(self) -> QSize:
        width = max(120, min(self.viewport().width() - 2 * _GAP, 900))
        return QSize(width, round(width * self._ratio))

    def _fit(self) -> None:
        total = _GAP + self._count * (self._page_size().height() + _GAP)
        bar = self.verticalScrollBar()
        bar.setPageStep(self.viewport().height())
        bar.setRange(0, max(0, total - self.viewport().height()))


class PreviewDialog(QDialog):
    """Accepted where the person goes on to print."""

    _painted = Signal(object)

    def __init__(
        self, conversions: Conversions, source: Source, setup: PageSetup, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._conversions = conversions
        self._source = source
        self._setup = setup
        self._running: threading.Event | None = None
        self.setWindowTitle(self.tr("Print Preview"))
        self.resize(_SIZE.boundedTo(self.screen().availableSize() - QSize(32, 64)))
        self.view = PagesView(setup, self)
        self.view.setAccessibleName(self.tr("Pages"))
        self.status = QLabel(self.tr("Laying out the pages\u2026"), self)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        self.print_button = buttons.addButton(
            self.tr("Print\u2026"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 12)
        column.setSpacing(8)
        column.addWidget(self.view, 1)
        below = QVBoxLayout()
        below.setContentsMargins(16, 0, 16, 0)
        below.addWidget(self.status)
        below.addWidget(buttons)
        column.addLayout(below)
        self._painted.connect(self._show_page, Qt.ConnectionType.QueuedConnection)
        self.view.verticalScrollBar().valueChanged.connect(self._say_page)
        QTimer.singleShot(0, self, self._paint)

    def close_down(self) -> None:
        """Paint no further."""
        if self._running is not None:
            self._running.set()

    @Slot()
    def _paint(self) -> None:
        source, setup, painted = self._source, self._setup, self._painted
        dots = round(_DOTS * self.devicePixelRatioF())

        def job(pandoc: Pandoc, stop: threading.Event) -> int:
            count = 0
            for picture in page_pictures(page_content(source, pandoc), setup, dots):
                if stop.is_set():
                    break
                painted.emit(picture)
                count = picture.count
            return count

        self._running = self._conversions.run(
            self.tr("Laying out the pages\u2026"), job, self._finished, quiet=True
        )

    @Slot(object)
    def _show_page(self, picture: PagePicture) -> None:
        self.view.add(picture)
        self._say_page()

    @Slot()
    def _say_page(self) -> None:
        count = self.view.count()
        if count:
            words = self.tr("Page {page} of {count}")
            self.status.setText(words.format(page=self.view.page(), count=count))

    def _finished(self, outcome: Any) -> None:
        if isinstance(outcome, Exception):
            self.status.setText(said(outcome))
