"""Whether a device computes attention right, measured on the device itself.

The WebGPU provider has a kernel for passes of 32 positions or more that relies on how many threads
of a card work in step; where these are four (SwiftShader), all rows after the fourth are wrong, in
silence. So a device is asked for one attention of the model's shape, and held to the processor's.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
import onnxruntime as ort
from onnx import TensorProto, helper

from engine.errors import DeviceUnusable
from engine.runtime.device_buffer import DeviceBuffer

Array = npt.NDArray[np.float32]

LONG, SHORT = 48, 16
"""Positions in a pass of either kernel."""
_LENGTH = 64
_TOLERANCE = 1e-3


def right_pass(
    graph: Path,
    kv_heads: int,
    head_dim: int,
    memory: str,
    open_on_device: Callable[[bytes], ort.InferenceSession],
) -> int:
    """How many positions a pass may have for attention to be right; 0 for any number.

    ``open_on_device`` opens a serialized model there; the cache is to lie in ``memory``.

    Raises:
        DeviceUnusable: even short passes are wrong.
    """
    model = _attention(graph, kv_heads, head_dim)
    here = ort.InferenceSession(model, providers=["CPUExecutionProvider"])
    there = open_on_device(model)
    for positions, longest in ((LONG, 0), (SHORT, SHORT)):
        mine = _attend(here, "", positions)
        try:
            theirs = _attend(there, memory, positions)
        # ONNX Runtime's errors have no common base but Exception.
        except Exception as error:
            raise DeviceUnusable(f"it cannot compute attention: {error}") from error
        if all(np.abs(a - b).max() < _TOLERANCE for a, b in zip(mine, theirs, strict=True)):
            return longest
    raise DeviceUnusable("it computes attention wrongly")


def _attend(session: ort.InferenceSession, memory: str, positions: int) -> list[Array]:
    """What a pass of so many positions, one of one and one of two after it attend to.

    Keys and values are written in place, as in a cache.
    """
    width, cache = (item.shape for item in session.get_inputs()[:2])
    qkv = np.random.default_rng(5).normal(size=(1, _LENGTH, width[2])).astype(np.float32)
    binding = session.io_binding()
    kept = [np.zeros(cache, np.float32) for _ in range(2)]
    for part, zeros in zip(("key", "value"), kept, strict=True):
        here = ort.OrtValue.ortvalue_from_numpy(zeros)
        value = DeviceBuffer(tuple(cache), memory).value if memory else here
        binding.bind_ortvalue_input(f"past_{part}", value)
        binding.bind_ortvalue_output(part, value)
    results: list[Array] = []
    start = 0
    for end in (positions, positions + 1, positions + 3):
        attended = np.empty((1, end - start, width[2] - 2 * cache[1] * cache[3]), np.float32)
        binding.bind_cpu_input("qkv", np.ascontiguousarray(qkv[:, start:end]))
        binding.bind_cpu_input("seqlens_k", np.array([end - 1], np.int32))
        binding.bind_cpu_input("total", np.array(end, np.int32))
        output = ort.OrtValue.ortvalue_from_numpy(attended)
        binding.bind_ortvalue_output("attended", output)
        session.run_with_iobinding(binding)
        results.append(attended)
        start = end
    return results


def _attention(graph: Path, kv_heads: int, head_dim: int) -> bytes:
    """A model of nothing but one attention as ``graph`` has it."""
    nodes = onnx.load(graph, load_external_data=False).graph.node
    node = next(each for each in nodes if each.op_type == "GroupQueryAttention")
    attributes = {each.name: helper.get_attribute_value(each) for each in node.attribute}
    width = (attributes["num_heads"] + 2 * kv_heads) * head_dim
    cache = [1, kv_heads, _LENGTH, head_dim]
    angles = np.outer(np.arange(_LENGTH), 0.1 ** np.arange(head_dim // 2))
    value, real, whole = helper.make_tensor_value_info, TensorProto.FLOAT, TensorProto.INT32
    names = ["qkv", "", "", "past_key", "past_value", "seqlens_k", "total", "cos", "sin"]
    made = helper.make_graph(
        [
            helper.make_node(
                "GroupQueryAttention",
                names,
                ["attended", "key", "value"],
                domain=node.domain,
                **(attributes | {"do_rotary": 1}),
            )
        ],
        "attention",
        [
            value("qkv", real, [1, "positions", width]),
            value("past_key", real, cache),
            value("past_value", real, cache),
            value("seqlens_k", whole, [1]),
            value("total", whole, []),
        ],
        [value(name, real, None) for name in ("attended", "key", "value")],
        [
            helper.make_tensor(name, real, angles.shape, table.astype(np.float32).ravel())
            for name, table in (("cos", np.cos(angles)), ("sin", np.sin(angles)))
        ],
    )
    opsets = [helper.make_opsetid("", 20), helper.make_opsetid(node.domain, 1)]
    model = helper.make_model(made, opset_imports=opsets, ir_version=10)
    serialized: bytes = model.SerializeToString()
    return serialized
