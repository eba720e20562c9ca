"""``doctor``: what is installed, what works, and what does not, in words."""

from __future__ import annotations

import argparse
import os
import platform
from collections.abc import Mapping
from importlib import import_module

from app.cli.console import Console
from app.cli.errors import EXIT_FAILURE
from app.cli.models import model_record
from app.cli.session import device_wish, find_model_info, model_folder
from app.cli.window import has_display
from app.core.paths import app_paths
from app.core.version import inkling_version, library_version
from engine import (
    DeviceWish,
    EngineError,
    default_cache_bytes,
    device_of,
    long_context_choice,
    memory,
    open_sockets,
    physical_cores,
    runtime_report,
    telemetry_is_off,
    verify_model,
)

_LIBRARIES = ("onnxruntime", "PySide6", "numpy", "tokenizers")
_CPU = "CPUExecutionProvider"


def doctor(arguments: argparse.Namespace, console: Console) -> int:
    """Print the report; exit code 1 only where ``--verify`` found the model missing or damaged."""
    report = make_report(arguments.model, arguments.device, verify=arguments.verify)
    if arguments.json:
        console.json(report)
    else:
        for title, section in report.items():
            console.line(title)
            _print_section(section, console)
    model = report["model"]
    sound = isinstance(model, Mapping) and model.get("verified") is not False
    return 0 if sound else EXIT_FAILURE


def make_report(model: str | None, device: str | None, *, verify: bool) -> dict[str, object]:
    """Everything ``doctor`` tells.

    Loads ONNX Runtime and Qt if it can, and a model only where a graphics card is to run it.
    """
    runtime, used = _runtime(), _device(model, device)
    elsewhere = [] if used["used"] in (None, "CPU") else [used["used"]]
    return {
        "versions": _versions(),
        "processor": {
            "architecture": platform.machine(),
            "physical_cores": physical_cores(),
            "logical_cores": os.cpu_count(),
            "threads": physical_cores(),
        },
        "memory": _memory(),
        "runtime": runtime,
        "device": used,
        "window": _window(),
        "model": _model(model, verify),
        "cache": _cache(model),
        "long_context": _long_context(model),
        "paths": _paths(),
        # Last, so that whatever the parts above have opened is counted.
        "offline": {
            "network_sockets": open_sockets(),
            "providers_used": [*elsewhere, _CPU],
            "telemetry": "off" if telemetry_is_off() else "not switched off",
        },
    }


def _versions() -> dict[str, object]:
    libraries = {
        name.casefold(): library_version(name)
        or (library_version(f"{name}-Essentials") if name == "PySide6" else None)
        for name in _LIBRARIES
    }
    return {
        "inkling": inkling_version(),
        "python": platform.python_version(),
        "system": platform.platform(),
        **libraries,
    }


def _memory() -> dict[str, object]:
    found = memory()
    return {"total_bytes": found.total, "available_bytes": found.available}


def _runtime() -> dict[str, object]:
    try:
        report = runtime_report()
    except ImportError as error:
        return {"works": False, "reason": str(error), "providers_available": [], "devices": []}
    return {
        "works": True,
        "reason": None,
        "providers_available": list(report.providers),
        "devices": [f"{device.kind} ({device.provider})" for device in report.devices],
    }


def _device(model: str | None, device: str | None) -> dict[str, object]:
    """What runs the model, and why it is not the graphics card where that was asked for."""
    told: dict[str, object] = {"wanted": device, "wanted_by": None, "used": None, "notice": None}
    try:
        folder = model_folder(model)
        wish = device_wish(device, folder)
        told.update(wanted=wish.device, wanted_by=wish.source)
        used, notice = device_of(folder, DeviceWish(wish.device))
    except (EngineError, ImportError) as error:
        return told | {"notice": str(error)}
    return told | {"used": used, "notice": str(notice) if notice else None}


def _window() -> dict[str, object]:
    try:
        # By name, since the command line itself must stay free of Qt.
        import_module("PySide6.QtWidgets")
    except ImportError as error:
        return {"works": False, "reason": f"Qt cannot be loaded: {error}"}
    if not has_display(os.environ):
        return {"works": False, "reason": "no display was found"}
    return {"works": True, "reason": None}


def _model(name: str | None, verify: bool) -> dict[str, object]:
    try:
        info = find_model_info(name)
    except EngineError as error:
        return {"found": False, "reason": str(error), "verified": False if verify else None}
    record: dict[str, object] = {"found": True, "reason": None, "verified": None}
    if verify:
        try:
            verify_model(info.path)
            record["verified"] = True
        except EngineError as error:
            record.update(verified=False, reason=str(error))
    return {**record, **model_record(info)}


def _cache(name: str | None) -> dict[str, object]:
    """What an engine keeps of earlier texts, at most, and how much text that is."""
    budget = default_cache_bytes()
    try:
        info = find_model_info(name)
    except EngineError:
        return {"budget_bytes": budget, "budget_tokens": None, "whole_context_bytes": None}
    of_token = info.cache_bytes_per_token
    return {
        "budget_bytes": budget,
        "budget_tokens": budget // of_token if of_token else None,
        "whole_context_bytes": of_token * info.context_length,
    }


def _long_context(name: str | None) -> dict[str, object]:
    """Whether keys and values of 8 bits are quicker here; known after the first long answer."""
    try:
        choice = long_context_choice(model_folder(name), app_paths(os.environ).data)
    except (EngineError, ImportError):
        choice = None
    if choice is None:
        return {"measured": False}
    speed = choice.plain_ms / choice.quantised_ms if choice.quantised_ms else None
    return {
        "measured": True,
        "bits": 8 if choice.quantised else 32,
        "at_tokens": choice.positions,
        "8_bits_are_times_as_fast": speed and round(speed, 2),
        "used_after_tokens": choice.tokens_to_repay if choice.quantised else None,
    }


def _paths() -> dict[str, object]:
    paths = app_paths(os.environ)
    return {
        "config": str(paths.config),
        "data": str(paths.data),
        "models": [str(folder) for folder in paths.models],
    }


def _print_section(section: object, console: Console) -> None:
    if not isinstance(section, Mapping):
        return
    for key, value in section.items():
        if value is not None:
            label = str(key).removesuffix("_bytes").replace("_", " ")
            console.line(f"  {label:20}  {_shown(str(key), value)}")


def _shown(key: str, value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int) and key.endswith("bytes"):
        return f"{value / 1e6:,.0f} MB"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    return str(value)
