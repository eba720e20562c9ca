"""``python -m benchmarks.adapters --model FOLDER``: two ways to switch an adapter on, measured.

"inputs" is ONNX Runtime's own way: one graph whose low-rank matrices are inputs that are empty by
default. (``RunOptions.add_active_adapter`` fills them in ``run``, but not in what decoding needs
for its cache, ``run_with_iobinding``; so they are bound.) "merged" is a second package made here,
in a session of its own beside the first. A random adapter of rank 16 on all matrices of all layers
is used. Speeds are the best of several turns in one process, of processor time, so that other
programs disturb them little; loading and memory are of a process each.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime as ort
from onnx import TensorProto, helper, numpy_helper

from benchmarks.random_adapter import write_random_adapter
from engine.cancel import CancelToken
from engine.export.basis import read_basis
from engine.export.merge import AdapterFile, merge_adapter
from engine.runtime.kv_cache import KVShape
from engine.runtime.session import DecoderSession
from engine.store.adapters import read_adapter
from engine.store.manifest import GRAPH_NAME, read_manifest

_WAYS = ("plain", "inputs, idle", "inputs, active", "merged")
_PREFILL, _DECODE, _STEPS = 512, (128, 1024), 24
_Bound = dict[str, Any]


def main(arguments: Sequence[str]) -> int:
    """Do what the command line says and return the exit code."""
    parser = argparse.ArgumentParser(prog="benchmarks.adapters", description=__doc__)
    parser.add_argument("--model", type=Path, required=True, help="folder of the exported model")
    parser.add_argument("--turns", type=int, default=7, help="turns of each way (7)")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--way", choices=_WAYS, help=argparse.SUPPRESS)
    parser.add_argument("--work", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.way:
        print(json.dumps(_loading(options.way, options.model, options.work)))
        return 0
    with tempfile.TemporaryDirectory(prefix="inkling-adapters-") as spare:
        work = Path(spare)
        write_random_adapter(work / "random", read_manifest(options.model))
        started, busy = time.perf_counter(), time.process_time()
        merge_adapter(options.model, read_adapter(work / "random"), work / "merged")
        merging = {
            "seconds": round(time.perf_counter() - started, 2),
            "processor_seconds": round(time.process_time() - busy, 2),
        }
        _write_graph_with_inputs(options.model, work / "inputs")
        rows = _speeds(options.model, work, options.turns)
        for way in _WAYS:
            command = [sys.executable, "-m", "benchmarks.adapters", "--way", way]
            command += ["--work", str(work), "--model", str(options.model)]
            # This program's own module, with values that are arguments and never a shell's.
            done = subprocess.run(  # noqa: S603
                command, capture_output=True, text=True, check=True
            )
            rows[way] |= json.loads(done.stdout)
    if options.json:
        print(json.dumps({"merging": merging, "ways": rows}, indent=1))
        return 0
    print(" " * 26 + "".join(f"{way:>16}" for way in _WAYS))
    for key in rows["plain"]:
        print(f"{key:26}" + "".join(f"{rows[way][key]:>16.1f}" for way in _WAYS))
    print(f"merging: {merging['seconds']} s, {merging['processor_seconds']} s of processor time")
    return 0


def _speeds(model: Path, work: Path, turns: int) -> dict[str, dict[str, float]]:
    """Tokens a second of processor time, on one thread."""
    sessions = {way: _open(way, model, work) for way in _WAYS if way != "inputs, active"}
    sessions["inputs, active"] = sessions["inputs, idle"]
    bound = {way: _inputs(model, work / "random") if "active" in way else {} for way in _WAYS}
    found: dict[str, dict[str, list[float]]] = {way: {} for way in _WAYS}
    order = random.Random(0)
    for _ in range(turns):
        for way in order.sample(_WAYS, len(_WAYS)):
            for key, value in _turn(sessions[way], bound[way]):
                found[way].setdefault(key, []).append(value)
    return {way: {key: max(values) for key, values in each.items()} for way, each in found.items()}


def _turn(session: DecoderSession, bound: _Bound) -> Iterator[tuple[str, float]]:
    cancel, ids = CancelToken(), list(range(1000, 1000 + max(_DECODE)))
    for length in (_PREFILL, *_DECODE):
        cache = session.new_cache()
        cache.reserve(length + 2 * _STEPS)
        for name, value in bound.items():
            cache.binding.bind_ortvalue_input(name, value)
        started = time.process_time()
        if length == _PREFILL:
            session.forward(cache, ids[:length], 1, cancel)
            yield f"prefill {length}, tokens/s", length / (time.process_time() - started)
            continue
        cache.append(ids[:length], settled=True)  # zeros take as long as anything else
        session.forward(cache, ids[:1], 1, cancel)
        started = time.process_time()
        for token in ids[:_STEPS]:
            session.forward(cache, [token], 1, cancel)
        seconds = time.process_time() - started
        yield f"decode at {length}, tokens/s", _STEPS / seconds


def _open(way: str, model: Path, work: Path) -> DecoderSession:
    manifest = read_manifest(model)
    shape = KVShape(manifest.layers, manifest.kv_heads, manifest.head_dim, manifest.context)
    places = {"merged": work / "merged", "plain": model}
    return DecoderSession(places.get(way, work / "inputs"), shape, manifest.vocab, threads=1)


def _loading(way: str, model: Path, work: Path) -> dict[str, float]:
    """Milliseconds of processor time and MB of a process that switches the adapter on."""
    started = time.process_time()
    sessions = [_open("plain" if way == "merged" else way, model, work)]
    loaded = time.process_time()
    bound: _Bound = {}
    if way == "merged":
        sessions.append(_open(way, model, work))
    elif "active" in way:
        bound = _inputs(model, work / "random")
    switched = time.process_time()
    for session in sessions:
        cache = session.new_cache()
        cache.reserve(1100)
        for name, value in bound.items():
            cache.binding.bind_ortvalue_input(name, value)
        session.forward(cache, list(range(1000, 2024)), 1, CancelToken())
    return {
        "loading, ms": (loaded - started) * 1000,
        "switching on, ms": (switched - loaded) * 1000,
        "own memory, MB": _anonymous() / 1e6,
    }


def _anonymous() -> int:
    """Bytes of memory that is no file's, 0 where the system does not tell."""
    try:
        lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("RssAnon"))


def _inputs(model: Path, folder: Path) -> dict[str, Any]:
    """The adapter's matrices as the inputs of the graph want them."""
    manifest, factors = read_manifest(model), read_basis(model).factors
    adapter = AdapterFile(read_adapter(folder), manifest)
    values: dict[str, Any] = {}
    for index in range(manifest.layers):
        for name, down, up in adapter.pairs(index, factors):
            for part, matrix in (("down", down.T), ("up", up.T)):
                array = np.ascontiguousarray(matrix, np.float32)
                values[f"{name}.{part}"] = ort.OrtValue.ortvalue_from_numpy(array)
    return values


def _write_graph_with_inputs(model: Path, folder: Path) -> None:
    """The graph of ``model`` with low-rank matrices as inputs of rank 0 by default."""
    folder.mkdir()
    (folder / "model.weights").hardlink_to((model / "model.weights").resolve())
    whole = onnx.load(str(model / GRAPH_NAME), load_external_data=False)
    graph, nodes = whole.graph, []
    for node in graph.node:
        nodes.append(node)
        name = node.input[1].removesuffix(".packed") if len(node.input) > 1 else ""
        if node.op_type != "MatMulNBits" or not name.startswith("layer."):
            continue
        sizes = {each.name: each.i for each in node.attribute}
        output = node.output[0]
        node.output[0] = f"{name}.base"
        nodes += [
            helper.make_node("MatMul", [node.input[0], f"{name}.down"], [f"{name}.thin"]),
            helper.make_node("MatMul", [f"{name}.thin", f"{name}.up"], [f"{name}.wide"]),
            helper.make_node("Add", [f"{name}.base", f"{name}.wide"], [output]),
        ]
        for part, shape in (("down", [sizes["K"], 0]), ("up", [0, sizes["N"]])):
            named = [each or f"{name}.rank" for each in shape]
            value = helper.make_tensor_value_info(f"{name}.{part}", TensorProto.FLOAT, named)
            graph.input.append(value)
            empty = numpy_helper.from_array(np.zeros(shape, np.float32), f"{name}.{part}")
            graph.initializer.append(empty)
    del graph.node[:]
    graph.node.extend(nodes)
    (folder / GRAPH_NAME).write_bytes(whole.SerializeToString())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
