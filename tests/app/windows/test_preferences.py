"""The preferences: each change at once, each with a way back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSlider,
    QSpinBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.core.setting import SECTIONS, Kind, Setting
from app.core.settings import SETTINGS, SettingsStore
from app.windows.preference_fields import FIELDS
from app.windows.preference_page import SettingRow
from app.windows.preferences import SHORTCUTS, PreferencesDialog
from app.windows.theme_field import ThemeCard

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen plugin says so
SHOWN = [setting for setting in SETTINGS if setting.title]


@pytest.fixture
def dialog(qtbot: QtBot, settings: SettingsStore) -> PreferencesDialog:
    dialog = PreferencesDialog(settings)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def _rows(dialog: PreferencesDialog) -> dict[str, SettingRow]:
    return {row.setting.name: row for row in dialog.findChildren(SettingRow)}


def _choose_another(dialog: PreferencesDialog, setting: Setting, qtbot: QtBot) -> None:
    if setting.name == "theme":
        dialog.findChildren(ThemeCard)[-1].click()
        return
    editor = dialog.findChild(QWidget, setting.name)
    if isinstance(editor, QCheckBox):
        editor.click()
    elif isinstance(editor, QComboBox):
        editor.setCurrentIndex(editor.count() - 1)
    elif isinstance(editor, QSpinBox):
        editor.stepBy(1 if editor.value() < editor.maximum() else -1)
    elif isinstance(editor, QPlainTextEdit):
        editor.setPlainText("one\n\n two ")
    else:
        assert isinstance(editor, QLineEdit)
        qtbot.keyClicks(editor, "words\r")


@pytest.mark.parametrize("setting", SHOWN, ids=lambda setting: setting.name)
def test_a_change_takes_effect_at_once_and_can_be_taken_back(
    dialog: PreferencesDialog, settings: SettingsStore, setting: Setting, qtbot: QtBot
):
    row = _rows(dialog)[setting.name]
    assert not row.back.isVisible()
    _choose_another(dialog, setting, qtbot)
    assert not settings.is_default(setting.name)
    assert row.back.isVisibleTo(row)
    row.back.click()
    assert settings.is_default(setting.name)
    assert not row.back.isVisibleTo(row)


def test_settings_stand_in_their_sections_in_order(dialog: PreferencesDialog):
    used = [name for name in SECTIONS if any(each.section == name for each in SETTINGS)]
    listed = [dialog.sections.item(row).text() for row in range(dialog.sections.count())]
    assert listed == [*used, "Keyboard shortcuts"]
    assert set(_rows(dialog)) == {setting.name for setting in SHOWN}


def test_what_changes_elsewhere_is_shown(dialog: PreferencesDialog, settings: SettingsStore):
    settings.set("editor.font_size", 30)
    settings.set("theme", "sepia")
    spin = dialog.findChild(QSpinBox, "editor.font_size")
    assert spin.value() == 30
    assert [card.text() for card in dialog.findChildren(ThemeCard) if card.isChecked()] == ["Sepia"]


def test_a_number_is_typed_or_slid(dialog: PreferencesDialog, settings: SettingsStore):
    row = _rows(dialog)["editor.column"]
    slider, spin = row.findChild(QSlider), row.findChild(QSpinBox)
    slider.setValue(100)
    assert (spin.value(), settings.get("editor.column")) == (100, 100)
    spin.setValue(72)
    assert (slider.value(), settings.get("editor.column")) == (72, 72)


def test_words_of_titles_descriptions_choices_and_sections_find_settings(
    dialog: PreferencesDialog, qtbot: QtBot
):
    def shown() -> set[str]:
        return {name for name, row in _rows(dialog).items() if row.isVisible()}

    assert dialog.search.hasFocus()
    qtbot.keyClicks(dialog.search, "token")
    assert shown() == {"ghost.max_tokens"}
    for words, name in (("sepia", "theme"), ("read best", "editor.column")):
        dialog.search.setText(words)
        assert shown() == {name}
    dialog.search.setText("appearance")
    assert shown() >= {"theme", "language"}
    dialog.search.setText("no such words at all")
    assert shown() == set()
    assert any(
        label.isVisible() and "No setting" in label.text() for label in dialog.findChildren(QLabel)
    )


def test_a_search_that_only_a_command_answers_goes_to_the_keys(dialog: PreferencesDialog):
    dialog.search.setText("select all")
    assert dialog.shortcuts_page.isVisible()
    dialog.search.setText("theme night")
    assert dialog.sections.currentItem() is not None


def test_all_can_be_reset_and_brought_back(dialog: PreferencesDialog, settings: SettingsStore):
    settings.set("theme", "night")
    settings.set("editor.column", 80)
    reset = next(b for b in dialog.findChildren(QPushButton) if b.text() == "Reset all settings")
    reset.click()
    assert settings.is_default("theme")
    assert settings.is_default("editor.column")
    assert reset.text() == "Bring mine back"
    reset.click()
    assert (settings.get("theme"), settings.get("editor.column")) == ("night", 80)


def test_the_keys_are_reset_apart(dialog: PreferencesDialog, settings: SettingsStore):
    settings.set("keys", {"file.new": "F2"})
    settings.set("theme", "night")
    dialog.show_page(SHORTCUTS)
    reset = next(b for b in dialog.findChildren(QPushButton) if b.text() == "Reset all shortcuts")
    reset.click()
    assert settings.is_default("keys")
    assert settings.get("theme") == "night"
    reset.click()
    assert settings.get("keys") == {"file.new": "F2"}


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        (Setting("a", [], "Words"), ["one", "two words"]),
        (Setting("a", "", "Name"), "somebody"),
        (Setting("a", "", "Font", font=True), "No Such Font"),
    ],
    ids=[Kind.LIST, Kind.TEXT, Kind.FONT],
)
def test_a_value_is_shown_without_being_chosen(setting: Setting, value, qtbot: QtBot):
    holder = QWidget()
    qtbot.addWidget(holder)
    field = FIELDS[setting.kind](setting, holder)
    chosen: list[object] = []
    field.changed.connect(chosen.append)
    field.show_value(value)
    assert chosen == []
    editor = field.editor
    if isinstance(editor, QPlainTextEdit):
        assert editor.toPlainText() == "one\ntwo words"
        editor.setPlainText("one\n\n three ")
        assert chosen == [["one", "three"]]
    elif isinstance(editor, QComboBox):
        assert editor.currentData() == value
        assert "not installed" in editor.currentText()
    else:
        assert isinstance(editor, QLineEdit)
        assert editor.text() == value


def test_themes_are_chosen_by_the_arrow_keys(
    dialog: PreferencesDialog, settings: SettingsStore, qtbot: QtBot
):
    cards = dialog.findChildren(ThemeCard)
    cards[0].setFocus()
    qtbot.keyClick(cards[0], Qt.Key.Key_Right)
    assert settings.get("theme") == "paper"
    assert cards[1].hasFocus()
