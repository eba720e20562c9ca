"""Every dialog opens in both languages and all themes, with nothing of the other language."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QLabel
from pytestqt.qtbot import QtBot

from app.core.settings import SettingsStore
from app.services.i18n import Language
from app.services.theme import THEMES, palette, style_sheet
from app.windows.about_dialog import AboutDialog
from app.windows.keys_dialog import KeysDialog
from app.windows.model_dialog import ModelDialog
from app.windows.preferences import PreferencesDialog
from engine import CacheUsage, DeviceUnusable, EngineState, EngineStatus, ModelInfo, ModelNotFound

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen plugin says so

MODEL = ModelInfo(
    "SmolLM2", Path("m"), "llama", "int8", 134_515_008, 8192, 49152, 140_000_000, "Apache-2.0", "-"
)
READY = EngineStatus(
    EngineState.READY, model=MODEL, device="CPU", cache=CacheUsage(192_000_000, 46_000_000, 2)
)
DIALOGS: dict[str, Callable[[SettingsStore], QDialog]] = {
    "preferences": PreferencesDialog,
    "keys": KeysDialog,
    "model": lambda _: ModelDialog(READY),
    "no model": lambda _: ModelDialog(EngineStatus(EngineState.FAILED, error=ModelNotFound("No."))),
    "about": lambda _: AboutDialog(),
}


@pytest.fixture(params=["en", "zh_CN"])
def language(request, qapp: QApplication) -> Iterator[str]:
    language = Language(qapp)
    language.choose(request.param)
    yield request.param
    language.choose("en")


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
@pytest.mark.parametrize("name", DIALOGS)
def test_a_dialog_shows_all_of_its_words(
    name: str, theme, language: str, qtbot: QtBot, qapp: QApplication, settings: SettingsStore
):
    qapp.setStyleSheet(style_sheet(theme))
    dialog = DIALOGS[name](settings)
    dialog.setPalette(palette(theme))
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    chinese = any("\u4e00" <= letter <= "\u9fff" for letter in dialog.windowTitle())
    assert chinese == (language == "zh_CN")
    for label in dialog.findChildren(QLabel):
        if label.isVisible() and label.wordWrap():
            assert label.height() >= label.heightForWidth(label.width()), label.text()
        elif label.isVisible() and label.text():
            assert label.width() >= label.sizeHint().width(), label.text()


def test_the_models_cache_and_device_are_shown_as_they_are_now(qtbot: QtBot):
    dialog = ModelDialog(READY)
    qtbot.addWidget(dialog)

    def shown() -> str:
        return "\n".join(label.text() for label in dialog.findChildren(QLabel))

    assert "2 texts, 46 of 192 MB" in shown()
    assert "The processor" in shown()
    notice = DeviceUnusable("there is no card")
    dialog.show_engine(replace(READY, cache=CacheUsage(192_000_000, 9_000_000, 1), notice=notice))
    assert "1 text, 9 of 192 MB" in shown()
    assert "there is no card" in shown()
