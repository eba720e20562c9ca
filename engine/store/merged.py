"""Where packages lie that were made here of a model and an adapter, and which may go."""

from __future__ import annotations

import hashlib
import os
import shutil
from contextlib import suppress
from pathlib import Path

from engine.api import AdapterInfo
from engine.store.manifest import Manifest

MERGED_FOLDER = "adapted"
_FORMAT = "1"
"""Goes up when merging gives other bytes than before."""
_KEPT = 4


def merged_place(data_dir: Path, manifest: Manifest, info: AdapterInfo) -> Path:
    """Where the package of this model and this adapter belongs, whether it is there or not.

    Other files of either, or other numbers that say how to merge, give another place.
    """
    hashes = [f"{name} {entry.sha256}" for name, entry in sorted(manifest.files.items())]
    parts = [_FORMAT, *hashes, info.sha256, repr(info.alpha), str(info.rank), *info.targets]
    key = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]
    return data_dir / MERGED_FOLDER / f"{_stem(manifest, info)}{key}"


def tidy(place: Path, manifest: Manifest, info: AdapterInfo) -> None:
    """Delete what the package at ``place`` takes the place of, and the longest unused."""
    with suppress(OSError):
        os.utime(place)
        others = [each for each in place.parent.iterdir() if each != place and each.is_dir()]
        others = [each for each in others if not each.name.startswith(".")]
        others.sort(key=lambda each: each.stat().st_mtime, reverse=True)
        for number, each in enumerate(others):
            if number >= _KEPT or each.name.startswith(_stem(manifest, info)):
                shutil.rmtree(each, ignore_errors=True)


def merged_packages(folder: Path, adapter: str) -> list[Path]:
    """The packages in ``folder`` that have the adapter called ``adapter``."""
    try:
        entries = [each for each in folder.iterdir() if each.is_dir()]
    except OSError:
        return []
    return [each for each in entries if f"+{adapter[:60]}-" in each.name]


def _stem(manifest: Manifest, info: AdapterInfo) -> str:
    return f"{manifest.name[:60]}+{info.name[:60]}-"
