"""An adapter of random numbers for a model, as large in effect as a trained one."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from engine.export.safetensors import write_safetensors
from engine.store.adapters import ADAPTER_NAME, ADAPTER_WEIGHTS, TARGETS
from engine.store.distrust import hash_file
from engine.store.manifest import Manifest

_RANK, _ALPHA, _SIZE = 16, 32.0, 0.02


def write_random_adapter(
    folder: Path, manifest: Manifest, task: str = "custom", *, prompt: str = "", seed: int = 0
) -> None:
    """Write it into a new ``folder``: rank 16 on every matrix of every (gated) layer.

    It changes a weight by 3% of a weight's size, and the perplexity of prose hardly.
    """
    folder.mkdir(parents=True)
    random = np.random.default_rng(seed)
    heads = manifest.heads * manifest.head_dim
    rows = heads + 2 * manifest.kv_heads * manifest.head_dim
    hidden, ffn = manifest.hidden, manifest.ffn
    shapes = ((rows, hidden), (hidden, heads), (2 * ffn, hidden), (hidden, ffn))
    tensors = {}
    for index in range(manifest.layers):
        for target, (outputs, inputs) in zip(TARGETS, shapes, strict=True):
            name = f"layers.{index}.{target}"
            down = random.normal(0, inputs**-0.5, (_RANK, inputs))
            tensors[f"{name}.down"] = down.astype(np.float32)
            tensors[f"{name}.up"] = random.normal(0, _SIZE, (outputs, _RANK)).astype(np.float32)
    write_safetensors(folder / ADAPTER_WEIGHTS, tensors)
    entry = hash_file(folder / ADAPTER_WEIGHTS)
    about = {
        "format": 1,
        "name": folder.name,
        "task": task,
        "model": manifest.name,
        "architecture": manifest.architecture,
        "layers": manifest.layers,
        "hidden": manifest.hidden,
        "vocab": manifest.vocab,
        "rank": _RANK,
        "alpha": _ALPHA,
        "targets": list(TARGETS),
        "prompt": prompt,
        "licence": "CC0-1.0",
        "origin": "random numbers",
        "files": {ADAPTER_WEIGHTS: {"size": entry.size, "sha256": entry.sha256}},
    }
    (folder / ADAPTER_NAME).write_text(json.dumps(about), encoding="utf-8")
