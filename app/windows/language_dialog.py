"""Asks into which language a text is to be translated."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale, Qt
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from app.core.marks import QT_TRANSLATE_NOOP
from app.core.settings import SettingsStore

_SETTING = "rewrite.language"
_LANGUAGES = (
    QT_TRANSLATE_NOOP("LanguageDialog", "English"),
    QT_TRANSLATE_NOOP("LanguageDialog", "Chinese"),
    QT_TRANSLATE_NOOP("LanguageDialog", "French"),
    QT_TRANSLATE_NOOP("LanguageDialog", "German"),
    QT_TRANSLATE_NOOP("LanguageDialog", "Spanish"),
    QT_TRANSLATE_NOOP("LanguageDialog", "Italian"),
    QT_TRANSLATE_NOOP("LanguageDialog", "Portuguese"),
    QT_TRANSLATE_NOOP("LanguageDialog", "Japanese"),
    QT_TRANSLATE_NOOP("LanguageDialog", "Korean"),
    QT_TRANSLATE_NOOP("LanguageDialog", "Russian"),
)


class LanguageDialog(QDialog):
    """One of the usual languages, or another by its name."""

    def __init__(self, language: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Translate"))
        words = QLabel(self.tr("&Translate into"), self)
        self.field = QComboBox(self)
        self.field.setEditable(True)
        self.field.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.field.setMinimumWidth(280)
        for each in _LANGUAGES:
            self.field.addItem(QCoreApplication.translate("LanguageDialog", each), each)
        usual = "English" if self.locale().language() is QLocale.Language.Chinese else "Chinese"
        at = self.field.findData(language or usual)
        if at >= 0:
            self.field.setCurrentIndex(at)
        elif language:
            self.field.setEditText(language)
        words.setBuddy(self.field)
        limits = QLabel(
            self.tr(
                "The model that comes with Inkling cannot; a larger one may. What is not in that "
                "language is not offered to you."
            ),
            self,
        )
        limits.setWordWrap(True)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, self
        )
        buttons.button(QDialogButtonBox.StandardButton.Ok).setText(self.tr("Translate"))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(12)
        for widget in (words, self.field, limits, buttons):
            layout.addWidget(widget)
        line = self.field.lineEdit()
        if line is not None:
            line.returnPressed.connect(self.accept)  # the box keeps the key to itself
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def language(self) -> str:
        """The language chosen: in English where it is one of the usual ones."""
        at = self.field.findText(self.field.currentText(), Qt.MatchFlag.MatchFixedString)
        return str(self.field.itemData(at)) if at >= 0 else self.field.currentText().strip()


def ask_language(settings: SettingsStore, parent: QWidget) -> str:
    """The language that the person chooses, "" for none; it is proposed the next time."""
    dialog = LanguageDialog(settings.get(_SETTING), parent)
    chosen = dialog.language() if dialog.exec() == QDialog.DialogCode.Accepted else ""
    dialog.deleteLater()
    if chosen:
        settings.set(_SETTING, chosen)
    return chosen
