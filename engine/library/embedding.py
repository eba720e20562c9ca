"""Sentence embeddings by a MiniLM model that the person imports, run by ONNX Runtime.

Such a model (all-MiniLM-L6-v2; Reimers & Gurevych 2019) reads a text and gives a vector for each
token; their mean, scaled to length 1, stands for what the text means. It is for English.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime as ort
from tokenizers import Tokenizer

from engine.errors import EngineError, ModelDamaged

_GRAPH, _TOKENIZER = "model.onnx", "tokenizer.json"
ABOUT_NAME = "embedder.json"
"""Written last: a folder with it holds a model that was tried."""
_PLACES = ("", "onnx")
_NAMES = ("model_quantized.onnx", "model_qint8.onnx", "model_int8.onnx", _GRAPH)
_INPUTS = frozenset({"input_ids", "attention_mask", "token_type_ids"})
_MOST_TOKENS = 256
_MOST_BYTES = 1 << 30
_BATCH = 16
Vector = npt.NDArray[np.float32]
"""Unit vectors, float32 ``[texts, dimensions]``."""


class Embedder:
    """Texts to vectors. May be used from several threads.

    ``fingerprint`` is the SHA-256 of graph and tokenizer: vectors of different ones cannot be
    compared. Raises ``ModelDamaged`` for a folder that holds no such model.
    """

    def __init__(self, folder: Path, *, threads: int = 1) -> None:
        try:
            graph, words = (folder / _GRAPH).read_bytes(), (folder / _TOKENIZER).read_bytes()
            self._tokenizer = Tokenizer.from_buffer(words)
            options = ort.SessionOptions()
            options.intra_op_num_threads = threads
            options.log_severity_level = 4
            self._session = ort.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
            names = {each.name for each in self._session.get_inputs()}
            if not {"input_ids", "attention_mask"} <= names <= _INPUTS:
                raise ValueError("the graph does not read token ids and their mask")
            self._tokenizer.enable_truncation(_MOST_TOKENS)
            self._tokenizer.no_padding()
            self._names = names
            self.fingerprint = hashlib.sha256(graph + words).hexdigest()
            self.dimensions = int(self.embed(["a"]).shape[1])
        except Exception as error:
            raise ModelDamaged(folder, str(error) or type(error).__name__) from error

    def embed(self, texts: Sequence[str]) -> Vector:
        """A unit vector for each text, whose tokens beyond 256 are left out (blocking).

        Raises ``ModelDamaged`` where the graph gives something else.
        """
        order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
        found: dict[int, Vector] = {}
        for first in range(0, len(order), _BATCH):
            batch = order[first : first + _BATCH]  # of like lengths, so that little is padding
            found |= zip(batch, self._run([texts[at] for at in batch]), strict=True)
        return np.stack([found[at] for at in range(len(texts))])

    def _run(self, texts: Sequence[str]) -> Vector:
        encoded = [each.ids for each in self._tokenizer.encode_batch(list(texts))]
        longest = max(1, *map(len, encoded))
        ids = np.zeros((len(texts), longest), np.int64)
        mask = np.zeros_like(ids)
        for row, tokens in enumerate(encoded):
            ids[row, : len(tokens)] = tokens
            mask[row, : len(tokens)] = 1
        given = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        (states, *_) = self._session.run(None, {name: given[name] for name in self._names})
        if states.ndim != 3 or states.shape[:2] != ids.shape:
            raise ValueError("the graph does not give a vector for each token")
        weights = mask[..., None].astype(np.float32)
        sums = (states.astype(np.float32) * weights).sum(axis=1)
        mean = sums / np.maximum(weights.sum(axis=1), 1)
        lengths = np.linalg.norm(mean, axis=1, keepdims=True)
        unit: Vector = (mean / np.maximum(lengths, 1e-9)).astype(np.float32)
        return unit


def import_embedder(source: Path, target: Path) -> Embedder:
    """Copy the model in the folder ``source`` to ``target``, replacing one that is there.

    ``source`` holds ``tokenizer.json`` and ``model.onnx`` (or an 8-bit ``model_quantized.onnx``),
    beside each other or the graph in a folder ``onnx``, as such models are published. It is tried
    before anything is replaced. Raises ``EngineError``.
    """
    graph = next(
        (path for name in _NAMES for place in _PLACES if (path := source / place / name).is_file()),
        None,
    )
    tokenizer = source / _TOKENIZER
    if graph is None or not tokenizer.is_file():
        raise EngineError(
            f"There is no embedding model in {source}: it needs the files {_GRAPH} and "
            f"{_TOKENIZER}. Nothing was changed. Choose the folder that holds both."
        )
    try:
        if graph.stat().st_size > _MOST_BYTES:
            raise EngineError(f"The file {graph} is too large for an embedding model.")
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".embedder-") as made:
            fresh = Path(made, "new")
            fresh.mkdir()
            shutil.copyfile(graph, fresh / _GRAPH)
            shutil.copyfile(tokenizer, fresh / _TOKENIZER)
            embedder = Embedder(fresh)
            about = {"fingerprint": embedder.fingerprint, "dimensions": embedder.dimensions}
            (fresh / ABOUT_NAME).write_text(json.dumps({**about, "from": source.name}), "utf-8")
            if target.exists():
                os.replace(target, Path(made, "old"))
            os.replace(fresh, target)
    except OSError as error:
        raise EngineError(
            f"The embedding model could not be copied: {error.strerror or error}. "
            "See that there is room on the disk, and try again."
        ) from error
    return embedder


def find_embedder(folder: Path) -> Embedder | None:
    """The imported model in ``folder``, None without one. Raises ``ModelDamaged``."""
    return Embedder(folder) if (folder / ABOUT_NAME).is_file() else None
