"""Adapters (LoRA) on the disk: a folder with ``adapter.json`` and the weights beside it.

The weights are tensors ``layers.{i}.{target}.down`` [rank, inputs] and ``.up`` [outputs, rank], in
the basis of the model's original weights. An adapter may come from anywhere, so nothing of it is
believed before it is checked: names, types, ranges, sizes and hashes here, shapes where it is used.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from engine.api import AdapterInfo
from engine.errors import AdapterDamaged, AdapterNotFound, AdapterUnfit
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
from engine.store.manifest import Manifest

ADAPTER_NAME = "adapter.json"
ADAPTER_WEIGHTS = "adapter.safetensors"
TARGETS = ("attention.qkv", "attention.output", "ffn.gate_up", "ffn.down")
"""The matrices of a layer that can be adapted."""
TASKS = frozenset({"proofread", "continue", "sentiment", "style", "custom"})

_FORMAT = 1
_PLACE = "{text}"
_MAX_BYTES = 20 << 20
_MAX_RANK = 1024
_MAX_ENTRIES = 1000


def read_adapter(directory: Path) -> AdapterInfo:
    """What the adapter in ``directory`` says of itself; its files' sizes are checked.

    Raises:
        AdapterDamaged: it is incomplete, or something is not as it should be.
    """
    try:
        data = read_object(directory / ADAPTER_NAME)
    except Refused as refused:
        raise AdapterDamaged(directory, str(refused)) from refused
    try:
        info = _parse(directory, data)
    except Refused as refused:
        raise AdapterDamaged(directory, f"in {ADAPTER_NAME}, {refused}") from refused
    try:
        check_size(directory / ADAPTER_WEIGHTS, FileEntry(info.size_bytes, info.sha256))
    except Refused as refused:
        raise AdapterDamaged(directory, str(refused)) from refused
    return info


def verify_adapter(info: AdapterInfo) -> None:
    """Read the weights and compare their SHA-256. Raises ``AdapterDamaged``."""
    try:
        found = hash_file(info.path / ADAPTER_WEIGHTS)
    except OSError as error:
        raise AdapterDamaged(info.path, f"{ADAPTER_WEIGHTS} cannot be read") from error
    if found != FileEntry(info.size_bytes, info.sha256):
        raise AdapterDamaged(info.path, f"the contents of {ADAPTER_WEIGHTS} have changed")


def check_fits(info: AdapterInfo, manifest: Manifest) -> None:
    """Raises ``AdapterUnfit`` where the adapter was made for another model."""
    mine = (info.model, info.architecture, info.layers, info.hidden, info.vocab)
    shape = (manifest.layers, manifest.hidden, manifest.vocab)
    if mine != (manifest.name, manifest.architecture, *shape):
        raise AdapterUnfit(info.name, info.model, manifest.name)


def find_adapter(name: str, folders: Sequence[Path]) -> AdapterInfo:
    """The adapter called ``name``: a folder inside one of ``folders``, or a path to one.

    Raises:
        AdapterNotFound: there is none; the message says which there are.
        AdapterDamaged: it is there, and not as it should be.
    """
    for directory in _directories(folders):
        if directory.name == name:
            return read_adapter(directory)
    as_path = Path(name)
    # A bare name never means a folder that merely happens to lie in the current one.
    if len(as_path.parts) > 1 and (as_path / ADAPTER_NAME).is_file():
        return read_adapter(as_path)
    known = ", ".join(dict.fromkeys(each.name for each in _directories(folders)))
    raise AdapterNotFound(
        f"There is no adapter called {name[:100]!r}. "
        + (f"There is: {known}." if known else "None is installed.")
    )


def list_adapters(folders: Sequence[Path]) -> list[AdapterInfo]:
    """All readable adapters by name; of two with the same name the one in the earlier folder."""
    found: dict[str, AdapterInfo] = {}
    for directory in _directories(folders):
        if directory.name not in found:
            try:
                found[directory.name] = read_adapter(directory)
            except AdapterDamaged:
                continue
    return sorted(found.values(), key=lambda info: info.name)


def adapter_for(task: str, model: str, folders: Sequence[Path]) -> AdapterInfo | None:
    """The first adapter for ``task`` made for the model called ``model``, by folder and name."""
    for directory in _directories(folders):
        try:
            info = read_adapter(directory)
        except AdapterDamaged:
            continue
        if (info.task, info.model) == (task, model):
            return info
    return None


def _parse(directory: Path, data: Mapping[str, Any]) -> AdapterInfo:
    version = data.get("format")
    if version != _FORMAT or isinstance(version, bool):
        raise Refused(f"the format is {str(version)[:100]!r} and not {_FORMAT}")
    files = file_entries(data.get("files"), frozenset({ADAPTER_WEIGHTS}), ADAPTER_NAME)
    weights = files[ADAPTER_WEIGHTS]
    if not 0 < weights.size <= _MAX_BYTES:
        raise Refused(f"{ADAPTER_WEIGHTS} is larger than {_MAX_BYTES >> 20} MB")
    targets = data.get("targets")
    if not isinstance(targets, list) or not 0 < len(targets) == len({*map(str, targets)}):
        raise Refused("'targets' is not a list of different names")
    if unknown := [str(each) for each in targets if each not in TARGETS]:
        raise Refused(f"'targets' holds {unknown[0][:100]!r}, which cannot be adapted")
    if (task := text(data, "task")) not in TASKS:
        raise Refused(f"the task {task[:100]!r} is unknown")
    prompt = text(data, "prompt")
    if prompt and prompt.count(_PLACE) != 1:
        raise Refused(f"'prompt' has no single {_PLACE}")
    return AdapterInfo(
        name=directory.name,
        path=directory,
        task=task,
        model=text(data, "model"),
        architecture=text(data, "architecture"),
        layers=integer(data, "layers", 1, 512),
        hidden=integer(data, "hidden", 1, 65_536),
        vocab=integer(data, "vocab", 1, 1 << 21),
        rank=integer(data, "rank", 1, _MAX_RANK),
        alpha=real(data, "alpha"),
        targets=tuple(targets),
        prompt=prompt,
        licence=text(data, "licence"),
        origin=text(data, "origin"),
        size_bytes=weights.size,
        sha256=weights.sha256,
    )


def _directories(folders: Sequence[Path]) -> Iterator[Path]:
    """Folders with an adapter, by name within each folder; hidden ones are half-made."""
    for folder in folders:
        try:
            entries = sorted(folder.iterdir())[:_MAX_ENTRIES]
        except OSError:
            continue
        for entry in entries:
            if not entry.name.startswith(".") and (entry / ADAPTER_NAME).is_file():
                yield entry
