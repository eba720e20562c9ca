"""The themes can be read by everyone."""

from __future__ import annotations

import re

import pytest
from PySide6.QtGui import QPalette

from app.core.assets import asset
from app.services.theme import THEMES, Theme, contrast, palette, style_sheet

each_theme = pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)


def test_contrast_is_that_of_wcag():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@each_theme
def test_text_is_clear_and_what_steps_back_still_readable(theme: Theme):
    high = theme.name == "contrast"
    for ground in (theme.page, theme.window, theme.tint):
        assert contrast(theme.ink, ground) >= (12 if high else 7)
        assert contrast(theme.secondary, ground) >= (7 if high else 4.5)
    assert contrast(theme.ghost, theme.page) >= (7 if high else 4.5)
    assert contrast(theme.selection_ink, theme.selection) >= 7
    assert contrast(theme.on_accent, theme.accent) >= 4.5
    for colour in (theme.accent, theme.inserted, theme.deleted, theme.warning):
        assert contrast(colour, theme.page) >= 4.5


@each_theme
def test_the_focus_and_the_signs_of_fields_stand_out_from_any_ground(theme: Theme):
    icons = asset("icons")
    signs = {
        colour
        for name in ("chevron-down", "chevron-up")
        for colour in re.findall(r"#[0-9a-f]{6}", (icons / f"{name}.svg").read_text())
    }
    assert signs
    for ground in (theme.page, theme.window, theme.tint):
        assert contrast(theme.accent, ground) >= 3
    for sign in signs:
        assert contrast(sign, theme.page) >= 3


@each_theme
def test_suggestions_stand_apart_from_written_text(theme: Theme):
    assert contrast(theme.ink, theme.ghost) >= 1.4


@each_theme
def test_the_palette_and_style_sheet_use_only_the_theme(theme: Theme):
    made = palette(theme)
    assert made.color(QPalette.ColorRole.Base).name() == theme.page
    assert made.color(QPalette.ColorRole.Text).name() == theme.ink
    colours = {getattr(theme, name) for name in Theme.__slots__ if name not in ("name", "dark")}
    assert set(re.findall(r"#[0-9a-f]{6}", style_sheet(theme))) <= colours
