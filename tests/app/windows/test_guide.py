"""The user guide: whole in both languages, and read without a network."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale, Qt, QUrl
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.core.assets import asset
from app.core.commands import COMMANDS
from app.core.guide import CHAPTERS, KEYS, LANGUAGES, chapters, guide_folder
from app.core.settings import SettingsStore
from app.services.i18n import Language
from app.services.theme import ThemeService
from app.windows.guide_keys import keys_chapter
from app.windows.guide_window import GuideWindow
from app.windows.main import MainWindow
from app.windows.shortcuts import native

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen plugin says so
_LINK = re.compile(r"(!?)\[[^\]]+\]\(([^)]+)\)")
_MOST_BYTES = 1_000_000


@pytest.fixture
def guide(window: MainWindow) -> GuideWindow:
    window.actions_by_id["help.guide"].trigger()
    assert window.help.guide is not None
    return window.help.guide


@pytest.fixture
def chinese(qapp: QApplication) -> Iterator[None]:
    before, language = QLocale(), Language(qapp)
    language.choose("zh_CN")
    yield
    language.choose("en")
    QLocale.setDefault(before)


def _shown(guide: GuideWindow) -> str:
    return guide.text.toPlainText()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_link_and_picture_is_there(language: str):
    pictures = set()
    for chapter in chapters(language):
        for picture, target in _LINK.findall(chapter.text):
            if picture:
                pictures.add(target)
                assert not QImage(str(guide_folder(language) / target)).isNull(), target
            else:
                assert target.removesuffix(".md") in (*CHAPTERS, KEYS), target
    assert pictures == {path.name for path in guide_folder(language).glob("*.png")}


def test_both_languages_have_the_same_chapters_sections_and_pictures():
    english, other = (chapters(language) for language in LANGUAGES)
    for one, two in zip(english, other, strict=True):
        shape = [
            (len(re.findall(r"^#+ ", text, re.M)), _targets(text)) for text in (one.text, two.text)
        ]
        assert shape[0] == shape[1], one.name
        assert one.title != two.title


def _targets(text: str) -> list[str]:
    return [target for _, target in _LINK.findall(text)]


def test_it_stays_small():
    files = [path for path in asset("guide").rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) < _MOST_BYTES


def test_the_list_of_keys_has_every_key():
    text = keys_chapter({}).text
    for command in COMMANDS:
        for key in (command.shortcut, *command.also):
            assert not key or f"`{native(key)}`" in text, command.id


def test_the_list_of_keys_has_the_persons_own(guide: GuideWindow, settings: SettingsStore):
    guide.show_chapter(KEYS)
    assert "F12" not in _shown(guide)
    settings.set("keys", {"file.save": "F12"})
    assert "F12" in _shown(guide)
    assert "Ctrl+S\n" not in _shown(guide)


def test_a_link_leads_to_its_chapter_and_no_other_address_is_opened(
    guide: GuideWindow, monkeypatch: pytest.MonkeyPatch
):
    guide.text.anchorClicked.emit(QUrl("privacy.md"))
    assert _shown(guide).startswith("Privacy")
    guide.text.anchorClicked.emit(QUrl("https://example.org/rewriting.md"))
    assert _shown(guide).startswith("Privacy")


def test_it_reads_no_file_but_its_own_pictures(guide: GuideWindow):
    kind = QTextDocument.ResourceType.ImageResource.value
    assert guide.text.loadResource(kind, QUrl("file:///etc/passwd")).isNull()
    assert guide.text.loadResource(kind, QUrl("../../icons/x.png")).isNull()


def test_the_search_goes_through_all_chapters(guide: GuideWindow, qtbot: QtBot):
    guide.field.setText("Hunspell")
    assert guide.list.currentRow() == CHAPTERS.index("proofreading")
    assert guide.text.textCursor().selectedText() == "Hunspell"
    guide.field.setText("xyzzy")
    assert guide.said.text() == "Not in the guide"
    qtbot.keyClick(guide, Qt.Key.Key_Escape)
    assert not guide.isVisible()


def test_it_follows_the_language(chinese: None, guide: GuideWindow):
    assert guide.windowTitle() == "用户指南"
    assert _shown(guide).startswith("第一步")
    guide.show_chapter(KEYS)
    assert _shown(guide).startswith("所有按键")
    assert "复制" in _shown(guide)


def test_it_follows_the_theme(settings: SettingsStore, qtbot: QtBot, window: MainWindow):
    themes = ThemeService("paper")
    guide = GuideWindow(settings, themes, window)
    themes.choose("night")
    assert guide.text.toPlainText().startswith("First steps")
