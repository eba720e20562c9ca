"""Which language a text is translated into."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from app.windows.language_dialog import LanguageDialog

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.mark.parametrize(
    ("typed", "language"), [("german", "German"), ("Esperanto", "Esperanto"), ("", "French")]
)
def test_a_usual_language_is_named_in_english_and_any_other_as_it_is_typed(
    qtbot: QtBot, typed: str, language: str
) -> None:
    dialog = LanguageDialog("French")
    qtbot.addWidget(dialog)
    dialog.show()
    if typed:
        dialog.field.lineEdit().selectAll()
        qtbot.keyClicks(dialog.field.lineEdit(), typed)
    qtbot.keyClick(dialog.field.lineEdit(), Qt.Key.Key_Return)
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert dialog.language() == language
