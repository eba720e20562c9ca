"""Keys and values in 8 bits, for decoding a token or a few at a time after a long context.

A step reads all keys and values there are, so that beyond some length it waits for memory more than
it computes. In 8 bits they are a quarter as much to read. ONNX Runtime's kernel for them is slower
at many tokens at once, so the prompt is read in float32 and then quantised, once.

The scales come from the very keys and values that are quantised, and are inputs of the graph: there
is nothing to calibrate in advance. One channel has one scale. A key's channels are turned in pairs,
by an angle that grows with its position (RoPE; Su et al. 2021), slowly in some: what such a channel
has held so far says little of what it will hold. The length of the pair stays, and bounds both.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime as ort

from engine.cancel import CancelToken
from engine.runtime.kv_cache import KVCache, KVShape, bind_buffers
from engine.runtime.session import DecoderSession, session_options

Array = npt.NDArray[np.float32]

_BITS = 8
_LARGEST = 127
_KEY_MARGIN, _VALUE_MARGIN = 1.2, 1.4
"""Room for what is still to come; beyond it values are clipped."""
_SCALE_INPUTS = 12
"""The place of ``k_scale`` among the inputs of GroupQueryAttention; ``v_scale`` follows."""


class QuantisedUnusable(Exception):
    """ONNX Runtime cannot open the model with a cache of 8 bits."""


class QuantisedSession:
    """A second session on the weights of ``session``, whose cache is of 8 bits.

    It takes as much memory as the first one, since each has the weights in the kernels' order.

    Raises:
        QuantisedUnusable: ONNX Runtime has no such kernels, or no memory for them.
    """

    def __init__(self, model_dir: Path, session: DecoderSession) -> None:
        self._plain = session
        options = session_options(session.threads)
        folder = "session.model_external_initializers_file_folder_path"
        options.add_session_config_entry(folder, str(model_dir))
        graph = quantised_graph(model_dir / "model.onnx")
        try:
            self._graph = ort.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
        # ONNX Runtime's errors have no common base but Exception.
        except Exception as error:
            raise QuantisedUnusable(str(error)) from error

    def copy_of(self, cache: KVCache, capacity: int) -> QuantisedCopy:
        """What ``cache`` holds, in 8 bits, with room for ``capacity`` positions in all."""
        return QuantisedCopy(self._graph.io_binding, self._plain.shape, cache, capacity)

    def forward(
        self,
        copy: QuantisedCopy,
        start: int,
        token_ids: list[int],
        num_logits: int,
        cancel: CancelToken,
    ) -> Array:
        """Run ``token_ids`` at position ``start``, after what the copy holds before it.

        Returns and raises as ``DecoderSession.forward``.
        """
        logits = np.empty((1, num_logits, self._plain.vocab_size), dtype=np.float32)
        total = start + len(token_ids)
        self._plain.run_pass(copy.binding, [token_ids], total, logits, cancel, self._graph)
        result: Array = logits[0]
        return result


class QuantisedCopy:
    """A cache's content in int8, ``[1, heads, capacity, head_dim]`` for each layer's two parts."""

    def __init__(
        self, new_binding: Callable[[], Any], shape: KVShape, source: KVCache, capacity: int
    ) -> None:
        self.binding = new_binding()
        self._buffers = bind_buffers(self.binding, shape, 1, capacity, dtype=np.int8)
        # The binding points to them.
        self._scales: list[Array] = []
        length = len(source.tokens)
        for place, (mine, theirs) in enumerate(zip(self._buffers, source.buffers, strict=True)):
            layer, is_value = divmod(place, 2)
            held = theirs[:, :, :length]
            scales = value_scales(held) if is_value else key_scales(held)
            rounded = np.rint(held / scales)
            mine[:, :, :length] = np.clip(rounded, -_LARGEST, _LARGEST, out=rounded)
            self._scales.append(scales)
            self.binding.bind_cpu_input(_scale_name("value" if is_value else "key", layer), scales)


def key_scales(keys: Array) -> Array:
    """Scales ``[1, heads, 1, head_dim]`` for keys ``[1, heads, length, head_dim]``.

    Channel ``i`` is turned with channel ``i + head_dim / 2``; both have the same scale.
    """
    half = keys.shape[-1] // 2
    lengths = np.hypot(keys[..., :half], keys[..., half:]).max(axis=2, keepdims=True)
    return _scales(np.concatenate([lengths, lengths], axis=-1) * _KEY_MARGIN)


def value_scales(values: Array) -> Array:
    """Scales ``[1, heads, 1, head_dim]`` for values ``[1, heads, length, head_dim]``."""
    return _scales(np.abs(values).max(axis=2, keepdims=True) * _VALUE_MARGIN)


def _scales(largest: npt.NDArray[Any]) -> Array:
    # A channel may be zero throughout.
    scales = np.maximum(largest / _LARGEST, np.finfo(np.float32).tiny)
    return scales.astype(np.float32)


def quantised_graph(graph: Path) -> bytes:
    """The model in ``graph``, with caches of 8 bits and their scales as further inputs."""
    import onnx  # it takes a while, and few need it
    from onnx import TensorProto, helper

    model = onnx.load(graph, load_external_data=False)
    for value in (*model.graph.input, *model.graph.output):
        if value.name.startswith(("past_", "present_")):
            value.type.tensor_type.elem_type = TensorProto.INT8
    nodes = [each for each in model.graph.node if each.op_type == "GroupQueryAttention"]
    for node in nodes:
        # Named after the cache and not by counting: "past_key_7".
        layer = int(node.input[3].rpartition("_")[2])
        node.input.extend([""] * (_SCALE_INPUTS - len(node.input)))
        for part in ("key", "value"):
            name = _scale_name(part, layer)
            node.input.append(name)
            shape = (1, _attribute(node, "kv_num_heads"), 1, "head_dim")
            model.graph.input.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, shape))
        attributes = {
            "k_quant_type": "PER_CHANNEL",
            "v_quant_type": "PER_CHANNEL",
            "kv_cache_bit_width": _BITS,
        }
        node.attribute.extend(helper.make_attribute(*each) for each in attributes.items())
    serialized: bytes = model.SerializeToString()
    return serialized


def _attribute(node: Any, name: str) -> int:
    return next(int(each.i) for each in node.attribute if each.name == name)


def _scale_name(part: str, layer: int) -> str:
    return f"{part}_scale_{layer}"
