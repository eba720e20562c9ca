"""The page of settings: a heading for each section and a row for each setting."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.core.setting import SECTIONS, Kind, Setting
from app.core.settings import SETTINGS, SettingsStore
from app.windows.preference_fields import FIELDS, Field, worded
from app.windows.theme_field import ThemeField

_FIELD_WIDTH = 300


class SettingRow(QWidget):
    """One setting: what it is called, what it does, its value, and the way back."""

    chosen = Signal(str, object)
    """The person chose a value for the setting of that name."""
    reset = Signal(str)

    def __init__(self, setting: Setting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setting = setting
        kind = setting.kind
        self.field: Field = (
            ThemeField(setting, self) if setting.name == "theme" else FIELDS[kind](setting, self)
        )
        title = QLabel(worded(setting.title), self)
        title.setWordWrap(True)
        title.setBuddy(self.field)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.setContentsMargins(0, 5, 0, 0)  # the title stands level with the words of the field
        words.addWidget(title)
        if setting.description:
            description = QLabel(worded(setting.description), self)
            description.setProperty("role", "quiet")
            description.setWordWrap(True)
            words.addWidget(description)
        words.addStretch(1)
        self.back = QPushButton(self.tr("Reset"), self)
        self.back.setProperty("role", "flat")
        self.back.setAutoDefault(False)
        self.back.setAccessibleName(self.tr("Reset: {title}").format(title=title.text()))
        policy = self.back.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.back.setSizePolicy(policy)
        self.back.clicked.connect(self._reset)
        self.field.changed.connect(self._chosen)
        self._texts = " ".join(
            [setting.title, *map(worded, (setting.title, setting.description))]
            + [worded(choice) for choice in setting.choice_titles]
        ).casefold()
        top = Qt.AlignmentFlag.AlignTop
        if setting.name == "theme" or kind is Kind.LIST:
            line = QHBoxLayout()
            line.addLayout(words, 1)
            line.addWidget(self.back, 0, top)
            column = QVBoxLayout(self)
            column.addLayout(line)
            column.addWidget(self.field)
            column.setContentsMargins(0, 8, 0, 8)
        else:
            self.field.setMaximumWidth(_FIELD_WIDTH)
            self.field.setMinimumWidth(_FIELD_WIDTH * 2 // 3)
            line = QHBoxLayout(self)
            line.setContentsMargins(0, 8, 0, 8)
            line.setSpacing(16)
            line.addLayout(words, 1)
            line.addWidget(self.field, 1, top)
            line.addWidget(self.back, 0, top)

    def show_value(self, value: Any, *, is_default: bool) -> None:
        """Show a value, and the way back where it is not the usual one."""
        self.field.show_value(value)
        self.back.setVisible(not is_default)

    def fits(self, words: list[str]) -> bool:
        """Whether all of ``words`` are in the row's texts."""
        return all(word in self._texts for word in words)

    @Slot(object)
    def _chosen(self, value: Any) -> None:
        self.chosen.emit(self.setting.name, value)

    @Slot()
    def _reset(self) -> None:
        self.field.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self.reset.emit(self.setting.name)


class Section(QWidget):
    """A heading and the rows below it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = name
        heading = QLabel(worded(name), self)
        heading.setProperty("role", "heading")
        self._texts = f"{name} {heading.text()}".casefold()
        self.rows = [SettingRow(each, self) for each in SETTINGS if each.section == name]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 16)
        column.setSpacing(4)
        for part in (heading, *self.rows):
            column.addWidget(part)

    def filter(self, words: list[str]) -> bool:
        """Show only the rows that fit ``words``; whether there are any."""
        whole = all(word in self._texts for word in words)
        shown = [whole or row.fits(words) for row in self.rows]
        for row, fits in zip(self.rows, shown, strict=True):
            row.setVisible(fits)
        self.setVisible(any(shown))
        return any(shown)


class SettingsPage(QScrollArea):
    """Every setting of the table that has a section; each change takes effect at once."""

    def __init__(self, settings: SettingsStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        holder = QWidget(self)
        column = QVBoxLayout(holder)
        column.setContentsMargins(24, 16, 24, 16)
        used = {setting.section for setting in SETTINGS}
        self.sections = [Section(name, holder) for name in SECTIONS if name in used]
        for section in self.sections:
            column.addWidget(section)
        self._nothing = QLabel(self.tr("No setting has these words."), holder)
        self._nothing.setProperty("role", "quiet")
        column.addWidget(self._nothing)
        column.addStretch(1)
        self.setWidget(holder)
        self._rows = {row.setting.name: row for part in self.sections for row in part.rows}
        for name, row in self._rows.items():
            row.chosen.connect(self._chosen)
            row.reset.connect(self._reset)
            self._show_value(name)
        self.filter("")

    def filter(self, text: str) -> list[str]:
        """Show only the settings that have the words of ``text``; returns their sections."""
        words = text.casefold().split()
        found = [section.name for section in self.sections if section.filter(words)]
        self._nothing.setVisible(not found)
        return found

    def show_section(self, name: str) -> None:
        """Scroll to a section."""
        for section in self.sections:
            if section.name == name:
                self.verticalScrollBar().setValue(section.y() - 16)

    def reset_all(self) -> dict[str, Any]:
        """Give every setting on the page its usual value; returns what there was."""
        before = {name: self._settings.get(name) for name in self._rows}
        for name in self._rows:
            self._settings.reset(name)
        return before

    def setting_changed(self, name: str) -> None:
        """Show what became of a setting."""
        if name in self._rows:
            self._show_value(name)

    def _show_value(self, name: str) -> None:
        value, usual = self._settings.get(name), self._settings.is_default(name)
        self._rows[name].show_value(value, is_default=usual)

    @Slot(str, object)
    def _chosen(self, name: str, value: Any) -> None:
        self._settings.set(name, value)

    @Slot(str)
    def _reset(self, name: str) -> None:
        self._settings.reset(name)
