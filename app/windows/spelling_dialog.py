"""The person's own words and the dictionaries, each in a list that can be changed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import shiboken6
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.core.settings import SettingsStore
from app.core.spelling.dictionaries import Dictionary
from app.services.sentences import said
from app.services.spelling import SYSTEM, SpellingService
from app.windows.languages import language_title
from app.windows.screen_fit import fitting


class SpellingDialog(QDialog):
    """What is changed here takes effect at once."""

    def __init__(
        self, service: SpellingService, settings: SettingsStore, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Spelling and Dictionaries"))
        self._service = service
        self._settings = settings
        self._language = QComboBox(self)
        self._dictionaries = QListWidget(self)
        self._remove_dictionary = QPushButton(self.tr("Remove"), self)
        self._said = QLabel(self)
        self._said.setWordWrap(True)
        self._said.hide()
        self._words = QListWidget(self)
        self._words.setSelectionMode(QListWidget.SelectionMode.ExtendedSelection)
        self._remove_words = QPushButton(self.tr("Remove"), self)
        self._new_word = QLineEdit(self)
        self._add_word = QPushButton(self.tr("Add"), self)
        self._arrange()
        self._connect()
        self._show_dictionaries()
        self._show_words()
        service.find_words()

    def _arrange(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(8)
        form = QFormLayout()
        form.setHorizontalSpacing(24)
        form.addRow(self.tr("&Usual language"), self._language)
        layout.addLayout(form)
        layout.addSpacing(8)
        layout.addWidget(self._title(self.tr("&Dictionaries"), self._dictionaries))
        layout.addWidget(self._dictionaries, 1)
        importing = QPushButton(self.tr("Import\u2026"), self)
        importing.clicked.connect(self._import)
        layout.addLayout(_row(importing, self._remove_dictionary, None))
        layout.addWidget(self._said)
        layout.addSpacing(8)
        layout.addWidget(self._title(self.tr("&My words"), self._words))
        layout.addWidget(self._words, 1)
        self._new_word.setPlaceholderText(self.tr("Another word"))
        self._new_word.setAccessibleName(self.tr("Another word"))
        layout.addLayout(_row(self._new_word, self._add_word, self._remove_words))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        for button in self.findChildren(QPushButton):
            # Enter in the field adds the word, and never presses a button elsewhere.
            button.setAutoDefault(False)
        layout.addSpacing(8)
        layout.addWidget(buttons)
        self.resize(fitting(self, 460, 560))

    def _title(self, text: str, of: QWidget) -> QLabel:
        label = QLabel(text, self)
        label.setBuddy(of)
        of.setAccessibleName(text.replace("&", ""))
        return label

    def _connect(self) -> None:
        self._language.activated.connect(self._language_chosen)
        self._dictionaries.itemSelectionChanged.connect(self._update_buttons)
        self._remove_dictionary.clicked.connect(self._drop_dictionary)
        self._words.itemSelectionChanged.connect(self._update_buttons)
        self._remove_words.clicked.connect(self._drop_words)
        self._new_word.textChanged.connect(self._update_buttons)
        self._new_word.returnPressed.connect(self._learn)
        self._add_word.clicked.connect(self._learn)
        self._service.dictionaries_changed.connect(self._show_dictionaries)
        self._service.words_changed.connect(self._show_words)

    @Slot()
    def _show_dictionaries(self) -> None:
        chosen = self._settings.get("spelling.language")
        found = self._service.dictionaries()
        self._language.clear()
        self._language.addItem(self.tr("As the system"), SYSTEM)
        self._dictionaries.clear()
        for dictionary in found:
            title = language_title(dictionary.name)
            self._language.addItem(title, dictionary.name)
            item = QListWidgetItem(title, self._dictionaries)
            item.setData(Qt.ItemDataRole.UserRole, dictionary)
            item.setToolTip(str(dictionary.folder))
        self._language.setCurrentIndex(max(0, self._language.findData(chosen)))
        self._update_buttons()

    @Slot()
    def _show_words(self) -> None:
        self._words.clear()
        self._words.addItems(sorted(self._service.words(), key=str.casefold))
        self._update_buttons()

    @Slot()
    def _update_buttons(self) -> None:
        chosen = self._chosen_dictionary()
        self._remove_dictionary.setEnabled(chosen is not None and chosen.imported)
        self._remove_words.setEnabled(bool(self._words.selectedItems()))
        self._add_word.setEnabled(bool(self._new_word.text().strip()))

    def _chosen_dictionary(self) -> Dictionary | None:
        items = self._dictionaries.selectedItems()
        chosen = items[0].data(Qt.ItemDataRole.UserRole) if items else None
        return chosen if isinstance(chosen, Dictionary) else None

    @Slot(int)
    def _language_chosen(self, index: int) -> None:
        self._settings.set("spelling.language", self._language.itemData(index))

    @Slot()
    def _import(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self,
            self.tr("Import a Dictionary"),
            str(Path.home()),
            self.tr("Hunspell dictionaries (*.dic *.aff);;All files (*)"),
        )
        if name:
            self._service.import_dictionary(Path(name), self._told)

    @Slot()
    def _drop_dictionary(self) -> None:
        chosen = self._chosen_dictionary()
        if chosen is not None:
            self._service.remove_dictionary(chosen, self._told)

    def _told(self, outcome: Any) -> None:
        if not shiboken6.isValid(self):
            return
        if isinstance(outcome, Exception):
            self._said.setText(said(outcome))
        elif isinstance(outcome, Dictionary):
            self._said.setText(
                self.tr("{language} was imported.").format(language=language_title(outcome.name))
            )
        else:
            self._said.setText(self.tr("The dictionary was removed."))
        self._said.show()

    @Slot()
    def _learn(self) -> None:
        for word in self._new_word.text().split():
            self._service.add_word(word)
        self._new_word.clear()

    @Slot()
    def _drop_words(self) -> None:
        for item in self._words.selectedItems():
            self._service.remove_word(item.text())


def _row(*widgets: QWidget | None) -> QHBoxLayout:
    """Widgets side by side; None takes the room that is left."""
    row = QHBoxLayout()
    row.setSpacing(8)
    for widget in widgets:
        if widget is None:
            row.addStretch(1)
        else:
            row.addWidget(widget, 1 if isinstance(widget, QLineEdit) else 0)
    return row
