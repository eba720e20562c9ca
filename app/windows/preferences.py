"""The preferences, made from the table of settings; each change takes effect at once."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QSpinBox,
    QWidget,
)

from app.core.setting import Setting
from app.core.settings import SETTINGS, SettingsStore


class PreferencesDialog(QDialog):
    """One row for each setting that has a title."""

    def __init__(self, settings: SettingsStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Preferences"))
        self._settings = settings
        layout = QFormLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setVerticalSpacing(12)
        layout.setHorizontalSpacing(24)
        for setting in SETTINGS:
            if setting.title:
                layout.addRow(_translated(setting.title), self._field(setting))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        layout.addRow(buttons)

    def _field(self, setting: Setting) -> QWidget:
        value = self._settings.get(setting.name)
        field: QWidget
        if isinstance(setting.default, bool):
            field = QCheckBox(self)
            field.setChecked(value)
            field.toggled.connect(self._changed)
        elif setting.choices:
            field = QComboBox(self)
            for choice, title in zip(setting.choices, setting.choice_titles, strict=True):
                field.addItem(_translated(title), choice)
            field.setCurrentIndex(setting.choices.index(value))
            field.currentIndexChanged.connect(self._changed)
        elif isinstance(setting.default, int):
            field = QSpinBox(self)
            field.setRange(setting.minimum, setting.maximum)
            field.setSuffix(f" {_translated(setting.unit)}" if setting.unit else "")
            field.setValue(value)
            field.valueChanged.connect(self._changed)
        else:
            field = QLineEdit(value, self)
            field.setPlaceholderText(self.tr("the bundled serif"))
            field.editingFinished.connect(self._changed)
        field.setObjectName(setting.name)
        return field

    @Slot()
    def _changed(self) -> None:
        field = self.sender()
        if isinstance(field, QCheckBox):
            self._settings.set(field.objectName(), field.isChecked())
        elif isinstance(field, QComboBox):
            self._settings.set(field.objectName(), field.currentData())
        elif isinstance(field, QSpinBox):
            self._settings.set(field.objectName(), field.value())
        elif isinstance(field, QLineEdit):
            self._settings.set(field.objectName(), field.text())


def _translated(text: str) -> str:
    return QCoreApplication.translate("Settings", text)
