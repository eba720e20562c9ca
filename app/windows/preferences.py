"""The preferences: the settings and the keyboard shortcuts, with a search over both."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Slot
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.core.settings import SettingsStore
from app.windows.preference_fields import worded
from app.windows.preference_page import SettingsPage
from app.windows.shortcuts_page import ShortcutsPage

_SIZE = QSize(860, 600)
_ROLE = Qt.ItemDataRole.UserRole
SHORTCUTS = "shortcuts"
"""The name of the page of keyboard shortcuts."""


class PreferencesDialog(QDialog):
    """Stays open beside the page, so that each change is seen at once."""

    def __init__(self, settings: SettingsStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._before: dict[str, Any] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._body = QWidget(self)
        self._make()
        self.resize(_SIZE.boundedTo(self.screen().availableSize() - QSize(16, 48)))
        unsubscribe = settings.subscribe(self._setting_changed)
        self.destroyed.connect(lambda: unsubscribe())

    def _make(self) -> None:
        self.setWindowTitle(self.tr("Preferences"))
        body = QWidget(self)
        self.search = QLineEdit(body)
        self.search.setPlaceholderText(self.tr("Search the preferences"))
        self.search.setAccessibleName(self.search.placeholderText())
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._filter)
        self.sections = QListWidget(body)
        self.sections.setObjectName("sections")
        self.sections.setAccessibleName(self.tr("Sections"))
        self.sections.setFixedWidth(184)
        self.settings_page = SettingsPage(self._settings, body)
        self.shortcuts_page = ShortcutsPage(self._settings, body)
        for section in self.settings_page.sections:
            self._add_section(worded(section.name), section.name)
        self._add_section(self.tr("Keyboard shortcuts"), SHORTCUTS)
        self.sections.setCurrentRow(0)
        self.sections.currentRowChanged.connect(self._go_to_row)
        self._pages = QStackedWidget(body)
        self._pages.addWidget(self.settings_page)
        self._pages.addWidget(self.shortcuts_page)
        self._said = QLabel(body)
        self._said.setProperty("role", "quiet")
        self._reset = QPushButton(body)
        self._reset.clicked.connect(self._reset_or_undo)
        close = QPushButton(self.tr("Close"), body)
        close.clicked.connect(self.close)
        for button in (self._reset, close):
            button.setAutoDefault(False)
        left = QVBoxLayout()
        left.setContentsMargins(16, 16, 0, 16)
        left.setSpacing(8)
        left.addWidget(self.search)
        left.addWidget(self.sections, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(24, 0, 24, 16)
        foot.setSpacing(8)
        foot.addWidget(self._said, 1)
        foot.addWidget(self._reset)
        foot.addWidget(close)
        right = QVBoxLayout()
        right.addWidget(self._pages, 1)
        right.addLayout(foot)
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(left)
        row.addLayout(right, 1)
        self._body.hide()
        self._body.deleteLater()
        self._body = body
        self._layout.addWidget(body)
        self._offer_reset({})
        self.search.setFocus()

    def show_page(self, name: str) -> None:
        """Go to a section of the settings, or to ``SHORTCUTS``."""
        for row in range(self.sections.count()):
            if self.sections.item(row).data(_ROLE) == name:
                self.sections.setCurrentRow(row)

    def changeEvent(self, event: QEvent) -> None:
        """Speak another language at once."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            # Not here: the field that changed the language is still at work.
            QTimer.singleShot(0, self, self._make_anew)

    @Slot()
    def _make_anew(self) -> None:
        focused, page = self.focusWidget(), self.sections.currentItem().data(_ROLE)
        name = focused.objectName() if focused is not None else ""
        self._make()
        self.show_page(page)
        again = self._body.findChild(QWidget, name) if name else None
        if again is not None:
            again.setFocus()

    def _add_section(self, words: str, name: str) -> None:
        self.sections.addItem(words)
        self.sections.item(self.sections.count() - 1).setData(_ROLE, name)

    @Slot(int)
    def _go_to_row(self, row: int) -> None:
        item = self.sections.item(row)
        name = item.data(_ROLE) if item is not None else ""
        shortcuts = name == SHORTCUTS
        self._pages.setCurrentIndex(int(shortcuts))
        if not shortcuts:
            self.settings_page.show_section(name)
        self._offer_reset({})

    @Slot(str)
    def _filter(self, text: str) -> None:
        found = self.settings_page.filter(text)
        if self.shortcuts_page.filter(text):
            found.append(SHORTCUTS)
        for row in range(self.sections.count()):
            item = self.sections.item(row)
            item.setHidden(item.data(_ROLE) not in found)
        current = self.sections.currentItem()
        if found and (current is None or current.isHidden()):
            self.show_page(found[0])

    @Slot()
    def _reset_or_undo(self) -> None:
        if self._before:
            for name, value in self._before.items():
                self._settings.set(name, value)
            self._offer_reset({})
        elif self._pages.currentIndex():
            self._offer_reset(self.shortcuts_page.reset_all())
        else:
            self._offer_reset(self.settings_page.reset_all())

    def _offer_reset(self, before: dict[str, Any]) -> None:
        """Offer to reset all on this page; with ``before``, to bring that back."""
        self._before = before
        if before:
            self._said.setText(self.tr("All of it is as it came."))
            self._reset.setText(self.tr("Bring mine back"))
        else:
            self._said.clear()
            keys = bool(self._pages.currentIndex())
            self._reset.setText(
                self.tr("Reset all shortcuts") if keys else self.tr("Reset all settings")
            )

    def _setting_changed(self, name: str, _value: Any) -> None:
        self.settings_page.setting_changed(name)
        self.shortcuts_page.setting_changed(name)
