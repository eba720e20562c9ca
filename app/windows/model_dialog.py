"""What is known of the model."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QFormLayout, QLabel, QWidget

from app.services.sentences import said
from app.windows.dialog_frame import frame
from engine import EngineStatus


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
            frame(self, [label])
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
        frame(self, [form])
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
