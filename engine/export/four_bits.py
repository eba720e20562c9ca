"""Asymmetric 4-bit weights in blocks of 32, in the layout of ``com.microsoft.MatMulNBits``.

A block of 32 weights shares a float scale and a zero point from 0 to 15; a weight is
``(nibble - zero) * scale``. Half of the weights of a byte are in its lower four bits. Only for
weights that were stored with 16 bits or more: rounding twice to 4 bits ruins a model.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engine.export.quantize import BLOCK
from engine.export.rope import FloatArray

_HIGHEST = 15
_ROWS_AT_ONCE = 2048
_SMALLEST_SCALE = np.float32(1e-30)
# Cutting off a block's extremes a little leaves finer steps for all others.
_RANGES = (1.0, 0.94, 0.88, 0.82)

ByteArray = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class FourBitMatrix:
    """``packed`` [rows, columns / 32, 16], ``scales`` [rows, columns / 32], and ``zeros``.

    ``zeros`` [rows, columns / 64 rounded up] has two zero points a byte, the first one lower.
    """

    packed: ByteArray
    scales: FloatArray
    zeros: ByteArray


def quantize_to_four_bits(weight: FloatArray) -> FourBitMatrix:
    """Quantise ``weight`` [rows, columns]; ``columns`` must be a multiple of 32.

    Of a few ranges the one with the smallest squared error is taken for each block.
    """
    rows, blocks = weight.shape[0], weight.shape[1] // BLOCK
    packed = np.empty((rows, blocks, BLOCK // 2), np.uint8)
    scales = np.empty((rows, blocks), np.float32)
    points = np.zeros((rows, blocks + blocks % 2), np.uint8)
    for start in range(0, rows, _ROWS_AT_ONCE):
        part = slice(start, start + _ROWS_AT_ONCE)
        values = weight[part].reshape(-1, blocks, BLOCK)
        nibbles, scales[part], points[part, :blocks] = _best(values)
        packed[part] = nibbles[:, :, 0::2] | nibbles[:, :, 1::2] << 4
    return FourBitMatrix(packed, scales, points[:, 0::2] | points[:, 1::2] << 4)


def dequantize_from_four_bits(matrix: FourBitMatrix) -> FloatArray:
    """The weights [rows, columns] that the kernel sees."""
    rows, blocks = matrix.scales.shape
    nibbles = np.stack([matrix.packed & 15, matrix.packed >> 4], axis=-1).reshape(rows, blocks, -1)
    points = np.stack([matrix.zeros & 15, matrix.zeros >> 4], axis=-1).reshape(rows, -1)[:, :blocks]
    centred = nibbles.astype(np.float32) - points[:, :, None]
    return np.asarray(centred * matrix.scales[:, :, None], np.float32).reshape(rows, -1)


def _best(values: FloatArray) -> tuple[ByteArray, FloatArray, ByteArray]:
    """Nibbles [rows, blocks, 32], scales and zero points [rows, blocks] of the least error."""
    low = np.minimum(values.min(axis=2), 0)
    high = np.maximum(values.max(axis=2), 0)
    least = np.full(low.shape, np.inf, np.float32)
    nibbles = np.zeros(values.shape, np.uint8)
    scales = np.zeros(low.shape, np.float32)
    points = np.zeros(low.shape, np.uint8)
    for share in _RANGES:
        scale = (high - low) * np.float32(share / _HIGHEST)
        # Blocks this small are zeros in all but name, and their inverse would overflow.
        scale[scale < _SMALLEST_SCALE] = 0
        inverse = np.divide(np.float32(1), scale, out=np.zeros_like(scale), where=scale > 0)
        zero = np.clip(np.rint(-low * np.float32(share) * inverse), 0, _HIGHEST)
        tried = np.clip(np.rint(values * inverse[:, :, None]) + zero[:, :, None], 0, _HIGHEST)
        error = (((tried - zero[:, :, None]) * scale[:, :, None] - values) ** 2).sum(axis=2)
        better = error < least
        least = np.where(better, error, least)
        scales = np.where(better, scale, scales)
        points = np.where(better, zero, points).astype(np.uint8)
        nibbles = np.where(better[:, :, None], tried, nibbles).astype(np.uint8)
    return nibbles, scales, points
