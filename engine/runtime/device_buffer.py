"""An array in the memory of a graphics card, read and written in parts from here."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime as ort

Part = tuple[slice, ...]


class DeviceBuffer:
    """A float32 array of zeros in a device's memory, ``value`` to ONNX Runtime.

    Reading or writing a part moves the whole array over and, for writing, back: it happens only
    where a cache grows or is copied, never in a step. Raises ONNX Runtime's errors.
    """

    def __init__(self, shape: tuple[int, ...], memory: str) -> None:
        self.value = ort.OrtValue.ortvalue_from_shape_and_type(shape, np.float32, memory, 0)
        # Not every device hands memory out cleared, and 0 times what may be NaN is no 0.
        self.value.update_inplace(np.zeros(shape, np.float32))

    def __getitem__(self, part: Part) -> npt.NDArray[np.float32]:
        array: npt.NDArray[np.float32] = self.value.numpy()[part]
        return array

    def __setitem__(self, part: Part, values: Any) -> None:
        array = self.value.numpy().copy()
        array[part] = values
        self.value.update_inplace(array)
