"""The editors of settings, one for each kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QSlider,
    QSpinBox,
    QWidget,
)

from app.core.setting import Kind, Setting
from app.services.fonts import READING_FAMILY

_SPIN_WIDTH = 156
_LIST_LINES = 4
_MANY = 500
"""A number with more values than this moves by more than one at a step."""


def worded(text: str) -> str:
    """A text of the table of settings in the interface's language."""
    return QCoreApplication.translate("Settings", text) if text else ""


class Field(QWidget):
    """Edits one setting; ``editor`` is the part that takes the keyboard."""

    changed = Signal(object)
    """The person chose this value."""

    def __init__(self, setting: Setting, editor: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setting = setting
        self.editor = editor
        editor.setObjectName(setting.name)
        editor.setAccessibleName(worded(setting.title))
        editor.setAccessibleDescription(worded(setting.description))
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(8)
        self.row.addWidget(editor)
        self.setFocusProxy(editor)

    def show_value(self, value: Any) -> None:
        """Show ``value`` without reporting a change."""
        blocked = self.editor.blockSignals(True)
        self._show(value)
        self.editor.blockSignals(blocked)

    def _show(self, value: Any) -> None:
        raise NotImplementedError


class SwitchField(Field):
    """On or off."""

    def __init__(self, setting: Setting, parent: QWidget | None = None) -> None:
        self._box = QCheckBox()
        super().__init__(setting, self._box, parent)
        self._box.toggled.connect(self._toggled)
        self.row.addStretch(1)

    @Slot(bool)
    def _toggled(self, on: bool) -> None:
        self.changed.emit(on)

    def _show(self, value: Any) -> None:
        self._box.setChecked(value)


class NumberField(Field):
    """A number, to type or to slide."""

    def __init__(self, setting: Setting, parent: QWidget | None = None) -> None:
        self._spin = QSpinBox()
        super().__init__(setting, self._spin, parent)
        span = setting.maximum - setting.minimum
        self._slider = QSlider(Qt.Orientation.Horizontal, self)
        self._slider.setPageStep(max(1, span // 10))
        self._slider.setAccessibleName(worded(setting.title))
        for part in (self._spin, self._slider):
            part.setRange(setting.minimum, setting.maximum)
            part.setSingleStep(1 if span < _MANY else span // 100)
            part.installEventFilter(_WheelGuard(part))
        if setting.unit:
            self._spin.setSuffix(f" {worded(setting.unit)}")
        self._spin.setFixedWidth(_SPIN_WIDTH)
        self._spin.lineEdit().setTextMargins(6, 0, 0, 0)  # a style sheet's padding is not heeded
        self.row.insertWidget(0, self._slider, 1)
        self._spin.valueChanged.connect(self._typed)
        self._slider.valueChanged.connect(self._spin.setValue)

    @Slot(int)
    def _typed(self, value: int) -> None:
        self._slide_to(value)
        self.changed.emit(value)

    def _show(self, value: Any) -> None:
        self._spin.setValue(value)
        self._slide_to(value)

    def _slide_to(self, value: int) -> None:
        blocked = self._slider.blockSignals(True)
        self._slider.setValue(value)
        self._slider.blockSignals(blocked)


class ChoiceField(Field):
    """One of a few."""

    def __init__(self, setting: Setting, parent: QWidget | None = None) -> None:
        self._combo = QComboBox()
        super().__init__(setting, self._combo, parent)
        for choice, title in zip(setting.choices, setting.choice_titles, strict=True):
            self._combo.addItem(worded(title), choice)
        self._combo.installEventFilter(_WheelGuard(self._combo))
        self._combo.currentIndexChanged.connect(self._chosen)

    @Slot(int)
    def _chosen(self, at: int) -> None:
        self.changed.emit(self._combo.itemData(at))

    def _show(self, value: Any) -> None:
        self._combo.setCurrentIndex(self._combo.findData(value))


class FontField(Field):
    """A font of this computer, or the bundled one."""

    def __init__(self, setting: Setting, parent: QWidget | None = None) -> None:
        self._combo = QComboBox()
        super().__init__(setting, self._combo, parent)
        adjust = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        self._combo.setSizeAdjustPolicy(adjust)
        self._combo.setMinimumContentsLength(24)
        bundled = self.tr("{font} (comes with Inkling)").format(font=READING_FAMILY)
        self._combo.addItem(bundled, "")
        for family in QFontDatabase.families():
            if family != READING_FAMILY and not QFontDatabase.isPrivateFamily(family):
                self._add(family, family)
        self._combo.installEventFilter(_WheelGuard(self._combo))
        self._combo.currentIndexChanged.connect(self._chosen)

    def _add(self, words: str, family: str) -> None:
        self._combo.addItem(words, family)
        at = self._combo.count() - 1
        self._combo.setItemData(at, QFont(family), Qt.ItemDataRole.FontRole)

    @Slot(int)
    def _chosen(self, at: int) -> None:
        self.changed.emit(self._combo.itemData(at))

    def _show(self, value: Any) -> None:
        if self._combo.findData(value) < 0:
            self._add(self.tr("{font} (not installed)").format(font=value), value)
        self._combo.setCurrentIndex(self._combo.findData(value))


class TextField(Field):
    """A line of text."""

    def __init__(self, setting: Setting, parent: QWidget | None = None) -> None:
        self._line = QLineEdit()
        super().__init__(setting, self._line, parent)
        self._line.editingFinished.connect(self._edited)

    @Slot()
    def _edited(self) -> None:
        self.changed.emit(self._line.text())

    def _show(self, value: Any) -> None:
        if self._line.text() != value:
            self._line.setText(value)


class ListField(Field):
    """Texts, one a line."""

    def __init__(self, setting: Setting, parent: QWidget | None = None) -> None:
        self._edit = QPlainTextEdit()
        super().__init__(setting, self._edit, parent)
        self._edit.setTabChangesFocus(True)
        self._edit.setFixedHeight(_LIST_LINES * self._edit.fontMetrics().lineSpacing() + 12)
        self._edit.setPlaceholderText(self.tr("one a line"))
        self._edit.textChanged.connect(self._edited)

    @Slot()
    def _edited(self) -> None:
        self.changed.emit(self._lines())

    def _lines(self) -> list[str]:
        lines = (line.strip() for line in self._edit.toPlainText().splitlines())
        return [line for line in lines if line]

    def _show(self, value: Any) -> None:
        if self._lines() != value:
            self._edit.setPlainText("\n".join(value))


FIELDS: Mapping[Kind, Callable[[Setting, QWidget], Field]] = MappingProxyType(
    {
        Kind.SWITCH: SwitchField,
        Kind.NUMBER: NumberField,
        Kind.CHOICE: ChoiceField,
        Kind.FONT: FontField,
        Kind.TEXT: TextField,
        Kind.LIST: ListField,
    }
)


class _WheelGuard(QObject):
    """Keeps the wheel, which scrolls the preferences, from changing what it passes over."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.Wheel
            and isinstance(watched, QWidget)
            and not watched.hasFocus()
        ):
            event.ignore()
            return True
        return super().eventFilter(watched, event)
