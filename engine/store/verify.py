"""One model directory looked at: what it is, and whether it is still whole."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from engine.api import ModelInfo
from engine.store.catalog import model_info
from engine.store.manifest import read_manifest, verify_files


def describe_model(directory: Path) -> ModelInfo:
    """What the manifest says. Raises ``ModelDamaged`` where it cannot be read."""
    return model_info(directory, read_manifest(directory))


def verify_model(directory: Path, progress: Callable[[float], None] | None = None) -> None:
    """Read every file and compare its SHA-256 with the manifest. Raises ``ModelDamaged``.

    ``progress`` gets the share of the bytes read so far.
    """
    verify_files(directory, read_manifest(directory), progress)
