"""What teaching a style was worth: figures, a sample, and what was learnt by heart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_SHOWN = 160
"""Characters of what the samples go on from."""
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class StyleResult(QWidget):
    """Empty words until there is a report, then that and what can be done with the style."""

    used_here = Signal(str)
    used_everywhere = Signal(str)
    thrown_away = Signal(str)
    """Carry the name of the style."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._report: Mapping[str, Any] | None = None
        self.words = _label(self)
        self.table = QTableWidget(3, 3, self)
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        modes = QHeaderView.ResizeMode
        self.table.horizontalHeader().setSectionResizeMode(modes.ResizeToContents)
        self.table.horizontalHeader().setSectionResizeMode(0, modes.Stretch)
        self.table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.prompt = _label(self)
        self.before, self.after = _sample(self), _sample(self)
        self._titles = _label(self), _label(self)
        row = QHBoxLayout()
        row.setSpacing(16)
        for title, sample in zip(self._titles, (self.before, self.after), strict=True):
            column = QVBoxLayout()
            column.setSpacing(4)
            column.addWidget(title)
            column.addWidget(sample, 1)
            row.addLayout(column)
        self.memory = _label(self)
        self.here_button, self.everywhere_button, self.away_button = (
            QPushButton(self) for _ in range(3)
        )
        answers = QHBoxLayout()
        answers.setSpacing(8)
        for button, act in (
            (self.here_button, self._use_here),
            (self.everywhere_button, self._use_everywhere),
            (self.away_button, self._throw_away),
        ):
            button.setAutoDefault(True)
            button.clicked.connect(act)
            answers.addWidget(button)
        answers.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 12, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self.words)
        layout.addWidget(self.table)
        layout.addWidget(self.prompt)
        layout.addLayout(row, 1)
        layout.addWidget(self.memory)
        layout.addLayout(answers)
        self._show()

    def show_report(self, report: Mapping[str, Any] | None) -> None:
        """Show what came of training, or that nothing did yet."""
        if report is not self._report:
            self._report = report
            self._show()

    def _name(self) -> str:
        return str(self._report["model"]) if self._report is not None else ""

    @Slot()
    def _use_here(self) -> None:
        self.used_here.emit(self._name())

    @Slot()
    def _use_everywhere(self) -> None:
        self.used_everywhere.emit(self._name())

    @Slot()
    def _throw_away(self) -> None:
        self.thrown_away.emit(self._name())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._show()

    def _show(self) -> None:
        report = self._report
        for widget in (
            self.table,
            self.prompt,
            self.before,
            self.after,
            self.memory,
            *self._titles,
        ):
            widget.setVisible(report is not None)
        better = report is not None and bool(report["better"])
        self.here_button.setVisible(better)
        self.everywhere_button.setVisible(better)
        self.away_button.setVisible(report is not None)
        self.here_button.setText(self.tr("Use for This Document"))
        self.everywhere_button.setText(self.tr("Use for All"))
        self.away_button.setText(self.tr("Throw Away\u2026"))
        if report is None:
            self.words.setText(self.tr("What it was worth is shown here when teaching is done."))
            return
        self.words.setText(self._summary(report))
        self._fill_table(report)
        self.prompt.setText(
            self.tr("After \u201c\u2026{text}\u201d, which neither has learnt from:").format(
                text=_last_words(str(report["prompt"]))
            )
        )
        for title, view, name, key in zip(
            self._titles,
            (self.before, self.after),
            (self.tr("Before"), self.tr("In your style")),
            ("continued_before", "continued_after"),
            strict=True,
        ):
            title.setText(name)
            view.setPlainText(str(report[key]).strip())
            view.setAccessibleName(name)
        self.memory.setText(self._memory(report))

    def _summary(self, report: Mapping[str, Any]) -> str:
        if not report["better"]:
            return self.tr(
                "It was no help on texts that were held out, so nothing is changed. More texts, or "
                "texts more like each other, may help."
            )
        fewer = 1 - report["perplexity_after"] / report["perplexity_before"]
        return self.tr(
            "On {words} words of yours that were held out, the model is {percent}% less unsure of "
            "what comes next."
        ).format(
            words=self.locale().toString(int(report["held_out_words"])),
            percent=self.locale().toString(100 * fewer, "f", 0),
        )

    def _fill_table(self, report: Mapping[str, Any]) -> None:
        self.table.setAccessibleName(self.tr("Before and after"))
        self.table.setHorizontalHeaderLabels(["", self.tr("Before"), self.tr("After")])
        rows = (
            (self.tr("Words it wavers between (perplexity)"), "perplexity", 1.0, "{number}"),
            (self.tr("Next words guessed right"), "next_words", 100.0, "{number}%"),
            (self.tr("Keys that suggestions save"), "keystrokes_saved", 100.0, "{number}%"),
        )
        for number, (title, key, scale, form) in enumerate(rows):
            values = (report[f"{key}_before"], report[f"{key}_after"])
            shown = [self.locale().toString(scale * float(each), "f", 1) for each in values]
            texts = (title, *(form.format(number=each) for each in shown))
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setTextAlignment(_RIGHT if column else _LEFT)
                self.table.setItem(number, column, item)
        for column in range(3):
            header = self.table.horizontalHeaderItem(column)
            if header is not None:
                header.setTextAlignment(_RIGHT if column else _LEFT)
        self.table.resizeRowsToContents()
        height = self.table.horizontalHeader().sizeHint().height() + 2 * self.table.frameWidth() + 4
        height += sum(self.table.rowHeight(row) for row in range(self.table.rowCount()))
        self.table.setFixedHeight(height)

    def _memory(self, report: Mapping[str, Any]) -> str:
        samples = self.locale().toString(int(report["samples"]))
        if not report["samples_copied"]:
            return self.tr(
                "Of {samples} samples none repeats more than 50 characters of your texts: it does "
                "not know them by heart."
            ).format(samples=samples)
        return self.tr(
            "Of {samples} samples {copied} repeat more than 50 characters of your texts, the "
            "longest being: \u201c{text}\u201d"
        ).format(
            samples=samples,
            copied=self.locale().toString(int(report["samples_copied"])),
            text=str(report["longest_copy"])[:160],
        )


def _last_words(text: str) -> str:
    end = " ".join(text.split())[-_SHOWN:]
    return end.partition(" ")[2] or end


def _label(parent: QWidget) -> QLabel:
    label = QLabel(parent)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


def _sample(parent: QWidget) -> QPlainTextEdit:
    view = QPlainTextEdit(parent)
    view.setReadOnly(True)
    view.setTabChangesFocus(True)
    view.setMinimumHeight(72)
    return view
