"""Checks a model's hashes once, and again only after a file has changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

from engine.cancel import CancelToken
from engine.errors import EngineClosed, ModelDamaged
from engine.store.manifest import MANIFEST_NAME, Manifest, check_files

STAMP_NAME = ".verified.json"
_BLOCK_BYTES = 4 << 20


def verify_once(
    directory: Path, manifest: Manifest, progress: Callable[[float], None], cancel: CancelToken
) -> None:
    """Check sizes always, and hashes unless they were found right since the files last changed.

    ``progress`` gets the share of the bytes read so far. Where the folder cannot be written, the
    hashes are checked at every start.

    Raises:
        ModelDamaged: a file is missing or differs from the manifest.
        EngineClosed: cancelled on the way.
    """
    check_files(directory, manifest)
    stamp = _stamp(directory, manifest)
    path = directory / STAMP_NAME
    try:
        if json.loads(path.read_text(encoding="utf-8")) == stamp:
            return
    except (OSError, ValueError):
        pass  # no stamp, or a torn one: check again
    done = 0
    for name, entry in manifest.files.items():
        digest = hashlib.sha256()
        try:
            with (directory / name).open("rb") as stream:
                while block := stream.read(_BLOCK_BYTES):
                    if cancel.cancelled():
                        raise EngineClosed("Loading the model was stopped.")
                    digest.update(block)
                    done += len(block)
                    progress(done / max(1, manifest.size_bytes))
        except OSError as error:
            raise ModelDamaged(directory, f"{name} cannot be read") from error
        if digest.hexdigest() != entry.sha256:
            raise ModelDamaged(directory, f"the contents of {name} have changed")
    try:
        path.write_text(json.dumps(stamp), encoding="utf-8")
    except OSError:
        return  # a read-only folder: the next start checks again


def _stamp(directory: Path, manifest: Manifest) -> dict[str, list[object]]:
    names = (MANIFEST_NAME, *sorted(manifest.files))
    found = {name: (directory / name).stat() for name in names}
    return {name: [status.st_size, status.st_mtime_ns] for name, status in found.items()}
