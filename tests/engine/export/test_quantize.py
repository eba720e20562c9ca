from __future__ import annotations

import numpy as np
import onnx
import onnxruntime as ort
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from onnx import TensorProto, helper, numpy_helper

from engine.export.quantize import BLOCK, QuantizedMatrix, dequantize_rows, quantize_rows
from engine.export.weights import unpermute_rope

finite = st.floats(-1e4, 1e4, width=32)
matrices = st.tuples(st.integers(1, 5), st.integers(1, 4)).flatmap(
    lambda size: hnp.arrays(np.float32, (size[0], size[1] * BLOCK), elements=finite)
)


@given(matrices)
def test_no_weight_is_off_by_more_than_half_a_step_of_its_block(weight: np.ndarray) -> None:
    matrix = quantize_rows(weight)
    step = np.repeat(matrix.scales, BLOCK, axis=1)
    error = np.abs(dequantize_rows(matrix) - weight)
    assert (error <= step * 0.5001 + 1e-27).all()


def test_a_block_of_zeros_stays_zero_and_the_extremes_are_exact() -> None:
    weight = np.zeros((2, 64), np.float32)
    weight[1, 5], weight[1, 40] = -3.0, 7.0
    again = dequantize_rows(quantize_rows(weight))
    np.testing.assert_array_equal(again[0], 0)
    np.testing.assert_allclose(again[1, [5, 40]], [-3.0, 7.0], rtol=1e-6)


def test_weights_on_a_coarse_grid_lose_next_to_nothing() -> None:
    random = np.random.default_rng(5)
    step = random.uniform(0.01, 0.1, (64, 6, 1))
    places = random.integers(0, 16, (64, 6, BLOCK))
    places[:, :, :2] = 0, 15
    weight = (step * (places - random.uniform(6, 9, (64, 6, 1)))).astype(np.float32)
    weight = weight.reshape(64, -1)
    error = np.square(dequantize_rows(quantize_rows(weight)) - weight).mean()
    largest = np.abs(weight.reshape(64, 6, BLOCK)).max(axis=2)
    usual = np.square(largest / 127).mean() / 12
    assert error < usual / 3


@given(matrices, st.integers(0, 2**32 - 1))
def test_what_is_known_of_the_inputs_only_brings_the_products_nearer(
    weight: np.ndarray, seed: int
) -> None:
    sizes = np.random.default_rng(seed).lognormal(0, 2, weight.shape[1]).astype(np.float32)

    def error(matrix: QuantizedMatrix) -> float:
        off = (dequantize_rows(matrix).astype(np.float64) - weight) * sizes
        return float(np.square(off).sum())

    plain = error(quantize_rows(weight))
    assert error(quantize_rows(weight, sizes)) <= plain * (1 + 1e-5) + 1e-30


@pytest.mark.parametrize("bad", [np.zeros((4, 31)), np.zeros(32), np.full((1, 32), np.nan)])
def test_what_cannot_be_quantised_is_refused(bad: np.ndarray) -> None:
    with pytest.raises(ValueError, match=r"cannot quantise|infinite or undefined"):
        quantize_rows(bad.astype(np.float32))


@pytest.mark.parametrize(("accuracy", "tolerance"), [(1, 1e-5), (4, 2e-2)])
def test_the_kernel_reads_the_layout_as_written(accuracy: int, tolerance: float) -> None:
    random = np.random.default_rng(1)
    weight = random.normal(0, 1, (48, 96)).astype(np.float32)
    x = random.normal(0, 1, (1, 5, 96)).astype(np.float32)
    matrix = quantize_rows(weight)
    node = helper.make_node(
        "MatMulNBits",
        ["x", "packed", "scales"],
        ["y"],
        domain="com.microsoft",
        K=96,
        N=48,
        bits=8,
        block_size=BLOCK,
        accuracy_level=accuracy,
    )
    graph = helper.make_graph(
        [node],
        "one",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 5, 96])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, [1, 5, 48])],
        [
            numpy_helper.from_array(matrix.packed, "packed"),
            numpy_helper.from_array(matrix.scales, "scales"),
        ],
    )
    opsets = [helper.make_opsetid("", 20), helper.make_opsetid("com.microsoft", 1)]
    model: onnx.ModelProto = helper.make_model(graph, ir_version=10, opset_imports=opsets)
    session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    expected = x @ dequantize_rows(matrix).T
    error = np.abs(session.run(None, {"x": x})[0] - expected).max()
    assert error <= tolerance * np.abs(expected).max()


def test_unpermuting_undoes_what_the_gguf_converter_does() -> None:
    heads, half, inputs = 3, 4, 5
    rows = np.arange(heads * half * 2 * inputs, dtype=np.float32).reshape(-1, inputs)
    converted = rows.reshape(heads, 2, half, inputs).swapaxes(1, 2).reshape(rows.shape)
    assert not np.array_equal(converted, rows)
    np.testing.assert_array_equal(unpermute_rope(converted, heads), rows)
