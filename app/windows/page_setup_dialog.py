"""The dialog for paper, margins, and what stands around the text."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app.core.formats.page_setup import HEADERS, NUMBERS, PAPERS, PageSetup


class PageSetupDialog(QDialog):
    """``setup`` is what it shows."""

    def __init__(self, setup: PageSetup, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Page Set-up"))
        self.paper = QComboBox(self)
        self.paper.addItems(list(PAPERS))
        self.paper.setCurrentText(setup.paper)
        self.orientation = QComboBox(self)
        self.orientation.addItems([self.tr("Upright"), self.tr("Landscape")])
        self.orientation.setCurrentIndex(int(setup.landscape))
        self.margins = [self._number(value, 5, 80, self.tr(" mm")) for value in setup.margins]
        self.text_size = self._number(setup.text_size, 6, 36, self.tr(" pt"))
        self.header = QComboBox(self)
        self.header.addItems([self.tr("Nothing"), self.tr("Title"), self.tr("Author and title")])
        self.header.setCurrentIndex(HEADERS.index(setup.header))
        self.first_page = QCheckBox(self.tr("On the first page too"), self)
        self.first_page.setChecked(setup.first_page)
        self.numbers = QComboBox(self)
        self.numbers.addItems([self.tr("Nothing"), self.tr("Page"), self.tr("Page / pages")])
        self.numbers.setCurrentIndex(NUMBERS.index(setup.numbers))
        form = QFormLayout()
        form.addRow(self.tr("Paper:"), self.paper)
        form.addRow(self.tr("Orientation:"), self.orientation)
        sides = (self.tr("Left:"), self.tr("Top:"), self.tr("Right:"), self.tr("Bottom:"))
        for side, margin in zip(sides, self.margins, strict=True):
            form.addRow(side, margin)
        form.addRow(self.tr("Text size:"), self.text_size)
        form.addRow(self.tr("At the head:"), self.header)
        form.addRow("", self.first_page)
        form.addRow(self.tr("At the foot:"), self.numbers)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, self
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(16)
        column.addLayout(form)
        column.addWidget(buttons)

    def setup(self) -> PageSetup:
        """What was chosen."""
        left, top, right, bottom = (margin.value() for margin in self.margins)
        return PageSetup(
            self.paper.currentText(),
            self.orientation.currentIndex() == 1,
            (left, top, right, bottom),
            self.text_size.value(),
            HEADERS[self.header.currentIndex()],
            NUMBERS[self.numbers.currentIndex()],
            self.first_page.isChecked(),
        )

    def _number(self, value: int, least: int, most: int, unit: str) -> QSpinBox:
        box = QSpinBox(self)
        box.setRange(least, most)
        box.setSuffix(unit)
        box.setValue(value)
        return box
