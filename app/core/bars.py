"""A chart of bars with their intervals, a panel for each figure, as SVG text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

_WIDTH = 720
_LEFT, _RIGHT, _TOP, _BOTTOM = 220, 90, 64, 16
_ROW, _PANEL_GAP = 22, 40
_INK, _PAPER, _BAR = "#222222", "#ffffff", "#8fb4d0"


@dataclass(frozen=True, slots=True)
class Bar:
    """What was measured, its value and the ends of its interval, and the value as it is read."""

    name: str
    value: float
    low: float
    high: float
    text: str


@dataclass(frozen=True, slots=True)
class BarPanel:
    """The bars of one figure; they begin at 0."""

    title: str
    bars: tuple[Bar, ...]


def bars_svg(title: str, caption: str, panels: Sequence[BarPanel]) -> str:
    """Panels below each other; a line over a bar's end shows its interval."""
    heights = [len(panel.bars) * _ROW + _PANEL_GAP for panel in panels]
    height = _TOP + sum(heights) + _BOTTOM
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img" '
        'font-family="sans-serif" font-size="13">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{_WIDTH}" height="{height}" fill="{_PAPER}"/>',
        _text(16, 26, title, 'font-size="16"'),
        _text(16, 46, caption, 'font-size="11"'),
    ]
    top = _TOP
    for panel, taken in zip(panels, heights, strict=True):
        parts += _panel(panel, top)
        top += taken
    return "\n".join([*parts, "</svg>", ""])


def _panel(panel: BarPanel, top: int) -> list[str]:
    whole = max((max(bar.value, bar.high) for bar in panel.bars), default=0.0) or 1.0
    room = _WIDTH - _LEFT - _RIGHT

    def at(value: float) -> float:
        return _LEFT + room * value / whole

    bottom = top + 12 + len(panel.bars) * _ROW
    parts = [
        _text(16, top + 14, panel.title, 'font-weight="bold"'),
        f'<path d="M{_LEFT} {top + 18}V{bottom + 4}" stroke="{_INK}"/>',
    ]
    for number, bar in enumerate(panel.bars):
        y = top + 22 + number * _ROW
        middle = y + 7
        parts += [
            _text(_LEFT - 8, y + 11, bar.name, 'text-anchor="end" font-size="11"'),
            f'<rect x="{_LEFT}" y="{y}" width="{at(bar.value) - _LEFT:.1f}" height="14" '
            f'fill="{_BAR}"/>',
            f'<path d="M{at(bar.low):.1f} {middle}H{at(bar.high):.1f}M{at(bar.low):.1f} {y + 3}v8'
            f'M{at(bar.high):.1f} {y + 3}v8" stroke="{_INK}" fill="none"/>',
            _text(max(at(bar.value), at(bar.high)) + 8, y + 11, bar.text, 'font-size="11"'),
        ]
    return parts


def _text(x: float, y: float, text: str, more: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" fill="{_INK}" {more}>{escape(text)}</text>'
