"""The list of keys."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from app.core.commands import COMMANDS
from app.core.keys import keys_of
from app.core.settings import SettingsStore
from app.windows.actions import plain, translated
from app.windows.dialog_frame import frame
from app.windows.screen_fit import fitting
from app.windows.shortcuts import KEYS, native


class KeysDialog(QDialog):
    """Every key and what it does; accepted when the person wants to change them."""

    def __init__(self, settings: SettingsStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keys"))
        keys = keys_of(settings.get(KEYS))
        rows = [
            (keys[command.id], plain(translated(command.title)))
            for command in COMMANDS
            if keys[command.id]
        ]
        table = QTableWidget(len(rows), 2, self)
        table.setAccessibleName(self.windowTitle())
        table.setHorizontalHeaderLabels([self.tr("Key"), self.tr("What it does")])
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        table.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        for row, (key, text) in enumerate(rows):
            table.setItem(row, 0, QTableWidgetItem(native(key)))
            table.setItem(row, 1, QTableWidgetItem(text))
        table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        table.resizeColumnToContents(0)
        change = QPushButton(self.tr("Change keys\u2026"), self)
        change.setAutoDefault(False)
        change.clicked.connect(self.accept)
        frame(self, [table], change)
        self.resize(fitting(self, 480, 560))
