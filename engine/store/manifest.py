"""``model.json``: what a model directory holds, read with distrust.

A model directory may have been copied, cut short or tampered with, so nothing in it is believed
before it is checked: the manifest's size, types and ranges, the names of its files (plain names of
regular files inside the directory, never links), their sizes and, on request, their SHA-256.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from types import MappingProxyType
from typing import Any

from engine.api import PrecisionLoss
from engine.errors import ModelDamaged

FORMAT_VERSION = 1
MANIFEST_NAME = "model.json"
GRAPH_NAME = "model.onnx"
WEIGHTS_NAME = "model.weights"
TOKENIZER_NAME = "tokenizer.json"
TEMPLATE_NAME = "chat_template.jinja"
BASIS_NAME = "basis.safetensors"
REQUIRED_FILES = frozenset({GRAPH_NAME, WEIGHTS_NAME, TOKENIZER_NAME})

_MAX_MANIFEST_BYTES = 256 * 1024
_MAX_TEXT = 4096
_MAX_FILES = 16
_MAX_FILE_BYTES = 1 << 40
_READ_BYTES = 1 << 20
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
class FileEntry:
    """Size in bytes and SHA-256 (hexadecimal) of one file of a model."""

    size: int
    sha256: str


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
    text = json.dumps(plain, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    with (directory / MANIFEST_NAME).open("w", encoding="utf-8", newline="\n") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())


def read_manifest(directory: Path) -> Manifest:
    """Read and check the manifest of ``directory``. Raises ``ModelDamaged``."""
    path = directory / MANIFEST_NAME
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            raise ModelDamaged(directory, f"{MANIFEST_NAME} is not a plain file")
        with path.open("rb") as stream:
            raw = stream.read(_MAX_MANIFEST_BYTES + 1)
    except OSError as error:
        reason = f"{MANIFEST_NAME} cannot be read ({error.strerror or error})"
        raise ModelDamaged(directory, reason) from error
    if len(raw) > _MAX_MANIFEST_BYTES:
        raise ModelDamaged(directory, f"{MANIFEST_NAME} is far too large")
    try:
        data = json.loads(raw.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise ModelDamaged(directory, f"{MANIFEST_NAME} is not valid JSON") from error
    try:
        return _parse(data)
    except _Refused as refused:
        raise ModelDamaged(directory, f"in {MANIFEST_NAME}, {refused}") from refused


def check_files(directory: Path, manifest: Manifest) -> None:
    """Check that every file is a plain file of the right size; quick enough for each start.

    Raises ``ModelDamaged``.
    """
    for name, entry in manifest.files.items():
        try:
            status = (directory / name).lstat()
        except OSError as error:
            raise ModelDamaged(directory, f"the file {name} is missing") from error
        if not stat.S_ISREG(status.st_mode):
            raise ModelDamaged(directory, f"{name} is not a plain file")
        if status.st_size != entry.size:
            reason = f"{name} has {status.st_size:,} bytes instead of {entry.size:,}"
            raise ModelDamaged(directory, reason)


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


def hash_file(path: Path, on_read: Callable[[int], None] | None = None) -> FileEntry:
    """Size and SHA-256 of a file; ``on_read`` gets the bytes of each step. Raises ``OSError``."""
    digest = hashlib.sha256()
    size = 0
    with path.open("rb") as stream:
        while block := stream.read(_READ_BYTES):
            digest.update(block)
            size += len(block)
            if on_read is not None:
                on_read(len(block))
    return FileEntry(size, digest.hexdigest())


class _Refused(Exception):
    """A value of the manifest is not acceptable; the message is half a sentence."""


def _parse(data: object) -> Manifest:
    if not isinstance(data, dict):
        raise _Refused("the outermost value is not an object")
    version = data.get("format_version")
    if version != FORMAT_VERSION or isinstance(version, bool):
        raise _Refused(f"the format version is {version!r} and not {FORMAT_VERSION}")
    expected = {field.name for field in fields(Manifest)} - {"loss"}
    if missing := sorted(expected - data.keys()):
        raise _Refused(f"'{missing[0]}' is missing")
    numbers = {key: _integer(data, key, 1, limit) for key, limit in _LIMITS.items()}
    if numbers["heads"] % numbers["kv_heads"]:
        raise _Refused("'heads' is not a multiple of 'kv_heads'")
    precision = _text(data, "precision")
    if precision not in _PRECISIONS:
        raise _Refused(f"the precision {precision!r} is unknown")
    vocab = numbers["vocab"]
    stop_ids = data["stop_ids"]
    if not isinstance(stop_ids, list) or len(stop_ids) > 64:
        raise _Refused("'stop_ids' is not a short list")
    if not isinstance(data["add_bos"], bool):
        raise _Refused("'add_bos' is not true or false")
    bos_id = _token(data["bos_id"], "bos_id", vocab)
    if data["add_bos"] and bos_id is None:
        raise _Refused("'add_bos' is set without a 'bos_id'")
    return Manifest(
        name=_text(data, "name"),
        architecture=_text(data, "architecture"),
        precision=precision,
        bos_id=bos_id,
        eos_id=_token(data["eos_id"], "eos_id", vocab),
        add_bos=data["add_bos"],
        stop_ids=tuple(_required_token(value, "stop_ids", vocab) for value in stop_ids),
        source=_text(data, "source"),
        licence=_text(data, "licence"),
        files=_files(data["files"]),
        loss=_loss(data.get("loss")),
        **numbers,
    )


def _loss(value: object) -> PrecisionLoss | None:
    if value is None:
        return None
    if not isinstance(value, dict):
        raise _Refused("'loss' is not an object")
    return PrecisionLoss(
        reference=_text(value, "reference"),
        tokens=_integer(value, "tokens", 1, 1 << 20),
        divergence=_real(value, "divergence"),
        reference_perplexity=_real(value, "reference_perplexity"),
        perplexity=_real(value, "perplexity"),
    )


def _files(value: object) -> Mapping[str, FileEntry]:
    if not isinstance(value, dict) or len(value) > _MAX_FILES:
        raise _Refused("'files' is not a short table")
    if missing := sorted(REQUIRED_FILES - value.keys()):
        raise _Refused(f"the file {missing[0]} is not listed")
    entries: dict[str, FileEntry] = {}
    for name, entry in value.items():
        if not _is_plain_name(name):
            raise _Refused(f"{name!r} is not a plain file name")
        if not isinstance(entry, dict):
            raise _Refused(f"the entry of {name} is not an object")
        size = _integer(entry, "size", 0, _MAX_FILE_BYTES)
        digest = entry.get("sha256")
        if (
            not isinstance(digest, str)
            or len(digest) != 64
            or set(digest) - set("0123456789abcdef")
        ):
            raise _Refused(f"the SHA-256 of {name} is malformed")
        entries[name] = FileEntry(size, digest)
    return MappingProxyType(entries)


def _is_plain_name(name: str) -> bool:
    """Letters, digits, ``_``, ``-`` and inner dots only: no folder, drive, stream or device."""
    plain = name.replace(".", "a").replace("-", "a").replace("_", "a")
    return (
        0 < len(name) <= 100
        and name.isascii()
        and plain.isalnum()
        and not name.startswith((".", "-"))
        and not name.endswith(".")
        and name != MANIFEST_NAME
    )


def _integer(data: Mapping[str, Any], key: str, low: int, high: int) -> int:
    value = data.get(key)
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise _Refused(f"'{key}' is not a whole number from {low} to {high}")
    return value


def _real(data: Mapping[str, Any], key: str) -> float:
    value = data.get(key)
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value < 1e50:
        raise _Refused(f"'{key}' is not a number from 0 on")
    return float(value)


def _text(data: Mapping[str, Any], key: str) -> str:
    value = data.get(key)
    if not isinstance(value, str) or len(value) > _MAX_TEXT:
        raise _Refused(f"'{key}' is not a short text")
    return value


def _token(value: object, key: str, vocab: int) -> int | None:
    return None if value is None else _required_token(value, key, vocab)


def _required_token(value: object, key: str, vocab: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < vocab:
        raise _Refused(f"'{key}' holds {value!r}, which is no token of the vocabulary")
    return value
