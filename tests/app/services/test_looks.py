"""Fonts and icons come with the program."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFontDatabase, QFontInfo, QFontMetricsF
from PySide6.QtWidgets import QApplication

from app.core.assets import asset
from app.services.fonts import mono_font, reading_font, register_fonts, ui_font
from app.services.icons import icon
from app.services.theme import THEMES


@pytest.fixture(autouse=True)
def _fonts(qapp: QApplication) -> None:
    register_fonts()


def test_the_bundled_fonts_are_used():
    families = [QFontInfo(font).family() for font in (reading_font("", 17), ui_font(), mono_font())]
    assert families == ["Literata", "Inter", "JetBrains Mono"]


def test_the_persons_font_comes_first():
    assert QFontInfo(reading_font("Inter", 17)).family() == "Inter"


def test_an_unknown_font_falls_back_to_the_bundled_one():
    assert QFontInfo(reading_font("No Such Font", 17)).family() == "Literata"


def test_the_page_has_real_bold_and_italic():
    styles = {style.lower() for style in QFontDatabase.styles("Literata")}
    assert {"regular", "italic", "bold", "bold italic"} <= styles


@pytest.mark.parametrize("text", ["Zażółć gęślą jaźń", "Ελληνικά", "Українська", "“…” — €"])
def test_the_page_has_the_letters_of_europe(text: str):
    metrics = QFontMetricsF(reading_font("", 17))
    assert all(metrics.inFontUcs4(ord(letter)) for letter in text)


def test_every_font_has_its_licence_beside_it():
    licences = "".join(path.name for path in asset("fonts").glob("LICENSE-*")).replace("-", "")
    for path in asset("fonts").glob("*.[ot]tf"):
        assert path.stem.split("-")[0].lower() in licences


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_every_icon_can_be_drawn(theme, qapp: QApplication):
    for path in asset("icons").glob("*.svg"):
        image = icon(path.stem, theme).pixmap(18, 18).toImage()
        assert not image.isNull()
        assert any(
            image.pixelColor(x, y).alpha()
            for x in range(image.width())
            for y in range(image.height())
        )
