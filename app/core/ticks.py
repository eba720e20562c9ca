"""Numbers to write along an axis."""

from __future__ import annotations

import math

_NICE = (1, 2, 2.5, 5, 10)


def rounded_ticks(low: float, high: float, most: int) -> list[float]:
    """Round numbers from ``low`` to ``high``, evenly spaced and at most about ``most``."""
    if not (high > low and most > 0):
        return []
    rough = (high - low) / most
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(nice * power for nice in _NICE if nice * power >= rough * (1 - 1e-9))
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [round(number * step, 10) for number in range(first, last + 1)]
