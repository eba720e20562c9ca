"""From samples to medians and ratios, and to what is printed and written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import median

RATIOS: Mapping[str, tuple[str, str]] = {
    "prefill_512": ("prefill_512_tokens_per_s", "llama_prefill_512_tokens_per_s"),
    "decode_128": ("decode_128_tokens_per_s", "llama_decode_128_tokens_per_s"),
    "decode_1024": ("decode_1024_tokens_per_s", "llama_decode_1024_tokens_per_s"),
    "decode_4096": ("decode_4096_tokens_per_s", "llama_decode_4096_tokens_per_s"),
    "reuse_first_token": ("fresh_first_token_ms", "reuse_first_token_ms"),
    "lookup_rewrite": ("lookup_rewrite_tokens_per_s", "plain_rewrite_tokens_per_s"),
    "batch3_cost": ("three_alternatives_ms", "one_alternative_ms"),
    "long_8_bits": ("long_step_ms", "long_step_8_bits_ms"),
}
"""What is divided by what. More is better, but for ``batch3_cost``."""

_ROWS = (
    ("prefill of 512, tokens/s", "prefill_512_tokens_per_s", "prefill_512"),
    ("decoding at 128, tokens/s", "decode_128_tokens_per_s", "decode_128"),
    ("decoding at 1024, tokens/s", "decode_1024_tokens_per_s", "decode_1024"),
    ("decoding at 4096, tokens/s", "decode_4096_tokens_per_s", "decode_4096"),
    ("load, ms", "load_ms", ""),
    ("peak memory, MB", "peak_memory_mb", ""),
)
_OWN_ROWS = (
    ("first token of a completion, ms", "reuse_first_token_ms", "fresh_first_token_ms"),
    ("rewriting, tokens/s", "lookup_rewrite_tokens_per_s", "plain_rewrite_tokens_per_s"),
    ("three alternatives, one, ms", "three_alternatives_ms", "one_alternative_ms"),
    ("8-bit cache at 4096, ms a step", "long_step_8_bits_ms", "long_step_ms"),
)
_OWN_NAMES = ("reuse_first_token", "lookup_rewrite", "batch3_cost", "long_8_bits")


def medians(samples: Mapping[str, Sequence[float]]) -> dict[str, float]:
    """The median of each figure's samples."""
    return {name: median(values) for name, values in samples.items()}


def ratios(absolute: Mapping[str, float]) -> dict[str, float | None]:
    """Every ratio of ``RATIOS``; None where a figure is missing, as without llama.cpp."""
    found: dict[str, float | None] = {}
    for name, (above, below) in RATIOS.items():
        known = above in absolute and absolute.get(below)
        found[name] = absolute[above] / absolute[below] if known else None
    return found


def record(
    samples: Mapping[str, Sequence[float]], about: Mapping[str, object]
) -> dict[str, dict[str, object]]:
    """What bench.json holds: ``ratio``, ``absolute``, ``samples`` and ``about``."""
    absolute = medians(samples)
    return {
        "ratio": {name: _round(value) for name, value in ratios(absolute).items()},
        "absolute": {name: _round(value) for name, value in absolute.items()},
        "samples": {name: [_round(value) for value in each] for name, each in samples.items()},
        "about": dict(about),
    }


def table(absolute: Mapping[str, float]) -> list[str]:
    """The lines of the table that is printed."""
    ratio = ratios(absolute)
    lines = [f"{'':<34}{'Inkling':>10}{'llama.cpp':>12}{'ratio':>9}"]
    for title, figure, name in _ROWS:
        theirs = absolute.get(f"llama_{figure}")
        lines.append(_line(title, absolute.get(figure), theirs, ratio.get(name)))
    lines.append("")
    lines.append(f"{'Inkling alone':<34}{'with':>10}{'without':>12}{'ratio':>9}")
    for (title, first, second), name in zip(_OWN_ROWS, _OWN_NAMES, strict=True):
        lines.append(_line(title, absolute.get(first), absolute.get(second), ratio[name]))
    return lines


def _line(title: str, first: float | None, second: float | None, ratio: float | None) -> str:
    factor = "-" if ratio is None else f"{ratio:.2f}x"
    return f"{title:<34}{_figure(first):>10}{_figure(second):>12}{factor:>9}"


def _figure(value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}"


def _round(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.5g}")
