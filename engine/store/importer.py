"""Models added to and removed from the person's own folder."""

from __future__ import annotations

import dataclasses
import re
import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from engine.api import ModelInfo
from engine.cancel import CancelToken
from engine.errors import EngineError, InvalidRequest, ModelNotFound, UnsupportedModel
from engine.runtime.kv_cache import KVShape
from engine.runtime.session import DecoderSession
from engine.store.catalog import DEFAULT_MODEL, find_model, model_info
from engine.store.loss import measure_loss
from engine.store.manifest import MANIFEST_NAME, read_manifest, write_manifest

_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9_-])?")
# What Windows gives to devices, whatever follows after a dot.
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
_WEIGHT_ENDINGS = (".gguf", ".safetensors.index.json", ".safetensors")
_TRIAL_TOKENS = 4
_COMPARING = 0.98


def import_model(
    path: Path,
    folders: Sequence[Path],
    *,
    name: str | None = None,
    precision: str = "int8",
    replace: bool = False,
    progress: Callable[[str, float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> ModelInfo:
    """Make a model of the weights in ``path``, in the last of ``folders``, the person's own.

    ``path`` is a GGUF file or a Hugging Face folder; ``name`` is its name by default. ``progress``
    gets a stage and a share done from 0 to 1. The new model is run once before it takes its place;
    on any failure, an interrupt included, nothing is left of it and an older one stays. What "int4"
    costs against int8 is measured and kept in the manifest.

    Raises:
        InvalidRequest: the name cannot be used, or is taken and ``replace`` is not set.
        UnsupportedModel: the weights are damaged or of a kind that is not known.
        EngineError: ``cancelled`` said so, or the folder cannot be written.
    """
    # Here, since it brings onnx, which running a model does not need.
    from engine.export import export_model

    if not path.exists():
        raise UnsupportedModel(f"There is no file or folder {path}.")
    name = name if name is not None else _name_of(path)
    target = check_free(name, folders, replace=replace)

    def check(directory: Path) -> None:
        _try_out(directory)
        if precision == "int4":
            # Beside it, so that the disk is the same; removed whatever happens.
            with tempfile.TemporaryDirectory(prefix=".reference-", dir=directory.parent) as spare:
                reference = Path(spare) / "reference"
                export_model(
                    path,
                    reference,
                    name=name,
                    progress=lambda *_: progress("comparing", _COMPARING) if progress else None,
                    cancelled=cancelled,
                )
                manifest = read_manifest(directory)
                loss = measure_loss(directory, reference)
            write_manifest(directory, dataclasses.replace(manifest, loss=loss))

    try:
        export_model(
            path,
            target,
            name=name,
            precision=precision,
            progress=progress,
            cancelled=cancelled,
            check=check,
        )
    except OSError as error:
        reason = error.strerror or str(error)
        raise EngineError(
            f"The model could not be written to {target}: {reason}. Nothing was changed there."
        ) from error
    return model_info(target, read_manifest(target))


def remove_model(name: str, folders: Sequence[Path], *, force: bool = False) -> Path:
    """Delete the model called ``name`` and return where it was.

    Raises:
        ModelNotFound: there is none of that name.
        InvalidRequest: it is the default model, and ``force`` is not set.
        EngineError: it cannot be deleted.
    """
    if Path(name).name != name:
        raise ModelNotFound(f"{name!r} is not the name of a model.")
    directory = find_model(name, folders)
    if name == DEFAULT_MODEL and not force:
        raise InvalidRequest(
            f"{name} is the model that Inkling comes with, so it was kept. "
            "Use --force to remove it all the same."
        )
    try:
        if directory.is_symlink():
            directory.unlink()
            return directory
        # Without its manifest it is no model any more, however far the rest gets.
        (directory / MANIFEST_NAME).unlink()
        shutil.rmtree(directory)
    except OSError as error:
        reason = error.strerror or str(error)
        raise EngineError(f"The model in {directory} could not be removed: {reason}.") from error
    return directory


def _name_of(path: Path) -> str:
    """A model's name from a file's or folder's: what is not allowed in it becomes a hyphen."""
    stem = path.resolve().name
    if stem == "config.json" or stem.startswith("model.safetensors"):
        stem = path.resolve().parent.name
    for ending in _WEIGHT_ENDINGS:
        stem = stem.removesuffix(ending)
    return re.sub(r"[^a-z0-9._-]+", "-", stem.casefold())[:64].strip("-._") or "model"


def check_free(name: str, folders: Sequence[Path], *, replace: bool = False) -> Path:
    """Where a new model called ``name`` goes.

    Raises ``InvalidRequest`` if that is no name for one, or taken by what must not be replaced.
    """
    if not _NAME.fullmatch(name) or _RESERVED.fullmatch(name):
        raise InvalidRequest(
            f"{name[:100]!r} cannot be a model's name: use up to 64 letters, digits, dots, "
            "hyphens and underscores, with a letter or digit first."
        )
    target = folders[-1] / name
    for folder in folders:
        there = folder / name
        # A folder that is no model is somebody's, and is not replaced.
        is_own_model = folder == folders[-1] and (there / MANIFEST_NAME).is_file()
        if (there.exists() or there.is_symlink()) and not (replace and is_own_model):
            hint = " or --replace" if is_own_model else ""
            raise InvalidRequest(
                f"{there} is there already, and was not changed. Choose another --name{hint}."
            )
    return target


def _try_out(directory: Path) -> None:
    """Run a few tokens. Raises ``EngineError`` if the graph does not open or gives no numbers."""
    manifest = read_manifest(directory)
    shape = KVShape(manifest.layers, manifest.kv_heads, manifest.head_dim, manifest.context)
    session = DecoderSession(directory, shape, manifest.vocab, threads=1)
    ids = [index % manifest.vocab for index in range(min(_TRIAL_TOKENS, manifest.context))]
    logits = session.forward(session.new_cache(), ids, len(ids), CancelToken())
    if not np.isfinite(logits).all():
        raise UnsupportedModel(
            "The model was made, but it computes no sensible numbers, so it was not kept. "
            "Its weights may be damaged; get them again."
        )
