"""A training curve as SVG text."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape

Points = Sequence[tuple[int, float]]
"""Pairs of a step and nats a token."""

_WIDTH, _HEIGHT = 720, 400
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 696, 72, 352
_INK, _PAPER, _RULE = "#222222", "#ffffff", "#dddddd"
_TRAINING, _VALIDATION, _NGRAM = "#b9b2a6", "#2f6f9f", "#a34a28"


def training_curve(
    training: Points,
    validation: Points,
    ngram: float | None,
    name: str,
    reached: float | None = None,
) -> str:
    """Perplexity over steps, on a logarithmic scale.

    ``ngram`` is that of the n-gram model and ``reached`` that of the trained model, both on the
    text held out for the end, which may be easier or harder than the validation part. Points that
    are not numbers are left out.
    """
    training = [point for point in training if math.isfinite(point[1])]
    validation = [point for point in validation if math.isfinite(point[1])]
    level = [math.log(each) for each in (ngram, reached) if each is not None]
    losses = [loss for _, loss in [*training, *validation]] + level or [0.0]
    low, high = min(losses), max(max(losses), min(losses) + 0.1)
    last = max([1, *(step for step, _ in [*training, *validation])])

    def place(step: float, loss: float) -> tuple[float, float]:
        x = _LEFT + (_RIGHT - _LEFT) * step / last
        return x, _BOTTOM - (_BOTTOM - _TOP) * (loss - low) / (high - low)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" '
        'font-family="sans-serif" font-size="12">',
        f"<title>Training of {escape(name)}</title>",
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="{_PAPER}"/>',
        _text(16, 26, f"Training of {name}: perplexity a token, less is better", 'font-size="16"'),
    ]
    for share in range(5):
        loss = low + (high - low) * share / 4
        y = place(0, loss)[1]
        parts.append(f'<path d="M{_LEFT} {y:.1f}H{_RIGHT}" stroke="{_RULE}"/>')
        parts.append(_text(_LEFT - 8, y + 4, f"{math.exp(loss):,.0f}", 'text-anchor="end"'))
        x = place(last * share / 4, low)[0]
        parts.append(_text(x, _BOTTOM + 20, f"{last * share // 4:,}", 'text-anchor="middle"'))
    parts.append(_text((_LEFT + _RIGHT) / 2, _HEIGHT - 10, "step", 'text-anchor="middle"'))
    lines = [("training", _TRAINING, "", training), ("validation", _VALIDATION, "", validation)]
    if ngram is not None:
        ends = [(0, math.log(ngram)), (last, math.log(ngram))]
        lines.append(("n-gram model, held-out text", _NGRAM, ' stroke-dasharray="6 4"', ends))
    for number, (title, colour, dashes, points) in enumerate(lines):
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in (place(*point) for point in points))
        stroke = f'fill="none" stroke="{colour}" stroke-width="2"{dashes}'
        parts.append(f'<polyline points="{line}" {stroke}/>')
        x = _LEFT + 120 * number
        parts.append(f'<path d="M{x} 50h18" {stroke}/>')
        parts.append(_text(x + 24, 54, title))
    if reached is not None:
        x, y = place(last, math.log(reached))
        parts.append(_dot(x, y))
        parts.append(_dot(_LEFT + 460, 50))
        parts.append(_text(_LEFT + 472, 54, "the model, held-out text"))
    return "\n".join([*parts, "</svg>", ""])


def _dot(x: float, y: float) -> str:
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="{_VALIDATION}"/>'


def _text(x: float, y: float, text: str, more: str = "") -> str:
    gap = " " if more else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" fill="{_INK}"{gap}{more}>{escape(text)}</text>'
