"""Where the program's own fonts, icons and translations lie."""

from __future__ import annotations

import site
import sysconfig
from pathlib import Path


def asset(*parts: str) -> Path:
    """Path of a file below ``assets``: beside the packages, or where an installer put it."""
    beside = Path(__file__).resolve().parents[2] / "assets"
    installed = [Path(base) / "share" / "inkling" / "assets" for base in _install_bases()]
    base = next((folder for folder in (beside, *installed) if folder.is_dir()), beside)
    return base.joinpath(*parts)


def _install_bases() -> tuple[str, ...]:
    """The environment's base folder, and that of packages installed for one person only."""
    return (sysconfig.get_path("data"), site.getuserbase())
