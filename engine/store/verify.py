"""Whether a model directory still holds, byte for byte, what its manifest says."""

from __future__ import annotations

from pathlib import Path

from engine.store.manifest import read_manifest, verify_files


def verify_model(directory: Path) -> None:
    """Read every file and compare its SHA-256 with the manifest. Raises ``ModelDamaged``."""
    verify_files(directory, read_manifest(directory))
