"""``model.json``: what a model directory holds, read with distrust.

A model directory may have been copied, cut short or tampered with, so nothing in it is believed
before it is checked: the manifest's size, types and ranges, the names of its files (plain names of
regular files inside the directory, never links), their sizes and, on request, their SHA-256.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from types import MappingProxyType
from typing import Any

from engine.api import PrecisionLoss
from engine.errors import ModelDamaged
from engine.store.distrust import (
    FileEntry,
    Refused,
    check_size,
    file_entries,
    hash_file,
    integer,
    read_object,
    real,
    text,
)

FORMAT_VERSION = 1
MANIFEST_NAME = "model.json"
GRAPH_NAME = "model.onnx"
WEIGHTS_NAME = "model.weights"
TOKENIZER_NAME = "tokenizer.json"
TEMPLATE_NAME = "chat_template.jinja"
BASIS_NAME = "basis.safetensors"
REQUIRED_FILES = frozenset({GRAPH_NAME, WEIGHTS_NAME, TOKENIZER_NAME})

_PRECISIONS = frozenset({"fp32", "int4", "int8"})

# Upper ends far above any model that fits a desktop and far below what could overflow a buffer.
_LIMITS: Mapping[str, int] = MappingProxyType(
    {
        "layers": 512,
        "hidden": 65_536,
        "heads": 512,
        "kv_heads": 512,
        "head_dim": 1024,
        "ffn": 1 << 20,
        "vocab": 1 << 21,
        "context": 1 << 21,
        "parameters": 1 << 40,
    }
)


@dataclass(frozen=True, slots=True)
class Manifest:
    """Everything the engine must know of a model before it opens its graph.

    ``bos_id`` is the start token, put before a text only where ``add_bos``; ``stop_ids`` end a
    generation. ``files`` maps plain file names to their sizes and hashes. ``loss`` is there where
    it was measured when the model was made.
    """

    name: str
    architecture: str
    precision: str
    layers: int
    hidden: int
    heads: int
    kv_heads: int
    head_dim: int
    ffn: int
    vocab: int
    context: int
    parameters: int
    bos_id: int | None
    eos_id: int | None
    add_bos: bool
    stop_ids: tuple[int, ...]
    source: str
    licence: str
    files: Mapping[str, FileEntry]
    format_version: int = FORMAT_VERSION
    loss: PrecisionLoss | None = None

    @property
    def size_bytes(self) -> int:
        """Bytes on disk of all files named here."""
        return sum(entry.size for entry in self.files.values())

    @property
    def sha256(self) -> str:
        """One hash of the names and hashes of all files named here."""
        listed = "".join(f"{name} {entry.sha256}\n" for name, entry in sorted(self.files.items()))
        return hashlib.sha256(listed.encode()).hexdigest()

    @property
    def has_chat_template(self) -> bool:
        """Whether the model came with a chat template."""
        return TEMPLATE_NAME in self.files


def write_manifest(directory: Path, manifest: Manifest) -> None:
    """Write ``model.json`` into ``directory`` and flush it to the disk."""
    plain = {field.name: getattr(manifest, field.name) for field in fields(manifest)} | {
        "stop_ids": list(manifest.stop_ids),
        "files": {name: asdict(entry) for name, entry in sorted(manifest.files.items())},
        "loss": asdict(manifest.loss) if manifest.loss else None,
    }
    written = json.dumps(plain, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    with (directory / MANIFEST_NAME).open("w", encoding="utf-8", newline="\n") as stream:
        stream.write(written)
        stream.flush()
        os.fsync(stream.fileno())


def read_manifest(directory: Path) -> Manifest:
    """Read and check the manifest of ``directory``. Raises ``ModelDamaged``."""
    try:
        data = read_object(directory / MANIFEST_NAME)
    except Refused as refused:
        raise ModelDamaged(directory, str(refused)) from refused
    try:
        return _parse(data)
    except Refused as refused:
        raise ModelDamaged(directory, f"in {MANIFEST_NAME}, {refused}") from refused


def check_files(directory: Path, manifest: Manifest) -> None:
    """Check that every file is a plain file of the right size; quick enough for each start.

    Raises ``ModelDamaged``.
    """
    for name, entry in manifest.files.items():
        try:
            check_size(directory / name, entry)
        except Refused as refused:
            raise ModelDamaged(directory, str(refused)) from refused


def verify_files(
    directory: Path, manifest: Manifest, progress: Callable[[float], None] | None = None
) -> None:
    """Check sizes and the SHA-256 of every file, reading all of it. Raises ``ModelDamaged``.

    ``progress`` gets the share of the bytes read so far.
    """
    check_files(directory, manifest)
    done, total = 0, max(1, manifest.size_bytes)

    def count(size: int) -> None:
        nonlocal done
        done += size
        if progress is not None:
            progress(min(1.0, done / total))

    for name, entry in manifest.files.items():
        try:
            found = hash_file(directory / name, count)
        except OSError as error:
            raise ModelDamaged(directory, f"{name} cannot be read") from error
        if found.sha256 != entry.sha256:
            raise ModelDamaged(directory, f"the contents of {name} have changed")


def _parse(data: Mapping[str, Any]) -> Manifest:
    version = data.get("format_version")
    if version != FORMAT_VERSION or isinstance(version, bool):
        raise Refused(f"the format version is {version!r} and not {FORMAT_VERSION}")
    expected = {field.name for field in fields(Manifest)} - {"loss"}
    if missing := sorted(expected - data.keys()):
        raise Refused(f"'{missing[0]}' is missing")
    numbers = {key: integer(data, key, 1, limit) for key, limit in _LIMITS.items()}
    if numbers["heads"] % numbers["kv_heads"]:
        raise Refused("'heads' is not a multiple of 'kv_heads'")
    precision = text(data, "precision")
    if precision not in _PRECISIONS:
        raise Refused(f"the precision {precision!r} is unknown")
    vocab = numbers["vocab"]
    stop_ids = data["stop_ids"]
    if not isinstance(stop_ids, list) or len(stop_ids) > 64:
        raise Refused("'stop_ids' is not a short list")
    if not isinstance(data["add_bos"], bool):
        raise Refused("'add_bos' is not true or false")
    bos_id = _token(data["bos_id"], "bos_id", vocab)
    if data["add_bos"] and bos_id is None:
        raise Refused("'add_bos' is set without a 'bos_id'")
    return Manifest(
        name=text(data, "name"),
        architecture=text(data, "architecture"),
        precision=precision,
        bos_id=bos_id,
        eos_id=_token(data["eos_id"], "eos_id", vocab),
        add_bos=data["add_bos"],
        stop_ids=tuple(_required_token(value, "stop_ids", vocab) for value in stop_ids),
        source=text(data, "source"),
        licence=text(data, "licence"),
        files=file_entries(data["files"], REQUIRED_FILES, MANIFEST_NAME),
        loss=_loss(data.get("loss")),
        **numbers,
    )


def _loss(value: object) -> PrecisionLoss | None:
    if value is None:
        return None
    if not isinstance(value, dict):
        raise Refused("'loss' is not an object")
    return PrecisionLoss(
        reference=text(value, "reference"),
        tokens=integer(value, "tokens", 1, 1 << 20),
        divergence=real(value, "divergence"),
        reference_perplexity=real(value, "reference_perplexity"),
        perplexity=real(value, "perplexity"),
    )


def _token(value: object, key: str, vocab: int) -> int | None:
    return None if value is None else _required_token(value, key, vocab)


def _required_token(value: object, key: str, vocab: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < vocab:
        raise Refused(f"'{key}' holds {value!r}, which is no token of the vocabulary")
    return value
