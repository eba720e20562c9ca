from __future__ import annotations

import numpy as np
import onnx
import onnxruntime as ort
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from onnx import TensorProto, helper, numpy_helper

from engine.export.four_bits import dequantize_from_four_bits, quantize_to_four_bits
from engine.export.quantize import BLOCK

finite = st.floats(-1e4, 1e4, width=32)
matrices = st.tuples(st.integers(1, 5), st.integers(1, 4)).flatmap(
    lambda size: hnp.arrays(np.float32, (size[0], size[1] * BLOCK), elements=finite)
)


@given(matrices)
def test_a_blocks_error_is_never_more_than_that_of_rounding_its_whole_range(
    weight: np.ndarray,
) -> None:
    error = (dequantize_from_four_bits(quantize_to_four_bits(weight)) - weight) ** 2
    blocks = weight.reshape(len(weight), -1, BLOCK)
    span = np.maximum(blocks.max(axis=2), 0) - np.minimum(blocks.min(axis=2), 0)
    # Half a step for the weight, and half a one for the zero point.
    limit = BLOCK * (span / 15 * 1.001) ** 2 + 1e-20
    assert (error.reshape(blocks.shape).sum(axis=2) <= limit).all()


def test_weights_on_the_steps_come_back_exactly() -> None:
    steps = np.arange(-6, 10, dtype=np.float32)  # sixteen values, zero among them
    weight = np.concatenate([steps, steps]).reshape(1, 32) * np.float32(0.25)
    np.testing.assert_allclose(
        dequantize_from_four_bits(quantize_to_four_bits(weight)), weight, atol=1e-6
    )
    zeros = np.zeros((2, 64), np.float32)
    np.testing.assert_array_equal(dequantize_from_four_bits(quantize_to_four_bits(zeros)), 0)


@pytest.mark.parametrize("columns", [64, 96])
@pytest.mark.parametrize(("accuracy", "tolerance"), [(1, 1e-5), (4, 2e-2)])
def test_the_kernel_reads_the_layout_as_written(
    columns: int, accuracy: int, tolerance: float
) -> None:
    random = np.random.default_rng(1)
    # Off centre, so that zero points matter.
    weight = random.normal(0.3, 1, (48, columns)).astype(np.float32)
    x = random.normal(0, 1, (1, 5, columns)).astype(np.float32)
    matrix = quantize_to_four_bits(weight)
    node = helper.make_node(
        "MatMulNBits",
        ["x", "packed", "scales", "zeros"],
        ["y"],
        domain="com.microsoft",
        K=columns,
        N=48,
        bits=4,
        block_size=BLOCK,
        accuracy_level=accuracy,
    )
    graph = helper.make_graph(
        [node],
        "one",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 5, columns])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, [1, 5, 48])],
        [
            numpy_helper.from_array(matrix.packed, "packed"),
            numpy_helper.from_array(matrix.scales, "scales"),
            numpy_helper.from_array(matrix.zeros, "zeros"),
        ],
    )
    opsets = [helper.make_opsetid("", 20), helper.make_opsetid("com.microsoft", 1)]
    model: onnx.ModelProto = helper.make_model(graph, ir_version=10, opset_imports=opsets)
    session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    expected = x @ dequantize_from_four_bits(matrix).T
    error = np.abs(session.run(None, {"x": x})[0] - expected).max()
    assert error <= tolerance * np.abs(expected).max()
