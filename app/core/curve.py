"""A chart of curves between 0 and 1 on both axes, as SVG text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

_WIDTH, _HEIGHT = 720, 460
_LEFT, _TOP, _RIGHT, _BOTTOM = 64, 76, 24, 52
_INK, _PAPER, _GRID = "#222222", "#ffffff", "#dddddd"
_LINES = (("#2f6f9f", ""), ("#8a5a2b", 'stroke-dasharray="6 4"'))
"""Colours and dashes of the curves, so that they can be told apart without colour."""


@dataclass(frozen=True, slots=True)
class Series:
    """A curve: its name and its points, shares of coverage and precision."""

    name: str
    points: tuple[tuple[float, float], ...]


def curve_svg(
    title: str, caption: str, series: Sequence[Series], mark: tuple[float, float] | None = None
) -> str:
    """At most two curves of precision over coverage; a ring around the point ``mark``.

    A point without coverage has no precision and is left out.
    """
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" '
        'font-family="sans-serif" font-size="13">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="{_PAPER}"/>',
        _text(16, 26, title, 'font-size="16"'),
        _text(16, 46, caption, 'font-size="11"'),
        *_axes(),
    ]
    for number, (each, (colour, dash)) in enumerate(zip(series, _LINES, strict=False)):
        points = [_at(*point) for point in each.points if point[0] > 0]
        drawn = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        look = f'stroke="{colour}" stroke-width="2" {dash}'.strip()
        parts.append(f'<polyline points="{drawn}" fill="none" {look}/>')
        x, y = _WIDTH - _RIGHT - 210, 26 + 20 * number
        parts.append(f'<line x1="{x}" y1="{y - 4}" x2="{x + 28}" y2="{y - 4}" {look}/>')
        parts.append(_text(x + 36, y, each.name, 'font-size="11"'))
    if mark is not None:
        left, top = _at(*mark)
        parts.append(
            f'<circle cx="{left:.1f}" cy="{top:.1f}" r="6" fill="none" stroke="{_INK}" '
            'stroke-width="2"/>'
        )
    return "\n".join([*parts, "</svg>", ""])


def _at(x: float, y: float) -> tuple[float, float]:
    return (
        _LEFT + x * (_WIDTH - _LEFT - _RIGHT),
        _HEIGHT - _BOTTOM - y * (_HEIGHT - _TOP - _BOTTOM),
    )


def _axes() -> list[str]:
    parts = []
    for step in range(0, 11, 2):
        share = step / 10
        (left, y), (right, _) = _at(0, share), _at(1, share)
        (x, bottom), (_, top) = _at(share, 0), _at(share, 1)
        parts += [
            f'<path d="M{left:.1f} {y:.1f}H{right:.1f}M{x:.1f} {bottom:.1f}V{top:.1f}" '
            f'stroke="{_GRID}"/>',
            _text(left - 8, y + 4, f"{share:.0%}", 'text-anchor="end" font-size="11"'),
            _text(x, bottom + 18, f"{share:.0%}", 'text-anchor="middle" font-size="11"'),
        ]
    middle, _ = _at(0.5, 0)
    title = "shown at this share of carets"
    parts.append(_text(middle, _HEIGHT - 12, title, 'text-anchor="middle"'))
    parts.append(_text(16, _TOP - 10, "right when shown"))
    return parts


def _text(x: float, y: float, text: str, more: str = "") -> str:
    gap = " " if more else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" fill="{_INK}"{gap}{more}>{escape(text)}</text>'
