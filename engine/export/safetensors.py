"""Tensors of a safetensors file, mapped into memory, with its header checked before it is used.

The format: eight bytes with the length of a JSON header, the header with type, shape and place of
each tensor, then their bytes without gaps. numpy has no bfloat16, so those are widened by hand.
"""

from __future__ import annotations

import json
import math
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from engine.errors import UnsupportedModel
from engine.export.mapped import DamagedFile, Mapped, open_mapped
from engine.export.rope import FloatArray

_MAX_HEADER_BYTES = 64 * 1024 * 1024
_FLOATS = {"F64": "<f8", "F32": "<f4", "F16": "<f2", "BF16": "<u2"}
_BYTES = {"F64": 8, "I64": 8, "U64": 8, "F32": 4, "I32": 4, "U32": 4, "F16": 2, "BF16": 2}
_BYTES |= {"I16": 2, "U16": 2, "F8_E4M3": 1, "F8_E5M2": 1, "I8": 1, "U8": 1, "BOOL": 1}
_MAX_DIMENSIONS = 4


@dataclass(frozen=True, slots=True)
class _Entry:
    kind: str
    shape: tuple[int, ...]
    start: int
    end: int


class SafetensorsFile:
    """One open file. Raises ``UnsupportedModel`` wherever something is not as expected."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._data, (self._entries, self.metadata) = open_mapped(path, "safetensors", _read_header)

    def shapes(self) -> dict[str, tuple[int, ...]]:
        """Shapes of all tensors by name."""
        return {name: entry.shape for name, entry in self._entries.items()}

    def bits(self, name: str) -> int:
        """Bits a number of the tensor ``name``."""
        return 8 * _BYTES[self._entries[name].kind]

    def tensor(self, name: str) -> FloatArray:
        """The tensor ``name`` as float32, in its own shape."""
        entry = self._entries[name]
        if entry.kind not in _FLOATS:
            raise UnsupportedModel(
                f"The tensor {name} of {self.path.name} is stored as {entry.kind}, which cannot "
                "be read as weights."
            )
        values = self._data[entry.start : entry.end].view(_FLOATS[entry.kind])
        if entry.kind == "BF16":
            # A bfloat16 is the upper half of a float32.
            return (values.astype(np.uint32) << 16).view(np.float32).reshape(entry.shape)
        return values.astype(np.float32, copy=False).reshape(entry.shape)


def write_safetensors(
    path: Path, tensors: Mapping[str, FloatArray], metadata: Mapping[str, str] | None = None
) -> None:
    """Write float32 tensors by their names; they are on the disk itself when this returns."""
    header: dict[str, Any] = {"__metadata__": {"format": "pt", **(metadata or {})}}
    end = 0
    for name, values in tensors.items():
        size = math.prod(values.shape) * values.itemsize
        header[name] = {"dtype": "F32", "shape": values.shape, "data_offsets": [end, end + size]}
        end += size
    raw = json.dumps(header).encode()
    raw += b" " * (-len(raw) % 8)
    with path.open("wb") as stream:
        stream.write(len(raw).to_bytes(8, "little") + raw)
        for values in tensors.values():
            stream.write(values.astype("<f4", copy=False).tobytes())
        stream.flush()
        os.fsync(stream.fileno())


def _read_header(data: Mapped) -> tuple[dict[str, _Entry], dict[str, str]]:
    """The entries of the tensors, and the texts that lie beside them."""
    size = len(data)
    length = int.from_bytes(bytes(data[:8]), "little")
    if size < 8 or length > min(size - 8, _MAX_HEADER_BYTES):
        raise DamagedFile("its header does not fit into it")
    try:
        header = json.loads(bytes(data[8 : 8 + length]).decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise DamagedFile("its header is not valid JSON") from error
    if not isinstance(header, dict):
        raise DamagedFile("its header is not a table")
    begin = 8 + length
    entries = {
        name: _read_entry(value, begin) for name, value in header.items() if name != "__metadata__"
    }
    position = begin
    for entry in sorted(entries.values(), key=lambda each: (each.start, each.end)):
        if entry.start != position:
            raise DamagedFile("its tensors overlap or leave gaps")
        position = entry.end
    if position != size:
        raise DamagedFile(f"it has {size:,} bytes instead of {position:,}")
    texts = header.get("__metadata__")
    metadata = texts if isinstance(texts, dict) else {}
    return entries, {key: value for key, value in metadata.items() if isinstance(value, str)}


def _read_entry(value: object, begin: int) -> _Entry:
    if not isinstance(value, dict):
        raise DamagedFile("an entry of its header is not a table")
    kind, shape, places = value.get("dtype"), value.get("shape"), value.get("data_offsets")
    if not isinstance(kind, str) or kind not in _BYTES:
        raise DamagedFile(f"a tensor is of the unknown type {str(kind)[:20]!r}")
    sizes, ends = _whole_numbers(shape), _whole_numbers(places)
    if len(ends) != 2 or len(sizes) > _MAX_DIMENSIONS:
        raise DamagedFile("a tensor has an impossible shape or place")
    if ends[1] - ends[0] != math.prod(sizes) * _BYTES[kind]:
        raise DamagedFile("the shape of a tensor does not fit its size")
    return _Entry(kind, sizes, begin + ends[0], begin + ends[1])


def _whole_numbers(values: object) -> tuple[int, ...]:
    if not isinstance(values, list) or not all(
        isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1 << 48
        for value in values
    ):
        raise DamagedFile("a tensor has an impossible shape or place")
    return tuple(values)
