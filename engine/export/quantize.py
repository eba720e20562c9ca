"""Symmetric 8-bit weights in blocks of 32, in the layout of ``com.microsoft.MatMulNBits``.

A block of 32 weights shares one float scale; a weight is ``(byte - 128) * scale``. 128 is the zero
point the kernel assumes when none is given. The extreme of each block maps to -127 or 127, so the
rounding error of a weight is at most half a scale.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

BLOCK = 32
ZERO_POINT = 128
_ROWS_AT_ONCE = 4096
_SMALLEST_SCALE = np.float32(1e-30)

FloatArray = npt.NDArray[np.float32]
ByteArray = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class QuantizedMatrix:
    """``packed`` [rows, columns / 32, 32] and ``scales`` [rows, columns / 32]."""

    packed: ByteArray
    scales: FloatArray


def quantize_rows(weight: FloatArray) -> QuantizedMatrix:
    """Quantise ``weight`` [rows, columns]; ``columns`` must be a multiple of 32.

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
