"""A window that shows how quick suggestions are, phase by phase."""

from __future__ import annotations

import json
from pathlib import Path

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFileDialog,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from app.core.files import replace_file
from app.core.latency import EDGES_MS, LatencyRecorder, Phase, Summary
from app.core.version import inkling_version
from app.services.bridge import EngineBridge
from app.services.sentences import said
from app.windows.dialog_frame import frame
from app.windows.screen_fit import fitting

_REFRESH_MS = 1_000


class LatencyWindow(QDialog):
    """Percentiles of each phase in a table, and the histogram of the one that is chosen."""

    failed = Signal(str)
    """A sentence for the person: the figures could not be written."""

    def __init__(
        self, recorder: LatencyRecorder, bridge: EngineBridge, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._recorder = recorder
        self._bridge = bridge
        self._cells: dict[Phase, tuple[QTableWidgetItem, ...]] = {}
        self._words = QLabel(self)
        self._words.setWordWrap(True)
        self.table = self._make_table()
        self.histogram = Histogram(self)
        self._export_button = QPushButton(self)
        self._clear_button = QPushButton(self)
        self._export_button.clicked.connect(self.export)
        self._clear_button.clicked.connect(self._clear)
        for button in (self._export_button, self._clear_button):
            button.setAutoDefault(False)
        parts = [self._words, self.table, self.histogram]
        frame(self, parts, self._export_button, self._clear_button)
        self.resize(fitting(self, 720, 600))
        self.table.selectRow(list(Phase).index(Phase.DELAY_TO_PAINTED))
        self.table.currentCellChanged.connect(self.refresh)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.refresh)
        self._timer.start(_REFRESH_MS)
        self._retranslate()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    @Slot()
    def refresh(self) -> None:
        """Show what has been measured by now."""
        for phase, cells in self._cells.items():
            summary = self._recorder.summary(phase)
            values = (summary.p50, summary.p95, summary.longest)
            texts = [str(summary.count), *(self._milliseconds(value) for value in values)]
            for cell, text in zip(cells, texts, strict=True):
                cell.setText(text)
        phase = list(Phase)[max(0, self.table.currentRow())]
        self.histogram.show_summary(self._titles()[phase], self._recorder.summary(phase))

    @Slot()
    def export(self) -> None:
        """Ask for a file and write the figures to it as JSON."""
        name, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Export"),
            str(Path.home() / "inkling-latency.json"),
            self.tr("JSON (*.json)"),
        )
        if not name:
            return
        status = self._bridge.status()
        figures = {
            "inkling": inkling_version(),
            "model": status.model.name if status.model else "",
            "device": status.device,
            **self._recorder.exported(),
        }
        try:
            replace_file(Path(name), json.dumps(figures, indent=1).encode())
        except OSError as error:
            self.failed.emit(said(error))

    @Slot()
    def _clear(self) -> None:
        self._recorder.clear()
        self.refresh()

    def _make_table(self) -> QTableWidget:
        table = QTableWidget(len(Phase), 5, self)
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        modes = QHeaderView.ResizeMode
        table.horizontalHeader().setSectionResizeMode(modes.ResizeToContents)
        table.horizontalHeader().setSectionResizeMode(0, modes.Stretch)
        for row, phase in enumerate(Phase):
            table.setItem(row, 0, QTableWidgetItem())
            self._cells[phase] = tuple(QTableWidgetItem() for _ in range(4))
            for column, item in enumerate(self._cells[phase], 1):
                item.setTextAlignment(_RIGHT)
                table.setItem(row, column, item)
        return table

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("How Quick Suggestions Are"))
        self._words.setText(
            self.tr(
                "Measured while you write, on this computer. Half of the suggestions are quicker "
                "than p50, all but one in twenty quicker than p95. No text is kept or exported."
            )
        )
        self._export_button.setText(self.tr("Export\u2026"))
        self._clear_button.setText(self.tr("Start Over"))
        self.table.setAccessibleName(self.tr("Phases"))
        titles = (self.tr("Phase"), self.tr("Count"), "p50", "p95", self.tr("Longest"))
        for column, title in enumerate(titles):
            item = QTableWidgetItem(title)
            item.setTextAlignment(_RIGHT if column else _LEFT)
            self.table.setHorizontalHeaderItem(column, item)
        for row, title in enumerate(self._titles().values()):
            self.table.setItem(row, 0, QTableWidgetItem(title))
        self.refresh()

    def _milliseconds(self, value: float | None) -> str:
        if value is None:
            return "\u2013"
        number = self.locale().toString(value, "f", 1 if value < 10 else 0)
        return self.tr("{number} ms").format(number=number)

    def _titles(self) -> dict[Phase, str]:
        return {
            Phase.KEY_TO_REQUEST: self.tr("From the key to the request"),
            Phase.REQUEST_TO_FIRST_TEXT: self.tr("From the request to the first text"),
            Phase.REQUEST_TO_WHOLE: self.tr("From the request to the whole suggestion"),
            Phase.DELAY_TO_PAINTED: self.tr("From the end of the pause to the first words seen"),
            Phase.DELAY_TO_WHOLE: self.tr("From the end of the pause to all of it seen"),
            Phase.ASKED_TO_PAINTED: self.tr("From asking for one to the first words seen"),
        }


class Histogram(QWidget):
    """Bars for how many measurements took how long."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = ""
        self._bars: tuple[int, ...] = ()
        self.setMinimumHeight(150)

    def sizeHint(self) -> QSize:
        """Wide enough for the labels below the bars."""
        return QSize(560, 180)

    def show_summary(self, title: str, summary: Summary) -> None:
        """Draw these; a screen reader gets them in words."""
        self._title, self._bars = title, summary.histogram
        told = [
            self.tr("{count} up to {edge} ms").format(count=count, edge=edge)
            for count, edge in zip(summary.histogram, EDGES_MS, strict=False)
            if count
        ]
        if summary.histogram[-1]:
            told.append(self.tr("{count} longer").format(count=summary.histogram[-1]))
        self.setAccessibleName(title)
        self.setAccessibleDescription(", ".join(told) or self.tr("Nothing measured yet"))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the bars, their counts above and their upper ends below."""
        painter = QPainter(self)
        palette = self.palette()
        metrics = self.fontMetrics()
        line = metrics.height()
        area = QRectF(self.rect()).adjusted(0, 2 * line + 4, 0, -line - 6)
        painter.setPen(palette.text().color())
        painter.drawText(QRectF(0, 0, self.width(), line), Qt.AlignmentFlag.AlignLeft, self._title)
        highest = max(self._bars, default=0)
        width = area.width() / max(1, len(self._bars))
        for index, count in enumerate(self._bars):
            height = area.height() * count / highest if highest else 0
            bar = QRectF(area.left() + index * width + 2, area.bottom() - height, width - 4, height)
            painter.fillRect(bar, palette.accent())
            painter.setPen(palette.text().color())
            if count:
                above = QRectF(bar.left() - 8, bar.top() - line, bar.width() + 16, line)
                painter.drawText(above, Qt.AlignmentFlag.AlignHCenter, str(count))
            edge = f"\u2264{EDGES_MS[index]}" if index < len(EDGES_MS) else f">{EDGES_MS[-1]}"
            below = QRectF(area.left() + index * width - 8, area.bottom() + 4, width + 16, line)
            painter.drawText(below, Qt.AlignmentFlag.AlignHCenter, edge)
        painter.setPen(QPen(palette.mid().color(), 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        if not highest:
            painter.setPen(palette.placeholderText().color())
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, self.tr("Nothing measured yet"))


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
