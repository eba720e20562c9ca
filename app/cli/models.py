"""``models``: which are installed; importing, choosing, checking and removing them."""

from __future__ import annotations

import argparse
import dataclasses
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from app.cli.console import Console
from app.cli.errors import CommandError
from app.cli.session import find_model_info
from app.core.model_devices import choose_device, own_device
from app.core.paths import app_paths
from app.core.settings import SETTINGS_NAME, SettingsStore
from engine import (
    AdapterInfo,
    ModelInfo,
    import_model,
    list_adapters,
    list_models,
    remove_model,
    verify_model,
)

_STAGES = {
    "reading": "Reading",
    "tokenizer": "Making the tokenizer",
    "measuring": "Measuring the activations",
    "weights": "Converting the weights",
    "finishing": "Finishing",
    "trying out": "Trying it out",
    "comparing": "Measuring what 4 bits cost",
    "done": "Done",
}


def models(arguments: argparse.Namespace, console: Console) -> int:
    """Do what was asked with the models."""
    return _VERBS[arguments.what](arguments, console)


def _show(arguments: argparse.Namespace, console: Console) -> int:
    info = find_model_info(arguments.name)
    _print_record(_own_record(info), arguments, console)
    return 0


def _import(arguments: argparse.Namespace, console: Console) -> int:
    with _ended_in_order():
        info = import_model(
            Path(arguments.path),
            app_paths(os.environ).models,
            name=arguments.name,
            precision=arguments.precision,
            replace=arguments.replace,
            progress=lambda stage, share: console.progress(_STAGES.get(stage, stage), share),
        )
    _print_record(_own_record(info), arguments, console)
    return 0


def _use(arguments: argparse.Namespace, console: Console) -> int:
    info = find_model_info(arguments.name)
    # A name is looked up again at each start; a path has to mean the same from every folder.
    is_path = Path(arguments.name).name != arguments.name
    settings = _settings()
    settings.set("model", str(info.path.resolve()) if is_path else arguments.name)
    if arguments.device is not None:
        own = None if arguments.device == "preferences" else arguments.device
        choose_device(settings, info.path, own)
    _save(settings)
    console.note(f"Inkling uses {info.name} from the next start on.")
    if arguments.json:
        console.json(_own_record(info))
    return 0


def _verify(arguments: argparse.Namespace, console: Console) -> int:
    info = find_model_info(arguments.name)
    verify_model(info.path, lambda share: console.progress("Reading", share))
    if arguments.json:
        console.json({"verified": True, **_own_record(info)})
    else:
        console.line(f"{info.name} is whole: all files are as they were made.")
    return 0


def _remove(arguments: argparse.Namespace, console: Console) -> int:
    where = remove_model(arguments.name, app_paths(os.environ).models, force=arguments.force)
    settings = _settings()
    used = settings.get("model") == arguments.name
    if used or own_device(settings, where) is not None:
        choose_device(settings, where, None)
        settings.set("model", "" if used else settings.get("model"))
        _save(settings)
    if arguments.json:
        console.json({"removed": str(where)})
    else:
        console.line(f"{where} was removed.")
    return 0


def _print_record(
    record: dict[str, object], arguments: argparse.Namespace, console: Console
) -> None:
    if arguments.json:
        console.json(record)
        return
    for key, value in record.items():
        if value is None:
            continue
        shown = f"{value:,}" if isinstance(value, int) else value
        if isinstance(value, dict):
            shown = (
                f"divergence {value['divergence']:.4f}, perplexity {value['perplexity']:.2f} "
                f"({value['reference']}: {value['reference_perplexity']:.2f})"
            )
        console.line(f"{key.replace('_', ' '):16}{shown}")


def _settings() -> SettingsStore:
    return SettingsStore(app_paths(os.environ).config / SETTINGS_NAME)


def _save(settings: SettingsStore) -> None:
    try:
        settings.save()
    except OSError as error:
        reason = error.strerror or str(error)
        raise CommandError(f"The choice could not be remembered: {reason}.") from error


@contextmanager
def _ended_in_order() -> Iterator[None]:
    """Let the first Ctrl+C or termination unwind, and let nothing disturb the unwinding."""

    def end(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
        for each in signals:
            signal.signal(each, signal.SIG_IGN)
        raise KeyboardInterrupt

    signals = (signal.SIGINT, signal.SIGTERM)
    before = {each: signal.signal(each, end) for each in signals}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def model_record(info: ModelInfo) -> dict[str, object]:
    """A model as its JSON object; sizes in bytes, the context in tokens.

    ``loss`` is null, or what its precision costs on a page of prose (divergence in nats a token).
    """
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
        "loss": dataclasses.asdict(info.loss) if info.loss else None,
    }


def adapter_record(info: AdapterInfo) -> dict[str, object]:
    """An adapter as its JSON object."""
    return {
        "name": info.name,
        "path": str(info.path),
        "task": info.task,
        "model": info.model,
        "rank": info.rank,
        "size_bytes": info.size_bytes,
        "licence": info.licence,
        "origin": info.origin,
    }


def _own_record(info: ModelInfo) -> dict[str, object]:
    """A model's record with the device chosen for it alone."""
    return {**model_record(info), "device": own_device(_settings(), info.path)}


def _list(arguments: argparse.Namespace, console: Console) -> int:
    paths = app_paths(os.environ)
    folders = paths.models
    found, adapters = list_models(folders), list_adapters(paths.adapter_folders)
    if arguments.json:
        records = {"adapters": [adapter_record(info) for info in adapters]}
        console.json({"models": [_own_record(info) for info in found], **records})
        return 0
    for info in found:
        size = info.size_bytes / 1e6
        console.line(
            f"{info.name:32} {info.architecture:8} {info.precision:8} {size:7.0f} MB  {info.path}"
        )
    for adapter in adapters:
        kind, size = f"adapter for {adapter.model}: {adapter.task}", adapter.size_bytes / 1e6
        console.line(f"{adapter.name:32} {kind}, {size:.0f} MB  {adapter.path}")
    if not found:
        console.note("No model is installed. Models are looked for in:")
        for folder in folders:
            console.note(f"  {folder}")
    return 0


_VERBS: dict[str, Callable[[argparse.Namespace, Console], int]] = {
    "list": _list,
    "show": _show,
    "import": _import,
    "use": _use,
    "verify": _verify,
    "remove": _remove,
}
