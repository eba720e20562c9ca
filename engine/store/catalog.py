"""The models that lie in the folders where models are looked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from engine.api import ModelInfo
from engine.errors import ModelDamaged, ModelNotFound
from engine.store.manifest import MANIFEST_NAME, Manifest, read_manifest

DEFAULT_MODEL = "smollm2-135m-instruct"
_MAX_ENTRIES = 1000


def find_model(name: str | None, folders: Sequence[Path]) -> Path:
    """The directory of the model called ``name``; None for the default or else the only one.

    ``name`` is the name of a directory inside one of ``folders``, the earlier folder first, or a
    path to a model directory. Whether the model is whole is not checked here.

    Raises:
        ModelNotFound: there is none; the message says what to do.
    """
    if name is None:
        return _find_default(folders)
    for directory in _directories(folders):
        if directory.name == name:
            return directory
    as_path = Path(name)
    # A bare name never means a directory that merely happens to lie in the current one.
    if len(as_path.parts) > 1 and (as_path / MANIFEST_NAME).is_file():
        return as_path
    known = ", ".join(dict.fromkeys(each.name for each in _directories(folders)))
    there_are = f"There is: {known}." if known else _HOW_TO_GET_ONE
    raise ModelNotFound(f"There is no model called {name!r}. {there_are}")


def list_models(folders: Sequence[Path]) -> list[ModelInfo]:
    """The models with a readable manifest, the default first, then by name.

    Of two with the same directory name the one in the earlier folder is listed, since that is the
    one ``find_model`` finds.
    """
    found: dict[str, ModelInfo] = {}
    for directory in _directories(folders):
        if directory.name in found:
            continue
        try:
            found[directory.name] = model_info(directory, read_manifest(directory))
        except ModelDamaged:
            continue
    return sorted(found.values(), key=lambda info: (info.path.name != DEFAULT_MODEL, info.name))


def model_info(directory: Path, manifest: Manifest) -> ModelInfo:
    """What a person may want to know of the model in ``directory``."""
    return ModelInfo(
        name=manifest.name,
        path=directory,
        architecture=manifest.architecture,
        precision=manifest.precision,
        parameters=manifest.parameters,
        context_length=manifest.context,
        vocab_size=manifest.vocab,
        size_bytes=manifest.size_bytes,
        licence=manifest.licence,
        source=manifest.source,
        loss=manifest.loss,
        cache_bytes_per_token=manifest.layers * manifest.kv_heads * manifest.head_dim * 2 * 4,
        sha256=manifest.sha256,
    )


_HOW_TO_GET_ONE = (
    "No model is set up yet. In the source checkout, run `python3 dev.py run` once: "
    "it fetches the default model and prepares it."
)


def _find_default(folders: Sequence[Path]) -> Path:
    candidates = list(_directories(folders))
    for directory in candidates:
        if directory.name == DEFAULT_MODEL:
            return directory
    names = list(dict.fromkeys(directory.name for directory in candidates))
    if len(names) == 1:
        return candidates[0]
    if names:
        raise ModelNotFound(
            f"The default model {DEFAULT_MODEL!r} is not set up. Choose one of these with --model "
            f"or `inkling models use`: {', '.join(names)}."
        )
    raise ModelNotFound(_HOW_TO_GET_ONE)


def _directories(folders: Sequence[Path]) -> Iterator[Path]:
    """Directories that have a manifest, by name within each folder; hidden ones are half-made."""
    for folder in folders:
        try:
            entries = sorted(folder.iterdir())[:_MAX_ENTRIES]
        except OSError:
            continue
        for entry in entries:
            if not entry.name.startswith(".") and (entry / MANIFEST_NAME).is_file():
                yield entry
