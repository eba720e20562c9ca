"""Symmetric 8-bit weights in blocks of 32, in the layout of ``com.microsoft.MatMulNBits``.

A block of 32 weights shares one float scale; a weight is ``(byte - 128) * scale``. 128 is the zero
point the kernel assumes when none is given. A weight is off by half a scale at most.

Weights that were quantised before, to 16 levels a block or fewer, lie on an even grid. Where that
is so, the scale is a whole part of the grid's step, which makes 8 bits all but exact: on a Q4_1
file the divergence from the file's own weights falls to a sixth. Elsewhere, when it is known how
large the inputs are, the scale is searched that keeps the products nearest.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

BLOCK = 32
ZERO_POINT = 128
_ROWS_AT_ONCE = 4096
_SMALLEST_SCALE = np.float32(1e-30)
_GRID_STEPS = range(15, 7, -1)
_OFF_GRID = 0.01
_LARGEST_PART = 16
_EXTREMES = range(125, 111, -2)

FloatArray = npt.NDArray[np.float32]
ByteArray = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class QuantizedMatrix:
    """``packed`` [rows, columns / 32, 32] and ``scales`` [rows, columns / 32]."""

    packed: ByteArray
    scales: FloatArray


def quantize_rows(weight: FloatArray, sizes: FloatArray | None = None) -> QuantizedMatrix:
    """Quantise ``weight`` [rows, columns]; ``columns`` must be a multiple of 32.

    ``sizes`` [columns] are the root mean squares of what the columns are multiplied with, if known.

    Works through a few thousand rows at a time, so the temporaries stay small whatever the size.
    Raises ``ValueError`` for any other shape and for weights that are not finite.
    """
    if weight.ndim != 2 or weight.shape[1] % BLOCK:
        raise ValueError(f"cannot quantise a matrix of shape {weight.shape} in blocks of {BLOCK}")
    rows, blocks = weight.shape[0], weight.shape[1] // BLOCK
    packed = np.empty((rows, blocks, BLOCK), np.uint8)
    scales = np.empty((rows, blocks), np.float32)
    for start in range(0, rows, _ROWS_AT_ONCE):
        part = slice(start, start + _ROWS_AT_ONCE)
        values = weight[part].reshape(-1, blocks, BLOCK)
        scale = np.abs(values).max(axis=2) / np.float32(127)
        if not np.isfinite(scale).all():
            raise ValueError("the weights contain infinite or undefined numbers")
        on_grid = _fit_grids(values, scale)
        if sizes is not None:
            _fit_products(values, scale, ~on_grid, sizes)
        # Blocks this small are zeros in all but name, and their inverse would overflow.
        scale[scale < _SMALLEST_SCALE] = 0
        inverse = np.divide(np.float32(1), scale, out=np.zeros_like(scale), where=scale > 0)
        rounded = np.rint(values * inverse[:, :, None])
        rounded += ZERO_POINT
        packed[part] = rounded
        scales[part] = scale
    return QuantizedMatrix(packed, scales)


def dequantize_rows(matrix: QuantizedMatrix) -> FloatArray:
    """The weights [rows, columns] that the kernel sees."""
    centred = matrix.packed.astype(np.float32) - np.float32(ZERO_POINT)
    rows = matrix.packed.shape[0]
    return np.asarray(centred * matrix.scales[:, :, None], np.float32).reshape(rows, -1)


def _fit_grids(values: FloatArray, scale: FloatArray) -> npt.NDArray[np.bool_]:
    """Change ``scale`` [rows, blocks] where the weights ``values`` of a block lie on a grid.

    Returns where that is so, or where all weights are zero.
    """
    low = values.min(axis=2)
    span = values.max(axis=2) - low
    done = scale <= _SMALLEST_SCALE
    for steps in _GRID_STEPS:
        chosen = np.nonzero(~done)
        step = span[chosen] / np.float32(steps)
        # All weights the same are left to the scale that makes their one size exact.
        step[step == 0] = np.inf
        places = (values[chosen] - low[chosen][:, None]) / step[:, None]
        on_grid = (np.abs(places - np.rint(places)).max(axis=1) < _OFF_GRID) & (step < np.inf)
        if not on_grid.any():
            break
        found = tuple(index[on_grid] for index in chosen)
        scale[found] = _part_of_step(step[on_grid], low[found], scale[found])
        done[found] = True
    return done


def _fit_products(
    values: FloatArray, scale: FloatArray, chosen: npt.NDArray[np.bool_], sizes: FloatArray
) -> None:
    """Change ``scale`` where ``chosen`` [rows, blocks] so that products are off the least."""
    block = np.nonzero(chosen)
    weights, start = values[block], scale[block]
    importance = np.square(sizes).reshape(-1, BLOCK)[block[1]]

    def error(tried: FloatArray) -> FloatArray:
        off = np.rint(weights / tried[:, None]) * tried[:, None] - weights
        return np.asarray(np.einsum("ij,ij,ij->i", off, off, importance))

    best, best_error = start, error(start)
    for extreme in _EXTREMES:
        tried = start * np.float32(127 / extreme)
        found = error(tried)
        better = found < best_error
        best, best_error = np.where(better, tried, best), np.where(better, found, best_error)
    scale[block] = best


def _part_of_step(step: FloatArray, low: FloatArray, scale: FloatArray) -> FloatArray:
    """For grids from ``low`` on: the whole part of ``step`` that has 0 nearest to its grid.

    Only parts not smaller than ``scale`` count, so that the largest weight still fits 8 bits. All
    weights of such a block are off by the same, the distance of 0 to the grid of the part.
    """
    best, best_error = scale, np.full_like(scale, np.inf)
    for divisor in range(1, _LARGEST_PART + 1):
        part = step / np.float32(divisor)
        place = low / part
        error = np.abs(place - np.rint(place)) * part
        better = (part >= scale) & (error < best_error)
        best, best_error = np.where(better, part, best), np.where(better, error, best_error)
    return best
