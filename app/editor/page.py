"""The page: a centred column of text, its colours and its slim scroll bar."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QMargins, QPoint, QPointF, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QGuiApplication,
    QMouseEvent,
    QMoveEvent,
    QPaintEvent,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from app.editor.leading import LINE_SPACING, with_leading

if TYPE_CHECKING:
    from app.services.theme import Theme

MIN_MARGIN = 32
"""Pixels that are always left free at either side of the column."""
TOP_MARGIN = 40
BOTTOM_MARGIN = 24
_BELOW = 20
"""Paragraphs below the last one in sight that count as in sight, for those that shrink."""
_SAMPLE = "the quick brown fox jumps over the lazy dog and some more of it"


def column_width(font: QFont, characters: int) -> int:
    """Pixels that ``characters`` of ordinary English text take."""
    return round(QFontMetricsF(font).horizontalAdvance(_SAMPLE) / len(_SAMPLE) * characters)


def column_margins(width: int, column: int, left_edge: int, window_width: int) -> tuple[int, int]:
    """Left and right margin, in pixels, of a column on a page ``width`` wide.

    The column is centred in the window, not in the page, so that it stays put when a panel opens
    beside the page; it gives way only as far as it must. ``left_edge`` is the page's own place in
    the window.
    """
    column = max(1, min(column, width - 2 * MIN_MARGIN))
    centred = (window_width - column) // 2 - left_edge
    left = max(MIN_MARGIN, min(centred, width - column - MIN_MARGIN))
    return left, max(0, width - column - left)


def scroll_bar_style(theme: Theme) -> str:
    """A style sheet for a slim scroll bar without arrows, quiet until it is pointed at."""
    grip = QColor(theme.secondary)
    quiet = f"rgba({grip.red()}, {grip.green()}, {grip.blue()}, 90)"
    return (
        f"QScrollBar:vertical {{ background: {theme.page}; width: 10px; margin: 0; border: 0; }}"
        f"QScrollBar::handle:vertical {{ background: {quiet};"
        " min-height: 32px; border-radius: 3px; margin: 2px; }"
        f"QScrollBar::handle:vertical:hover {{ background: {theme.secondary}; }}"
        "QScrollBar::add-line, QScrollBar::sub-line { height: 0; border: 0; }"
        "QScrollBar::add-page, QScrollBar::sub-page { background: none; }"
    )


_MOUSE = {
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.MouseButtonRelease,
    QEvent.Type.MouseButtonDblClick,
}


class Page(QPlainTextEdit):
    """A plain text editor whose text stands in a column of a given width."""

    view_changed = Signal()
    """Other lines may be in sight."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reading_font = self.font()
        self._page_font = self.font()
        self._column = 68
        self._spacing = LINE_SPACING
        self._typewriter = False
        self._passing_on = False
        self._layers: dict[str, list[QTextEdit.ExtraSelection]] = {}
        self._overlays: list[Callable[[QPaintEvent], None]] = []
        self.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Text always wraps: a column that was wider for a moment must not stay scrolled aside.
        self.horizontalScrollBar().valueChanged.connect(self._stay_left)
        self.verticalScrollBar().rangeChanged.connect(self._place_column)
        self.verticalScrollBar().valueChanged.connect(self.view_changed)
        self.cursorPositionChanged.connect(self._centre)
        self.setAutoFillBackground(True)
        self.document().setDocumentMargin(0)
        self.set_reading_font(self._reading_font)

    def set_reading_font(self, font: QFont) -> None:
        """The font of the page."""
        self._reading_font = font
        self._page_font = with_leading(font, self._spacing)
        self._keep_font()
        self.setTabStopDistance(4 * column_width(font, 1))
        self._place_column()

    def set_column(self, chars: int) -> None:
        """The width of the column in characters."""
        self._column = chars
        self._place_column()

    def set_layer(self, name: str, marks: list[QTextEdit.ExtraSelection]) -> None:
        """Show marks under a name, beside those of other names; an empty list takes them away."""
        if marks or name in self._layers:
            self._layers[name] = marks
            self.setExtraSelections([mark for layer in self._layers.values() for mark in layer])

    def in_sight(self) -> tuple[int, int]:
        """Start and end, in UTF-16 units, of the paragraphs in sight; a little more at the end."""
        first = last = self.firstVisibleBlock()
        left = self.viewport().height() // max(1, self.fontMetrics().height()) + _BELOW
        while last.next().isValid() and left > 0:
            last = last.next()
            left -= 1
        return first.position(), last.position() + last.length() - 1

    def line_spacing(self) -> int:
        """The height of a line, as a share of the text's size."""
        return self._spacing

    def set_line_spacing(self, percent: int) -> None:
        """The height of a line, as a share of the text's size."""
        self._spacing = percent
        self.set_reading_font(self._reading_font)

    def set_typewriter(self, on: bool) -> None:
        """Keep the caret's line in the middle of the page while the person writes."""
        self._typewriter = on
        self.setCenterOnScroll(on)
        self._centre()

    def apply_theme(self, theme: Theme) -> None:
        """Take the colours of ``theme``."""
        palette = self.palette()
        for role, colour in (
            (QPalette.ColorRole.Window, theme.page),
            (QPalette.ColorRole.Base, theme.page),
            (QPalette.ColorRole.Text, theme.ink),
            (QPalette.ColorRole.PlaceholderText, theme.ghost),
            (QPalette.ColorRole.Highlight, theme.selection),
            (QPalette.ColorRole.HighlightedText, theme.selection_ink),
        ):
            palette.setColor(role, QColor(colour))
        # Under a style sheet the viewport, which paints the page, follows only the first palette.
        for widget in (self, self.viewport()):
            widget.setPalette(palette)
        self.verticalScrollBar().setStyleSheet(scroll_bar_style(theme))

    def add_overlay(self, paint: Callable[[QPaintEvent], None]) -> None:
        """Call ``paint`` after the text was painted; it may paint on the viewport."""
        self._overlays.append(paint)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        for paint in self._overlays:
            paint(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QMouseEvent) and self._press_beside_column(event):
            return True
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._keep_font()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_column()
        self.view_changed.emit()

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self._place_column()

    def _keep_font(self) -> None:
        # A new style sheet of the application brings back the font it first saw here; and the
        # viewport, which draws the placeholder, does not follow by itself.
        for widget in (self, self.viewport()):
            if widget.font() != self._page_font:
                widget.setFont(self._page_font)

    @Slot()
    def _centre(self) -> None:
        # Words must not move away under the mouse.
        if self._typewriter and not QGuiApplication.mouseButtons():
            self.centerCursor()

    @Slot()
    def _stay_left(self) -> None:
        self.horizontalScrollBar().setValue(0)

    @Slot()
    def _place_column(self) -> None:
        # Room for the scroll bar is always kept, so that the column stays put when it appears.
        bar = self.verticalScrollBar()
        room = bar.sizeHint().width()
        width = self.width() - room
        window = self.window()
        left, right = column_margins(
            width,
            column_width(self._reading_font, self._column),
            self.mapTo(window, QPoint()).x(),
            window.width(),
        )
        right += 0 if bar.isVisible() else room
        margins = QMargins(left, TOP_MARGIN, right, BOTTOM_MARGIN)
        if margins != self.viewportMargins():
            self.setViewportMargins(margins)

    def _press_beside_column(self, event: QMouseEvent) -> bool:
        """Let a press, drag or release in the margin act on the nearest words."""
        if event.type() not in _MOUSE or self._passing_on:
            # What the text had no use for, as a press of the right button, comes back here.
            return False
        viewport = self.viewport()
        copy = QMouseEvent(
            event.type(),
            QPointF(viewport.mapFrom(self, event.position())),
            event.globalPosition(),
            event.button(),
            event.buttons(),
            event.modifiers(),
            event.pointingDevice(),
        )
        self._passing_on = True
        try:
            return QCoreApplication.sendEvent(viewport, copy)
        finally:
            self._passing_on = False
