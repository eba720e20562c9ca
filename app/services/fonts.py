"""The bundled typefaces: a serif to read, a sans for the interface, a mono for code."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontDatabase

from app.core.assets import asset

READING_FAMILY = "Literata"
UI_FAMILY = "Inter"
MONO_FAMILY = "JetBrains Mono"
_CHINESE = ("Noto Serif CJK SC", "Songti SC", "SimSun")
_CHINESE_UI = ("Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei UI")
_PAPER = ("Georgia", "Noto Serif", "Liberation Serif", "DejaVu Serif")
"""Before Literata, whose A is the font's first glyph, which Qt leaves out of a PDF's table of
characters: it could be read there, but neither searched nor copied."""
_UI_PIXELS = 13


def register_fonts() -> None:
    """Make the bundled fonts known to Qt; once, after the application object exists."""
    for path in sorted(asset("fonts").glob("*.[ot]tf")):
        QFontDatabase.addApplicationFont(str(path))


def reading_font(family: str, size_px: int) -> QFont:
    """The font of the page: ``family``, or the bundled serif where that is "" or not installed."""
    chosen = (family,) if family else ()
    return _font((*chosen, READING_FAMILY, *_CHINESE, "serif"), size_px)


def ui_font() -> QFont:
    """The font of the interface."""
    return _font((UI_FAMILY, *_CHINESE_UI, "sans-serif"), _UI_PIXELS)


def mono_font(size_px: int = _UI_PIXELS) -> QFont:
    """The font of code."""
    font = _font((MONO_FAMILY, *_CHINESE_UI, "monospace"), size_px)
    font.setStyleHint(QFont.StyleHint.Monospace)
    return font


def _font(families: tuple[str, ...], size_px: int) -> QFont:
    font = QFont()
    font.setFamilies(list(families))
    font.setPixelSize(size_px)
    return font


def paper_font(points: float) -> QFont:
    """The font of printed text."""
    font = _font((*_PAPER, READING_FAMILY, *_CHINESE, "serif"), _UI_PIXELS)
    font.setPointSizeF(points)
    return font


def paper_mono(points: float) -> QFont:
    """The font of printed code."""
    font = mono_font()
    font.setPointSizeF(points)
    return font
