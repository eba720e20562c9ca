"""Weights and metadata of a GGUF file.

The file is mapped into memory; a tensor is dequantised to float32, by the ``gguf`` library, only
when it is asked for.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import gguf
import numpy as np

from engine.errors import UnsupportedModel
from engine.export.families import Family, find_family
from engine.export.gguf_header import TensorEntry, read_header
from engine.export.mapped import open_mapped
from engine.export.rope import FloatArray
from engine.export.source import Settings, check_finite

_ROWS_AT_ONCE = 4096
_NO_WEIGHTS = frozenset({"I8", "I16", "I32", "I64", "F64"})


class GgufFile:
    """One open GGUF file. Raises ``UnsupportedModel`` wherever something is not as expected."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = path.name
        self.label = f"The file {path.name}"
        self._data, self._header = open_mapped(path, "GGUF", read_header)
        self._used: set[str] = set()

    @property
    def family(self) -> Family:
        """The family of its architecture; raises for unknown ones."""
        return find_family(self.text("general.architecture"), self.label)

    @property
    def permuted_rope(self) -> bool:
        """Whether rows of query and key heads are interleaved."""
        return self.family.permuted_rope

    def value(self, key: str, default: Any = None) -> Any:
        """The metadata under ``key`` as plain Python values, or ``default``."""
        return self._header.metadata.get(key, default)

    def text(self, key: str, default: str = "") -> str:
        """A metadata text."""
        value = self.value(key, default)
        return value if isinstance(value, str) else default

    def settings(self) -> Settings:
        """The metadata of the architecture."""
        prefix = self.family.architecture + "."
        found = {
            key.removeprefix(prefix): value
            for key, value in self._header.metadata.items()
            if key.startswith(prefix)
        }
        values = {**self.family.fill_in(found), **found}
        for key, harmless in self.family.refused_keys:
            if values.get(key, harmless) != harmless:
                raise Settings(values, self.label).refuse(key)
        return Settings(values, self.label)

    def has_tensor(self, name: str) -> bool:
        """Whether there is a tensor called ``name``."""
        return name in self._header.tensors

    def shape(self, name: str) -> tuple[int, ...]:
        """Shape of a tensor, outputs first."""
        return self._entry(name).shape

    def tensor(self, name: str, *shape: int) -> FloatArray:
        """The tensor as float32 of ``shape`` (outputs first). Marks it as used."""
        entry = self._entry(name)
        if entry.shape != shape:
            raise UnsupportedModel(
                f"The tensor {name} of {self.name} has the shape {entry.shape} instead of {shape}."
            )
        self._used.add(name)
        if entry.kind.name in _NO_WEIGHTS:
            raise self._unreadable(name, entry)
        data = self._data[entry.offset : entry.offset + entry.size].reshape(*shape[:-1], -1)
        values = np.empty(shape, np.float32)
        # Dequantising takes a few times the memory of what comes of it; a matrix has rows to do in
        # turn, and a vector is small.
        step = _ROWS_AT_ONCE if len(shape) > 1 else max(1, len(data))
        try:
            # A damaged file may hold anything; what comes of it is looked at below.
            with np.errstate(all="ignore"):
                for start in range(0, len(data), step):
                    part = slice(start, start + step)
                    values[part] = gguf.quants.dequantize(data[part], entry.kind)
        except NotImplementedError as error:
            raise self._unreadable(name, entry) from error
        return check_finite(values, name, self.label)

    def bits(self) -> float:
        """Bits a weight of the matrix that is stored most coarsely."""
        return min(
            (entry.bits for entry in self._header.tensors.values() if len(entry.shape) > 1),
            default=32.0,
        )

    @property
    def parameters(self) -> int:
        """Number of weights in the file."""
        return sum(int(np.prod(entry.shape)) for entry in self._header.tensors.values())

    def unused_tensors(self) -> list[str]:
        """Names of tensors that nobody asked for, sorted."""
        return sorted(self._header.tensors.keys() - self._used)

    def _entry(self, name: str) -> TensorEntry:
        entry = self._header.tensors.get(name)
        if entry is None:
            raise UnsupportedModel(f"The file {self.name} has no tensor called {name}.")
        return entry

    def _unreadable(self, name: str, entry: TensorEntry) -> UnsupportedModel:
        return UnsupportedModel(
            f"The tensor {name[:200]} of {self.name} is stored as {entry.kind.name}, which cannot "
            "be read."
        )
