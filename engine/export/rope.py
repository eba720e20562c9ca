"""Rotary positions (Su et al. 2021): the frequencies of a model and their tables.

Scaled variants for longer contexts: linear (Chen et al. 2023), Llama 3.1's by wavelength, and YaRN
(Peng et al. 2023).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float32]
Frequencies = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Rope:
    """Radians a position for each of the head_dim / 2 pairs, and a factor on cosine and sine."""

    frequencies: tuple[float, ...]
    magnitude: float = 1.0

    def tables(self, start: int, end: int) -> tuple[FloatArray, FloatArray]:
        """Cosines and sines [end - start, head_dim / 2] of positions from ``start`` on."""
        angles = np.outer(np.arange(start, end), np.array(self.frequencies))
        cos = (np.cos(angles) * self.magnitude).astype(np.float32)
        return cos, (np.sin(angles) * self.magnitude).astype(np.float32)


def plain(theta: float, head_dim: int) -> Frequencies:
    """``theta ** (-2i / head_dim)``."""
    exponents: Frequencies = np.arange(0, head_dim, 2, dtype=np.float64) / head_dim
    result: Frequencies = theta**-exponents
    return result


def make_rope(frequencies: Frequencies, magnitude: float = 1.0) -> Rope:
    """A ``Rope`` of computed frequencies."""
    return Rope(tuple(float(each) for each in frequencies), magnitude)


def llama3(
    frequencies: Frequencies, factor: float, low: float, high: float, trained: int
) -> Frequencies:
    """Long wavelengths are stretched by ``factor``, short ones kept, those between are blended.

    ``low`` and ``high`` say how often a wave must fit into the ``trained`` context to be long or
    short.
    """
    fits = trained * frequencies / (2 * math.pi)
    kept = np.clip((fits - low) / (high - low), 0, 1)
    result: Frequencies = frequencies * (kept + (1 - kept) / factor)
    return result


def yarn(
    frequencies: Frequencies,
    theta: float,
    factor: float,
    trained: int,
    betas: tuple[float, float] = (32.0, 1.0),
) -> Frequencies:
    """Slow pairs are slowed further by ``factor``, fast ones kept, with a ramp between.

    Fast is what turns more than ``betas[0]`` times in the ``trained`` context, slow what turns less
    than ``betas[1]`` times.
    """
    pairs = len(frequencies)

    def pair(turns: float) -> float:
        return pairs * math.log(trained / (turns * 2 * math.pi)) / math.log(theta)

    low = max(0, math.floor(pair(betas[0])))
    high = min(2 * pairs - 1, math.ceil(pair(betas[1])))
    slowed = np.clip((np.arange(pairs) - low) / max(high - low, 1e-3), 0, 1)
    result: Frequencies = frequencies * (1 - slowed + slowed / factor)
    return result


def yarn_magnitude(factor: float) -> float:
    """What YaRN multiplies cosines and sines with (its section 3.4)."""
    return 0.1 * math.log(factor) + 1 if factor > 1 else 1.0
