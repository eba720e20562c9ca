"""Where the program's own fonts, icons and translations lie."""

from __future__ import annotations

import sys
from pathlib import Path


def asset(*parts: str) -> Path:
    """Path of a file below ``assets``: beside the packages, or installed under the prefix."""
    beside = Path(__file__).resolve().parents[2] / "assets"
    base = beside if beside.is_dir() else Path(sys.prefix) / "share" / "inkling" / "assets"
    return base.joinpath(*parts)
