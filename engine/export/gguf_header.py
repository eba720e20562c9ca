"""The header of a GGUF file, read without believing it.

Every length is checked against what is left of the file before anything of that size is made, so
that a damaged or hostile file costs neither memory nor time. Format: the specification of GGUF,
versions 2 and 3, little-endian.
"""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass
from typing import Any

import gguf
import numpy as np
import numpy.typing as npt

from engine.export.mapped import DamagedFile

_SCALARS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q"}
_SCALARS[12] = "d"
_STRING, _ARRAY = 8, 9
_VERSIONS = (2, 3)
_DEFAULT_ALIGNMENT = 32
_MAX_ALIGNMENT = 1 << 16
_MAX_ENTRIES = 1 << 16
_MAX_ELEMENTS = 1 << 23
_MAX_DIMENSIONS = 4


@dataclass(frozen=True, slots=True)
class TensorEntry:
    """Where a tensor lies and how; ``shape`` has the outputs first."""

    shape: tuple[int, ...]
    kind: gguf.GGMLQuantizationType
    offset: int
    size: int

    @property
    def bits(self) -> float:
        """Bits a weight."""
        block, size = gguf.GGML_QUANT_SIZES[self.kind]
        return float(8 * size / block)


@dataclass(frozen=True, slots=True)
class GgufHeader:
    """All metadata and tensor entries of a file."""

    metadata: dict[str, Any]
    tensors: dict[str, TensorEntry]


def read_header(data: npt.NDArray[np.uint8]) -> GgufHeader:
    """Read the header of the mapped file ``data``. Raises ``DamagedFile``."""
    cursor = _Cursor(data.data)
    if bytes(cursor.take(4)) != b"GGUF":
        raise DamagedFile("it does not begin like one")
    version = cursor.number("I")
    if version not in _VERSIONS:
        raise DamagedFile(f"its version {version} is not known")
    tensor_count, entry_count = cursor.number("Q"), cursor.number("Q")
    if tensor_count > _MAX_ENTRIES or entry_count > _MAX_ENTRIES:
        raise DamagedFile("it declares too many entries")
    metadata: dict[str, Any] = {}
    for _ in range(entry_count):
        key = cursor.text()
        metadata[key] = cursor.value(cursor.number("I"))
    infos = {}
    for _ in range(tensor_count):
        name = cursor.text()
        if name in infos:
            raise DamagedFile("it has a tensor twice")
        infos[name] = cursor.tensor_info()
    alignment = metadata.get("general.alignment", _DEFAULT_ALIGNMENT)
    if not isinstance(alignment, int) or not 0 < alignment <= _MAX_ALIGNMENT:
        raise DamagedFile("its alignment is impossible")
    start = -(-cursor.position // alignment) * alignment
    tensors = {}
    for name, (shape, kind, offset) in infos.items():
        block, size = gguf.GGML_QUANT_SIZES[kind]
        count = math.prod(shape)
        if shape[-1] % block:
            raise DamagedFile("the rows of a tensor are not whole blocks")
        entry = TensorEntry(shape, kind, start + offset, count // block * size)
        if entry.offset + entry.size > len(data):
            raise DamagedFile("it ends before its last tensor")
        tensors[name] = entry
    return GgufHeader(metadata, tensors)


class _Cursor:
    """Reads one thing after the other, never past the end."""

    def __init__(self, data: memoryview) -> None:
        self._data = data
        self.position = 0

    def take(self, count: int) -> memoryview:
        end = self.position + count
        if end > len(self._data):
            raise DamagedFile("it ends too early")
        part = self._data[self.position : end]
        self.position = end
        return part

    def number(self, code: str) -> Any:
        return struct.unpack("<" + code, self.take(struct.calcsize("<" + code)))[0]

    def text(self) -> str:
        try:
            return str(self.take(self.number("Q")), "utf-8")
        except UnicodeDecodeError as error:
            raise DamagedFile("a text in it is not UTF-8") from error

    def value(self, kind: int) -> Any:
        if kind == _STRING:
            return self.text()
        if kind == _ARRAY:
            return self._array()
        code = _SCALARS.get(kind)
        if code is None:
            raise DamagedFile(f"a value in it is of the unknown type {kind}")
        return self.number(code)

    def tensor_info(self) -> tuple[tuple[int, ...], gguf.GGMLQuantizationType, int]:
        dimensions = self.number("I")
        if not 0 < dimensions <= _MAX_DIMENSIONS:
            raise DamagedFile("a tensor has an impossible shape")
        shape = tuple(self.number("Q") for _ in range(dimensions))[::-1]
        number = self.number("I")
        if 0 in shape:
            raise DamagedFile("a tensor has an impossible shape")
        try:
            kind = gguf.GGMLQuantizationType(number)
        except ValueError as error:
            raise DamagedFile(f"a tensor is of the unknown type {number}") from error
        return shape, kind, self.number("Q")

    def _array(self) -> list[Any]:
        kind, count = self.number("I"), self.number("Q")
        if count > _MAX_ELEMENTS:
            raise DamagedFile("a list in it is too long")
        if kind == _STRING:
            return [self.text() for _ in range(count)]
        code = _SCALARS.get(kind)
        if code is None:
            raise DamagedFile(f"a list in it is of the unknown type {kind}")
        layout = f"<{count}{code}"
        return list(struct.unpack(layout, self.take(struct.calcsize(layout))))
