"""How a package's weights stand to those it was made from: ``basis.safetensors`` beside them.

The exporter divides channels by factors (see ``smoothing``) and puts much of what it reads of a
model into the graph alone. To train on an installed model, or to merge into it what was trained on
the original weights, both must be known again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from engine.errors import ModelDamaged, UnsupportedModel
from engine.export.rope import FloatArray
from engine.export.safetensors import SafetensorsFile, write_safetensors
from engine.export.source import WeightSource
from engine.store.manifest import BASIS_NAME

_FACTOR, _SETTINGS = "factor.", "settings"
_FREQUENCIES = "rope_freqs.weight"


@dataclass(frozen=True, slots=True)
class Basis:
    """What the source said of the model, and what its channels were divided by, if anything.

    ``settings`` are under GGUF's keys; ``factors`` [inputs] by the names of projections.
    ``frequencies`` are those factors of the rotary positions that GGUF keeps as a tensor, if any.
    """

    settings: Mapping[str, Any]
    factors: Mapping[str, FloatArray]
    frequencies: FloatArray | None


def write_basis(folder: Path, source: WeightSource, factors: Mapping[str, FloatArray]) -> None:
    """Write it for a package in ``folder`` made of ``source``. Raises ``OSError``."""
    tensors = {_FACTOR + name: values for name, values in sorted(factors.items())}
    if source.has_tensor(_FREQUENCIES):
        tensors[_FREQUENCIES] = source.tensor(_FREQUENCIES, *source.shape(_FREQUENCIES))
    kept = {key: value for key, value in source.settings().values.items() if _is_plain(value)}
    settings = json.dumps(kept, sort_keys=True)
    write_safetensors(folder / BASIS_NAME, tensors, {_SETTINGS: settings})


def read_basis(folder: Path) -> Basis:
    """Read it, with distrust.

    Raises:
        UnsupportedModel: the package was made before there was such a file.
        ModelDamaged: the file is not as it should be.
    """
    if not (folder / BASIS_NAME).exists():
        raise UnsupportedModel(
            f"The model in {folder} runs, but it was set up by an older Inkling that did not note "
            "what it had changed in the weights; adapters and training need that. Set the model up "
            "again (in the source checkout, `python3 dev.py run` does), or import it again."
        )
    try:
        file = SafetensorsFile(folder / BASIS_NAME)
        settings = json.loads(file.metadata[_SETTINGS])
        tensors = {name: file.tensor(name) for name in file.shapes()}
    except (UnsupportedModel, KeyError, ValueError, RecursionError) as error:
        raise ModelDamaged(folder, f"{BASIS_NAME} cannot be read") from error
    if not isinstance(settings, dict) or not all(map(_is_positive, tensors.values())):
        raise ModelDamaged(folder, f"{BASIS_NAME} holds impossible numbers")
    factors = {
        name.removeprefix(_FACTOR): values
        for name, values in tensors.items()
        if name.startswith(_FACTOR)
    }
    return Basis(settings, factors, tensors.get(_FREQUENCIES))


def _is_positive(values: FloatArray) -> bool:
    return values.ndim == 1 and bool(((values > 0) & (values < np.inf)).all())


def _is_plain(value: object) -> bool:
    if isinstance(value, list):
        return all(isinstance(each, bool | int | float) for each in value)
    return isinstance(value, bool | int | float | str)
