"""Which device computes: the processor, or a graphics card that ONNX Runtime can drive here.

Nothing here is loaded or registered before a graphics card is asked for. ONNX Runtime falls back to
the processor without a word, for a whole session and for single nodes; so what it really did is
read from the session's own list of which provider runs which node.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import onnxruntime as ort

from engine.errors import DeviceUnusable

CPU = "CPU"
"""The title of the processor."""
_CPU_PROVIDER = "CPUExecutionProvider"
_CUDA, _WEBGPU = "CUDAExecutionProvider", "WebGpuExecutionProvider"
_KNOWN = (
    (_CUDA, "CUDA", "cuda"),
    ("DmlExecutionProvider", "DirectML", "dml"),
    (_WEBGPU, "WebGPU", "webgpu"),
    ("CoreMLExecutionProvider", "Core ML", ""),
)
"""Providers, the best first: ONNX Runtime's name, the title, and its memory ("" the machine's)."""
_PLUGIN = "onnxruntime_ep_webgpu"
_MATRICES = frozenset({"MatMul", "FusedMatMul", "MatMulNBits", "Gemm"})
_ATTENTION = "GroupQueryAttention"


class DeviceWish(StrEnum):
    """What a person asks for: ``AUTO`` takes a graphics card, never one that software imitates."""

    AUTO = "auto"
    CPU = "cpu"
    GPU = "gpu"


@dataclass(frozen=True, slots=True)
class Backend:
    """A way to compute elsewhere than on the processor.

    ``hardware`` is whether a graphics card is known to be behind it. ``ep_devices`` are what a
    plug-in's session is opened on; other providers are opened by name.
    """

    provider: str
    title: str
    memory: str
    hardware: bool
    ep_devices: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class DeviceSession:
    """A session whose matrices ``title`` multiplies; ``memory`` is where its cache has to lie.

    ``longest_pass`` is how many positions it may compute at once, 0 for any number.
    """

    session: ort.InferenceSession
    title: str
    memory: str
    longest_pass: int


def usable(wish: DeviceWish, backends: Sequence[Backend]) -> list[Backend]:
    """The backends that may serve a wish, the best first; without any the processor does."""
    if wish is DeviceWish.CPU:
        return []
    return [each for each in backends if each.hardware or wish is DeviceWish.GPU]


def find_backends() -> list[Backend]:
    """What there is besides the processor, the best first; registers the WebGPU plug-in.

    Raises:
        DeviceUnusable: nothing was found, with the reason.
    """
    reason = _register_plugin()
    available, devices = set(ort.get_available_providers()), _ep_devices()
    found = []
    for provider, title, memory in _KNOWN:
        mine = tuple(each for each in devices if each.ep_name == provider)
        if provider in available or mine:
            gpus = [each for each in mine if each.device.type == ort.OrtHardwareDeviceType.GPU]
            hardware = bool(gpus) or provider == _CUDA
            plugged = (tuple(gpus) or mine)[:1] if provider == _WEBGPU else ()
            found.append(Backend(provider, title, memory, hardware, plugged))
    if not found:
        raise DeviceUnusable(reason or "ONNX Runtime found none that it can drive")
    return found


def open_on_device(
    graph: Path,
    kv_heads: int,
    head_dim: int,
    new_options: Callable[[], ort.SessionOptions],
    wish: DeviceWish,
) -> DeviceSession | None:
    """A session on the device wished for; None where that is the processor.

    Raises:
        DeviceUnusable: there is none, it failed, left layers to the processor, or computes wrongly.
    """
    if wish is DeviceWish.CPU:
        return None
    try:
        backends = find_backends()
    except DeviceUnusable:
        if wish is DeviceWish.AUTO:
            return None
        raise
    refusal = None
    for backend in usable(wish, backends):
        try:
            return _open_checked(graph, kv_heads, head_dim, new_options, backend)
        except DeviceUnusable as error:
            refusal = refusal or error
    if refusal is not None:
        raise refusal
    return None


def _open_checked(
    graph: Path,
    kv_heads: int,
    head_dim: int,
    new_options: Callable[[], ort.SessionOptions],
    backend: Backend,
) -> DeviceSession:
    if not hasattr(ort.InferenceSession, "get_provider_graph_assignment_info"):
        raise DeviceUnusable(f"ONNX Runtime {ort.__version__} does not tell what it would do")
    session = _open(str(graph), new_options(), backend)
    if not attention_on_device(backend, assigned(session)):
        return DeviceSession(session, backend.title, "", 0)
    from engine.runtime.attention_check import right_pass  # it takes a while to import onnx

    def open_small(model: bytes) -> ort.InferenceSession:
        return _open(model, new_options(), backend)

    longest = right_pass(graph, kv_heads, head_dim, backend.memory, open_small)
    return DeviceSession(session, backend.title, backend.memory, longest)


def _open(
    model: str | bytes, options: ort.SessionOptions, backend: Backend
) -> ort.InferenceSession:
    options.add_session_config_entry("session.record_ep_graph_assignment_info", "1")
    providers = None
    if backend.ep_devices:
        options.add_provider_for_devices(list(backend.ep_devices), {})
    else:
        providers = [backend.provider, _CPU_PROVIDER]
    try:
        return ort.InferenceSession(model, options, providers=providers)
    # ONNX Runtime's errors have no common base but Exception.
    except Exception as error:
        raise DeviceUnusable(f"{backend.title} cannot open the model: {error}") from error


def assigned(session: ort.InferenceSession) -> list[tuple[str, str]]:
    """Every node of a session that records it: its kind and the provider that runs it."""
    return [
        (node.op_type, part.ep_name)
        for part in session.get_provider_graph_assignment_info()
        for node in part.get_nodes()
    ]


def attention_on_device(backend: Backend, nodes: Sequence[tuple[str, str]]) -> bool:
    """Whether attention, and so its cache, is the backend's; ``nodes`` as ``assigned`` gives them.

    Raises:
        DeviceUnusable: it does not multiply all the matrices but one (WebGPU lacks ``FusedMatMul``,
            the head of a model in fp32 that shares its embedding), or runs only some attention.
    """
    matrices = [provider for kind, provider in nodes if kind in _MATRICES]
    attention = {provider for kind, provider in nodes if kind == _ATTENTION}
    left = len(matrices) - matrices.count(backend.provider)
    if left == len(matrices) or left > 1 or len(attention) > 1:
        raise DeviceUnusable(f"{backend.title} cannot run all the parts of this model")
    return attention == {backend.provider}


def _register_plugin() -> str:
    """Make ONNX Runtime know the WebGPU plug-in; returns why it is of no use, "" if it is."""
    if find_spec(_PLUGIN) is None:
        return "the package inkling[gpu] is not installed"
    if any(each.ep_name == _WEBGPU for each in _ep_devices()):
        return ""
    try:
        path = import_module(_PLUGIN).get_library_path()
        ort.register_execution_provider_library(_PLUGIN, path)
    except Exception as error:  # noqa: BLE001 - as above: no common base class
        return f"the WebGPU plug-in cannot be loaded: {error}"
    if any(each.ep_name == _WEBGPU for each in _ep_devices()):
        return ""
    # It registers without a word where there is no device; so that a later wish may try again:
    ort.unregister_execution_provider_library(_PLUGIN)
    return "WebGPU found no graphics card, or no driver for it"


def _ep_devices() -> Sequence[Any]:
    listed: Sequence[Any] = ort.get_ep_devices() if hasattr(ort, "get_ep_devices") else ()
    return listed
