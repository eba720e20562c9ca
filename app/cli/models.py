"""``models``: which models are installed."""

from __future__ import annotations

import argparse
import os

from app.cli.console import Console
from app.cli.errors import UsageError
from app.cli.session import find_model_info
from app.core.paths import app_paths
from engine import ModelInfo, list_models


def models(arguments: argparse.Namespace, console: Console) -> int:
    """List the models, or show one in detail."""
    if arguments.what == "list":
        if arguments.name is not None:
            raise UsageError("'models list' takes no name; use 'models show NAME'.")
        return _list(arguments.json, console)
    record = model_record(find_model_info(arguments.name))
    if arguments.json:
        console.json(record)
    else:
        for key, value in record.items():
            shown = f"{value:,}" if isinstance(value, int) else value
            console.line(f"{key.replace('_', ' '):16}{shown}")
    return 0


def model_record(info: ModelInfo) -> dict[str, object]:
    """A model as its JSON object; sizes in bytes, the context in tokens."""
    return {
        "name": info.name,
        "path": str(info.path),
        "architecture": info.architecture,
        "precision": info.precision,
        "parameters": info.parameters,
        "context_length": info.context_length,
        "vocab_size": info.vocab_size,
        "size_bytes": info.size_bytes,
        "licence": info.licence,
        "source": info.source,
    }


def _list(as_json: bool, console: Console) -> int:
    folders = app_paths(os.environ).models
    found = list_models(folders)
    if as_json:
        console.json({"models": [model_record(info) for info in found]})
        return 0
    for info in found:
        size = info.size_bytes / 1e6
        console.line(
            f"{info.name:32} {info.architecture:8} {info.precision:8} {size:7.0f} MB  {info.path}"
        )
    if not found:
        console.note("No model is installed. Models are looked for in:")
        for folder in folders:
            console.note(f"  {folder}")
    return 0
