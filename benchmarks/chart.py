"""A chart of two engines' figures as SVG text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

_WIDTH = 720
_LEFT = 190
_BAR = 16
_GROUP = 54
_TOP = 76
_LONGEST = 400
_OURS, _THEIRS, _INK, _PAPER = "#2f6f9f", "#b9b2a6", "#222222", "#ffffff"
_GROUPS = (
    ("prefill of 512", "prefill_512_tokens_per_s"),
    ("decoding at 128", "decode_128_tokens_per_s"),
    ("decoding at 1024", "decode_1024_tokens_per_s"),
    ("decoding at 4096", "decode_4096_tokens_per_s"),
)


def chart(absolute: Mapping[str, float], caption: str) -> str:
    """Tokens a second of both engines as bars, each pair on a scale of its own.

    A figure that was not measured has no bar.
    """
    height = _TOP + _GROUP * len(_GROUPS) + 16
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img" '
        'font-family="sans-serif" font-size="13">',
        "<title>Tokens a second: Inkling and llama.cpp</title>",
        f'<rect width="{_WIDTH}" height="{height}" fill="{_PAPER}"/>',
        _text(16, 26, "Tokens a second, more is better", 'font-size="16"'),
        _text(16, 46, caption, 'font-size="11"'),
        *_key(_LEFT, "Inkling", _OURS),
        *_key(_LEFT + 90, "llama.cpp", _THEIRS),
    ]
    for number, (title, figure) in enumerate(_GROUPS):
        top = _TOP + _GROUP * number
        parts.append(_text(_LEFT - 12, top + _BAR + 4, title, 'text-anchor="end"'))
        parts += _bars(top, [absolute.get(figure), absolute.get(f"llama_{figure}")])
    return "\n".join([*parts, "</svg>", ""])


def _bars(top: float, values: Sequence[float | None]) -> list[str]:
    most = max((value for value in values if value), default=1.0)
    parts = []
    for place, (value, colour) in enumerate(zip(values, (_OURS, _THEIRS), strict=True)):
        if value is None:
            continue
        y, width = top + place * (_BAR + 2), _LONGEST * value / most
        parts.append(
            f'<rect x="{_LEFT}" y="{y}" width="{width:.1f}" height="{_BAR}" fill="{colour}"/>'
        )
        parts.append(_text(_LEFT + width + 6, y + _BAR - 3, f"{value:.0f}"))
    return parts


def _key(x: float, name: str, colour: str) -> list[str]:
    box = f'<rect x="{x}" y="54" width="10" height="10" fill="{colour}"/>'
    return [box, _text(x + 15, 63, name, 'font-size="11"')]


def _text(x: float, y: float, text: str, more: str = "") -> str:
    gap = " " if more else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" fill="{_INK}"{gap}{more}>{escape(text)}</text>'
