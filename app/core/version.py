"""Versions of Inkling and of the libraries it stands on, without importing them."""

from __future__ import annotations

import tomllib
from importlib import metadata
from pathlib import Path


def inkling_version() -> str:
    """Inkling's version: the installed one, or the one of the source tree it runs from."""
    project = Path(__file__).resolve().parents[2] / "pyproject.toml"
    if project.is_file():
        with project.open("rb") as file:
            return str(tomllib.load(file)["project"]["version"])
    return library_version("inkling") or "unknown"


def library_version(distribution: str) -> str | None:
    """The version of an installed distribution, None if it is not installed."""
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return None
