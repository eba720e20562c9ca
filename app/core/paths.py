"""Where Inkling keeps its files."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from app.core.assets import asset
from engine import MERGED_FOLDER, StyleFolders

_NAME = "Inkling"


@dataclass(frozen=True, slots=True)
class AppPaths:
    """Folders of settings and of data, and the folders searched for models, in order."""

    config: Path
    data: Path
    models: tuple[Path, ...]

    @property
    def dictionaries(self) -> Path:
        """The folder of imported spelling dictionaries."""
        return self.data / "dictionaries"

    @property
    def library(self) -> Path:
        """The folder of the index of the person's own files."""
        return self.data / "library"

    @property
    def embedder(self) -> Path:
        """The folder of the model that finds passages by meaning, if one was brought in."""
        return self.data / "embedder"

    @property
    def adapters(self) -> Path:
        """The folder of the person's own adapters."""
        return self.data / "adapters"

    @property
    def adapter_folders(self) -> tuple[Path, ...]:
        """The folders searched for adapters, in order: those that came along, the person's own."""
        return asset("models"), self.adapters

    @property
    def action_folders(self) -> tuple[Path, ...]:
        """The folders of rewriting's actions: those that come along, the person's own."""
        return asset("prompts"), self.data / "actions"

    @property
    def style_folders(self) -> StyleFolders:
        """Where the person's styles are."""
        data = self.data
        return StyleFolders(data / "training", self.adapters, self.models[-1], data / MERGED_FOLDER)


_PORTABLE = "portable"
"""A file of this name beside a packaged program keeps everything in ``data`` beside it."""


def app_paths(env: Mapping[str, str], packaged: Path | None = None) -> AppPaths:
    """The system's usual places; ``INKLING_HOME`` gathers all in one folder (a portable copy).

    ``INKLING_MODELS``, folders parted as in ``PATH``, is searched before the models that came with
    the program and the data folder's. ``packaged`` is the folder of a packaged program's
    executable, by itself where it is None.
    """
    home = env.get("INKLING_HOME")
    packaged = packaged or _packaged_folder()
    if not home and packaged is not None and (packaged / _PORTABLE).exists():
        home = str(packaged / "data")
    if home:
        config = data = Path(home)
    else:
        config = Path(platformdirs.user_config_dir(_NAME, appauthor=False))
        data = Path(platformdirs.user_data_dir(_NAME, appauthor=False))
    named = [Path(part) for part in env.get("INKLING_MODELS", "").split(os.pathsep) if part]
    came = Path(__file__).resolve().parents[2] / "models"
    return AppPaths(config, data, (*named, *([came] if came.is_dir() else []), data / "models"))


def _packaged_folder() -> Path | None:
    """The folder of this program's executable where PyInstaller made it."""
    return Path(sys.executable).parent if getattr(sys, "frozen", False) else None
