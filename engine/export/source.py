"""What the exporter asks of a file or folder of weights, whatever its format."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from engine.errors import UnsupportedModel
from engine.export.families import Family

FloatArray = npt.NDArray[np.float32]
_LARGEST = 1e30
_LARGEST_WEIGHT = 1e18


class WeightSource(Protocol):
    """Tensors and settings by the names of GGUF, checked against the real size of the files.

    ``label`` begins a sentence about the source ("The file x.gguf"); ``name`` is its file name.
    ``family`` says how names and values are to be understood.
    """

    @property
    def label(self) -> str: ...

    @property
    def name(self) -> str: ...

    @property
    def family(self) -> Family: ...

    @property
    def permuted_rope(self) -> bool:
        """Whether rows of query and key heads are interleaved."""
        ...

    def settings(self) -> Settings:
        """What the source says of the model, by GGUF's keys without the architecture."""
        ...

    def has_tensor(self, name: str) -> bool:
        """Whether there is a tensor called ``name``."""
        ...

    def shape(self, name: str) -> tuple[int, ...]:
        """Its shape, outputs first. Raises ``UnsupportedModel`` if there is none."""
        ...

    def tensor(self, name: str, *shape: int) -> FloatArray:
        """The tensor as float32 of ``shape`` (outputs first). Raises ``UnsupportedModel``."""
        ...

    def bits(self) -> float:
        """Bits a weight of the matrix that is stored most coarsely."""
        ...

    @property
    def parameters(self) -> int:
        """Number of weights."""
        ...

    def unused_tensors(self) -> list[str]:
        """Names of tensors that nobody asked for, sorted."""
        ...


class Settings:
    """Values by key, with their types checked. Raises ``UnsupportedModel`` for wrong ones."""

    def __init__(self, values: Mapping[str, Any], label: str) -> None:
        self.values = values
        self.label = label

    def integer(self, key: str, default: int | None = None) -> int:
        """A whole number, which must be there unless ``default`` is given."""
        value = self.values.get(key, default)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self._missing(key)
        return value

    def number(self, key: str, default: float | None = None) -> float:
        """A number, which must be there unless ``default`` is given."""
        value = self.values.get(key, default)
        if not isinstance(value, int | float) or isinstance(value, bool):
            raise self._missing(key)
        if not -_LARGEST < value < _LARGEST:
            raise self.refuse(key)
        return float(value)

    def text(self, key: str, default: str) -> str:
        """A text."""
        value = self.values.get(key, default)
        if not isinstance(value, str):
            raise self._missing(key)
        return value

    def refuse(self, key: str) -> UnsupportedModel:
        """The error for a value that the exporter cannot do."""
        shown = str(self.values.get(key))[:100]
        return UnsupportedModel(f"{self.label} has {key} set to {shown}, which Inkling cannot do.")

    def _missing(self, key: str) -> UnsupportedModel:
        return UnsupportedModel(f"{self.label} does not say its {key} as it should.")


def check_finite(values: FloatArray, name: str, label: str) -> FloatArray:
    """``values`` as they are. Raises ``UnsupportedModel`` if some are no numbers or far too large.

    The limit leaves room for the squares of weights.
    """
    # A number that is none makes both of these none.
    if not max(values.max(), -values.min()) < _LARGEST_WEIGHT:
        raise UnsupportedModel(
            f"{label} is damaged: {name} contains undefined or impossibly large numbers. "
            "Get it again."
        )
    return values
