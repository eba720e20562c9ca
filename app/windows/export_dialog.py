"""The dialog that asks for a format and tells what it cannot keep of this document."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, QTimer, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.core.formats import losses
from app.core.formats.exporting import Source
from app.core.formats.kinds import CONTEXT, FORMATS, Format
from app.services.conversions import Conversions
from app.services.formats import Plan, plan
from app.services.sentences import said

_WIDTH = 460
_OFFERED = tuple(each for each in FORMATS if each.writes and each.name != "md")


class ExportDialog(QDialog):
    """``plan`` is what was found out about the text in the format that is chosen."""

    def __init__(
        self,
        conversions: Conversions,
        source: Source,
        wanted: Format | None,
        show_page_setup: Callable[[], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._conversions = conversions
        self._source = source
        self._plan: Plan | None = None
        self._looking: threading.Event | None = None
        self.setWindowTitle(self.tr("Export"))
        self.setMinimumWidth(_WIDTH)
        self.formats = QComboBox(self)
        for each in _OFFERED:
            title = QCoreApplication.translate(CONTEXT, each.title)
            self.formats.addItem(f"{title} ({each.suffix})", each.name)
        names = [each.name for each in _OFFERED]
        if wanted is not None and wanted.name in names:
            self.formats.setCurrentIndex(names.index(wanted.name))
        self.report = QLabel(self)
        self.report.setWordWrap(True)
        self.report.setMinimumHeight(self.fontMetrics().lineSpacing() * 5)
        self.page_setup = QPushButton(self.tr("Page Set-up\u2026"), self)
        self.page_setup.setAutoDefault(False)
        self.page_setup.clicked.connect(show_page_setup)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.export = buttons.addButton(
            self.tr("Export\u2026"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.export.setDefault(True)
        buttons.addButton(self.page_setup, QDialogButtonBox.ButtonRole.ResetRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        form = QFormLayout()
        form.addRow(self.tr("Format:"), self.formats)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(16)
        column.addLayout(form)
        column.addWidget(self.report, 1)
        column.addWidget(buttons)
        self.formats.currentIndexChanged.connect(self._look)
        QTimer.singleShot(0, self, self._look)

    def plan(self) -> Plan | None:
        """What is to be written, None while that is not known."""
        return self._plan

    def close_down(self) -> None:
        """Look no further."""
        if self._looking is not None:
            self._looking.set()

    @Slot()
    def _look(self) -> None:
        self.close_down()
        target = _OFFERED[self.formats.currentIndex()]
        self._plan = None
        self.export.setEnabled(False)
        self.page_setup.setVisible(target.name == "pdf")
        self.report.setText(self.tr("Looking through the text\u2026"))
        source = self._source
        self._looking = self._conversions.run(
            self.tr("Looking through the text\u2026"),
            lambda pandoc, _stop: plan(source, target, pandoc),
            self._looked,
            quiet=True,
        )

    def _looked(self, outcome: Any) -> None:
        if isinstance(outcome, Plan):
            self._plan = outcome
            self.export.setEnabled(True)
            self.report.setText(self._words(outcome))
        else:
            self.report.setText(said(outcome))

    def _words(self, made: Plan) -> str:
        if not made.losses:
            return self.tr("This format can keep everything that is in this document.")
        lines = [self.tr("What this format cannot keep of this document:")]
        for loss in made.losses:
            template = QCoreApplication.translate(losses.CONTEXT, loss.template)
            lines.append(f"\u2022 {loss.sentence(template)}")
        return "\n".join(lines)
