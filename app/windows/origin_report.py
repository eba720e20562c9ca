"""The window that says where the words of a document came from, part by part."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFileDialog,
    QHeaderView,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from app.core.files import replace_file
from app.core.provenance.report import EXPORTS, Item, Report, report
from app.core.provenance.shares import Shares
from app.editor.origin import OriginTracker
from app.services.sentences import said
from app.windows.dialog_frame import frame
from app.windows.origin_bar import OriginBar
from app.windows.origin_words import details, kind_name, time_name
from app.windows.screen_fit import fitting
from app.windows.tab import DocumentTab

_REFRESH_MS = 300


class OriginReport(QDialog):
    """Follows the document in front; a chosen part is selected on the page."""

    again_wanted = Signal(object)
    """The ``Source`` of the part that is to be made again."""
    erase_wanted = Signal()
    failed = Signal(str)
    """A sentence for the person."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._tab: DocumentTab | None = None
        self._tracker: OriginTracker | None = None
        self._report = Report(Shares(), ())
        self._bar = OriginBar(self)
        self.table = self._make_table()
        self.details = QPlainTextEdit(self)
        self.details.setReadOnly(True)
        self.details.setTabChangesFocus(True)
        self.outcome = QLabel(self)
        self.outcome.setWordWrap(True)
        self.outcome.hide()
        self._again = self._button(self._ask_again)
        self._export = self._button(self.export)
        self._erase = self._button(self.erase_wanted.emit)
        halves = QSplitter(Qt.Orientation.Vertical, self)
        halves.addWidget(self.table)
        halves.addWidget(self.details)
        halves.setStretchFactor(0, 3)
        halves.setStretchFactor(1, 2)
        halves.setChildrenCollapsible(False)
        frame(self, [self._bar, halves, self.outcome], self._again, self._export, self._erase)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_REFRESH_MS)
        self._soon.timeout.connect(self.refresh)
        self.table.currentCellChanged.connect(self._on_chosen)
        self.table.cellActivated.connect(self._go_there)
        self.table.cellClicked.connect(self._go_there)
        self.resize(fitting(self, 860, 640))
        self._retranslate()

    def show_document(self, tab: DocumentTab, tracker: OriginTracker) -> None:
        """Report on another document."""
        if self._tracker is not None:
            self._tracker.changed.disconnect(self._on_changed)
        self._tab, self._tracker = tab, tracker
        tracker.changed.connect(self._on_changed)
        self.outcome.hide()
        self.refresh()

    def is_on(self, tab: DocumentTab) -> bool:
        """Whether it is this document that is reported on."""
        return tab is self._tab

    def leave_document(self) -> None:
        """The document is closed."""
        self._tab = self._tracker = None

    def choose(self, position: int) -> None:
        """Choose the part that has that code point."""
        for row, item in enumerate(self._report.items):
            if item.start <= position < item.end:
                self.table.selectRow(row)

    def chosen(self) -> Item | None:
        """The part that is chosen."""
        row = self.table.currentRow()
        return self._report.items[row] if 0 <= row < len(self._report.items) else None

    def say(self, words: str) -> None:
        """Show what came of making a text again."""
        self.outcome.setText(words)
        self.outcome.setVisible(bool(words))

    def changeEvent(self, event: QEvent) -> None:
        """Speak another language at once."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show the document as it is now."""
        if self._tab is None or self._tracker is None:
            return
        kept = self.chosen()
        tracker = self._tracker
        self._report = report(self._tab.editor.text(), tracker.runs(), tracker.sources())
        self._bar.show_shares(self._report.shares)
        self.table.blockSignals(True)
        self.table.setRowCount(len(self._report.items))
        for row, item in enumerate(self._report.items):
            recipe = item.source.recipe
            cells = (
                str(item.line),
                kind_name(item.source.kind),
                time_name(item.source.when, self.locale()),
                recipe.circumstances.model if recipe else "",
                item.excerpt,
            )
            for column, words in enumerate(cells):
                self.table.setItem(row, column, QTableWidgetItem(words))
        self.table.blockSignals(False)
        rows = [row for row, item in enumerate(self._report.items) if _same(item, kept)]
        self.table.setCurrentCell(rows[0] if rows else (0 if self._report.items else -1), 0)
        self._on_chosen()
        self._export.setEnabled(self._report.shares.total > 0)
        known = bool(self._report.items) or self._report.shares.typed > 0
        self._erase.setEnabled(known)

    @Slot()
    def export(self) -> None:
        """Ask for a file and write the report to it: Markdown, JSON or CSV by its ending."""
        if self._tab is None:
            return
        filters = {
            self.tr("Markdown (*.md)"): "md",
            self.tr("JSON (*.json)"): "json",
            self.tr("CSV (*.csv)"): "csv",
        }
        title = self._tab.document.title()
        start = Path.home() / f"{Path(title).stem}-origin.md"
        name, chosen = QFileDialog.getSaveFileName(
            self, self.tr("Export"), str(start), ";;".join(filters)
        )
        if not name:
            return
        path = Path(name)
        ending = path.suffix.removeprefix(".").lower()
        if ending not in EXPORTS:
            ending = filters.get(chosen, "md")
            path = path.with_name(f"{path.name}.{ending}")
        try:
            replace_file(path, EXPORTS[ending](self._report, title).encode("utf-8", "replace"))
        except OSError as error:
            self.failed.emit(said(error))

    @Slot()
    def _on_changed(self) -> None:
        if self.isVisible() and not self._soon.isActive():
            self._soon.start()

    @Slot()
    def _on_chosen(self) -> None:
        item = self.chosen()
        self.details.setPlainText(details(item.source) if item else "")
        self._again.setEnabled(item is not None and item.source.recipe is not None)

    @Slot(int, int)
    def _go_there(self, _row: int, _column: int) -> None:
        item, tab = self.chosen(), self._tab
        if item is None or tab is None:
            return
        editor = tab.editor
        cursor = editor.textCursor()
        cursor.setPosition(editor.u16_of(item.start))
        cursor.setPosition(editor.u16_of(item.end), cursor.MoveMode.KeepAnchor)
        editor.setTextCursor(cursor)
        editor.ensureCursorVisible()

    @Slot()
    def _ask_again(self) -> None:
        if (item := self.chosen()) is not None:
            self.again_wanted.emit(item.source)

    def _button(self, act: Callable[[], object]) -> QPushButton:
        button = QPushButton(self)
        button.setAutoDefault(False)
        button.clicked.connect(act)
        return button

    def _make_table(self) -> QTableWidget:
        table = QTableWidget(0, 5, self)
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        modes = QHeaderView.ResizeMode
        table.horizontalHeader().setSectionResizeMode(modes.ResizeToContents)
        table.horizontalHeader().setSectionResizeMode(4, modes.Stretch)
        return table

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Origin of This Text"))
        self.table.setAccessibleName(self.tr("Parts that were not typed"))
        self.details.setAccessibleName(self.tr("How it was made"))
        titles = (
            self.tr("Line"),
            self.tr("How"),
            self.tr("When"),
            self.tr("Model"),
            self.tr("Words"),
        )
        for column, title in enumerate(titles):
            item = QTableWidgetItem(title)
            item.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            self.table.setHorizontalHeaderItem(column, item)
        self._again.setText(self.tr("&Regenerate Exactly"))
        self._export.setText(self.tr("&Export\u2026"))
        self._erase.setText(self.tr("Erase This &Record\u2026"))


def _same(item: Item, other: Item | None) -> bool:
    return other is not None and (item.source.id, item.words) == (other.source.id, other.words)
