"""The small panel above the status bar with every count and the day's goal."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QWidget,
)

from app.core.counts import Counts

_MOST_WORDS = 100_000
_GOAL_STEP = 50


class CountsDetails(QFrame):
    """A popup: Esc or a click elsewhere closes it."""

    restarted = Signal()
    """The words written today are to be counted from zero."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("details")
        self.goal = QSpinBox(self)
        self.goal.lineEdit().setTextMargins(6, 0, 0, 0)
        self.goal.setRange(0, _MOST_WORDS)
        self.goal.setSingleStep(_GOAL_STEP)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(16, 12, 16, 16)
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(6)
        self._cells: dict[tuple[int, int], QLabel] = {}
        self._written = QLabel(self)
        self._restart = QPushButton(self)
        self._restart.setAutoDefault(False)
        self._restart.clicked.connect(self.restarted)
        self._goal_title = QLabel(self)
        self._goal_title.setBuddy(self.goal)
        goal = QHBoxLayout()
        goal.setSpacing(8)
        goal.addWidget(self._goal_title, 1)
        goal.addWidget(self.goal)
        written = QHBoxLayout()
        written.setSpacing(8)
        written.addWidget(self._written, 1)
        written.addWidget(self._restart)
        self._grid.setRowMinimumHeight(10, 8)
        self._grid.addLayout(goal, 11, 0, 1, 3)
        self._grid.addLayout(written, 12, 0, 1, 3)
        self._shown: tuple[Counts, Counts | None, int, int] = (Counts(), None, 0, 0)
        self.show_counts(*self._shown)

    def show_counts(self, counts: Counts, selected: Counts | None, goal: int, added: int) -> None:
        """Show all of ``counts``, and those of the selection beside it."""
        self._shown = counts, selected, goal, added
        self.setAccessibleName(self.tr("Counts"))
        columns = (
            [("", counts)]
            if selected is None
            else [
                (self.tr("Selection"), selected),
                (self.tr("Document"), counts),
            ]
        )
        for column in (1, 2):
            heading, part = columns[column - 1] if column <= len(columns) else ("", None)
            self._put(0, column, heading)
            values = ["" for _ in range(7)] if part is None else self._values(part)
            for row, value in enumerate(values, 1):
                self._put(row, column, value)
        for row, title in enumerate(self._titles(), 1):
            self._put(row, 0, title)
        self._cells[0, 1].setVisible(selected is not None)
        self._cells[0, 2].setVisible(selected is not None)
        number = self.locale().toString
        self._goal_title.setText(self.tr("Words to write in a day"))
        self.goal.setSpecialValueText(self.tr("no goal"))
        self.goal.setAccessibleName(self.tr("Words to write in a day"))
        if self.goal.value() != goal:
            self.goal.setValue(goal)
        self._written.setText(self.tr("Written today: {count}").format(count=number(added)))
        self._restart.setText(self.tr("Start Over"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.show_counts(*self._shown)

    def open_above(self, button: QWidget) -> None:
        """Show the panel with its lower edge at the button."""
        self.adjustSize()
        corner = button.mapToGlobal(QPoint(0, 0))
        self.move(corner - QPoint(0, self.height() + 4))
        self.show()

    def lines(self) -> list[tuple[str, ...]]:
        """What is shown, row by row."""
        return [
            tuple(self._cells[row, column].text() for column in range(3)) for row in range(1, 8)
        ]

    def _titles(self) -> tuple[str, ...]:
        return (
            self.tr("Words"),
            self.tr("Characters"),
            self.tr("Characters without spaces"),
            self.tr("Chinese characters"),
            self.tr("Sentences"),
            self.tr("Paragraphs"),
            self.tr("Time to read"),
        )

    def _values(self, counts: Counts) -> list[str]:
        number = self.locale().toString
        minutes = self.tr("{minutes} min").format(minutes=number(counts.reading_minutes()))
        return [
            number(counts.words),
            number(counts.characters),
            number(counts.characters - counts.spaces),
            number(counts.han),
            number(counts.sentences),
            number(counts.paragraphs),
            minutes,
        ]

    def _put(self, row: int, column: int, text: str) -> None:
        label = self._cells.get((row, column))
        if label is None:
            label = self._cells[row, column] = QLabel(self)
            if column:
                label.setAlignment(Qt.AlignmentFlag.AlignRight)
            if not row:
                font = label.font()
                font.setWeight(QFont.Weight.DemiBold)
                label.setFont(font)
            self._grid.addWidget(label, row, column)
        label.setText(text)
