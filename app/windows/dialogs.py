"""Small dialogs: keys, the model, about."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QIcon, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.core.commands import COMMANDS
from app.core.version import inkling_version
from app.services.assets import asset
from app.services.sentences import said
from app.windows.actions import plain, translated
from engine import EngineStatus


class KeysDialog(QDialog):
    """Every key and what it does, from the tables."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keys"))
        rows = [
            (command.shortcut, plain(translated(command.title)))
            for command in COMMANDS
            if command.shortcut
        ]
        table = QTableWidget(len(rows), 2, self)
        table.setHorizontalHeaderLabels([self.tr("Key"), self.tr("What it does")])
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        table.setSelectionMode(QTableWidget.SelectionMode.NoSelection)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        native = QKeySequence.SequenceFormat.NativeText
        for row, (key, text) in enumerate(rows):
            table.setItem(row, 0, QTableWidgetItem(QKeySequence(key).toString(native)))
            table.setItem(row, 1, QTableWidgetItem(text))
        table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        table.resizeColumnToContents(0)
        _finish(self, [table])
        self.resize(480, 560)


class ModelDialog(QDialog):
    """What is known of the loaded model, or why there is none.

    ``show_engine`` keeps it up to date with what the engine does.
    """

    def __init__(self, status: EngineStatus, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("The Model"))
        self._device = self._value_label()
        self._cache = self._value_label()
        if status.model is None:
            self._device.hide()
            self._cache.hide()
            words = said(status.error) if status.error else self.tr("The model is still loading.")
            label = QLabel(words, self)
            label.setWordWrap(True)
            _finish(self, [label])
            self.resize(420, 160)
            return
        model = status.model
        fields = (
            (self.tr("Name"), model.name),
            (self.tr("Architecture"), model.architecture),
            (self.tr("Parameters"), f"{model.parameters:,}"),
            (self.tr("Precision"), model.precision),
            (
                self.tr("Reads at once"),
                self.tr("{count} tokens").format(count=f"{model.context_length:,}"),
            ),
            (self.tr("Size on disk"), f"{model.size_bytes / 1e6:,.0f} MB"),
            (self.tr("Licence"), model.licence),
            (self.tr("Source"), model.source),
            (self.tr("Folder"), str(model.path)),
        )
        form = QWidget(self)
        layout = QFormLayout(form)
        for title, value in fields:
            layout.addRow(title, self._value_label(value))
        layout.addRow(self.tr("Computed by"), self._device)
        layout.addRow(self.tr("Kept of earlier texts"), self._cache)
        self.show_engine(status)
        _finish(self, [form])
        self.resize(520, 410)

    @Slot(object)
    def show_engine(self, status: EngineStatus) -> None:
        """Show what changes while the model works: what computes, and what its cache holds."""
        device = self.tr("The processor") if status.device == "CPU" else status.device
        if status.notice is not None:
            device = f"{device}\n{said(status.notice)}"
        self._device.setText(device)
        if (cache := status.cache) is not None:
            used, budget = (f"{size / 1e6:,.0f}" for size in (cache.used_bytes, cache.budget_bytes))
            one = self.tr("1 text, {used} of {budget} MB")
            many = self.tr("{count} texts, {used} of {budget} MB")
            text = one if cache.sequences == 1 else many
            self._cache.setText(text.format(count=cache.sequences, used=used, budget=budget))

    def _value_label(self, text: str = "") -> QLabel:
        label = QLabel(text, self)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        label.setWordWrap(True)
        return label


class AboutDialog(QDialog):
    """What Inkling is, its version and the licences of what it contains."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About Inkling"))
        picture = QLabel(self)
        picture.setPixmap(QIcon(str(asset("icons", "inkling.svg"))).pixmap(QSize(72, 72)))
        name = QLabel(self.tr("Inkling {version}").format(version=inkling_version()), self)
        font = name.font()
        font.setPixelSize(20)
        name.setFont(font)
        words = QLabel(
            self.tr(
                "A writing desk with a language model inside. Everything runs on this computer; "
                "nothing you write leaves it."
            ),
            self,
        )
        parts = QLabel(
            self.tr(
                "Inkling is under the Apache License 2.0. It contains the fonts Literata, "
                "Inter and JetBrains Mono (SIL Open Font License 1.1) and icons by Lucide (ISC)."
            ),
            self,
        )
        for label in (words, parts):
            label.setWordWrap(True)
        _finish(self, [picture, name, words, parts])
        self.resize(420, 320)


def _finish(dialog: QDialog, widgets: Sequence[QWidget]) -> None:
    layout = QVBoxLayout(dialog)
    layout.setContentsMargins(24, 24, 24, 16)
    layout.setSpacing(16)
    for widget in widgets:
        layout.addWidget(widget)
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, dialog)
    buttons.rejected.connect(dialog.reject)
    layout.addWidget(buttons)
