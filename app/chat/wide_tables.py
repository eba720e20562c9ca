"""Keeps the columns of a table readable where it is wider than the panel: it scrolls then."""

from __future__ import annotations

from math import ceil

from PySide6.QtGui import QFontMetricsF, QTextDocument, QTextLength, QTextTable

_WIDEST_EMS = 15
"""A column needs no more than this; its words wrap."""
_PADDING = 12
"""Pixels beside a cell's text, with the line between two cells."""


def has_tables(document: QTextDocument) -> bool:
    """Whether there is any table."""
    return any(isinstance(frame, QTextTable) for frame in document.rootFrame().childFrames())


def fit_tables(document: QTextDocument, width: int) -> None:
    """Let tables fill ``width`` pixels at most, but squeeze no column below what it needs."""
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            _fit(frame, document, width)


def _fit(table: QTextTable, document: QTextDocument, width: int) -> None:
    metrics = QFontMetricsF(document.defaultFont())
    most = _WIDEST_EMS * metrics.height()
    needed = [
        max(_needed(table, row, column, metrics, most) for row in range(table.rows()))
        for column in range(table.columns())
    ]
    shape = table.format()
    if sum(needed) <= width:
        wanted = [QTextLength()] * len(needed)
    else:
        wanted = [QTextLength(QTextLength.Type.FixedLength, pixels) for pixels in needed]
    if shape.columnWidthConstraints() != wanted:
        shape.setColumnWidthConstraints(wanted)
        table.setFormat(shape)


def _needed(table: QTextTable, row: int, column: int, metrics: QFontMetricsF, most: float) -> int:
    """Pixels for the cell: its text on one line, or ``most``, or its longest word."""
    cell = table.cellAt(row, column)
    text = cell.firstCursorPosition().block().text()
    word = max(map(metrics.horizontalAdvance, text.split()), default=0.0)
    # Heads are bold and code has another face: a little more than the plain text's width.
    return ceil(1.12 * max(word, min(most, metrics.horizontalAdvance(text)))) + _PADDING
