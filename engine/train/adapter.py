"""A trained adaptation as a folder: ``adapter.json`` and ``adapter.safetensors``."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from torch import Tensor

from engine.store.adapters import ADAPTER_NAME, ADAPTER_WEIGHTS
from engine.store.distrust import hash_file
from engine.store.manifest import Manifest
from engine.train.lora import LoraSettings

_FORMAT = 1


@dataclass(frozen=True, slots=True)
class AdapterNote:
    """What is said of an adapter beside its numbers."""

    name: str
    task: str
    prompt: str = ""
    licence: str = ""
    origin: str = ""


def save_adapter(
    target: Path,
    note: AdapterNote,
    manifest: Manifest,
    settings: LoraSettings,
    tensors: Mapping[str, Tensor],
) -> None:
    """Write the folder ``target`` as a whole or not at all; ``tensors`` go into float16.

    They are ``layers.{i}.{target}.down`` [rank, in] and ``.up`` [out, rank] of the model that
    ``manifest`` describes: ``W + alpha / rank * up @ down`` takes the place of ``W``.

    Raises ``OSError``.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent) as spare:
        folder = Path(spare) / target.name
        folder.mkdir()
        _write_tensors(folder / ADAPTER_WEIGHTS, tensors)
        entry = hash_file(folder / ADAPTER_WEIGHTS)
        about = {
            "format": _FORMAT,
            "name": note.name,
            "task": note.task,
            "model": manifest.name,
            "architecture": manifest.architecture,
            "layers": manifest.layers,
            "hidden": manifest.hidden,
            "vocab": manifest.vocab,
            "rank": settings.rank,
            "alpha": settings.alpha,
            "targets": list(settings.targets),
            "prompt": note.prompt,
            "licence": note.licence,
            "origin": note.origin,
            "files": {ADAPTER_WEIGHTS: {"size": entry.size, "sha256": entry.sha256}},
        }
        text = json.dumps(about, indent=2, ensure_ascii=False) + "\n"
        (folder / ADAPTER_NAME).write_text(text, encoding="utf-8")
        if target.exists():
            shutil.rmtree(target)
        folder.rename(target)


def _write_tensors(path: Path, tensors: Mapping[str, Tensor]) -> None:
    values = {
        name: each.detach().float().cpu().numpy().astype("<f2") for name, each in tensors.items()
    }
    header: dict[str, object] = {"__metadata__": {"format": "pt"}}
    end = 0
    for name, each in values.items():
        header[name] = {
            "dtype": "F16",
            "shape": each.shape,
            "data_offsets": [end, end + each.nbytes],
        }
        end += each.nbytes
    raw = json.dumps(header).encode()
    raw += b" " * (-len(raw) % 8)
    with path.open("wb") as stream:
        stream.write(len(raw).to_bytes(8, "little") + raw)
        for each in values.values():
            stream.write(np.ascontiguousarray(each).tobytes())
        stream.flush()
        os.fsync(stream.fileno())
