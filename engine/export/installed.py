"""An installed model as a source of weights, as they were before the exporter smoothed them.

So training needs no other file than the package that runs. Weights of 8 bits are those of the
package: near the original ones, on the same grid where these had 4 bits already.
"""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np

from engine.errors import ModelDamaged
from engine.export.basis import read_basis
from engine.export.families import Family, find_family
from engine.export.rope import FloatArray
from engine.export.source import Settings, check_finite
from engine.export.stored import StoredWeights
from engine.store.manifest import read_manifest

_LAYER = re.compile(r"blk\.(\d{1,3})\.([a-z_]+)\.(weight|bias)")
_BITS = {"fp32": 32.0, "int8": 8.0, "int4": 4.0}
_MATRICES = {
    "attn_qkv": "qkv",
    "attn_output": "output",
    "ffn_gate": "gate_up",
    "ffn_up": "gate_up",
    "ffn_down": "down",
}
_NORMS = {
    "attn_q_norm": "query_norm",
    "attn_k_norm": "key_norm",
    "post_attention_norm": "post_attention_norm",
    "ffn_norm": "ffn_norm",
    "post_ffw_norm": "post_ffn_norm",
}


class InstalledModel:
    """A model directory as a ``WeightSource``.

    Raises:
        UnsupportedModel: it was made before packages noted what training needs.
        ModelDamaged: something is not as it should be.
    """

    permuted_rope = False

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._manifest = read_manifest(directory)
        self.name = directory.name
        self.label = f"The model {self._manifest.name}"
        self.family: Family = find_family(self._manifest.architecture, self.label)
        self._basis = read_basis(directory)
        self._stored = StoredWeights(directory)
        self._tied = "head.weight" not in self._stored and "head.scales" not in self._stored

    def settings(self) -> Settings:
        """What the source of the package said of the model."""
        return Settings(self._basis.settings, self.label)

    def has_tensor(self, name: str) -> bool:
        """Whether there is a tensor called ``name``."""
        if name == "output.weight":
            return not self._tied
        if name == "rope_freqs.weight":
            return self._basis.frequencies is not None
        layer = _LAYER.fullmatch(name)
        if layer is None:
            return True
        index, part, kind = layer.groups()
        stored = f"layer.{index}.{_MATRICES.get(part, '')}"
        if kind == "bias":
            return f"{stored}.bias" in self._stored
        return f"{stored}.weight" in self._stored or f"{stored}.packed" in self._stored

    def shape(self, name: str) -> tuple[int, ...]:
        """Its shape, outputs first."""
        return self._values(name).shape

    def tensor(self, name: str, *shape: int) -> FloatArray:
        """The tensor as float32 of ``shape`` (outputs first)."""
        values = np.ascontiguousarray(self._values(name), np.float32)
        if values.shape != shape:
            raise self._damaged(name)
        return check_finite(values, name, self.label)

    def bits(self) -> float:
        """Bits a weight of the matrix that is stored most coarsely."""
        return _BITS[self._manifest.precision]

    @property
    def parameters(self) -> int:
        """Number of weights."""
        return self._manifest.parameters

    def unused_tensors(self) -> list[str]:
        """None: a package holds only what its family knows."""
        return []

    def _values(self, name: str) -> FloatArray:
        if layer := _LAYER.fullmatch(name):
            index, part, kind = layer.groups()
            return self._layer_values(int(index), part, ".bias" if kind == "bias" else "")
        stored, last = self._stored, self._manifest.layers - 1
        match name:
            case "token_embd.weight":
                table = stored.matrix("embedding")
                return table / self._factor("head", table) if self._tied else table
            case "position_embd.weight":
                return stored.array("position_embedding")
            case "output.weight":
                return self._matrix("head")
            case "output_norm.weight" | "output_norm.bias":
                bias = name.removeprefix("output_norm.weight").removeprefix("output_norm")
                norm = stored.array(f"layer.{last}.next_norm{bias}")
                return norm * self._factor("head", norm)
            case "rope_freqs.weight" if self._basis.frequencies is not None:
                return self._basis.frequencies
        raise self._damaged(name)

    def _layer_values(self, index: int, part: str, bias: str) -> FloatArray:
        stored, name = self._stored, f"layer.{index}"
        if part == "attn_norm":
            before = f"layer.{index - 1}.next_norm" if index else "layer.0.attention_norm"
            norm = stored.array(before + bias)
            return norm * self._factor(f"{name}.qkv", norm)
        if part in _NORMS:
            norm = stored.array(f"{name}.{_NORMS[part]}{bias}")
            return norm * self._factor(f"{name}.gate_up", norm) if part == "ffn_norm" else norm
        if part not in _MATRICES:
            raise self._damaged(part)
        matrix, ffn = f"{name}.{_MATRICES[part]}", self._manifest.ffn
        gated = self.family.blocks.gated
        half = slice(0, ffn) if part == "ffn_gate" else slice(ffn, None)
        rows = half if gated and matrix.endswith("gate_up") else slice(None)
        values = stored.array(matrix + bias)[rows] if bias else self._matrix(matrix, rows)
        if part == "ffn_up" and gated:
            # The factor of what `down` reads was divided out of these rows.
            return np.asarray((values.T * self._factor(f"{name}.down", values.T)).T)
        return values

    def _matrix(self, name: str, rows: slice = slice(None)) -> FloatArray:
        """The matrix as it was made from, with its columns as before the smoothing."""
        values = self._stored.matrix(name, rows)
        # `down` has a factor only where the rows of `up` took it away.
        return values / self._factor(name, values)

    def _factor(self, name: str, values: FloatArray) -> FloatArray:
        """What the columns of ``values`` [..., columns] were multiplied with."""
        factor = self._basis.factors.get(name)
        if factor is None:
            return np.ones(1, np.float32)
        if factor.shape != values.shape[-1:]:
            raise self._damaged(name)
        return factor

    def _damaged(self, name: str) -> ModelDamaged:
        return ModelDamaged(self._directory, f"its weights {name[:100]} are not as they should be")
