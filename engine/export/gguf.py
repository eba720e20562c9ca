"""Weights and metadata of a GGUF file, read with the ``gguf`` library and checked.

The library maps the file into memory; a tensor is dequantised to float32 only when it is asked for.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import gguf
import numpy as np

from engine.errors import UnsupportedModel
from engine.export.quantize import FloatArray


class GgufFile:
    """One open GGUF file. Raises ``UnsupportedModel`` wherever something is not as expected."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._reader = gguf.GGUFReader(path)
        except (ValueError, IndexError, KeyError, OverflowError, UnicodeDecodeError) as error:
            raise UnsupportedModel(
                f"The file {path.name} is not a complete GGUF file, so no model was made of it. "
                "Download it again."
            ) from error
        except OSError as error:
            reason = error.strerror or str(error)
            raise UnsupportedModel(f"The file {path} cannot be read: {reason}.") from error
        self._tensors = {tensor.name: tensor for tensor in self._reader.tensors}
        self._used: set[str] = set()

    def has(self, key: str) -> bool:
        """Whether the metadata has ``key``."""
        return key in self._reader.fields

    def value(self, key: str, default: Any = None) -> Any:
        """The metadata under ``key`` as plain Python values, or ``default``."""
        field = self._reader.fields.get(key)
        return default if field is None else field.contents()

    def text(self, key: str, default: str = "") -> str:
        """A metadata text."""
        value = self.value(key, default)
        return value if isinstance(value, str) else default

    def integer(self, key: str, default: int | None = None) -> int:
        """A metadata whole number, which must be there unless ``default`` is given."""
        value = self.value(key, default)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self._missing(key)
        return value

    def number(self, key: str, default: float | None = None) -> float:
        """A metadata number, which must be there unless ``default`` is given."""
        value = self.value(key, default)
        if not isinstance(value, int | float) or isinstance(value, bool):
            raise self._missing(key)
        return float(value)

    def has_tensor(self, name: str) -> bool:
        """Whether there is a tensor called ``name``."""
        return name in self._tensors

    def tensor(self, name: str, *shape: int) -> FloatArray:
        """The tensor as float32 of ``shape`` (outputs first). Marks it as used."""
        tensor = self._tensors.get(name)
        if tensor is None:
            raise UnsupportedModel(f"The file {self.path.name} has no tensor called {name}.")
        found = tuple(int(size) for size in reversed(tensor.shape))
        if found != shape:
            raise UnsupportedModel(
                f"The tensor {name} of {self.path.name} has the shape {found} instead of {shape}."
            )
        self._used.add(name)
        try:
            values = gguf.quants.dequantize(tensor.data, tensor.tensor_type)
        except NotImplementedError as error:
            kind = tensor.tensor_type.name
            raise UnsupportedModel(
                f"The tensor {name} of {self.path.name} is stored as {kind}, which cannot be read."
            ) from error
        return np.ascontiguousarray(values, np.float32).reshape(shape)

    def rows(self, name: str) -> int:
        """First dimension (outputs) of a tensor."""
        tensor = self._tensors.get(name)
        if tensor is None:
            raise UnsupportedModel(f"The file {self.path.name} has no tensor called {name}.")
        return int(tensor.shape[-1])

    @property
    def parameters(self) -> int:
        """Number of weights in the file."""
        return sum(int(tensor.n_elements) for tensor in self._tensors.values())

    def unused_tensors(self) -> list[str]:
        """Names of tensors that nobody asked for, sorted."""
        return sorted(self._tensors.keys() - self._used)

    def _missing(self, key: str) -> UnsupportedModel:
        return UnsupportedModel(f"The file {self.path.name} does not say its {key}.")
