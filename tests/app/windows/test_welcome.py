"""The welcome: shown once, in nobody's way, and a document that teaches by doing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.core.guide import LANGUAGES, sample_text
from app.core.paths import AppPaths
from app.core.settings import SettingsStore
from app.services.i18n import Language
from app.windows.help import WELCOMED
from app.windows.main import MainWindow
from app.windows.theme_field import ThemeCard
from app.windows.welcome import WelcomeCard
from engine import EngineState, EngineStatus, ModelNotFound

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen plugin says so


def _card(window: MainWindow) -> WelcomeCard:
    assert window.help.card is not None
    return window.help.card


def _cards(card: WelcomeCard) -> list[ThemeCard]:
    return card.theme.findChildren(ThemeCard)


def test_it_greets_once(window: MainWindow, paths: AppPaths, settings: SettingsStore):
    window.help.greet()
    assert _card(window).isVisible()
    again = SettingsStore(paths.config / "settings.json")
    assert again.get(WELCOMED) is True
    _card(window).start.click()
    assert window.help.card is None
    window.help.greet()
    assert window.help.card is None


def test_the_window_does_not_open_it_by_itself(window: MainWindow):
    assert window.help.card is None


def test_the_menu_shows_it_again(window: MainWindow, settings: SettingsStore):
    settings.set(WELCOMED, True)
    window.actions_by_id["help.welcome"].trigger()
    assert _card(window).isVisible()


def test_escape_skips_it(window: MainWindow, qtbot: QtBot):
    qtbot.waitUntil(window.isActiveWindow)
    window.help.greet()
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    assert window.help.card is None
    assert window.editor.hasFocus()


def test_typing_skips_it_and_no_letter_is_lost(window: MainWindow, qtbot: QtBot):
    qtbot.waitUntil(window.isActiveWindow)
    window.help.greet()
    for letter in "Once":
        qtbot.keyClicks(window.focusWidget(), letter)
    assert window.help.card is None
    assert window.editor.text() == "Once"


def test_turning_to_the_page_closes_it(window: MainWindow, qtbot: QtBot):
    qtbot.waitUntil(window.isActiveWindow)
    window.help.greet()
    window.editor.setFocus()
    assert window.help.card is None


def test_tab_goes_round_in_it(window: MainWindow, qtbot: QtBot):
    qtbot.waitUntil(window.isActiveWindow)
    window.help.greet()
    card = _card(window)
    seen = []
    for _ in range(5):
        seen.append(window.focusWidget())
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
    assert card.isVisible()
    assert window.focusWidget() is seen[0] is card.sample
    assert len(set(seen)) == 5


def test_it_chooses_theme_and_language_at_once(
    window: MainWindow, settings: SettingsStore, qapp: QApplication
):
    language = Language(qapp)
    before = QLocale()
    settings.subscribe(lambda name, value: name == "language" and language.choose(value))
    window.help.greet()
    card = _card(window)
    card.theme.changed.emit("night")
    card.language.setFocus()
    card.language.changed.emit("zh_CN")
    try:
        QCoreApplication.sendPostedEvents()
        qapp.sendPostedEvents()
        assert window.help.card is card
        assert card.start.text() == "开始写作"
        assert settings.get("theme") == "night"
    finally:
        language.choose("en")
        QLocale.setDefault(before)


def test_it_says_how_far_the_model_is_and_how_to_get_one(window: MainWindow):
    window.help.greet()
    card = _card(window)
    card.show_engine(EngineStatus(EngineState.LOADING))
    assert "loading" in card.model.text()
    card.show_engine(EngineStatus(EngineState.FAILED, error=ModelNotFound("No.")))
    assert "There is none yet: No." in card.model.text()
    assert card.theme.height() >= max(each.geometry().bottom() for each in _cards(card))
    for label in card.findChildren(QLabel):
        if label.isVisible() and label.wordWrap():
            assert label.height() >= label.heightForWidth(label.width()), label.text()


@pytest.fixture(params=LANGUAGES)
def spoken(request: pytest.FixtureRequest) -> Iterator[str]:
    before = QLocale()
    QLocale.setDefault(QLocale(request.param))
    yield request.param
    QLocale.setDefault(before)


def test_the_sample_opens_in_the_language_shown_and_asks_for_no_saving(
    window: MainWindow, spoken: str, qtbot: QtBot
):
    window.help.greet()
    _card(window).sample.click()
    assert window.editor.text() == sample_text(spoken)
    assert not window.documents.is_modified()
    assert window.documents.path() is None
    assert not window.desk.current().is_untouched()  # a file opened next takes another tab
    assert window.help.card is None


def test_a_sample_that_was_written_in_is_protected_as_any_text(window: MainWindow):
    window.help.open_sample()
    window.editor.insert_generated("Mine. ")
    assert window.documents.is_modified()


def test_a_text_of_ones_own_stays_in_its_tab(window: MainWindow):
    window.editor.insert_generated("Mine.")
    window.help.open_sample()
    assert len(window.desk.tabs()) == 2
    assert "Mine." in window.desk.tabs()[0].editor.text()
