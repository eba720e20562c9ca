"""A window that replays the document and tells what suggestions would have been worth."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QProgressBar,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from app.core.curve import Series
from app.services.bridge import EngineBridge
from app.services.sentences import said
from app.windows.curve_view import CurveView
from app.windows.dialog_frame import frame
from app.windows.screen_fit import fitting
from engine import CancelToken, EngineError, GateFigures, SimulationReport, simulate

_SAMPLES = (300, 1_000, 0)
"""Carets to look at; 0 for all."""
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class SimulatorWindow(QDialog):
    """Runs the simulator on a text, with progress and a way to stop, and shows what it found.

    ``document`` gives title and text of the document in front, ``gate`` how sure suggestions
    must be now.
    """

    _progressed = Signal(float)

    def __init__(
        self,
        bridge: EngineBridge,
        document: Callable[[], tuple[str, str]],
        gate: Callable[[], float],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._document = document
        self._gate = gate
        self._cancel: CancelToken | None = None
        self._report: SimulationReport | None = None
        self._title = ""
        self._words = QLabel(self)
        self._words.setWordWrap(True)
        self.samples = QComboBox(self)
        for sample in _SAMPLES:
            self.samples.addItem("", sample)
        self.start_button = QPushButton(self)
        self.start_button.setAutoDefault(False)
        self.start_button.clicked.connect(self.start_or_stop)
        self.bar = QProgressBar(self)
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.bar.hide()
        row = QWidget(self)
        controls = QHBoxLayout(row)
        controls.setContentsMargins(0, 0, 0, 0)
        controls.addWidget(self.samples)
        controls.addWidget(self.start_button)
        controls.addWidget(self.bar, 1)
        controls.addStretch()
        self.state = QLabel(self)
        self.state.setWordWrap(True)
        self.table = QTableWidget(0, 7, self)
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        modes = QHeaderView.ResizeMode
        self.table.horizontalHeader().setSectionResizeMode(modes.ResizeToContents)
        self.table.horizontalHeader().setSectionResizeMode(0, modes.Stretch)
        self.curve = CurveView(self)
        frame(self, [self._words, row, self.state, self.table, self.curve])
        self.resize(fitting(self, 760, 680))
        self._progressed.connect(self._show_progress, Qt.ConnectionType.QueuedConnection)
        self._retranslate()
        self._show_report()

    @Slot()
    def start_or_stop(self) -> None:
        """Replay the document in front as it is now, or stop that."""
        if self._cancel is not None:
            self._cancel.cancel()
            return
        self._title, text = self._document()
        sample = self.samples.currentData() or None
        gate, cancel = self._gate(), CancelToken()
        self._cancel = cancel
        self.bar.setValue(0)
        self.bar.show()
        self._retranslate()
        self.state.setText(self.tr("Replaying {name}\u2026").format(name=self._title))

        def done(found: SimulationReport | EngineError | None) -> None:
            self._done(found, cancel)

        self._bridge.apart(
            lambda engine: simulate(
                engine,
                [text],
                gate=gate,
                sample=sample,
                progress=self._progressed.emit,
                cancel=cancel,
            ),
            done,
        )

    def running(self) -> bool:
        """Whether a document is being replayed."""
        return self._cancel is not None

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop what runs; what was found is shown again the next time."""
        self.stop()
        super().closeEvent(event)

    def reject(self) -> None:
        self.stop()
        super().reject()

    def stop(self) -> None:
        """Replay no further."""
        if self._cancel is not None:
            self._cancel.cancel()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            self._show_report()

    def _done(self, found: SimulationReport | EngineError | None, cancel: CancelToken) -> None:
        self._cancel = None
        self.bar.hide()
        self._retranslate()
        if isinstance(found, SimulationReport):
            self._report = found
            self._show_report()
        elif isinstance(found, EngineError):
            self.state.setText(said(found))
        elif cancel.cancelled():
            self.state.setText(self.tr("Stopped."))
        else:
            self.state.setText(
                self.tr("The text is too short: only what follows its first 200 characters counts.")
            )

    @Slot(float)
    def _show_progress(self, share: float) -> None:
        self.bar.setValue(round(1000 * share))
        if self._cancel is not None and not self._cancel.cancelled():
            self.state.setText(
                self.tr("Replaying {name}: {percent}% done").format(
                    name=self._title, percent=int(100 * share)
                )
            )

    def _show_report(self) -> None:
        report = self._report
        if report is None:
            self.curve.show_curves(self._axes(), (), None)
            return
        saved = self.locale().toString(100 * report.figures.keystrokes_saved, "f", 0)
        wrong = self.locale().toString(report.figures.wrong_shows_per_100_words, "f", 1)
        self.state.setText(
            self.tr(
                "{name}: {saved}% of the keys saved, with {wrong} wrong suggestions in 100 words "
                "({carets} carets, {model})."
            ).format(
                name=self._title,
                saved=saved,
                wrong=wrong,
                carets=self.locale().toString(report.positions),
                model=report.model,
            )
        )
        rows = [
            (self.tr("As set now"), report.figures),
            *((self.tr("At another setting"), each) for each in report.curve[::2]),
            (self.tr("Always the likeliest word"), report.no_gate),
            (self.tr("Without a model, from the text alone"), report.ngram),
        ]
        self.table.setRowCount(len(rows))
        for number, (title, figures) in enumerate(rows):
            for column, text in enumerate((title, *self._cells(figures))):
                item = QTableWidgetItem(text)
                item.setTextAlignment(_RIGHT if column else _LEFT)
                self.table.setItem(number, column, item)
        now = report.figures
        self.curve.show_curves(
            self._axes(),
            [
                Series(name, tuple((each.coverage, each.precision_when_shown) for each in curve))
                for name, curve in (
                    (report.model, report.curve),
                    (self.tr("without a model"), report.ngram_curve),
                )
            ],
            (now.coverage, now.precision_when_shown),
        )

    def _cells(self, figures: GateFigures) -> list[str]:
        def percent(share: float) -> str:
            return self.tr("{number}%").format(number=self.locale().toString(100 * share, "f", 1))

        return [
            percent(figures.gate),
            percent(figures.coverage),
            percent(figures.precision_when_shown),
            percent(figures.wrong_show_rate),
            percent(figures.keystrokes_saved),
            self.locale().toString(figures.wrong_shows_per_100_words, "f", 1),
        ]

    def _axes(self) -> tuple[str, str]:
        return self.tr("Shown, of all carets"), self.tr("Right, of those shown")

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("What Suggestions Would Save"))
        self._words.setText(
            self.tr(
                "Types this document again as you would, and takes every suggestion whose word is "
                "the one that you wrote. It runs when the model has nothing else to do; you can go "
                "on writing."
            )
        )
        running = self._cancel is not None
        self.start_button.setText(self.tr("Stop") if running else self.tr("Start"))
        self.samples.setEnabled(not running)
        self.samples.setAccessibleName(self.tr("How much to replay"))
        for index, sample in enumerate(_SAMPLES):
            some = self.tr("{count} carets").format(count=self.locale().toString(sample))
            self.samples.setItemText(index, some if sample else self.tr("The whole document"))
        self.bar.setAccessibleName(self.tr("Progress"))
        self.table.setAccessibleName(self.tr("What was found"))
        self.table.setHorizontalHeaderLabels(
            [
                self.tr("Suggestions"),
                self.tr("How sure"),
                self.tr("Shown"),
                self.tr("Right"),
                self.tr("Wrong"),
                self.tr("Keys saved"),
                self.tr("Wrong in 100 words"),
            ]
        )
        for column in range(self.table.columnCount()):
            header = self.table.horizontalHeaderItem(column)
            if header is not None:
                header.setTextAlignment(_RIGHT if column else _LEFT)
        self.curve.setAccessibleName(self.tr("Curve of how many are right over how many are shown"))
