"""From weights in a file or folder to a complete model directory, or to nothing at all."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import onnx

from engine.errors import EngineError, UnsupportedModel
from engine.export.basis import write_basis
from engine.export.external import WeightFile
from engine.export.gguf import GgufFile
from engine.export.graph import GraphBuilder
from engine.export.huggingface import (
    CONFIG_NAME,
    HuggingFaceFolder,
    is_pickle,
    refuse_pickle,
)
from engine.export.quantize import BLOCK, FloatArray
from engine.export.smoothing import CALIBRATION_TEXT, SmoothedWeights, Smoothing, measure
from engine.export.vocabulary import read_vocabulary
from engine.export.weights import DecoderWeights
from engine.store.distrust import FileEntry, hash_file
from engine.store.manifest import (
    BASIS_NAME,
    GRAPH_NAME,
    TEMPLATE_NAME,
    TOKENIZER_NAME,
    WEIGHTS_NAME,
    Manifest,
    read_manifest,
    write_manifest,
)

PRECISIONS = ("int8", "fp32", "int4")

Progress = Callable[[str, float], None]

_BITS_FOR_INT4 = 16
_PARTIAL = ".partial"
_STALE_AFTER_S = 3600.0


class ExportCancelled(EngineError):
    """The export was cancelled; nothing of it is left."""


def open_source(path: Path) -> GgufFile | HuggingFaceFolder:
    """The weights in ``path``: a GGUF file, or a Hugging Face folder. Raises ``UnsupportedModel``.

    A ``config.json`` or a safetensors file stands for the folder that it lies in.
    """
    if path.name == CONFIG_NAME or path.name.endswith((".safetensors", ".safetensors.index.json")):
        path = path.parent
    if path.is_dir():
        return HuggingFaceFolder(path)
    if is_pickle(path):
        raise refuse_pickle(path.name)
    return GgufFile(path)


def export_model(
    path: Path,
    target: Path,
    *,
    name: str,
    precision: str = "int8",
    licence: str = "",
    origin: str = "",
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    check: Callable[[Path], None] | None = None,
) -> None:
    """Write the model in ``path`` (see ``open_source``) as the model directory ``target``.

    ``licence`` and ``origin`` go into the manifest; by default they are the source's own licence
    entry and its name. ``progress`` gets a stage and a share done from 0 to 1; ``cancelled`` is
    asked between layers. ``check`` gets the finished directory before it takes its place, and may
    raise. An older ``target`` is replaced only by a complete new one.

    Raises:
        UnsupportedModel: the source is damaged or of a kind that is not known.
        ExportCancelled: ``cancelled`` said so.
        OSError: the directory cannot be written.
    """
    if precision not in PRECISIONS:
        raise ValueError(f"unknown precision {precision!r}")

    def report(stage: str, share: float) -> None:
        if cancelled is not None and cancelled():
            raise ExportCancelled("Setting the model up was cancelled. Nothing was changed.")
        if progress is not None:
            progress(stage, share)

    report("reading", 0.0)
    source = open_source(path)
    weights = DecoderWeights(source)
    config = weights.config
    _check_precision(weights, precision, source.label, source.bits())
    with partial_directory(target) as partial:
        report("tokenizer", 0.02)
        vocabulary = read_vocabulary(source, config.vocab)
        if vocabulary.tokenizer.get_vocab_size() > config.vocab:
            raise UnsupportedModel(f"The vocabulary of {source.name} is larger than its embedding.")
        _write_text(partial / TOKENIZER_NAME, vocabulary.tokenizer.to_str())
        names = [TOKENIZER_NAME, GRAPH_NAME, BASIS_NAME]
        if vocabulary.template:
            _write_text(partial / TEMPLATE_NAME, vocabulary.template)
            names.append(TEMPLATE_NAME)
        begin = 0.1
        factors: Mapping[str, FloatArray] = {}
        sizes: Mapping[str, FloatArray] = {}
        if precision == "int8":
            begin = 0.4
            ids = vocabulary.tokenizer.encode(CALIBRATION_TEXT, add_special_tokens=False).ids
            smoothing = _choose_smoothing(
                weights, partial, ids, lambda share: report("measuring", 0.1 + 0.3 * share)
            )
            weights = smoothed = SmoothedWeights(source, smoothing)
            factors, sizes = smoothed.applied(), smoothing.sizes
        graph, entry = _write_weights(
            weights,
            precision,
            sizes,
            partial / WEIGHTS_NAME,
            lambda share: report("weights", begin + (0.95 - begin) * share),
        )
        weights.check_all_used()
        report("finishing", 0.96)
        write_basis(partial, source, factors)
        _write_graph(partial / GRAPH_NAME, graph)
        files: dict[str, FileEntry] = {each: hash_file(partial / each) for each in names}
        files[WEIGHTS_NAME] = entry
        special = vocabulary.special
        manifest = Manifest(
            name=name,
            architecture=weights.family.architecture,
            precision=precision,
            layers=config.layers,
            hidden=config.hidden,
            heads=config.heads,
            kv_heads=config.kv_heads,
            head_dim=config.head_dim,
            ffn=config.ffn,
            vocab=config.vocab,
            context=config.context,
            parameters=source.parameters,
            bos_id=special.bos_id,
            eos_id=special.eos_id,
            add_bos=special.add_bos,
            stop_ids=special.stop_ids,
            # Names of files need not be valid text on Linux.
            source=origin or source.name.encode("utf-8", "replace").decode(),
            licence=licence or vocabulary.licence,
            files=files,
        )
        write_manifest(partial, manifest)
        read_manifest(partial)
        if check is not None:
            report("trying out", 0.98)
            check(partial)
        report("finishing", 0.99)
        put_in_place(partial, target)
    if progress is not None:
        progress("done", 1.0)


def _write_weights(
    weights: DecoderWeights,
    precision: str,
    sizes: Mapping[str, FloatArray],
    path: Path,
    report: Callable[[float], None],
) -> tuple[onnx.ModelProto, FileEntry]:
    """Write the weights; returns the graph that reads them, and the file's size and hash."""
    layers = weights.config.layers
    with WeightFile(path) as weight_file:
        builder = GraphBuilder(weights.config, precision, weight_file, sizes)
        graph = builder.build(weights, lambda done: report(done / layers))
    return graph, weight_file.entry()


def _choose_smoothing(
    weights: DecoderWeights, folder: Path, token_ids: list[int], report: Callable[[float], None]
) -> Smoothing:
    """Measure the activations of the model as it is, in files that are gone afterwards."""
    path = folder / f"plain-{WEIGHTS_NAME}"
    try:
        graph, _ = _write_weights(weights, "int8", {}, path, report)
        return measure(graph, folder / f"plain-{GRAPH_NAME}", token_ids[: weights.config.context])
    finally:
        path.unlink(missing_ok=True)


def _check_precision(weights: DecoderWeights, precision: str, label: str, bits: float) -> None:
    if precision == "fp32":
        return
    config = weights.config
    widths = (config.hidden, config.query_rows, config.ffn)
    if any(width % BLOCK for width in widths):
        raise UnsupportedModel(
            f"{label} has layers that are {widths} wide, which cannot be divided into blocks of "
            f"{BLOCK}. Export it as fp32."
        )
    if precision == "int4" and bits < _BITS_FOR_INT4:
        raise UnsupportedModel(
            f"{label} keeps weights in {bits:g} bits already; rounding them once more, to 4 bits, "
            "would ruin the text. Choose int8, or get the model in float16, bfloat16 or float32."
        )


@contextmanager
def partial_directory(target: Path) -> Iterator[Path]:
    """A new sibling of ``target`` that is removed unless it was moved away."""
    target.parent.mkdir(parents=True, exist_ok=True)
    prefix = f".{target.name}-"
    for stale in target.parent.glob(f"{prefix}*{_PARTIAL}"):
        # Left by a process that was killed; a younger one may belong to an export under way.
        if time.time() - stale.stat().st_mtime > _STALE_AFTER_S:
            shutil.rmtree(stale, ignore_errors=True)
    partial = Path(tempfile.mkdtemp(prefix=prefix, suffix=_PARTIAL, dir=target.parent))
    try:
        yield partial
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def put_in_place(partial: Path, target: Path) -> None:
    """Rename ``partial`` to ``target``; an older ``target`` comes back if that fails."""
    # mkdtemp makes folders that only their owner may read.
    partial.chmod(0o755)
    if not target.exists():
        partial.rename(target)
        return
    aside = partial.with_name(f"{partial.name}-old{_PARTIAL}")
    target.rename(aside)
    try:
        partial.rename(target)
    except OSError:
        aside.rename(target)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def _write_text(path: Path, text: str) -> None:
    _write_bytes(path, text.encode("utf-8"))


def _write_graph(path: Path, graph: onnx.ModelProto) -> None:
    _write_bytes(path, graph.SerializeToString(deterministic=True))


def _write_bytes(path: Path, data: bytes) -> None:
    with path.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
