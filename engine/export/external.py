"""The file of external weights that lies next to the graph, written in one pass."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper

from engine.store.distrust import FileEntry

# Memory mapping works in pages; a tensor that begins on one can be mapped by itself.
_ALIGNMENT = 4096
_INLINE_BYTES = 1024


class WeightFile:
    """Appends tensors to one file and hands out the ``TensorProto`` that refers to them.

    The SHA-256 is computed on the way, so the file need not be read again. Use as a context
    manager; leaving it normally flushes the file to the disk.
    """

    def __init__(self, path: Path) -> None:
        self._name = path.name
        self._digest = hashlib.sha256()
        self._size = 0
        # Opened here and not with `with`: closing is what __exit__ is for.
        self._stream = path.open("wb")

    def __enter__(self) -> WeightFile:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if kind is None:
                self._stream.flush()
                os.fsync(self._stream.fileno())
        finally:
            self._stream.close()

    def add(self, name: str, values: npt.NDArray[Any]) -> onnx.TensorProto:
        """An initializer; small ones go into the graph itself."""
        values = np.ascontiguousarray(values)
        kind = helper.np_dtype_to_tensor_dtype(values.dtype)
        if values.nbytes <= _INLINE_BYTES:
            return helper.make_tensor(name, kind, values.shape, values.tobytes(), raw=True)
        self._write(b"\0" * (-self._size % _ALIGNMENT))
        offset = self._size
        self._write(values.reshape(-1).view(np.uint8).data)
        return self._refer(name, kind, values.shape, offset, values.nbytes)

    def alias(
        self, name: str, tensor: onnx.TensorProto, shape: tuple[int, ...]
    ) -> onnx.TensorProto:
        """The bytes of an external ``tensor`` again, under another name and shape."""
        if tensor.data_location != TensorProto.EXTERNAL:
            again = onnx.TensorProto()
            again.CopyFrom(tensor)
            again.name = name
            del again.dims[:]
            again.dims.extend(shape)
            return again
        places = {entry.key: int(entry.value) for entry in tensor.external_data[1:]}
        return self._refer(name, tensor.data_type, shape, places["offset"], places["length"])

    def entry(self) -> FileEntry:
        """Size and SHA-256 of what was written so far."""
        return FileEntry(self._size, self._digest.hexdigest())

    def _write(self, data: bytes | memoryview) -> None:
        self._stream.write(data)
        self._digest.update(data)
        self._size += len(data)

    def _refer(
        self, name: str, kind: int, shape: tuple[int, ...], offset: int, length: int
    ) -> onnx.TensorProto:
        tensor = onnx.TensorProto()
        tensor.name = name
        tensor.data_type = kind
        tensor.dims.extend(shape)
        tensor.data_location = TensorProto.EXTERNAL
        # `location` first: `alias` relies on the numbers following it.
        for key, value in (("location", self._name), ("offset", offset), ("length", length)):
            item = tensor.external_data.add()
            item.key, item.value = key, str(value)
        return tensor
