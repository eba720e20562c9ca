"""A device that computes attention wrongly is found out, and used as far as it is right."""

from __future__ import annotations

from pathlib import Path

import onnx
import onnxruntime as ort
import pytest

from engine import DeviceUnusable
from engine.runtime.attention_check import right_pass
from engine.store.manifest import read_manifest


def _right_pass(directory: Path, **changes: float) -> int:
    """The check on a device that computes with other attributes than it was given."""

    def open_changed(model: bytes) -> ort.InferenceSession:
        changed = onnx.load_from_string(model)
        for attribute in changed.graph.node[0].attribute:
            if attribute.name in changes:
                value = changes[attribute.name]
                attribute.CopyFrom(onnx.helper.make_attribute(attribute.name, value))
        return ort.InferenceSession(changed.SerializeToString(), providers=["CPUExecutionProvider"])

    manifest = read_manifest(directory)
    graph = directory / "model.onnx"
    return right_pass(graph, manifest.kv_heads, manifest.head_dim, "", open_changed)


def test_passes_are_as_long_as_the_device_gets_them_right(tiny_model):
    assert _right_pass(tiny_model) == 0
    assert _right_pass(tiny_model, local_window_size=24) == 16


def test_a_device_that_is_always_wrong_is_refused(tiny_model):
    with pytest.raises(DeviceUnusable, match="wrongly"):
        _right_pass(tiny_model, scale=2.0)
