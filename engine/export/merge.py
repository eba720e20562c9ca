"""A package with an adapter added to its weights: the second form of a model that runs as quickly.

The adapter is in the basis of the original weights, the package's matrices are smoothed and rounded
(see ``smoothing`` and ``quantize``). A factor that multiplies columns of a matrix multiplies those
of what is added to it too; the sum is rounded again. All else, the graph included, stays the same.
"""

from __future__ import annotations

import dataclasses
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from engine.api import AdapterInfo
from engine.errors import AdapterDamaged, UnsupportedModel
from engine.export.basis import read_basis
from engine.export.families import find_family
from engine.export.package import (
    ExportCancelled,
    partial_directory,
    put_in_place,
)
from engine.export.quantize import quantize_rows
from engine.export.rope import FloatArray
from engine.export.safetensors import SafetensorsFile
from engine.export.stored import StoredWeights
from engine.store.adapters import ADAPTER_WEIGHTS, TARGETS, check_fits, verify_adapter
from engine.store.distrust import hash_file
from engine.store.manifest import (
    BASIS_NAME,
    GRAPH_NAME,
    WEIGHTS_NAME,
    Manifest,
    read_manifest,
    write_manifest,
)

_PARTS = dict(zip(TARGETS, ("qkv", "output", "gate_up", "down"), strict=True))
"""What the graph calls them."""
_COPIED, _MERGED = 0.05, 0.95


def merge_adapter(
    package: Path,
    info: AdapterInfo,
    target: Path,
    *,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> None:
    """Write the package ``target``: the one in ``package`` with the adapter merged into it.

    ``progress`` gets the share done, ``cancelled`` is asked between layers.

    Raises:
        AdapterDamaged: the adapter is not as it should be.
        AdapterUnfit: it was made for another model.
        ModelDamaged: the package is not as it should be.
        UnsupportedModel: it has 4 bits, or was made before packages said what merging needs.
        ExportCancelled: ``cancelled`` said so; nothing is left.
        OSError: the folder cannot be written.
    """
    manifest = read_manifest(package)
    check_fits(info, manifest)
    verify_adapter(info)
    if manifest.precision == "int4":
        raise UnsupportedModel(
            f"The model {manifest.name} keeps its weights in 4 bits, too few for an adapter to be "
            "added to. Import it again with 8 bits (int8)."
        )
    adapter = AdapterFile(info, manifest)
    factors = read_basis(package).factors
    stored = StoredWeights(package)
    done = 0.0

    def report(share: float) -> None:
        nonlocal done
        done = max(done, share)
        if cancelled is not None and cancelled():
            raise ExportCancelled("Preparing the adapter was cancelled. Nothing was changed.")
        if progress is not None:
            progress(done)

    report(0.0)
    with partial_directory(target) as partial:
        names = [name for name in manifest.files if name != BASIS_NAME]
        for name in names:
            shutil.copyfile(package / name, partial / name)
        report(_COPIED)
        with (partial / WEIGHTS_NAME).open("r+b") as weights:
            for index in range(manifest.layers):
                for name, change in adapter.changes(index, factors):
                    matrix = stored.matrix(name) + change
                    for part, values in _packed(matrix, name, manifest.precision):
                        stored.rewrite(part, values, weights)
                report(_COPIED + (_MERGED - _COPIED) * (index + 1) / manifest.layers)
            weights.flush()
            os.fsync(weights.fileno())
        files = {name: manifest.files[name] for name in names}
        (partial / GRAPH_NAME).write_bytes(stored.graph())
        for name in (GRAPH_NAME, WEIGHTS_NAME):
            files[name] = hash_file(partial / name)
        source = f"{manifest.source}, adapter {info.name}"[:4000]
        write_manifest(partial, dataclasses.replace(manifest, files=files, source=source))
        report(1.0)
        put_in_place(partial, target)


class AdapterFile:
    """The weights of an adapter, whose shapes are checked against the model's.

    Raises:
        AdapterDamaged: a tensor is missing, has another shape, or there are others.
    """

    def __init__(self, info: AdapterInfo, manifest: Manifest) -> None:
        self._info = info
        try:
            self._file = SafetensorsFile(info.path / ADAPTER_WEIGHTS)
        except UnsupportedModel as error:
            raise AdapterDamaged(info.path, f"{ADAPTER_WEIGHTS} is not a whole file") from error
        if self._file.shapes() != _shapes(info, manifest):
            raise AdapterDamaged(info.path, "its weights have other shapes than the model's")

    def changes(
        self, index: int, factors: Mapping[str, FloatArray]
    ) -> Iterator[tuple[str, FloatArray]]:
        """What is added in layer ``index``: names of projections, and matrices [outputs, inputs].

        In the basis of weights to which the smoothing ``factors`` were applied.
        """
        for name, down, up in self.pairs(index, factors):
            yield name, up @ down

    def pairs(
        self, index: int, factors: Mapping[str, FloatArray]
    ) -> Iterator[tuple[str, FloatArray, FloatArray]]:
        """The same as names and two thin matrices, [rank, inputs] and [outputs, rank]."""
        scale = np.float32(self._info.alpha / self._info.rank)
        for target in self._info.targets:
            part = _PARTS[target]
            name = f"layer.{index}.{part}"
            down = self._tensor(f"layers.{index}.{target}.down")
            up = scale * self._tensor(f"layers.{index}.{target}.up")
            if name in factors:
                down = down * factors[name]
            divided = factors.get(f"layer.{index}.down")
            if part == "gate_up" and divided is not None:
                rows = np.concatenate([np.ones_like(divided), divided])
                up = up / rows[:, None]
            yield name, down, up

    def _tensor(self, name: str) -> FloatArray:
        try:
            values = self._file.tensor(name)
        except UnsupportedModel as error:
            raise AdapterDamaged(self._info.path, f"its weights {name} are no numbers") from error
        if not np.isfinite(values).all():
            raise AdapterDamaged(self._info.path, f"its weights {name} are not all numbers")
        return values


def _shapes(info: AdapterInfo, manifest: Manifest) -> dict[str, tuple[int, ...]]:
    heads = manifest.heads * manifest.head_dim
    rows = heads + 2 * manifest.kv_heads * manifest.head_dim
    gated = find_family(manifest.architecture, "The model").blocks.gated
    sizes = {
        "attention.qkv": (rows, manifest.hidden),
        "attention.output": (manifest.hidden, heads),
        "ffn.gate_up": (manifest.ffn * (2 if gated else 1), manifest.hidden),
        "ffn.down": (manifest.hidden, manifest.ffn),
    }
    shapes: dict[str, tuple[int, ...]] = {}
    for index in range(info.layers):
        for target in info.targets:
            outputs, inputs = sizes[target]
            shapes[f"layers.{index}.{target}.down"] = (info.rank, inputs)
            shapes[f"layers.{index}.{target}.up"] = (outputs, info.rank)
    return shapes


def _packed(matrix: FloatArray, name: str, precision: str) -> list[tuple[str, npt.NDArray[Any]]]:
    """The matrix as the package keeps it, by the names of its parts.

    Searching scales by the sizes of inputs, as the exporter does, takes three times as long and
    makes nothing better here.
    """
    if precision == "fp32":
        return [(f"{name}.weight", np.ascontiguousarray(matrix.T))]
    rounded = quantize_rows(matrix)
    return [(f"{name}.packed", rounded.packed), (f"{name}.scales", rounded.scales)]
