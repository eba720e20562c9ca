"""What was measured on this machine, so that it is measured once."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import tempfile
from contextlib import suppress
from pathlib import Path

import onnxruntime as ort

from engine.api import LongContextChoice
from engine.machine import processor_name
from engine.runtime.processors import physical_cores
from engine.store.manifest import read_manifest

MEASURED_NAME = "measured.json"


class MeasuredChoices:
    """The choices for one model, kept in ``folder``; without a folder none is remembered.

    A choice holds for the model's files, this version of ONNX Runtime, this processor and this
    number of threads; with anything else it is made again.

    Raises:
        ModelDamaged: the manifest in ``model_dir`` cannot be read.
    """

    def __init__(self, folder: Path | None, model_dir: Path, threads: int) -> None:
        self._path = None if folder is None else folder / MEASURED_NAME
        hashes = sorted(entry.sha256 for entry in read_manifest(model_dir).files.values())
        parts = [*hashes, ort.__version__, processor_name(), str(threads)]
        self._key = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]

    def recall(self) -> LongContextChoice | None:
        """The choice made before, if any."""
        found = self._read().get(self._key)
        try:
            return LongContextChoice(**found) if isinstance(found, dict) else None
        except TypeError:  # of another version of Inkling
            return None

    def remember(self, choice: LongContextChoice) -> None:
        """Keep a choice; where the folder cannot be written it is made again another time."""
        if self._path is None:
            return
        text = json.dumps(self._read() | {self._key: dataclasses.asdict(choice)}, indent=1)
        with suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix=MEASURED_NAME, dir=self._path.parent)
            with open(handle, "w", encoding="utf-8") as stream:
                stream.write(text)
            os.replace(name, self._path)

    def _read(self) -> dict[str, object]:
        if self._path is None:
            return {}
        try:
            found = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}


def long_context_choice(
    model_dir: Path, data_dir: Path, threads: int | None = None
) -> LongContextChoice | None:
    """What was measured here of the model in ``model_dir`` by an engine with that ``data_dir``.

    ``threads`` None means every physical core, as it does for an engine.

    Raises:
        ModelDamaged: the manifest cannot be read.
    """
    return MeasuredChoices(data_dir, model_dir, threads or physical_cores()).recall()
