"""Nodes and initializers of a graph under construction, and multiplication by weights."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import helper

from engine.export.external import WeightFile
from engine.export.four_bits import quantize_to_four_bits
from engine.export.quantize import BLOCK, quantize_rows
from engine.export.rope import FloatArray

MICROSOFT = "com.microsoft"
_INT8_ACCURACY = 4


class NodeBuilder:
    """Collects nodes and initializers; ``precision`` is "int8", "fp32" or "int4".

    ``sizes``: root mean squares [inputs] of what matrices are multiplied with, as far as known.
    With "int4", tables and the matrices called ``sensitive`` are kept at 8 bits.
    """

    def __init__(
        self,
        precision: str,
        weights: WeightFile,
        sizes: Mapping[str, FloatArray],
        sensitive: frozenset[str] = frozenset(),
    ) -> None:
        self._quantized = precision != "fp32"
        self._coarse = precision == "int4"
        self._sensitive = sensitive
        self._sizes = sizes
        self._weights = weights
        self._nodes: list[onnx.NodeProto] = []
        self._initializers: list[onnx.TensorProto] = []

    def _lookup(
        self, name: str, ids: str, table: FloatArray, sizes: FloatArray | None = None
    ) -> str:
        """Rows of ``table`` by number, as 8 bits where the rest is; ``sizes`` as quantising's."""
        if not self._quantized:
            return self._node("Gather", [self._add(name, table), ids], f"{name}.output")
        matrix = quantize_rows(table, sizes)
        data = self._add(f"{name}.packed", matrix.packed.reshape(table.shape))
        scales = self._add(f"{name}.scales", matrix.scales)
        return self._node(
            "GatherBlockQuantized",
            [data, ids, scales],
            f"{name}.output",
            domain=MICROSOFT,
            bits=8,
            block_size=BLOCK,
            gather_axis=0,
            quantize_axis=1,
        )

    def _lookup_backwards(self, name: str, value: str, table: str, output: str) -> None:
        """Multiply by the rows of a table that ``_lookup`` knows, without a second copy of it."""
        if not self._quantized:
            self._node("FusedMatMul", [value, table], output, domain=MICROSOFT, transB=1)
            return
        data = next(each for each in self._initializers if each.name == f"{table}.packed")
        rows, columns = data.dims
        # Same bytes, in the shape that the multiplication wants.
        alias = self._weights.alias(f"{name}.packed", data, (rows, columns // BLOCK, BLOCK))
        self._initializers.append(alias)
        self._matmul_nbits(name, value, columns, rows, f"{table}.scales", output)

    def _linear(
        self,
        name: str,
        value: str,
        weight: FloatArray,
        output: str = "",
        bias: FloatArray | None = None,
    ) -> str:
        """Multiply by ``weight`` [outputs, inputs] and add ``bias`` [outputs]."""
        output = output or f"{name}.output"
        product = output if bias is None else f"{name}.product"
        if not self._quantized:
            matrix = self._add(f"{name}.weight", weight.T)
            self._node("MatMul", [value, matrix], product)
        elif self._coarse and name not in self._sensitive:
            self._four_bits(name, value, weight, product)
        else:
            rows, columns = weight.shape
            quantized = quantize_rows(weight, self._sizes.get(name))
            self._add(f"{name}.packed", quantized.packed)
            scales = self._add(f"{name}.scales", quantized.scales)
            self._matmul_nbits(name, value, columns, rows, scales, product)
        if bias is not None:
            self._node("Add", [product, self._add(f"{name}.bias", bias)], output)
        return output

    def _four_bits(self, name: str, value: str, weight: FloatArray, output: str) -> None:
        rows, columns = weight.shape
        matrix = quantize_to_four_bits(weight)
        self._add(f"{name}.packed", matrix.packed)
        scales = self._add(f"{name}.scales", matrix.scales)
        zeros = self._add(f"{name}.zeros", matrix.zeros)
        self._matmul_nbits(name, value, columns, rows, scales, output, zeros)

    def _matmul_nbits(
        self,
        name: str,
        value: str,
        columns: int,
        rows: int,
        scales: str,
        output: str,
        zeros: str = "",
    ) -> str:
        """Multiply by 8-bit weights, or by 4-bit ones if these have ``zeros``."""
        return self._node(
            "MatMulNBits",
            [value, f"{name}.packed", scales, *([zeros] if zeros else [])],
            output,
            domain=MICROSOFT,
            K=columns,
            N=rows,
            bits=4 if zeros else 8,
            block_size=BLOCK,
            accuracy_level=_INT8_ACCURACY,
        )

    def _add(self, name: str, values: npt.NDArray[Any]) -> str:
        self._initializers.append(self._weights.add(name, np.asarray(values)))
        return name

    def _node(
        self, kind: str, inputs: list[str], output: str, domain: str = "", **attributes: Any
    ) -> str:
        self._nodes.append(
            helper.make_node(
                kind, inputs, [output], name=f"{output}.node", domain=domain, **attributes
            )
        )
        return output
