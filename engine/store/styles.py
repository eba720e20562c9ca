"""A person's own styles: what is taught, what is being taught, and how all of it is erased.

Reads what ``engine.train.style`` writes, without torch.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.errors import EngineError, InvalidRequest
from engine.store.adapters import ADAPTER_NAME
from engine.store.manifest import MANIFEST_NAME
from engine.store.merged import merged_packages

PLAN_NAME, REPORT_NAME = "plan.json", "report.json"
_MAX_ENTRIES = 1000


@dataclass(frozen=True, slots=True)
class StyleFolders:
    """Where styles are: what training keeps, adapters, the person's own models, merged packages.

    The last are what the engine made of a model and an adapter.
    """

    work: Path
    adapters: Path
    models: Path
    merged: Path


@dataclass(frozen=True, slots=True)
class Style:
    """One style by its name.

    ``base`` is the model it is taught to. ``begun`` says that its training is not done; ``paths``
    are the texts it learns from, ``minutes`` what it was given. ``report`` is what came of
    training, empty where that is not there. ``adapter`` says that there is an adapter, ``model``
    that there is a model of its own.
    """

    name: str
    base: str
    begun: bool
    paths: tuple[Path, ...]
    minutes: float
    report: Mapping[str, Any]
    adapter: bool
    model: bool


def list_styles(folders: StyleFolders) -> list[Style]:
    """All styles by name; what cannot be read is left out."""
    names = {each.parent.name for each in _files(folders.work, PLAN_NAME, REPORT_NAME)}
    names |= {each.parent.name for each in _files(folders.adapters, ADAPTER_NAME)}
    found = (_style(name, folders) for name in sorted(names))
    return [each for each in found if each is not None]


def erase_style(name: str, folders: StyleFolders) -> None:
    """Delete all there is of a style: adapter, model, states, and the texts that were kept.

    Raises:
        InvalidRequest: there is no such style.
        EngineError: something of it could not be deleted.
    """
    style = next((each for each in list_styles(folders) if each.name == name), None)
    if style is None:
        raise InvalidRequest(f"There is no style called {name[:100]!r}. Nothing was changed.")
    model = [folders.models / name] if style.model else []
    merged = merged_packages(folders.merged, name)
    try:
        for folder in (folders.adapters / name, folders.work / name, *model, *merged):
            if folder.exists():
                # Without these it is nothing any more, however far the rest gets.
                for mark in (ADAPTER_NAME, MANIFEST_NAME):
                    (folder / mark).unlink(missing_ok=True)
                shutil.rmtree(folder)
    except OSError as error:
        reason = error.strerror or str(error)
        raise EngineError(
            f"The style {name} could not be erased: {error.filename}: {reason}. "
            "Some of it may be left; try again."
        ) from error


def _style(name: str, folders: StyleFolders) -> Style | None:
    plan, report = (_read(folders.work / name / each) for each in (PLAN_NAME, REPORT_NAME))
    about = _read(folders.adapters / name / ADAPTER_NAME)
    asked = plan.get("asked")
    # Pre-training keeps its plans in the same place.
    begun = isinstance(asked, dict) and "base" in asked
    ready = about.get("task") == "style"
    taught = isinstance(report.get("base"), str) and "keystrokes_saved_after" in report
    if not (begun or ready or taught):
        return None
    asked = asked if begun and isinstance(asked, dict) else {}
    paths = asked.get("folder")
    minutes = asked.get("minutes")
    installed = taught and bool(report.get("installed"))
    return Style(
        name,
        str(asked.get("base") or about.get("model") or report.get("base")),
        begun,
        tuple(Path(str(each)) for each in paths) if isinstance(paths, list) else (),
        float(minutes) if isinstance(minutes, int | float) else 0.0,
        report if taught and not begun else {},
        ready,
        installed and (folders.models / name / MANIFEST_NAME).is_file(),
    )


def _read(path: Path) -> dict[str, Any]:
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return record if isinstance(record, dict) else {}


def _files(folder: Path, *names: str) -> list[Path]:
    try:
        entries = sorted(folder.iterdir())[:_MAX_ENTRIES]
    except OSError:
        return []
    return [
        entry / name
        for entry in entries
        for name in names
        if not entry.name.startswith(".") and (entry / name).is_file()
    ]
