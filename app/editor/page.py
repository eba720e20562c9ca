"""Where the column of text stands on the page, and the page's slim scroll bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QFont, QFontMetricsF

if TYPE_CHECKING:
    from app.services.theme import Theme

MIN_MARGIN = 32
"""Pixels that are always left free at either side of the column."""
TOP_MARGIN = 40
BOTTOM_MARGIN = 24
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
    """A style sheet for a slim scroll bar without arrows."""
    return (
        f"QScrollBar:vertical {{ background: {theme.page}; width: 10px; margin: 0; border: 0; }}"
        f"QScrollBar::handle:vertical {{ background: {theme.line}; min-height: 32px;"
        " border-radius: 3px; margin: 2px; }"
        f"QScrollBar::handle:vertical:hover {{ background: {theme.secondary}; }}"
        "QScrollBar::add-line, QScrollBar::sub-line { height: 0; border: 0; }"
        "QScrollBar::add-page, QScrollBar::sub-page { background: none; }"
    )
