"""The constants of an exported graph, mapped from the file of weights beside it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt
import onnx
from google.protobuf.message import DecodeError
from onnx import TensorProto, numpy_helper

from engine.errors import ModelDamaged
from engine.export.four_bits import FourBitMatrix, dequantize_from_four_bits
from engine.export.quantize import BLOCK, QuantizedMatrix, dequantize_rows
from engine.export.rope import FloatArray
from engine.store.manifest import GRAPH_NAME, WEIGHTS_NAME

_TYPES: dict[int, type[np.generic]] = {
    TensorProto.FLOAT: np.float32,
    TensorProto.UINT8: np.uint8,
    TensorProto.INT64: np.int64,
}


@dataclass(frozen=True, slots=True)
class _Place:
    kind: type[np.generic]
    shape: tuple[int, ...]
    offset: int
    length: int


class StoredWeights:
    """What the graph of a package refers to, by the names that ``GraphBuilder`` gave.

    Places and shapes are checked against the size of the file. Raises ``ModelDamaged``.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        try:
            self._model = onnx.load(str(directory / GRAPH_NAME), load_external_data=False)
            self._data = np.memmap(directory / WEIGHTS_NAME, np.uint8, "r")
        except (OSError, ValueError, DecodeError) as error:
            raise ModelDamaged(directory, "its weights cannot be read") from error
        self._inline: dict[str, onnx.TensorProto] = {}
        self._places: dict[str, _Place] = {}
        for tensor in self._model.graph.initializer:
            if tensor.data_location == TensorProto.EXTERNAL:
                self._places[tensor.name] = self._place(tensor)
            else:
                self._inline[tensor.name] = tensor

    def __contains__(self, name: str) -> bool:
        return name in self._places or name in self._inline

    def array(self, name: str) -> npt.NDArray[Any]:
        """The constant ``name`` as it is stored; not to be written to."""
        if name in self._inline:
            return numpy_helper.to_array(self._inline[name])
        if name not in self._places:
            raise self._missing(name)
        found = self._places[name]
        stored = self._data[found.offset : found.offset + found.length]
        return stored.view(found.kind).reshape(found.shape)

    def rewrite(self, name: str, values: npt.NDArray[Any], weights: BinaryIO) -> None:
        """Put ``values`` in the place of ``name`` in ``weights``, a copy of the file of weights.

        Small constants are in the graph, and change in ``graph`` alone.
        """
        if name in self._inline:
            self._inline[name].CopyFrom(numpy_helper.from_array(values, name))
            return
        place = self._places.get(name)
        if place is None or place.length != values.nbytes:
            raise self._missing(name)
        weights.seek(place.offset)
        weights.write(np.ascontiguousarray(values).data)

    def graph(self) -> bytes:
        """The graph, with what ``rewrite`` changed in it."""
        return bytes(self._model.SerializeToString(deterministic=True))

    def matrix(self, name: str, rows: slice = slice(None)) -> FloatArray:
        """A table, or the matrix of a projection [outputs, inputs], dequantised; or some rows."""
        if name in self:
            return np.asarray(self.array(name)[rows], np.float32)
        if f"{name}.weight" in self:
            return np.ascontiguousarray(self.array(f"{name}.weight").T[rows], np.float32)
        packed, scales = self.array(f"{name}.packed"), self.array(f"{name}.scales")
        if f"{name}.zeros" in self:
            zeros = self.array(f"{name}.zeros").reshape(len(packed), -1)
            coarse = FourBitMatrix(packed[rows], scales[rows], zeros[rows])
            return dequantize_from_four_bits(coarse)
        blocks = packed.reshape(len(packed), -1, BLOCK)
        return dequantize_rows(QuantizedMatrix(blocks[rows], scales[rows]))

    def _place(self, tensor: onnx.TensorProto) -> _Place:
        entries = {entry.key: entry.value for entry in tensor.external_data}
        kind = _TYPES.get(tensor.data_type)
        shape = tuple(tensor.dims)
        numbers = [entries.get(key, "") for key in ("offset", "length")]
        if (
            kind is None
            or entries.get("location") != WEIGHTS_NAME
            or not all(each.isascii() and each.isdigit() for each in numbers)
        ):
            raise self._missing(tensor.name)
        offset, length = map(int, numbers)
        right = all(each > 0 for each in shape)
        right = right and math.prod(shape) * np.dtype(kind).itemsize == length
        if not right or offset + length > len(self._data):
            raise self._missing(tensor.name)
        return _Place(kind, shape, offset, length)

    def _missing(self, name: str) -> ModelDamaged:
        return ModelDamaged(self._directory, f"the weights {name[:200]} are not where they belong")
